import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditRow } from '../../../src/core/model/view.ts';
import { matcher } from '../../../src/panel/list/matcher.ts';
import { FIELDS, MAX_LENGTH, quoted, readQuery, spansOf, termText } from '../../../src/panel/list/query.ts';
import { problem, row } from '../rows.ts';

const ROWS: readonly AuditRow[] = [
  row(1),
  row(2, {
    host: 'login.test',
    path: '/token',
    method: 'POST',
    kinds: ['refresh_token'],
    locations: ['form_body'],
  }),
  problem(3, { kinds: ['id_token'], audiences: ['shop-spa'], path: '/profile' }),
  row(4, { verdict: 'cantTell', cantTell: ['unverifiable-token'], status: null, clients: [] }),
  problem(5, { verdict: 'warning', failed: ['expired-token'], status: 401, audiences: ['my api', 'a,b'] }),
];

/** The orders of the rows that a filter leaves. */
function left(text: string): readonly number[] {
  const matches = matcher(readQuery(text));
  return ROWS.filter(matches).map(({ order }) => order);
}

describe('a filter leaves', () => {
  test.each([
    ['', [1, 2, 3, 4, 5]],
    ['PROFILE', [3]],
    ['login.test', [1, 2, 3, 4, 5]],
    ['host:login', [2]],
    ['host:*.test', [1, 2, 3, 4, 5]],
    ['host:*.shop.test', [1, 3, 4, 5]],
    ['host:api.*.test', [1, 3, 4, 5]],
    ['host:api', [1, 3, 4, 5]],
    ['-host:api', [2]],
    ['kind:id', [3]],
    ['kind:id_token,refresh_token', [2, 3]],
    ['kind:"id token"', [3]],
    ['aud:shop-spa', [3]],
    ['aud:"my api"', [5]],
    ['aud:"a,b"', [5]],
    ['client:shop-spa', [1, 2, 3, 5]],
    ['-client:shop-spa', [4]],
    ['rule:expired-token', [5]],
    ['rule:unverifiable', [4]],
    ['in:form', [2]],
    ['token:T1', [1, 2, 3, 4, 5]],
    ['status:4xx', [5]],
    ['status:401,200', [1, 2, 3, 5]],
    ['method:post', [2]],
    ['is:failed', [3, 5]],
    ['is:err', [3]],
    ['is:can’t-tell', [4]],
    ['is:pending', [4]],
    ['-is:failed kind:access', [1, 4]],
    ['/profile is:failed', [3]],
    ['host:', [1, 2, 3, 4, 5]],
    ['-', [1, 2, 3, 4, 5]],
    ['api.shop.test:8443', []],
    ['https://login.test', [1, 2, 3, 4, 5]],
  ])('%s', (text, orders) => {
    expect(left(text)).toEqual(orders);
  });
});

describe('what can’t be followed is said, and filters nothing', () => {
  test('an unknown field', () => {
    expect(readQuery('colour:red host:api').wrong).toEqual([{ wrong: 'field', text: 'colour' }]);
    expect(left('colour:red host:login')).toEqual([2]);
  });

  test('an unknown state', () => {
    expect(readQuery('is:broken').wrong).toEqual([{ wrong: 'state', text: 'broken' }]);
    expect(left('is:broken')).toHaveLength(5);
    expect(left('is:broken,failed')).toEqual([3, 5]);
  });

  test('an address is a word, not a field', () => {
    for (const text of ['https://api', 'localhost:3000/x', 'wss://a']) {
      expect(readQuery(text)).toEqual({
        terms: [{ field: null, isNegated: false, values: [{ text, isQuoted: false }] }],
        wrong: [],
      });
    }
  });
});

describe('for any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom('a', '-', ':', '"', '\\', ',', '*', ' ', 'host', 'is'),
      maxLength: 40,
    }),
  );

  test('reading and matching never throw, and the terms’ places lie apart and in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(() => left(text)).not.toThrow();
        let end = 0;
        for (const span of spansOf(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('a value that is put in quotes means exactly its characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
        fc.constantFrom(...FIELDS),
        (value, field) => {
          if (field === 'is') return;
          expect(readQuery(termText(field, value)).terms).toMatchObject([
            { field, values: [{ text: value }] },
          ]);
        },
      ),
    );
  });

  test('a term and its negation part the rows between them', () => {
    const term = fc.tuple(
      fc.constantFrom(...FIELDS),
      fc.constantFrom('a', 't', 'id', '4', 'T1', '*', 'failed', 'x'),
    );
    fc.assert(
      fc.property(term, ([field, value]) => {
        const text = `${field}:${value}`;
        if (readQuery(text).terms.length === 0) return;
        expect([...left(text), ...left(`-${text}`)].sort()).toEqual([1, 2, 3, 4, 5]);
      }),
    );
  });

  test('two terms leave what both leave', () => {
    const term = fc.constantFrom('host:api', 'kind:access', 'is:failed', '-status:200', 'orders', 'aud:api');
    fc.assert(
      fc.property(term, term, (one, other) => {
        const both = new Set(left(other));
        expect(left(`${one} ${other}`)).toEqual(left(one).filter((order) => both.has(order)));
      }),
    );
  });

  test('a pattern of many stars takes no longer than its text', () => {
    const text = `path:${'*a'.repeat(MAX_LENGTH / 2 - 5)}b`;
    const matches = matcher(readQuery(text));
    const started = performance.now();
    for (let order = 0; order < 1_000; order += 1) matches(row(order, { path: 'a'.repeat(300) }));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('no quotes where none are needed', () => {
    expect([quoted('api.test'), quoted('a b'), quoted('*'), quoted('say "x"')]).toEqual([
      'api.test',
      '"a b"',
      '"*"',
      '"say \\"x\\""',
    ]);
  });
});
