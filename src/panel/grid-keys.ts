/** What the keys of the list do: those of the ARIA grid pattern, as far as a list whose rows take the focus needs them. */
export type GridAction =
  | { readonly does: 'move'; readonly to: number }
  /** Choose the row; `enter`: and go on to its details. */
  | { readonly does: 'choose'; readonly enter: boolean }
  | { readonly does: 'close' };

/** What the keys do beyond that where rows stand in groups (ARIA treegrid pattern). */
export type GroupAction =
  | { readonly does: 'fold'; readonly isFolded: boolean }
  /** Go from a row to the head of its group. */
  | { readonly does: 'to-head' };

export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * @param at the index of the row that has the focus.
 * @param total the number of rows.
 * @param page the number of rows that PageUp and PageDown go.
 * @returns null for a key that is not the list's.
 */
export function gridAction(press: KeyPress, at: number, total: number, page: number): GridAction | null {
  if (press.altKey || press.metaKey || press.shiftKey) return null;
  if (press.key === 'Escape' && !press.ctrlKey) return { does: 'close' };
  if (total === 0) return null;
  const to = (row: number): GridAction => ({ does: 'move', to: Math.max(0, Math.min(total - 1, row)) });
  if (press.key === 'Home') return to(0);
  if (press.key === 'End') return to(total - 1);
  if (press.ctrlKey) return null;
  switch (press.key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Enter':
      return { does: 'choose', enter: true };
    case ' ':
      return { does: 'choose', enter: false };
    default:
      return null;
  }
}

/**
 * @param on what has the focus.
 * @param isReversed true where the text runs from right to left.
 * @returns null for a key that does nothing of the kind.
 */
export function groupAction(press: KeyPress, on: 'group' | 'row', isReversed: boolean): GroupAction | null {
  if (press.altKey || press.metaKey || press.shiftKey || press.ctrlKey) return null;
  const [outwards, inwards] = isReversed ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  if (press.key === outwards) return on === 'row' ? { does: 'to-head' } : { does: 'fold', isFolded: true };
  return press.key === inwards && on === 'group' ? { does: 'fold', isFolded: false } : null;
}

/**
 * The keys that work wherever the focus is, but where letters are text.
 * @returns null for a key that is none of them.
 */
export function shortcut(press: KeyPress, isTypedInto: boolean): 'filter' | 'help' | null {
  if (isTypedInto || press.altKey || press.ctrlKey || press.metaKey) return null;
  return press.key === '/' ? 'filter' : press.key === '?' ? 'help' : null;
}
