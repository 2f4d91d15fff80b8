import { expect, it } from 'vitest';
import { layOut } from './table.ts';

it('makes each column as wide as its widest cell, and leaves no space at a line’s end', () => {
  expect(
    layOut([
      ['', 'Habit', 'Rules'],
      ['✓', 'good', ''],
      ['✗', 'a bad one', 'expired-token'],
    ]),
  ).toEqual(['   Habit      Rules', '✓  good', '✗  a bad one  expired-token']);
});

it('lays out nothing as nothing', () => {
  expect(layOut([])).toEqual([]);
});
