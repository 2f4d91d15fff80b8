import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COLUMNS,
  columnsIn,
  isFixed,
  NARROWEST,
  resize,
  template,
  WIDEST,
  widthOf,
} from '../../../src/panel/list/columns.ts';
import { DEFAULTS, readPreferences } from '../../../src/panel/list/preferences.ts';
import { BY_TIME, sortAfterPress } from '../../../src/panel/list/row-order.ts';

describe('columns', () => {
  test('all are there where there is room; the least needed go first where there is not', () => {
    expect(columnsIn(1600, new Set(), {})).toEqual(COLUMNS);
    expect(columnsIn(1200, new Set(), {})).not.toContain('location');
    expect(columnsIn(200, new Set(), {})).toEqual(['verdict', 'where']);
  });

  test('hidden ones stay hidden, but for those without which a row says nothing', () => {
    const shown = columnsIn(1600, new Set(COLUMNS), {});
    expect(shown).toEqual(COLUMNS.filter(isFixed));
  });

  test('the edge that is dragged goes where the pointer goes, for any column that can give and take', () => {
    const shown = columnsIn(1600, new Set(), {});
    const endOf = (at: number, list: string): number =>
      list
        .split(' ')
        .slice(0, at + 1)
        .reduce((sum, width) => sum + Number.parseInt(width, 10), 0);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: shown.length - 2 }),
        fc.integer({ min: -12, max: 12 }),
        (at, by) => {
          const column = shown[at] ?? 'verdict';
          const before = endOf(at, template(shown, {}, 1600));
          const widths = resize(column, by, shown, {});
          expect(endOf(at, template(shown, widths, 1600))).toBe(before + by);
        },
      ),
    );
  });

  test('keep widths that can be grasped and seen, whatever is dragged', () => {
    const step = fc.record({
      column: fc.constantFrom(...COLUMNS),
      by: fc.integer({ min: -3000, max: 3000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const widths = steps.reduce((now, { column, by }) => resize(column, by, COLUMNS, now), {});
        for (const column of COLUMNS) {
          expect(widthOf(column, widths)).toBeGreaterThanOrEqual(NARROWEST);
          expect(widthOf(column, widths)).toBeLessThanOrEqual(WIDEST);
        }
      }),
    );
  });

  test('a head sorts, then the other way round, then not', () => {
    const once = sortAfterPress(BY_TIME, 'audience');
    expect(once).toEqual({ by: 'audience', descending: false });
    const twice = sortAfterPress(once, 'audience');
    expect(twice).toEqual({ by: 'audience', descending: true });
    expect(sortAfterPress(twice, 'audience')).toEqual(BY_TIME);
  });
});

describe('preferences', () => {
  test('are read as they were kept; what another version kept is left', () => {
    const kept = { hidden: ['issuer'], widths: { rules: 200 }, grouping: 'host', preserve: false } as const;
    expect(readPreferences(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    for (const other of [
      undefined,
      null,
      {},
      { ...kept, hidden: ['colour'] },
      { ...kept, widths: { rules: 1e9 } },
    ]) {
      expect(readPreferences(other)).toEqual(DEFAULTS);
    }
  });
});
