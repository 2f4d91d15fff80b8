import type { AuditRow } from '../core/model/view.ts';

/**
 * The rows of the list, and those of them with a problem, both kept in order. Made for 100,000 rows and a thousand changes
 * a second: a batch costs what it changes, and no list is copied.
 */
export interface RowBook {
  /** Every row, oldest first. The same array throughout: read it, don't keep a copy. */
  readonly all: readonly AuditRow[];
  /** Rows with a rule that failed, oldest first. */
  readonly problems: readonly AuditRow[];
  readonly get: (id: string) => AuditRow | undefined;
  /** Takes rows that are new or changed; an id appears once. */
  readonly put: (rows: Iterable<AuditRow>) => void;
  readonly clear: () => void;
}

/** Rows with at least one rule that failed. */
export function isProblem(row: AuditRow): boolean {
  return row.failed.length > 0;
}

/** By `order`; the id decides where two rows claim the same. */
function compare(a: AuditRow, b: AuditRow): number {
  return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The index of a row in a list that is in order, by binary search; -1 where it is not there. */
export function indexOfRow(list: readonly AuditRow[], row: AuditRow): number {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = list[middle];
    if (candidate === undefined) return -1;
    const side = compare(candidate, row);
    if (side === 0) return middle;
    if (side < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Merges rows into a list that is in order, from the end, in place: rows newer than all others just go to the end. */
function merge(list: AuditRow[], added: AuditRow[]): void {
  added.sort(compare);
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

/** One list with the test that a row must pass to be in it. */
class Shelf {
  readonly rows: AuditRow[] = [];
  readonly #belongs: (row: AuditRow) => boolean;
  readonly #added: AuditRow[] = [];
  readonly #gone = new Set<AuditRow>();

  constructor(belongs: (row: AuditRow) => boolean) {
    this.#belongs = belongs;
  }

  change(before: AuditRow | undefined, row: AuditRow): void {
    const was = before !== undefined && this.#belongs(before);
    const is = this.#belongs(row);
    if (was && is && compare(before, row) === 0) {
      this.rows[indexOfRow(this.rows, before)] = row;
      return;
    }
    if (was) this.#gone.add(before);
    if (is) this.#added.push(row);
  }

  settle(): void {
    if (this.#gone.size > 0) remove(this.rows, this.#gone);
    if (this.#added.length > 0) merge(this.rows, this.#added);
    this.#gone.clear();
    this.#added.length = 0;
  }

  clear(): void {
    this.rows.length = 0;
  }
}

/** Makes an empty book. */
export function createRowBook(): RowBook {
  const byId = new Map<string, AuditRow>();
  const all = new Shelf(() => true);
  const problems = new Shelf(isProblem);
  return {
    all: all.rows,
    problems: problems.rows,
    get: (id) => byId.get(id),
    put(rows) {
      for (const row of rows) {
        const before = byId.get(row.id);
        byId.set(row.id, row);
        all.change(before, row);
        problems.change(before, row);
      }
      all.settle();
      problems.settle();
    },
    clear() {
      byId.clear();
      all.clear();
      problems.clear();
    },
  };
}
