// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which a table's can't be.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, their cells don't.
import { Component, type ComponentChildren } from 'preact';
import type { AuditRow } from '../../core/model/view.ts';
import { COLUMNS, type Column } from '../list/columns.ts';
import { line } from '../plain-text.ts';
import { clockTime } from '../times.ts';
import { KINDS, location, WORDS } from '../words.ts';
import { ShortCountdown } from './countdown.tsx';
import { inOrder } from './in-order.tsx';
import { Verdict } from './verdict.tsx';

export interface RowLineProps {
  readonly row: AuditRow;
  readonly index: number;
  /** CSS pixels from the list's beginning. */
  readonly top: number;
  readonly columns: readonly Column[];
  readonly selected: boolean;
  readonly tabStop: boolean;
  readonly isNew: boolean;
  /** True where it stands below the head of a group. */
  readonly isGrouped: boolean;
}

/**
 * One row of the list. The data attributes say all of it to a test. It is drawn again only where something of it changed: a list
 * that scrolls draws the rows that come into sight, not all.
 */
export class RowLine extends Component<RowLineProps> {
  override shouldComponentUpdate(next: RowLineProps): boolean {
    const { row, index, top, columns, selected, tabStop, isNew, isGrouped } = this.props;
    return (
      row !== next.row ||
      index !== next.index ||
      top !== next.top ||
      columns !== next.columns ||
      selected !== next.selected ||
      tabStop !== next.tabStop ||
      isNew !== next.isNew ||
      isGrouped !== next.isGrouped
    );
  }

  override render({ row, index, top, columns, selected, tabStop, isNew, isGrouped }: RowLineProps) {
    return (
      <div
        role="row"
        class="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        aria-level={isGrouped ? 2 : undefined}
        tabIndex={tabStop ? 0 : -1}
        style={{ insetBlockStart: `${top}px` }}
        data-exchange={row.id}
        data-verdict={row.verdict}
        data-host={row.host}
        data-path={row.path}
        data-kinds={row.kinds.join(' ')}
        data-rules={row.failed.join(' ')}
        data-cant-tell={row.cantTell.join(' ')}
        data-new={isNew}
      >
        {columns.map((column) => (
          <div
            role="gridcell"
            key={column}
            class={`cell ${column}`}
            aria-colindex={COLUMNS.indexOf(column) + 1}
          >
            {contentOf(column, row, isNew)}
          </div>
        ))}
      </div>
    );
  }
}

function contentOf(column: Column, row: AuditRow, isNew: boolean): ComponentChildren {
  switch (column) {
    case 'verdict':
      return (
        <>
          <span class="dot">{isNew && <span class="unseen">{WORDS.isNew}</span>}</span>
          <Verdict verdict={row.verdict} />
        </>
      );
    case 'method':
      return <bdi dir="ltr">{line(row.method)}</bdi>;
    case 'where':
      return (
        <>
          <bdi class="host" dir="ltr">
            {line(row.host)}
          </bdi>
          <bdi class="path" dir="ltr">
            {line(row.path)}
          </bdi>
        </>
      );
    case 'rules':
      return <span data-fired={row.failed.length > 0}>{textOf(column, row)}</span>;
    case 'audience':
    case 'issuer':
      return <bdi dir="ltr">{inOrder(textOf(column, row))}</bdi>;
    case 'kinds':
      return (
        <>
          {textOf(column, row)} {row.expiresAt !== undefined && <ShortCountdown expiresAt={row.expiresAt} />}
        </>
      );
    case 'status':
      return row.status === null ? <span class="muted">{WORDS.pending}</span> : row.status;
    case 'time':
      return clockTime(row.at);
    default:
      return textOf(column, row);
  }
}

function textOf(column: Column, row: AuditRow): string {
  switch (column) {
    case 'kinds':
      return row.kinds.map((kind) => KINDS[kind]).join(', ');
    case 'rules':
      return (row.failed.length > 0 ? row.failed : row.cantTell).join(', ');
    case 'audience':
      return line(row.audiences.join(', '));
    case 'issuer':
      return line(row.issuers.map(withoutScheme).join(', '));
    case 'location':
      return row.locations.map((where) => location(where, '', null)).join(', ');
    default:
      return '';
  }
}

/** All issuers begin alike (OpenID Connect Core 1.0 §2, `iss`): what tells them apart comes first. */
function withoutScheme(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}
