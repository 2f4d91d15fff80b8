// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which a table's can't be.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, their cells don't.
import type { RowVerdict } from '../../core/model/view.ts';
import { COLUMNS } from '../list/columns.ts';
import { GROUP_OF_NONE, requests } from '../list/list-words.ts';
import type { Group, Grouping } from '../list/row-groups.ts';
import { isolatedLine, line } from '../plain-text.ts';
import { formatNumber, KINDS, VERDICTS } from '../words.ts';
import { Icon } from './icon.tsx';
import { inOrder } from './in-order.tsx';

const VERDICT_ORDER: readonly RowVerdict[] = ['error', 'warning', 'notice', 'cantTell', 'accepted', 'passed'];

/** The beginning of a fingerprint tells tokens apart well enough to read. */
const SHORT = 12;

/** The head of a group: what its rows have in common, how many there are, and their verdicts. */
export function GroupLine({
  group,
  grouping,
  index,
  top,
  tabStop,
}: {
  readonly group: Group;
  readonly grouping: Grouping;
  readonly index: number;
  readonly top: number;
  readonly tabStop: boolean;
}) {
  const name = nameOf(group, grouping);
  return (
    <div
      role="row"
      class="row group-head"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={!group.isFolded}
      tabIndex={tabStop ? 0 : -1}
      style={{ insetBlockStart: `${top}px` }}
      data-group={group.key}
      data-size={group.size}
    >
      <div
        role="gridcell"
        class="cell group-cell"
        aria-colindex={1}
        aria-colspan={COLUMNS.length}
        title={isolatedLine(name)}
      >
        <Icon name="twisty" size={10} />
        <bdi class="group-name">{inOrder(name)}</bdi>
        <span class="muted">{requests(group.size)}</span>
        {VERDICT_ORDER.filter((verdict) => group.verdicts[verdict] > 0).map((verdict) => (
          <span key={verdict} class="verdict" data-tone={verdict} title={VERDICTS[verdict]}>
            <Icon name={verdict} size={12} />
            <span class="unseen">{VERDICTS[verdict]}</span>
            {formatNumber(group.verdicts[verdict])}
          </span>
        ))}
      </div>
    </div>
  );
}

function nameOf({ key, first }: Group, grouping: Grouping): string {
  if (key === '') return GROUP_OF_NONE[grouping];
  const kind = first?.kinds[0];
  if (grouping !== 'token' || kind === undefined) return line(key);
  const client = first?.clients[0];
  return line([KINDS[kind], key.slice(0, SHORT), ...(client === undefined ? [] : [client])].join(' · '));
}
