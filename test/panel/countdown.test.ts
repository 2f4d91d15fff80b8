import { describe, expect, it } from 'vitest';
import { remaining, remainingInShort } from '../../src/panel/countdown.ts';

const NOW = 1_700_000_000_000;
const SECOND = 1_000;

describe('what is left of a token, in short', () => {
  it.each([
    [1, '1 s'],
    [59, '59 s'],
    [60, '1 min'],
    [119, '1 min'],
    [3_599, '59 min'],
    [3_600, '1 h'],
    [172_799, '47 h'],
    [172_800, '2 d'],
  ])('%i s are told as "%s"', (seconds, text) => {
    expect(remainingInShort(NOW + seconds * SECOND, NOW)).toBe(text);
  });

  it('is nothing from the second in which it is over', () => {
    expect(remainingInShort(NOW, NOW)).toBe('');
    expect(remainingInShort(NOW - 5 * SECOND, NOW)).toBe('');
  });
});

describe('what is left of a token', () => {
  it.each([
    [1, '1 s'],
    [59_001, '1 min 00 s'],
    [245_000, '4 min 05 s'],
    [3_599_000, '59 min 59 s'],
    [3_600_000, '1 h 00 min'],
    [86_340_000, '23 h 59 min'],
    [172_799_000, '47 h 59 min'],
    [172_800_000, '2 days'],
  ])('of %i ms is "%s"', (ms, text) => {
    expect(remaining(NOW + ms, NOW)).toEqual({ isOver: false, text });
  });

  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [65_000, '1 min 05 s'],
    [7_200_000, '2 h 00 min'],
    [400 * 86_400_000, '400 days'],
  ])('is nothing any more %i ms after, which is told as "%s" ago', (ms, text) => {
    expect(remaining(NOW - ms, NOW)).toEqual({ isOver: true, text });
  });
});
