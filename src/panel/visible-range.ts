/** The arithmetic of a list that renders only what is looked at. Heights and offsets are CSS pixels. */

export interface View {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
}

/** A list narrower than this shows a row in two lines. list.css has these numbers too; a test holds them together. */
export const TWO_LINES_BELOW = 720;
export const ROW_HEIGHT = { oneLine: 24, twoLines: 42 } as const;

/** The height of a row in a list of this width. */
export function rowHeightIn(width: number): number {
  return width < TWO_LINES_BELOW ? ROW_HEIGHT.twoLines : ROW_HEIGHT.oneLine;
}

/** Rows rendered beyond each edge, so that a fast scroll shows no gap. */
const MARGIN = 5;

/** The rows to render: from `first` up to and without `end`. A list can't be scrolled beyond its end, however short it became. */
export function visibleRange(view: View, total: number): { readonly first: number; readonly end: number } {
  const scrollTop = Math.min(view.scrollTop, atEnd(view, total).scrollTop);
  const top = Math.floor(scrollTop / view.rowHeight);
  // As many as can ever be in sight: whichever way it is scrolled, rows change and none is made or taken away.
  const bottom = top + Math.ceil(view.height / view.rowHeight) + 1;
  const end = Math.max(0, Math.min(total, bottom + MARGIN));
  return { first: Math.min(Math.max(0, top - MARGIN), end), end };
}

/** The most rows that {@link visibleRange} gives in a view, wherever it is scrolled to. */
export function mostRows({ height, rowHeight }: View): number {
  return Math.ceil(height / rowHeight) + 1 + 2 * MARGIN;
}

/** The view of the same size, scrolled to the last row. */
export function atEnd(view: View, total: number): View {
  return { ...view, scrollTop: Math.max(0, total * view.rowHeight - view.height) };
}

/** The first row that is wholly seen; 0 in an empty list. */
export function firstInSight(view: View, total: number): number {
  return Math.max(0, Math.min(total - 1, Math.ceil(view.scrollTop / view.rowHeight)));
}

/** The offset to scroll to so that row `index` is wholly seen; the present one where it is already. */
export function scrollToShow(view: View, index: number): number {
  const top = index * view.rowHeight;
  const bottom = top + view.rowHeight;
  if (top < view.scrollTop) return top;
  if (bottom > view.scrollTop + view.height) return Math.max(0, bottom - view.height);
  return view.scrollTop;
}

/** Rows that a page up or down goes: one less than fit, so that the eye keeps a line. */
export function pageSize(view: View): number {
  return Math.max(1, Math.floor(view.height / view.rowHeight) - 1);
}

/**
 * Whether the list still follows its newest row after a scroll. Reaching the end starts it; going up stops it; rows that
 * came meanwhile put the end further away without anyone having scrolled, which stops nothing.
 */
export function followsAfterScroll(following: boolean, before: number, view: View, total: number): boolean {
  const end = total * view.rowHeight - view.height;
  if (view.scrollTop >= end - view.rowHeight / 2) return true;
  return view.scrollTop < before ? false : following;
}

/**
 * The view after the list or its rows changed their size: the same row stays at the top, unless that would hide the row
 * `kept` (an index, -1 for none), which was in sight before.
 */
export function resized(view: View, height: number, rowHeight: number, kept: number): View {
  const next = { scrollTop: (view.scrollTop / view.rowHeight) * rowHeight, height, rowHeight };
  const wasInSight = kept >= 0 && scrollToShow(view, kept) === view.scrollTop;
  return wasInSight && height > 0 ? { ...next, scrollTop: scrollToShow(next, kept) } : next;
}
