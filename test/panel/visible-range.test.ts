import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atEnd,
  firstInSight,
  followsAfterScroll,
  mostRows,
  pageSize,
  ROW_HEIGHT,
  resized,
  rowHeightIn,
  scrollToShow,
  TWO_LINES_BELOW,
  visibleRange,
} from '../../src/panel/visible-range.ts';

const view = { scrollTop: 0, height: 240, rowHeight: 24 };

describe('the rows to render', () => {
  test('hold all that is in sight, and few more, for any list and offset', () => {
    const anyView = fc.record({
      scrollTop: fc.integer({ min: 0, max: 3_000_000 }),
      height: fc.integer({ min: 0, max: 2_000 }),
      rowHeight: fc.constantFrom(24, 42),
    });
    fc.assert(
      fc.property(anyView, fc.integer({ min: 0, max: 100_000 }), (seen, total) => {
        const { first, end } = visibleRange(seen, total);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(first);
        expect(end).toBeLessThanOrEqual(total);
        expect(end - first).toBeLessThanOrEqual(mostRows(seen));
        const firstSeen = Math.floor(seen.scrollTop / seen.rowHeight);
        const lastSeen = Math.min(total, Math.ceil((seen.scrollTop + seen.height) / seen.rowHeight)) - 1;
        if (firstSeen < total && seen.height > 0) {
          expect(first).toBeLessThanOrEqual(firstSeen);
          expect(end).toBeGreaterThan(lastSeen);
        }
      }),
    );
  });

  test('are the last ones where the list became shorter than it was scrolled', () => {
    const far = { ...view, scrollTop: 1_000_000 };
    expect(visibleRange(far, 50)).toEqual(visibleRange(atEnd(view, 50), 50));
    expect(visibleRange(far, 50)).toEqual({ first: 35, end: 50 });
    expect(visibleRange(far, 3)).toEqual({ first: 0, end: 3 });
  });

  test('are none in an empty list', () => {
    expect(visibleRange(view, 0)).toEqual({ first: 0, end: 0 });
    expect(firstInSight(view, 0)).toBe(0);
  });

  test('have the size that the style sheet gives them', () => {
    const css = readFileSync(new URL('../../src/panel/list.css', import.meta.url), 'utf8');
    const [oneLine, twoLines] = css.split('[data-lines="two"] {');
    expect(oneLine).toContain(`height: ${ROW_HEIGHT.oneLine}px`);
    expect(twoLines).toContain(`height: ${ROW_HEIGHT.twoLines}px`);
    expect([rowHeightIn(TWO_LINES_BELOW), rowHeightIn(TWO_LINES_BELOW - 1)]).toEqual([24, 42]);
  });
});

describe('scrolling', () => {
  test('to a row goes no further than it must', () => {
    expect(scrollToShow(view, 5)).toBe(0);
    expect(scrollToShow(view, 20)).toBe(21 * 24 - 240);
    expect(scrollToShow({ ...view, scrollTop: 1000 }, 3)).toBe(72);
  });

  test('up stops following, growth does not, the end starts it', () => {
    const end = 1000 * 24 - 240;
    expect(followsAfterScroll(true, end, { ...view, scrollTop: end - 100 }, 1000)).toBe(false);
    expect(followsAfterScroll(true, end, { ...view, scrollTop: end }, 1100)).toBe(true);
    expect(followsAfterScroll(false, 0, { ...view, scrollTop: 100 }, 1000)).toBe(false);
    expect(followsAfterScroll(false, 0, { ...view, scrollTop: end }, 1000)).toBe(true);
    expect(followsAfterScroll(false, 0, view, 3)).toBe(true);
  });

  test('keeps the row at the top, and the one that was in sight, when sizes change', () => {
    expect(resized({ ...view, scrollTop: 480 }, 420, 42, -1)).toEqual({
      scrollTop: 840,
      height: 420,
      rowHeight: 42,
    });
    expect(resized({ ...view, scrollTop: 480 }, 210, 42, 29).scrollTop).toBe(30 * 42 - 210);
    expect(resized({ ...view, scrollTop: 480 }, 210, 42, 2).scrollTop).toBe(840);
  });

  test('by a page keeps a line in sight', () => {
    expect(pageSize(view)).toBe(9);
    expect(pageSize({ ...view, height: 10 })).toBe(1);
  });
});
