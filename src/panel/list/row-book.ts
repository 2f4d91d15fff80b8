import type { AuditRow, RowVerdict } from '../../core/model/view.ts';
import type { RowTest } from './matcher.ts';
import { type Grouping, keyOfHead, type Line, RowGroups } from './row-groups.ts';
import { byOrder, type Compare } from './row-order.ts';
import { Shelf } from './shelf.ts';

/** What the list shows of all rows, and how. */
export interface Arrangement {
  readonly compare: Compare;
  /** The query. */
  readonly matches: RowTest;
  readonly verdicts: ReadonlySet<RowVerdict>;
  readonly grouping: Grouping;
}

export type VerdictCounts = Readonly<Record<RowVerdict, number>>;

const NONE: VerdictCounts = { error: 0, warning: 0, notice: 0, cantTell: 0, accepted: 0, passed: 0 };

export const EVERY_VERDICT: ReadonlySet<RowVerdict> = new Set([
  'error',
  'warning',
  'notice',
  'cantTell',
  'accepted',
  'passed',
]);

/**
 * The rows of the list: all of them, and those that its filter shows, both in its order. Made for 100,000 rows and a
 * thousand changes a second: a change costs itself, another filter one pass, another order one sort.
 */
export class RowBook {
  readonly #byId = new Map<string, AuditRow>();
  #all: Shelf;
  #shown: Shelf;
  readonly #groups: RowGroups;
  #arrangement: Arrangement;
  /** How many rows the query leaves of each verdict, whichever verdicts are shown. */
  #counts: Record<RowVerdict, number> = { ...NONE };
  #verdicts: Record<RowVerdict, number> = { ...NONE };
  #newest = Number.NEGATIVE_INFINITY;

  constructor(arrangement: Arrangement) {
    this.#arrangement = arrangement;
    this.#all = new Shelf(arrangement.compare);
    this.#shown = new Shelf(arrangement.compare);
    this.#groups = new RowGroups(arrangement.compare);
    this.#groups.arrange(arrangement.grouping, [], arrangement.compare);
  }

  /** Every row, in the list's order. Read it, don't keep it. */
  get all(): readonly AuditRow[] {
    return this.#all.rows;
  }

  /** The rows that the filter shows, in the list's order. Read it, don't keep it. */
  get shown(): readonly AuditRow[] {
    return this.#shown.rows;
  }

  /** Rows that the query leaves, by verdict. */
  get counts(): VerdictCounts {
    return this.#counts;
  }

  /** All rows, by verdict. */
  get verdicts(): VerdictCounts {
    return this.#verdicts;
  }

  /** The order of the newest row. */
  get newest(): number {
    return this.#newest;
  }

  get(id: string): AuditRow | undefined {
    return this.#byId.get(id);
  }

  /** Takes rows that are new or changed; an id appears once. */
  put(rows: Iterable<AuditRow>): void {
    const { verdicts } = this.#arrangement;
    for (const row of rows) {
      const before = this.#byId.get(row.id) ?? null;
      this.#byId.set(row.id, row);
      this.#all.change(before, row);
      const matched = before !== null && this.#arrangement.matches(before);
      const matches = this.#arrangement.matches(row);
      if (before !== null) this.#verdicts[before.verdict] -= 1;
      this.#verdicts[row.verdict] += 1;
      if (before !== null && matched) this.#counts[before.verdict] -= 1;
      if (matches) this.#counts[row.verdict] += 1;
      const was = before !== null && matched && verdicts.has(before.verdict) ? before : null;
      const is = matches && verdicts.has(row.verdict) ? row : null;
      if (was !== null || is !== null) {
        this.#shown.change(was, is);
        this.#groups.change(was, is);
      }
      if (row.order > this.#newest) this.#newest = row.order;
    }
    this.#all.settle();
    this.#shown.settle();
    this.#groups.settle();
  }

  clear(): void {
    this.#byId.clear();
    this.#all.clear();
    this.#shown.clear();
    this.#groups.clear();
    this.#counts = { ...NONE };
    this.#verdicts = { ...NONE };
    this.#newest = Number.NEGATIVE_INFINITY;
  }

  /** Shows the rows in another way. */
  arrange(next: Arrangement): void {
    const before = this.#arrangement;
    if (next === before) return;
    this.#arrangement = next;
    const { compare, grouping } = next;
    const isOrdered = next.compare === before.compare;
    if (!isOrdered) this.#all.arrange([...this.#all.rows].sort(compare), compare);
    if (!isOrdered || next.matches !== before.matches || next.verdicts !== before.verdicts) this.#filter();
    this.#groups.arrange(grouping, grouping === 'none' ? [] : this.#shown.rows, compare);
  }

  #filter(): void {
    const { matches, verdicts, compare } = this.#arrangement;
    const counts = { ...NONE };
    const shown: AuditRow[] = [];
    for (const row of this.#all.rows) {
      if (!matches(row)) continue;
      counts[row.verdict] += 1;
      if (verdicts.has(row.verdict)) shown.push(row);
    }
    this.#counts = counts;
    this.#shown.arrange(shown, compare);
  }

  fold(key: string, isFolded: boolean): void {
    this.#groups.fold(key, isFolded);
  }

  /** Unfolds the group that a row is in. */
  unfold(row: AuditRow): void {
    const key = this.#groups.keyOf(row);
    if (key !== null) this.#groups.fold(key, false);
  }

  /** Lines of the list: the shown rows, and the heads of their groups. */
  get length(): number {
    return this.#groups.isOn ? this.#groups.length : this.#shown.rows.length;
  }

  lineAt(index: number): Line | undefined {
    if (this.#groups.isOn) return this.#groups.lineAt(index);
    const row = this.#shown.rows[index];
    return row === undefined ? undefined : { line: 'row', id: row.id, row };
  }

  /** The line of a row or of a group's head; -1 where it is not shown. */
  indexOf(id: string | null): number {
    if (id === null) return -1;
    if (keyOfHead(id) !== null) return this.#groups.indexOfHead(id);
    const row = this.#byId.get(id);
    if (row === undefined) return -1;
    return this.#groups.isOn ? this.#groups.indexOf(row) : this.#shown.indexOf(row);
  }

  /** The line of the head above a line; -1 where there is none. */
  headAt(index: number): number {
    return this.#groups.isOn ? this.#groups.headAt(index) : -1;
  }

  /** How many shown rows are newer than this place in the session's order. Where the list is in that order. */
  countNewer(order: number): number {
    const rows = this.#shown.rows;
    let count = 0;
    while (count < rows.length && (rows[rows.length - 1 - count]?.order ?? 0) > order) count += 1;
    return count;
  }

  /** The newest of the shown rows. */
  newestShown(): AuditRow | undefined {
    return this.#shown.rows.reduce<AuditRow | undefined>(
      (newest, row) => (newest === undefined || byOrder(newest, row) < 0 ? row : newest),
      undefined,
    );
  }
}
