import { describe, expect, it } from 'vitest';
import type { RecordedSighting } from '../../../src/core/model/token.ts';
import { type ExchangeEntry, hashUrl, Ledger, type TokenEntry } from '../../../src/core/record/ledger.ts';
import { AT } from '../../fixtures/case.ts';
import { exchange } from '../../fixtures/exchange.ts';

const URL_ = 'https://api.example/things';

function entry(id: string, told: Partial<ExchangeEntry['record']> = {}): ExchangeEntry {
  return {
    record: {
      ...{ id, order: 1, at: AT, tab: 1, witness: 'web_request', method: 'GET', url: URL_ },
      ...{ urlHash: hashUrl(URL_), initiator: null, status: null, seenInDevtools: false },
      ...{ sightings: [], message: null },
      ...told,
    },
    findings: [],
    row: null,
    role: 'unknown',
    topics: [],
  };
}

function token(exchanges: string[]): TokenEntry {
  const classification = { kind: 'opaque', confidence: 'weak', evidence: [] } as const;
  const signature = { status: 'unverifiable', reason: 'opaque', text: '' } as const;
  const decoded = { form: 'opaque', fingerprint: 'f' } as const;
  return {
    decoded,
    raw: 'raw',
    classification,
    signature,
    guessableSecret: false,
    places: [],
    exchanges,
    visits: new Map(),
  };
}

function authorization(name: string): readonly RecordedSighting[] {
  return [{ location: 'authorization_header', name: 'Authorization', scheme: 'bearer', token: name }];
}

function ledgerOf(...entries: readonly ExchangeEntry[]): Ledger {
  const ledger = new Ledger();
  for (const one of entries) ledger.put(one);
  return ledger;
}

/** Who told of this request before: its id. */
function witnessed(
  ledger: Ledger,
  told: Parameters<typeof exchange>[0],
  sightings: readonly RecordedSighting[] = [],
): string | null {
  const found = ledger.witnessed(exchange({ witness: 'devtools', ...told }), hashUrl(told.url), sightings);
  return found === null || found === 'duplicate' ? found : found.id;
}

describe('two witnesses of one request', () => {
  it('meet by tab, method and URL, within ten seconds', () => {
    const ledger = ledgerOf(entry('w1'));
    expect(witnessed(ledger, { url: URL_, at: AT + 9_999 })).toBe('w1');
    expect(witnessed(ledger, { url: URL_, at: AT - 9_999 })).toBe('w1');
    expect(witnessed(ledger, { url: URL_, at: AT + 10_001 })).toBeNull();
    expect(witnessed(ledger, { url: URL_, at: AT, tab: 2 })).toBeNull();
    expect(witnessed(ledger, { url: URL_, at: AT, method: 'POST' })).toBeNull();
    expect(witnessed(ledger, { url: `${URL_}?x`, at: AT })).toBeNull();
  });

  it('meet though only one shows the fragment', () => {
    expect(witnessed(ledgerOf(entry('w1')), { url: `${URL_}#part`, at: AT })).toBe('w1');
  });

  it('the nearest in time is the same, and each is met once', () => {
    const ledger = ledgerOf(entry('w1', { at: AT }), entry('w2', { at: AT + 1000 }));
    expect(witnessed(ledger, { url: URL_, at: AT + 900 })).toBe('w2');
    ledger.put(entry('w2', { at: AT + 1000, seenInDevtools: true }));
    expect(witnessed(ledger, { url: URL_, at: AT + 900 })).toBe('w1');
  });

  it('a request that DevTools lists twice at once is a duplicate, one some time later is not', () => {
    const ledger = ledgerOf(entry('d1', { seenInDevtools: true }));
    expect(witnessed(ledger, { url: URL_, at: AT + 300 })).toBe('duplicate');
    expect(witnessed(ledger, { url: URL_, at: AT + 301 })).toBeNull();
  });

  it('with another Authorization header it is another request: a retry with the right token', () => {
    const listed = ledgerOf(entry('d1', { seenInDevtools: true, sightings: authorization('wrong') }));
    expect(witnessed(listed, { url: URL_, at: AT + 50 }, authorization('right'))).toBeNull();
    expect(witnessed(listed, { url: URL_, at: AT + 50 }, authorization('wrong'))).toBe('duplicate');
    const parallel = ledgerOf(
      entry('w1', { at: AT, sightings: authorization('wrong') }),
      entry('w2', { at: AT + 5, sightings: authorization('right') }),
    );
    expect(witnessed(parallel, { url: URL_, at: AT }, authorization('right'))).toBe('w2');
    expect(witnessed(parallel, { url: URL_, at: AT + 5 }, authorization('wrong'))).toBe('w1');
  });

  it('meet where only one shows the Authorization header', () => {
    const ledger = ledgerOf(entry('w1', { sightings: authorization('a') }));
    expect(witnessed(ledger, { url: URL_, at: AT })).toBe('w1');
  });

  it('looks no further back than can matter: a page that polls has thousands of one URL', () => {
    const ledger = new Ledger();
    for (let n = 0; n < 5_000; n++) ledger.put(entry(`w${n}`, { at: AT + n * 1000, seenInDevtools: true }));
    let looked = 0;
    const get = ledger.exchanges.get.bind(ledger.exchanges);
    ledger.exchanges.get = (id) => {
      looked++;
      return get(id);
    };
    expect(witnessed(ledger, { url: URL_, at: AT + 5_000_500 })).toBeNull();
    expect(looked).toBeLessThan(15);
  });
});

describe('what depends on what', () => {
  it('an exchange depends on its latest topics only', () => {
    const one = entry('w1');
    const ledger = ledgerOf(one);
    ledger.index(one, ['host:a', 'token:t']);
    ledger.index(one, ['host:b']);
    expect([...ledger.dependents(['host:a', 'token:t'])]).toEqual([]);
    expect([...ledger.dependents(['host:b', 'host:b', 'host:c'])]).toEqual(['w1']);
  });
});

describe('forget', () => {
  it('takes exchanges, their topics, and the tokens that travelled on no others', () => {
    const [one, two] = [entry('w1'), entry('w2', { tab: 2 })];
    const ledger = ledgerOf(one, two);
    ledger.index(one, ['host:a']);
    ledger.tokens.set('alone', token(['w1']));
    ledger.tokens.set('shared', token(['w1', 'w2']));
    expect(ledger.forget(['w1', 'w1', 'never-seen'])).toEqual({ exchanges: ['w1'], tokens: ['alone'] });
    expect([...ledger.exchanges.keys()]).toEqual(['w2']);
    expect(ledger.tokens.get('shared')?.exchanges).toEqual(['w2']);
    expect([...ledger.dependents(['host:a'])]).toEqual([]);
    expect(witnessed(ledger, { url: URL_, at: AT })).toBeNull();
    expect(witnessed(ledger, { url: URL_, at: AT, tab: 2 })).toBe('w2');
  });
});

it('hashUrl names a URL without its fragment and without telling it', () => {
  expect(hashUrl('https://a.example/?x#y')).toBe(hashUrl('https://a.example/?x#a\nb'));
  expect(hashUrl('https://a.example/?x')).not.toBe(hashUrl('https://a.example/?y'));
  expect(hashUrl('https://a.example/secret')).toMatch(/^[\w-]{22}$/);
});
