import { describe, expect, it } from 'vitest';
import { RecentlyTold } from '../../src/devtools/recently-told.ts';

describe('what was told a moment ago', () => {
  it('is told again, oldest first', () => {
    const told = new RecentlyTold<string>(10_000);
    told.note('first', 1_000);
    told.note('second', 2_000);
    expect(told.messages(11_000)).toEqual(['first', 'second']);
    expect(told.messages(11_001)).toEqual(['second']);
    expect(told.messages(20_000)).toEqual([]);
  });

  it('is bounded, however much is told', () => {
    const told = new RecentlyTold<number>(10_000);
    for (let index = 0; index < 5_000; index++) told.note(index, 1_000);
    const kept = told.messages(1_000);
    expect(kept.length).toBe(1_000);
    expect(kept.at(-1)).toBe(4_999);
  });
});
