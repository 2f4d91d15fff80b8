import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRowBook, indexOfRow } from '../../src/panel/row-book.ts';
import { problem, row } from './rows.ts';

describe('the row book', () => {
  test('keeps rows in order, however they come', () => {
    const book = createRowBook();
    book.put([row(5), row(1)]);
    book.put([row(3), row(7)]);
    expect(book.all.map(({ order }) => order)).toEqual([1, 3, 5, 7]);
  });

  test('replaces a row that changed, and moves it between the lists', () => {
    const book = createRowBook();
    book.put([row(1), row(2), problem(3)]);
    book.put([problem(2), row(3)]);
    expect(book.problems.map(({ id }) => id)).toEqual(['x2']);
    expect(book.all).toHaveLength(3);
    expect(book.get('x3')?.failed).toEqual([]);
  });

  test('holds the lists that a plain filter and sort would, for any batches', () => {
    const change = fc.record({
      order: fc.integer({ min: 0, max: 40 }),
      fails: fc.boolean(),
      moved: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(change, { selector: ({ order }) => order })), (batches) => {
        const book = createRowBook();
        const known = new Map<string, ReturnType<typeof row>>();
        for (const batch of batches) {
          const rows = batch.map(({ order, fails, moved }) =>
            row(order, { order: moved ? order + 100 : order, failed: fails ? ['expired-token'] : [] }),
          );
          for (const next of rows) known.set(next.id, next);
          book.put(rows);
        }
        const sorted = [...known.values()].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
        expect(book.all).toEqual(sorted);
        expect(book.problems).toEqual(sorted.filter(({ failed }) => failed.length > 0));
        for (const [index, each] of sorted.entries()) expect(indexOfRow(book.all, each)).toBe(index);
      }),
    );
  });

  test('says -1 for a row that is not there', () => {
    expect(indexOfRow([], row(1))).toBe(-1);
    expect(indexOfRow([row(1), row(3)], row(2))).toBe(-1);
  });

  test('keeps its arrays: a hundred thousand rows are not copied for a thousand more', () => {
    const book = createRowBook();
    const { all } = book;
    book.put(Array.from({ length: 100_000 }, (_, order) => row(order)));
    book.put(Array.from({ length: 1_000 }, (_, order) => row(100_000 + order)));
    expect(book.all).toBe(all);
    expect(all).toHaveLength(101_000);
  });
});
