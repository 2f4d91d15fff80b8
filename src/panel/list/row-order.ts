import type { AuditRow, RowVerdict } from '../../core/model/view.ts';
import type { Column } from './columns.ts';

/** The order of the list: by a column, and which way. */
export interface Sort {
  readonly by: Column;
  readonly descending: boolean;
}

export type Compare = (a: AuditRow, b: AuditRow) => number;

/** As the requests were made: the order of a log, which follows its newest row. */
export const BY_TIME: Sort = { by: 'time', descending: false };

const RANKS: Readonly<Record<RowVerdict, number>> = {
  error: 0,
  warning: 1,
  notice: 2,
  cantTell: 3,
  accepted: 4,
  passed: 5,
};

/** Worst first. */
export function verdictRank(verdict: RowVerdict): number {
  return RANKS[verdict];
}

/** In the order of the session; the id decides where two rows claim the same place. */
export function byOrder(a: AuditRow, b: AuditRow): number {
  return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Text in the order of its code units: a hundred thousand rows are sorted at a click. */
function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By what each list says first; an empty one goes to the end. */
function first(a: readonly string[], b: readonly string[]): number {
  if (a === b) return 0;
  const [one, other] = [a[0], b[0]];
  if (one === undefined || other === undefined)
    return (one === undefined ? 1 : 0) - (other === undefined ? 1 : 0);
  return text(one, other);
}

function rules({ failed, cantTell }: AuditRow): readonly string[] {
  return failed.length > 0 ? failed : cantTell;
}

const COMPARE: Readonly<Record<Column, Compare>> = {
  verdict: (a, b) => verdictRank(a.verdict) - verdictRank(b.verdict),
  method: (a, b) => text(a.method, b.method),
  where: (a, b) => text(a.host, b.host) || text(a.path, b.path),
  kinds: (a, b) => first(a.kinds, b.kinds),
  rules: (a, b) => first(rules(a), rules(b)),
  audience: (a, b) => first(a.audiences, b.audiences),
  issuer: (a, b) => first(a.issuers, b.issuers),
  location: (a, b) => first(a.locations, b.locations),
  status: (a, b) => (a.status ?? Number.POSITIVE_INFINITY) - (b.status ?? Number.POSITIVE_INFINITY) || 0,
  time: byOrder,
};

/** What compares rows for an order. Rows that are alike stay in the order of the session, whichever way. */
export function comparing({ by, descending }: Sort): Compare {
  const compare = COMPARE[by];
  if (by === 'time') return descending ? (a, b) => byOrder(b, a) : byOrder;
  return descending ? (a, b) => compare(b, a) || byOrder(a, b) : (a, b) => compare(a, b) || byOrder(a, b);
}

/** The order after a press on a column's head: its own, the other way round, and back to the log's. */
export function sortAfterPress(sort: Sort, column: Column): Sort {
  if (sort.by !== column) return { by: column, descending: false };
  if (!sort.descending) return { by: column, descending: true };
  return BY_TIME;
}

/** The list follows its newest row only where that stands at the end. */
export function endsWithNewest(sort: Sort): boolean {
  return sort.by === 'time' && !sort.descending;
}
