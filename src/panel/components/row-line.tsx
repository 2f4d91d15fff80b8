// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which a table's can't be.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, their cells don't.
import type { AuditRow } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { clockTime } from '../times.ts';
import { KINDS, WORDS } from '../words.ts';
import { ShortCountdown } from './countdown.tsx';
import { Verdict } from './verdict.tsx';

export interface RowLineProps {
  readonly row: AuditRow;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly tabStop: boolean;
  readonly isNew: boolean;
}

/** One row of the list. The data attributes say all of it to a test. */
export function RowLine({ row, index, top, selected, tabStop, isNew }: RowLineProps) {
  const kinds = row.kinds.map((kind) => KINDS[kind]).join(', ');
  const audiences = line(row.audiences.join(', '));
  const rules = row.failed.length > 0 ? row.failed : row.cantTell;
  const host = line(row.host);
  const path = line(row.path);
  return (
    <div
      role="row"
      class="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={tabStop ? 0 : -1}
      style={{ top: `${top}px` }}
      data-exchange={row.id}
      data-verdict={row.verdict}
      data-host={row.host}
      data-path={row.path}
      data-kinds={row.kinds.join(' ')}
      data-rules={row.failed.join(' ')}
      data-cant-tell={row.cantTell.join(' ')}
      data-new={isNew}
    >
      <Cell column="verdict" at={1}>
        <span class="dot">{isNew && <span class="unseen">{WORDS.isNew}</span>}</span>
        <Verdict verdict={row.verdict} />
      </Cell>
      <Cell column="method" at={2}>
        <bdi>{line(row.method)}</bdi>
      </Cell>
      <Cell column="where" at={3} title={`${host}${path}`}>
        <bdi class="host">{host}</bdi>
        <bdi class="path">{path}</bdi>
      </Cell>
      <Cell column="kinds" at={4} title={kinds}>
        {kinds} {row.expiresAt !== undefined && <ShortCountdown expiresAt={row.expiresAt} />}
      </Cell>
      <Cell column="rules" at={5} title={rules.join(', ')}>
        <span data-fired={row.failed.length > 0}>{rules.join(', ')}</span>
      </Cell>
      <Cell column="audience" at={6} title={audiences}>
        <bdi>{audiences}</bdi>
      </Cell>
      <Cell column="status" at={7}>
        {row.status === null ? <span class="muted">{WORDS.pending}</span> : row.status}
      </Cell>
      <Cell column="time" at={8}>
        {clockTime(row.at)}
      </Cell>
    </div>
  );
}

function Cell({
  column,
  at,
  title,
  children,
}: {
  readonly column: keyof typeof WORDS.columns;
  readonly at: number;
  readonly title?: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div role="gridcell" class={`cell ${column}`} aria-colindex={at} {...(title ? { title } : {})}>
      {children}
    </div>
  );
}
