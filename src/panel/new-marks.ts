import type { AuditRow } from '../core/model/view.ts';

/** Which rows bear the mark of a problem that nobody looked at yet. */
export interface NewMarks {
  readonly isNew: (id: string) => boolean;
  /** A row came or changed. `before`: as it was known, if it was. `selected`: the chosen row, which is being looked at. */
  readonly saw: (before: AuditRow | undefined, row: AuditRow, selected: string | null) => void;
  /** A row was looked at. @returns true where that took its mark away. */
  readonly looked: (id: string) => boolean;
  /** The rows will be sent all over: these problems are known already, and no news when they come again. */
  readonly remember: (problems: readonly AuditRow[]) => void;
  /** Everything starts over. */
  readonly forget: () => void;
}

const none: ReadonlyMap<string, readonly string[]> = new Map();

/**
 * Marks problems of requests made since `openedAt` (ms since the epoch), and any known row to which a failed rule is added.
 * What was there before the panel opened is a list to read, not news.
 */
export function createNewMarks(openedAt: number): NewMarks {
  const fresh = new Set<string>();
  let remembered = none;

  return {
    isNew: (id) => fresh.has(id),
    saw(before, row, selected) {
      if (row.failed.length === 0) {
        fresh.delete(row.id);
        return;
      }
      if (row.id === selected) return;
      const known = before?.failed ?? remembered.get(row.id);
      const isNews =
        known === undefined ? row.at >= openedAt : row.failed.some((ruleId) => !known.includes(ruleId));
      if (isNews) fresh.add(row.id);
    },
    looked: (id) => fresh.delete(id),
    remember(problems) {
      remembered = new Map(problems.map((row) => [row.id, row.failed]));
    },
    forget() {
      fresh.clear();
      remembered = none;
    },
  };
}
