import type { Filter } from '../store.ts';
import { formatNumber, WORDS } from '../words.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';
import { RecordButton } from './record-strip.tsx';

export function Toolbar() {
  const { store, clear } = usePanel();
  const { problems, all } = store.counts.value;
  return (
    <header class="toolbar">
      <button
        type="button"
        class="tool"
        data-action="clear"
        title={WORDS.clear}
        aria-label={WORDS.clear}
        onClick={clear}
      >
        <Icon name="clear" />
      </button>
      <RecordButton />
      <span class="toolbar-line" />
      <fieldset class="filters">
        <legend class="unseen">{WORDS.show}</legend>
        <FilterOption filter="problems" label={WORDS.problems} count={problems} />
        <FilterOption filter="all" label={WORDS.all} count={all} />
      </fieldset>
      <button
        type="button"
        class="tool follow"
        data-action="follow"
        title={WORDS.follow}
        aria-label={WORDS.follow}
        aria-pressed={store.following.value}
        onClick={() => {
          store.following.value = !store.following.value;
        }}
      >
        <Icon name="follow" />
      </button>
    </header>
  );
}

function FilterOption({
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
