import type { Habit } from '../lab/habits.ts';
import type { Origins } from '../lab/origins.ts';
import type { ReadRow } from './panel-rows.ts';

/** A habit beside what the panel shows of it. */
export interface Comparison {
  /** Null for a request of no habit, about which something was found. */
  readonly habit: Habit | null;
  /** Null where the panel shows no request of the habit. */
  readonly row: ReadRow | null;
  readonly asExpected: boolean;
}

/**
 * Compares what is expected of each habit with the panel's list.
 *
 * @returns one comparison a habit, in their order (more where its request is listed more than once); then the rows of no
 *   habit in which a rule failed: nothing else in the lab is wrong
 */
export function compare(
  habits: readonly Habit[],
  rows: readonly ReadRow[],
  origins: Origins,
): readonly Comparison[] {
  const ofHabits = habits.flatMap((habit): readonly Comparison[] => {
    const own = rows.filter((row) => isRequestOf(habit, row, origins));
    if (own.length === 0) return [{ habit, row: null, asExpected: false }];
    return own.map((row) => ({
      habit,
      row,
      asExpected:
        own.length === 1 &&
        row.rules === habit.expected.join(' ') &&
        (habit.unverifiable === true || !isPending(row)),
    }));
  });
  const others = rows.filter(
    (row) => row.rules !== '' && !habits.some((habit) => isRequestOf(habit, row, origins)),
  );
  return [...ofHabits, ...others.map((row) => ({ habit: null, row, asExpected: false }))];
}

function isRequestOf({ request }: Habit, row: ReadRow, origins: Origins): boolean {
  return row.host === new URL(origins[request.host]).host && row.path === request.path;
}

/** Whether a token's signature is not checked yet: its issuer's keys may still be on their way. */
function isPending(row: ReadRow): boolean {
  return row.cantTell.split(' ').includes('unverifiable-token');
}
