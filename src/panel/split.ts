import type { KeyPress } from './grid-keys.ts';

/** Where the separator stands: per cent of the room that the list gets. */
export const SPLIT = { least: 20, most: 80, atFirst: 45, step: 5 } as const;

/** Keeps both sides usable. */
export function clampSplit(percent: number): number {
  return Math.max(SPLIT.least, Math.min(SPLIT.most, Math.round(percent)));
}

/**
 * The separator's keys (ARIA window splitter pattern).
 * @param isReversed true where lines run from right to left
 * @returns the new place, null for a key that is not its own
 */
export function splitAfterKey(
  press: KeyPress,
  percent: number,
  sideBySide: boolean,
  isReversed: boolean,
): number | null {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return null;
  const [back, on] = isReversed ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  switch (press.key) {
    case sideBySide ? back : 'ArrowUp':
      return clampSplit(percent - SPLIT.step);
    case sideBySide ? on : 'ArrowDown':
      return clampSplit(percent + SPLIT.step);
    case 'Home':
      return SPLIT.least;
    case 'End':
      return SPLIT.most;
    default:
      return null;
  }
}

/** The separator's place for a pointer at `at`, in a room that begins at `start` and is `size` long (CSS pixels). */
export function splitAtPointer(at: number, start: number, size: number): number {
  return size > 0 ? clampSplit(((at - start) / size) * 100) : SPLIT.atFirst;
}
