import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RowVerdict } from '../../../src/core/model/view.ts';
import { COLUMNS } from '../../../src/panel/list/columns.ts';
import { type Arrangement, EVERY_VERDICT, RowBook } from '../../../src/panel/list/row-book.ts';
import { GROUPINGS, headId } from '../../../src/panel/list/row-groups.ts';
import { byOrder, comparing } from '../../../src/panel/list/row-order.ts';
import { problem, row } from '../rows.ts';

const ALL: Arrangement = { compare: byOrder, matches: () => true, verdicts: EVERY_VERDICT, grouping: 'none' };
const PROBLEMS: ReadonlySet<RowVerdict> = new Set(['error', 'warning', 'notice']);

function ids(rows: Iterable<{ readonly id: string }>): readonly string[] {
  return [...rows].map(({ id }) => id);
}

/** Every line of the list, as text. */
function lines(book: RowBook): readonly string[] {
  return Array.from({ length: book.length }, (_, index) => {
    const line = book.lineAt(index);
    return line?.line === 'group' ? `[${line.group.key} ${line.group.size}]` : (line?.id ?? 'none');
  });
}

describe('the row book', () => {
  test('keeps rows in order, however they come', () => {
    const book = new RowBook(ALL);
    book.put([row(5), row(1)]);
    book.put([row(3), row(7)]);
    expect(ids(book.all)).toEqual(['x1', 'x3', 'x5', 'x7']);
    expect(book.newest).toBe(7);
  });

  test('takes a long list in pieces of which the newest come first', () => {
    const book = new RowBook(ALL);
    const rows = Array.from({ length: 12_001 }, (_, order) => row(order));
    book.put(rows.slice(-1));
    book.put(rows.slice(0, -1));
    expect(ids(book.all)).toEqual(ids(rows));
    expect(ids(book.shown)).toEqual(ids(rows));
  });

  test('moves a row that changed in and out of what is shown, and counts it once', () => {
    const book = new RowBook({ ...ALL, verdicts: PROBLEMS });
    book.put([row(1), row(2), problem(3)]);
    book.put([problem(2), row(3)]);
    expect(ids(book.shown)).toEqual(['x2']);
    expect(book.all).toHaveLength(3);
    expect(book.counts).toEqual({ error: 1, warning: 0, notice: 0, cantTell: 0, accepted: 0, passed: 2 });
    expect(book.get('x3')?.failed).toEqual([]);
  });

  test('counts by verdict what the query leaves, whichever verdicts are shown', () => {
    const book = new RowBook({ ...ALL, verdicts: PROBLEMS });
    book.put([row(1, { host: 'a' }), problem(2, { host: 'a' }), problem(3)]);
    book.arrange({ ...ALL, verdicts: PROBLEMS, matches: ({ host }) => host === 'a' });
    expect(book.counts).toMatchObject({ error: 1, passed: 1 });
    book.put([problem(4, { host: 'a' }), problem(5)]);
    expect(book.counts).toMatchObject({ error: 2, passed: 1 });
    expect(ids(book.shown)).toEqual(['x2', 'x4']);
  });

  const anyRow = fc.record({
    order: fc.integer({ min: 0, max: 40 }),
    fails: fc.boolean(),
    host: fc.constantFrom('a', 'b', 'c'),
    moved: fc.boolean(),
  });
  const anyArrangement = fc.record({
    by: fc.constantFrom(...COLUMNS),
    descending: fc.boolean(),
    grouping: fc.constantFrom(...GROUPINGS),
    host: fc.constantFrom('a', 'b', null),
    problems: fc.boolean(),
  });

  test('holds what a plain filter and sort would, for any batches and any arrangement between them', () => {
    const step = fc.tuple(fc.uniqueArray(anyRow, { selector: ({ order }) => order }), anyArrangement);
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const book = new RowBook(ALL);
        const known = new Map<string, ReturnType<typeof row>>();
        for (const [batch, { by, descending, grouping, host, problems }] of steps) {
          const rows = batch.map(({ order, fails, moved, host: to }) =>
            (fails ? problem : row)(order, { order: moved ? order + 100 : order, host: to }),
          );
          for (const next of rows) known.set(next.id, next);
          book.put(rows);
          const compare = comparing({ by, descending });
          const matches = (one: ReturnType<typeof row>): boolean => host === null || one.host === host;
          const verdicts = problems ? PROBLEMS : EVERY_VERDICT;
          book.arrange({ compare, matches, verdicts, grouping });
          const sorted = [...known.values()].sort(compare);
          const shown = sorted.filter((one) => matches(one) && verdicts.has(one.verdict));
          expect(ids(book.all)).toEqual(ids(sorted));
          expect(ids(book.shown)).toEqual(ids(shown));
          expect(Object.values(book.counts).reduce((sum, one) => sum + one)).toBe(
            sorted.filter(matches).length,
          );
          const places = shown.map(({ id }) => book.lineAt(book.indexOf(id)));
          expect(places.map((line) => line?.id)).toEqual(ids(shown));
          expect(new Set(lines(book)).size).toBe(book.length);
        }
      }),
    );
  });

  test('keeps its array: a hundred thousand rows are not copied for a thousand more', () => {
    const book = new RowBook(ALL);
    book.put(Array.from({ length: 100_000 }, (_, order) => row(order)));
    const { all } = book;
    book.put(Array.from({ length: 1_000 }, (_, order) => row(100_000 + order)));
    expect(book.all).toBe(all);
    expect(all).toHaveLength(101_000);
  });
});

describe('groups', () => {
  const grouped: Arrangement = { ...ALL, grouping: 'host' };

  test('stand in the order in which they appeared, each with its rows', () => {
    const book = new RowBook(grouped);
    book.put([row(1, { host: 'b' }), row(2, { host: 'a' }), row(3, { host: 'b' })]);
    expect(lines(book)).toEqual(['[b 2]', 'x1', 'x3', '[a 1]', 'x2']);
    book.put([row(4, { host: 'c' }), row(5, { host: 'b' })]);
    expect(lines(book)).toEqual(['[b 3]', 'x1', 'x3', 'x5', '[a 1]', 'x2', '[c 1]', 'x4']);
    expect(book.headAt(3)).toBe(0);
  });

  test('fold, and stay so while rows come; a row that is folded away is found at its head', () => {
    const book = new RowBook(grouped);
    book.put([row(1, { host: 'b' }), row(2, { host: 'a' })]);
    book.fold('b', true);
    book.put([row(3, { host: 'b' })]);
    expect(lines(book)).toEqual(['[b 2]', '[a 1]', 'x2']);
    expect(book.indexOf('x3')).toBe(0);
    expect(book.indexOf(headId('a'))).toBe(1);
    const folded = book.get('x3');
    if (folded !== undefined) book.unfold(folded);
    expect(lines(book)).toHaveLength(5);
  });

  test('count their verdicts, and go when they are empty', () => {
    const book = new RowBook({ ...ALL, grouping: 'rule' });
    book.put([problem(1), problem(2)]);
    const line = book.lineAt(0);
    expect(line?.line === 'group' ? line.group.verdicts : null).toMatchObject({ error: 2, passed: 0 });
    book.put([row(1), problem(2, { failed: ['token-in-url'] })]);
    expect(lines(book)).toEqual(['[ 1]', 'x1', '[token-in-url 1]', 'x2']);
  });

  test('no text of the network makes a head out of a row', () => {
    const book = new RowBook(grouped);
    book.put([row(1, { host: '\0group a' })]);
    expect(book.indexOf('\0group a')).toBe(-1);
    expect(book.indexOf(headId('\0group a'))).toBe(0);
  });
});
