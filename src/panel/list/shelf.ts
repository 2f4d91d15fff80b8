import type { AuditRow } from '../../core/model/view.ts';
import type { Compare } from './row-order.ts';

/**
 * A list of rows in an order. Made for 100,000 rows and a thousand changes a second: a batch costs what it changes, or one pass;
 * no list is copied.
 */
export class Shelf {
  /** In order. The same array until {@link arrange}: read it, don't keep a copy. */
  rows: AuditRow[] = [];
  #compare: Compare;
  readonly #added: AuditRow[] = [];
  readonly #gone = new Set<AuditRow>();

  constructor(compare: Compare) {
    this.#compare = compare;
  }

  /**
   * Notes a change of one row.
   * @param before the row as the shelf has it; null where it has none
   * @param row as it is now; null where it goes
   */
  change(before: AuditRow | null, row: AuditRow | null): void {
    if (before !== null && row !== null && this.#compare(before, row) === 0) {
      const at = this.indexOf(before);
      if (at >= 0) this.rows[at] = row;
      return;
    }
    if (before !== null) this.#gone.add(before);
    if (row !== null) this.#added.push(row);
  }

  /** Makes all noted changes. To be called before the shelf is read. */
  settle(): void {
    if (this.#gone.size > 0) remove(this.rows, this.#gone);
    if (this.#added.length > 0) merge(this.rows, this.#added, this.#compare);
    this.#gone.clear();
    this.#added.length = 0;
  }

  /** Puts rows in the place of all others. @param rows in the order of `compare` already; the shelf keeps the array */
  arrange(rows: AuditRow[], compare: Compare): void {
    this.rows = rows;
    this.#compare = compare;
  }

  /** By binary search; -1 where the row is not there. */
  indexOf(row: AuditRow): number {
    const at = this.placeOf(row);
    const found = this.rows[at];
    return found !== undefined && this.#compare(found, row) === 0 ? at : -1;
  }

  /** How many rows stand before this one, or would. */
  placeOf(row: AuditRow): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const candidate = this.rows[middle];
      if (candidate === undefined || this.#compare(candidate, row) >= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  clear(): void {
    this.rows.length = 0;
    this.#added.length = 0;
    this.#gone.clear();
  }
}

/** Merges rows into a list that is in order, from the end, in place: rows that follow all others just go to the end. */
function merge(list: AuditRow[], added: AuditRow[], compare: Compare): void {
  added.sort(compare);
  const [first, last] = [list[0], added.at(-1)];
  if (first !== undefined && last !== undefined && compare(last, first) < 0) {
    putBefore(list, added);
    return;
  }
  let from = list.length - 1;
  let next = added.length - 1;
  for (const row of added) list.push(row);
  for (let to = list.length - 1; next >= 0; to -= 1) {
    const kept = list[from];
    const candidate = added[next];
    if (candidate === undefined) return;
    if (from >= 0 && kept !== undefined && compare(kept, candidate) > 0) {
      list[to] = kept;
      from -= 1;
    } else {
      list[to] = candidate;
      next -= 1;
    }
  }
}

/** Arguments of one call: engines bound them. */
const AT_ONCE = 5_000;

/** Rows that all others follow, as the pieces of a long list do whose newest came first: the list is moved, not compared. */
function putBefore(list: AuditRow[], added: readonly AuditRow[]): void {
  for (let end = added.length; end > 0; end -= AT_ONCE)
    list.unshift(...added.slice(Math.max(0, end - AT_ONCE), end));
}

/** Takes rows out of a list, in place, in one pass. */
function remove(list: AuditRow[], gone: ReadonlySet<AuditRow>): void {
  let to = 0;
  for (const row of list) {
    if (gone.has(row)) continue;
    list[to] = row;
    to += 1;
  }
  list.length = to;
}
