import { describe, expect, it } from 'vitest';
import type { ProvenanceLesson } from '../../../src/core/model/knowledge.ts';
import type { ExchangeRecord } from '../../../src/core/model/record.ts';
import { CLAIM_MEANINGS, HEADER_MEANINGS } from '../../../src/core/report/claim-meanings.ts';
import { type DetailFacts, detailOf } from '../../../src/core/report/detail.ts';
import { rowOf } from '../../../src/core/report/row.ts';
import { AT, caseOf, type Told } from '../../fixtures/case.ts';

function record(id: string): ExchangeRecord {
  return {
    ...{
      id,
      order: 1,
      at: AT,
      tab: 1,
      witness: 'web_request',
      method: 'GET',
      url: `https://api.example/${id}?q=…`,
    },
    ...{
      urlHash: 'h',
      initiator: 'https://app.example',
      status: 200,
      seenInDevtools: false,
      sightings: [],
      message: null,
    },
  };
}

const ISSUED: ProvenanceLesson = {
  ...{
    learned: 'provenance',
    token: 'a-fingerprint',
    issuedAs: 'access_token',
    issuedIn: 'gone',
    at: AT - 1000,
  },
  ...{
    endpoint: 'https://login.example/token',
    clientId: 'the-app',
    resources: ['https://api.example'],
    scope: ['read'],
  },
};

function detail(
  told: Told,
  facts: {
    provenance?: ProvenanceLesson;
    exchanges?: readonly string[];
    findings?: DetailFacts['findings'];
  } = {},
) {
  const { token, sighting, request } = caseOf(told);
  const { destination } = request;
  const findings = facts.findings ?? [];
  const carried = { token, sighting: { ...sighting, token: token.fingerprint } };
  const row = rowOf(record('w1'), { destination, tokens: [carried], findings });
  const { provenance = null, exchanges = ['w1'] } = facts;
  return detailOf({
    row,
    record: record('w1'),
    destination,
    findings,
    tokens: [{ ...carried, provenance, exchanges }],
    issuings: provenance === null ? [] : [provenance],
    exchangeOf: (id) => (id === 'gone' ? null : { record: record(id), row: id === 'w1' ? row : null }),
  });
}

function token(...of: Parameters<typeof detail>) {
  const [view] = detail(...of).tokens;
  if (view === undefined) throw new Error('The detail has no token.');
  return view;
}

describe('detailOf', () => {
  it('sums up the worst finding in its own words', () => {
    const common = { exchange: 'w1', token: null, title: '', why: '', fix: '', evidence: [], references: [] };
    const failed = {
      ...common,
      ruleId: 'a',
      outcome: 'failed',
      severity: 'error',
      what: 'It happened.',
    } as const;
    expect(detail({}, { findings: [failed] }).summary).toBe('It happened.');
    expect(detail({}, { findings: [{ ...failed, outcome: 'cantTell' }] }).summary).toBe(
      'This access token is for "https://api.example"; it was sent to the API at api.example. Not all of it can be told: It happened.',
    );
    expect(detail({ kind: 'id_token' }).summary).toBe(
      'This ID token tells "shop-spa" who logged in; it was sent to the API at api.example. No problem was found.',
    );
  });

  it('shows the redacted URL, and where it went and why', () => {
    expect(detail({}).request).toEqual({
      method: 'GET',
      url: 'https://api.example/w1?q=…',
      initiator: 'https://app.example',
      role: 'protected_resource',
      because: 'It is said so in this test.',
    });
  });

  it('explains registered claims, and shows times as ms', () => {
    const claims = { iss: 'https://login.example', exp: 1_767_225_600, mine: { a: [1] }, auth_time: 'soon' };
    expect(token({ claims }).claims).toEqual([
      { name: 'iss', json: '"https://login.example"', meaning: CLAIM_MEANINGS['iss'], time: null },
      { name: 'exp', json: '1767225600', meaning: CLAIM_MEANINGS['exp'], time: AT },
      { name: 'mine', json: '{"a":[1]}', meaning: null, time: null },
      { name: 'auth_time', json: '"soon"', meaning: CLAIM_MEANINGS['auth_time'], time: null },
    ]);
    expect(token({}).header).toEqual([
      { name: 'alg', json: '"RS256"', meaning: HEADER_MEANINGS['alg'], time: null },
    ]);
  });

  it('claims named like an object’s own workings are data, and a time beyond all numbers is none', () => {
    const claims = JSON.parse('{"__proto__":1,"constructor":2,"toString":3,"exp":1e308}');
    expect(token({ claims }).claims.map(({ name, meaning, time }) => [name, meaning, time])).toEqual([
      ['__proto__', null, null],
      ['constructor', null, null],
      ['toString', null, null],
      ['exp', CLAIM_MEANINGS['exp'], null],
    ]);
  });

  it('shows a bounded number of members and of places, and how many there are', () => {
    const claims = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`c${n}`, n]));
    const exchanges = Array.from({ length: 1_000 }, (_, n) => `w${n}`);
    const view = token({ claims }, { exchanges });
    expect(view.claims).toHaveLength(200);
    expect(view.usedIn).toHaveLength(200);
    expect(view.usedInTotal).toBe(1_000);
  });

  it.each([
    ['jwt', null],
    ['jwe', /Encrypted/],
    ['opaque', /Opaque/],
    ['malformed', /Malformed: its JOSE Header names no "alg"\.$/],
  ] as const)('says why a token of form %s can’t be read', (form, why) => {
    const { unreadable } = token({ form });
    if (why === null) expect(unreadable).toBeNull();
    else expect(unreadable).toMatch(why);
  });

  it('an opaque token has the audience, scope and client of its issuance', () => {
    expect(token({ form: 'opaque' }, { provenance: ISSUED })).toMatchObject({
      audiences: ['https://api.example'],
      scope: ['read'],
      clientId: 'the-app',
    });
  });

  it('a JWT’s own claims come first; scope may be words or a list', () => {
    const claims = { aud: 'x', scope: 'a b', scp: ['c'], azp: 'azp-app' };
    expect(token({ claims }, { provenance: ISSUED })).toMatchObject({
      audiences: ['x'],
      scope: ['a', 'b', 'c'],
      clientId: 'azp-app',
    });
  });

  it('tells where it was issued, also when that exchange was forgotten since', () => {
    const place = { at: AT, method: 'GET', host: 'api.example', path: '/w9', row: null, verdict: null };
    expect(token({}, { provenance: { ...ISSUED, issuedIn: 'w9' } }).issuedIn).toEqual(place);
    expect(token({}, { provenance: ISSUED }).issuedIn).toEqual({
      ...{ at: AT - 1000, method: 'POST', host: 'login.example', path: '/token', row: null, verdict: null },
    });
    expect(token({}).issuedIn).toBeNull();
  });

  it('tells everywhere it went, leaving out what was forgotten', () => {
    const { usedIn } = token({}, { exchanges: ['w1', 'gone', 'w2'] });
    expect(usedIn.map(({ row, path }) => [row, path])).toEqual([
      ['w1', '/w1'],
      [null, '/w2'],
    ]);
  });
});

it.each(Object.entries({ ...CLAIM_MEANINGS, ...HEADER_MEANINGS }))(
  '"%s" is explained with its source',
  (_name, meaning) => {
    expect(meaning).toMatch(/^.+ \(.+\)$/);
  },
);
