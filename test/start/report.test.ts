import { describe, expect, it } from 'vitest';
import { HABITS, type Habit } from '../lab/habits.ts';
import { originsOn } from '../lab/origins.ts';
import { compare } from './findings.ts';
import type { ReadRow } from './panel-rows.ts';
import { hostLines, walkLines, watchLines } from './report.ts';

const ORIGINS = originsOn(4600);

function row(over: Partial<ReadRow> = {}): ReadRow {
  return {
    exchange: 'x1',
    verdict: 'passed',
    method: 'GET',
    host: 'api.shop.localhost:4600',
    path: '/products',
    kinds: 'access_token',
    rules: '',
    cantTell: '',
    ...over,
  };
}

function rowFor({ request, expected }: Habit): ReadRow {
  return row({
    verdict: expected.length > 0 ? 'error' : 'passed',
    method: request.method,
    host: new URL(ORIGINS[request.host]).host,
    path: request.path,
    rules: expected.join(' '),
  });
}

const ALL_RIGHT = HABITS.map((habit) => rowFor(habit));

function habit(id: (typeof HABITS)[number]['id']): Habit {
  const found = HABITS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

/** The ids of the habits (or the paths of other rows) that are not as expected. */
function different(rows: readonly ReadRow[], habits: readonly Habit[] = HABITS): readonly string[] {
  return compare(habits, rows, ORIGINS)
    .filter(({ asExpected }) => !asExpected)
    .map((comparison) => comparison.habit?.id ?? comparison.row?.path ?? '');
}

describe('the comparison of a walk with what is expected', () => {
  it('is all right when each habit’s request shows just its rules', () => {
    const login = row({ host: 'login.shop.localhost:4600', path: '/token', verdict: 'passed' });
    expect(different([login, ...ALL_RIGHT])).toEqual([]);
    expect(compare(HABITS, ALL_RIGHT, ORIGINS)).toHaveLength(HABITS.length);
  });

  it('tells a request that was not seen', () => {
    expect(different(ALL_RIGHT.filter(({ path }) => path !== '/lax/profile'))).toEqual(['id-token-to-api']);
  });

  it('tells a rule that is missing, that is too much, or that is another', () => {
    const good = [habit('access-token-to-api')];
    const bad = [habit('expired-token')];
    expect(different([row({ rules: 'token-in-url' })], good)).toEqual(['access-token-to-api']);
    expect(different([row({ path: '/reviews' })], bad)).toEqual(['expired-token']);
    expect(different([row({ path: '/reviews', rules: 'expired-token token-in-url' })], bad)).toEqual([
      'expired-token',
    ]);
  });

  it('tells a request that is listed twice', () => {
    expect(different([row(), row({ exchange: 'x2' })], [habit('access-token-to-api')])).toEqual([
      'access-token-to-api',
      'access-token-to-api',
    ]);
  });

  it('tells a token whose signature could not be checked', () => {
    expect(different([row({ cantTell: 'unverifiable-token' })], [habit('access-token-to-api')])).toEqual([
      'access-token-to-api',
    ]);
    expect(different([row({ cantTell: 'audience-mismatch' })], [habit('access-token-to-api')])).toEqual([]);
  });

  it('lets a signature be that nobody can check', () => {
    const own = [{ ...habit('access-token-to-api'), unverifiable: true } as const];
    expect(different([row({ cantTell: 'unverifiable-token' })], own)).toEqual([]);
  });

  it('tells what was found besides', () => {
    expect(different([...ALL_RIGHT, row({ path: '/other', rules: 'token-in-url' })])).toEqual(['/other']);
  });
});

describe('the lines of a walk', () => {
  it('show a habit a line, and what was expected where that differs', () => {
    const habits = [habit('access-token-to-api'), habit('id-token-to-api'), habit('expired-token')];
    const rows = [
      row(),
      row({ path: '/lax/profile', kinds: 'id_token', cantTell: 'audience-mismatch', verdict: 'cantTell' }),
      row({ path: '/other', kinds: 'id_token unheard_of', rules: 'token-in-url', verdict: 'error' }),
    ];
    expect(walkLines(compare(habits, rows, ORIGINS), ORIGINS)).toEqual([
      '   Habit                Request              Token                 Verdict           Rules',
      '✓  access-token-to-api  GET api/products     Access token          No problem found',
      '✗  id-token-to-api      GET api/lax/profile  ID token              Can’t tell                      expected: id-token-as-bearer; can’t tell: audience-mismatch',
      '✗  expired-token        GET api/reviews                            not seen                        expected: expired-token',
      '✗  (no habit)           GET api/other        ID token, unheard_of  Error             token-in-url  expected: nothing',
      '',
      '1 of 4 as expected; the others are marked with ✗.',
    ]);
  });

  it('say so when all is as expected', () => {
    expect(walkLines(compare(HABITS, ALL_RIGHT, ORIGINS), ORIGINS).at(-1)).toBe(
      'All 15 as expected: every bad habit was found with its rule, and nothing else was.',
    );
  });
});

describe('the lines of an app that was watched', () => {
  it('show the requests with tokens, and nothing that a terminal would obey', () => {
    const rows = [
      row(),
      row({ host: 'evil.test', path: '/\u001b[2J\u202e', rules: 'token-in-url', verdict: 'error' }),
    ];
    expect(watchLines(rows, { exchanges: 7, withToken: 2 }, 1)).toEqual([
      'Request                               Token         Verdict           Rules',
      'GET api.shop.localhost:4600/products  Access token  No problem found',
      'GET evil.test/\\u{001b}[2J\\u{202e}     Access token  Error             token-in-url',
      '',
      '7 requests seen in 1 second, 2 with a token, 1 with a problem.',
    ]);
  });

  it('say so when there was none', () => {
    expect(watchLines([], { exchanges: 1, withToken: 0 }, 20)).toEqual([
      'No request with a token in 20 seconds; 1 request seen.',
    ]);
    expect(watchLines([], null, 20)).toEqual(['No request with a token in 20 seconds; 0 requests seen.']);
  });
});

it('lists the lab’s hosts in columns', () => {
  expect(hostLines(ORIGINS)).toEqual([
    '  app        http://app.shop.localhost:4600           a single-page app with a button for each habit',
    '  login      http://login.shop.localhost:4600         the OpenID provider that it signs in with',
    '  api        http://api.shop.localhost:4600           its API, with endpoints that accept too much',
    '  orders     http://orders.shop.localhost:4600        a second API, which is strict',
    '  stock      http://stock.shop.localhost:4600         a third API, which tells by its metadata what it is called',
    '  mirror     http://mirror.shop.test:4600             a mirror of the first, as if it were on another machine: plain http',
    '  market     http://app.market.localhost:4600         another party’s app and its API',
    '  legacy     http://login.legacy.localhost:4600       a provider that allows what nobody should ask for',
    '  collector  http://collector.tracker.localhost:4600  a third party',
  ]);
});
