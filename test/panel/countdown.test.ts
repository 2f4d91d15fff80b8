import { describe, expect, it } from 'vitest';
import { remainingInShort } from '../../src/panel/countdown.ts';

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
