import type { PanelDriver } from '../browsers/panel-driver.ts';
import type { ShownRow } from '../lab/walk.ts';

/** A line of the panel's list, with what its attributes don't tell. */
export interface ReadRow extends ShownRow {
  readonly method: string;
}

/** What the panel says of how much it saw. */
export interface ReadCoverage {
  readonly exchanges: number;
  readonly withToken: number;
}

/** Chooses what the list shows. */
export function show(panel: PanelDriver, filter: 'all' | 'problems'): Promise<void> {
  return panel.click(`[data-filter="${filter}"]`);
}

/**
 * Reads every row of the list, in its order. Only the rows in sight are in the document, so the list is scrolled from its
 * beginning to its end.
 */
export async function readRows(panel: PanelDriver): Promise<readonly ReadRow[]> {
  const rows = new Map<string, ReadRow>();
  for (let next = 0; ; ) {
    await panel.waitFor(isInDocument(next));
    const look = await panel.evaluate<Look>(LOOK);
    for (const { index, row } of look.rows) {
      rows.set(row.exchange, row);
      if (index === next) next += 1;
    }
    if (next >= look.total) return [...rows.values()];
  }
}

/** Shows the beginning of the list, which then no longer follows its newest row. */
export async function scrollToStart(panel: PanelDriver): Promise<void> {
  await panel.evaluate(`(() => {
    const viewport = document.querySelector('[role="grid"] .viewport');
    viewport.scrollTop = 0;
    viewport.dispatchEvent(new Event('scroll'));
  })()`);
  await panel.waitFor(isInDocument(0));
}

/** Reads the status bar; null before there is something to say. */
export function readCoverage(panel: PanelDriver): Promise<ReadCoverage | null> {
  return panel.evaluate(`(() => {
    const bar = document.querySelector('[data-exchanges]');
    return bar && { exchanges: Number(bar.dataset.exchanges), withToken: Number(bar.dataset.withToken) };
  })()`);
}

interface Look {
  readonly total: number;
  readonly rows: readonly { readonly index: number; readonly row: ReadRow }[];
}

/** Rows count from 2 in ARIA: the heads are the first. */
const FIRST_ROW = 2;

/**
 * Source that scrolls to a row, and is true once it is in the document, or when the list is not that long. The event is
 * dispatched, because a browser waits for its next frame with it, and a window that nobody sees may have none.
 */
function isInDocument(index: number): string {
  return `(() => {
    const grid = document.querySelector('[role="grid"]');
    const total = Number(grid.dataset.total);
    if (${index} >= total || grid.querySelector('[data-exchange][aria-rowindex="${index + FIRST_ROW}"]')) return true;
    const viewport = grid.querySelector('.viewport');
    viewport.scrollTop = viewport.scrollHeight * ${index} / total;
    viewport.dispatchEvent(new Event('scroll'));
    return false;
  })()`;
}

const LOOK = `(() => ({
  total: Number(document.querySelector('[role="grid"]').dataset.total),
  rows: [...document.querySelectorAll('[data-exchange]')]
    .map((element) => ({
      index: Number(element.getAttribute('aria-rowindex')) - ${FIRST_ROW},
      row: { ...element.dataset, method: element.querySelector('.method')?.textContent ?? '' },
    }))
    .sort((one, other) => one.index - other.index),
}))()`;
