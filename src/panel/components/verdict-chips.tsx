import type { RowVerdict } from '../../core/model/view.ts';
import { CHIPS, LIST_WORDS } from '../list/list-words.ts';
import type { Filter } from '../store.ts';
import { formatNumber } from '../words.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

const VERDICTS: readonly RowVerdict[] = ['error', 'warning', 'notice', 'cantTell', 'accepted', 'passed'];

/** Which verdicts the list shows: the problems or all with one click, or one by one. Each says how many there are. */
export function VerdictChips() {
  const { store } = usePanel();
  const { problems, all, verdicts } = store.counts.value;
  return (
    <div class="chips">
      <fieldset class="filters">
        <legend class="unseen">{LIST_WORDS.show}</legend>
        <Preset filter="problems" label={LIST_WORDS.problems} count={problems} />
        <Preset filter="all" label={LIST_WORDS.all} count={all} />
      </fieldset>
      <span class="toolbar-line" />
      <fieldset class="filters">
        <legend class="unseen">{LIST_WORDS.verdicts}</legend>
        {VERDICTS.map((verdict) => (
          <button
            key={verdict}
            type="button"
            class="chip"
            data-verdict-chip={verdict}
            data-count={verdicts[verdict]}
            aria-pressed={store.verdicts.value.has(verdict)}
            title={CHIPS[verdict]}
            onClick={() => store.toggleVerdict(verdict)}
          >
            <span class="verdict" data-tone={verdict}>
              <Icon name={verdict} size={12} />
            </span>
            <span class="chip-word">{CHIPS[verdict]}</span>{' '}
            <span class="count">{formatNumber(verdicts[verdict])}</span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}

function Preset({
  filter,
  label,
  count,
}: {
  readonly filter: Filter;
  readonly label: string;
  readonly count: number;
}) {
  const { store } = usePanel();
  return (
    <label class="filter" data-filter={filter} data-count={count}>
      <input
        type="radio"
        name="filter"
        value={filter}
        checked={store.filter.value === filter}
        onChange={() => store.setFilter(filter)}
      />
      <span>
        {label} <span class="count">{formatNumber(count)}</span>
      </span>
    </label>
  );
}
