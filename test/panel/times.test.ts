import { describe, expect, test } from 'vitest';
import { clockTime, dateTime, gap } from '../../src/panel/times.ts';
import { relativeToRequest } from '../../src/panel/words.ts';

const at = 1_760_000_000_000;

describe('times', () => {
  test.each([
    [3_597_000, '59 minutes 57 seconds after the request'],
    [-60_000, '1 minute before the request'],
    [7_205_000, '2 hours after the request'],
    [90_000_000, '1 day 1 hour after the request'],
    [-400 * 86_400_000, '1 year 35 days before the request'],
    [1_000, '1 second after the request'],
    [0, 'in the second of the request'],
    [Number.NaN, 'in the second of the request'],
  ])('%i ms away is “%s”', (distance, words) => {
    expect(relativeToRequest(gap(at + distance, at))).toBe(words);
  });

  test('that no calendar has are not dates', () => {
    expect(dateTime(9e99)).toBeNull();
    expect(clockTime(Number.POSITIVE_INFINITY)).toBeNull();
    expect(clockTime(at)).toMatch(/^\d\d:\d\d:\d\d\D000$/);
    expect(dateTime(at)).toContain('2025');
  });
});
