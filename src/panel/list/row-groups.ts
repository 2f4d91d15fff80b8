import type { AuditRow, RowVerdict } from '../../core/model/view.ts';
import type { Compare } from './row-order.ts';
import { Shelf } from './shelf.ts';

/** By what the list can be grouped. */
export const GROUPINGS = ['none', 'token', 'host', 'client', 'rule'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Rows that have one thing in common. */
export interface Group {
  /** What they have in common; empty where they have none of it. */
  readonly key: string;
  /** Its first row, which says more of what it is. */
  readonly first: AuditRow | undefined;
  readonly size: number;
  /** Rows of each verdict. */
  readonly verdicts: Readonly<Record<RowVerdict, number>>;
  readonly isFolded: boolean;
}

/** A line of the list: a group's head, or a row. */
export type Line =
  | { readonly line: 'group'; readonly id: string; readonly group: Group }
  | { readonly line: 'row'; readonly id: string; readonly row: AuditRow };

/** A row belongs to one group: that of its first token, its first client, its worst rule. */
const KEYS: Readonly<Record<Exclude<Grouping, 'none'>, (row: AuditRow) => string>> = {
  token: (row) => row.tokens[0] ?? '',
  host: (row) => row.host,
  client: (row) => row.clients[0] ?? '',
  rule: (row) => row.failed[0] ?? row.cantTell[0] ?? row.accepted[0] ?? '',
};

/** No request has such an id. */
const HEAD = '\0group ';

class Members implements Group {
  readonly key: string;
  readonly shelf: Shelf;
  readonly verdicts: Record<RowVerdict, number> = {
    error: 0,
    warning: 0,
    notice: 0,
    cantTell: 0,
    accepted: 0,
    passed: 0,
  };
  isFolded: boolean;
  /** Lines before this group's head. */
  start = 0;

  constructor(key: string, compare: Compare, isFolded: boolean) {
    this.key = key;
    this.shelf = new Shelf(compare);
    this.isFolded = isFolded;
  }

  get first(): AuditRow | undefined {
    return this.shelf.rows[0];
  }

  get size(): number {
    return this.shelf.rows.length;
  }
}

/** The shown rows in their groups, as lines: a head, and below it, unless it is folded, its rows. */
export class RowGroups {
  #keyOf: ((row: AuditRow) => string) | null = null;
  #compare: Compare;
  readonly #byKey = new Map<string, Members>();
  /** In the order in which they appeared. */
  #groups: Members[] = [];
  readonly #changed = new Set<Members>();
  readonly #folded = new Set<string>();
  #length = 0;

  constructor(compare: Compare) {
    this.#compare = compare;
  }

  get isOn(): boolean {
    return this.#keyOf !== null;
  }

  /** Lines in all. */
  get length(): number {
    return this.#length;
  }

  get groups(): readonly Group[] {
    return this.#groups;
  }

  /** Groups rows anew. @param rows in the order of `compare` */
  arrange(grouping: Grouping, rows: readonly AuditRow[], compare: Compare): void {
    const keyOf = grouping === 'none' ? null : KEYS[grouping];
    if (keyOf !== this.#keyOf) this.#folded.clear();
    this.#keyOf = keyOf;
    this.#compare = compare;
    this.#byKey.clear();
    this.#groups = [];
    this.#changed.clear();
    if (keyOf === null) {
      this.#length = 0;
      return;
    }
    for (const row of rows) {
      const group = this.#groupOf(keyOf(row));
      group.shelf.rows.push(row);
      group.verdicts[row.verdict] += 1;
    }
    this.#lay();
  }

  /** Notes a change of one shown row. */
  change(before: AuditRow | null, row: AuditRow | null): void {
    if (this.#keyOf === null) return;
    const from = before === null ? null : this.#groupOf(this.#keyOf(before));
    const to = row === null ? null : this.#groupOf(this.#keyOf(row));
    if (from === to) from?.shelf.change(before, row);
    else {
      from?.shelf.change(before, null);
      to?.shelf.change(null, row);
    }
    if (from !== null && before !== null) from.verdicts[before.verdict] -= 1;
    if (to !== null && row !== null) to.verdicts[row.verdict] += 1;
    for (const group of [from, to]) if (group !== null) this.#changed.add(group);
  }

  settle(): void {
    if (this.#changed.size === 0) return;
    let isEmptied = false;
    for (const group of this.#changed) {
      group.shelf.settle();
      isEmptied ||= group.size === 0;
    }
    this.#changed.clear();
    if (isEmptied) {
      for (const group of this.#groups) if (group.size === 0) this.#byKey.delete(group.key);
      this.#groups = this.#groups.filter(({ size }) => size > 0);
    }
    this.#lay();
  }

  clear(): void {
    this.#byKey.clear();
    this.#groups = [];
    this.#changed.clear();
    this.#length = 0;
  }

  /** Folds a group, or unfolds it. */
  fold(key: string, isFolded: boolean): void {
    const group = this.#byKey.get(key);
    if (isFolded) this.#folded.add(key);
    else this.#folded.delete(key);
    if (group === undefined) return;
    group.isFolded = isFolded;
    this.#lay();
  }

  lineAt(index: number): Line | undefined {
    const group = this.#groupAt(index);
    if (group === undefined || index < 0 || index >= this.#length) return undefined;
    if (index === group.start) return { line: 'group', id: headId(group.key), group };
    const row = group.shelf.rows[index - group.start - 1];
    return row === undefined ? undefined : { line: 'row', id: row.id, row };
  }

  /** The line of a group's head; -1 where there is none. */
  indexOfHead(id: string): number {
    return this.#byKey.get(keyOfHead(id) ?? '')?.start ?? -1;
  }

  /** The line of a shown row; that of its group's head where it is folded away; -1 where it is not there. */
  indexOf(row: AuditRow): number {
    const group = this.#keyOf === null ? undefined : this.#byKey.get(this.#keyOf(row));
    const at = group?.shelf.indexOf(row) ?? -1;
    if (group === undefined || at < 0) return -1;
    return group.isFolded ? group.start : group.start + 1 + at;
  }

  /** The key of a row's group; null where rows are not grouped. */
  keyOf(row: AuditRow): string | null {
    return this.#keyOf?.(row) ?? null;
  }

  /** The head of the group that a line stands in. */
  headAt(index: number): number {
    return this.#groupAt(index)?.start ?? -1;
  }

  #groupOf(key: string): Members {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const group = new Members(key, this.#compare, this.#folded.has(key));
    this.#byKey.set(key, group);
    this.#groups.push(group);
    return group;
  }

  /** The last group that starts at a line or before it, by binary search. */
  #groupAt(index: number): Members | undefined {
    let low = 0;
    let high = this.#groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#groups[middle]?.start ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return this.#groups[low - 1];
  }

  /** Counts the lines anew. */
  #lay(): void {
    let start = 0;
    for (const group of this.#groups) {
      group.start = start;
      start += 1 + (group.isFolded ? 0 : group.size);
    }
    this.#length = start;
  }
}

export function headId(key: string): string {
  return `${HEAD}${key}`;
}

/** The key of the group whose head has this id; null for a row's. */
export function keyOfHead(id: string): string | null {
  return id.startsWith(HEAD) ? id.slice(HEAD.length) : null;
}
