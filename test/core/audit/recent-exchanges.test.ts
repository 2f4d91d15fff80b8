import { describe, expect, it } from 'vitest';
import { RecentExchanges } from '../../../src/core/audit/recent-exchanges.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import type { ProvenanceLesson } from '../../../src/core/model/knowledge.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { AT } from '../../fixtures/case.ts';
import { exchange } from '../../fixtures/exchange.ts';

const OPAQUE = '2YotnFZFEjr1zCsicMWpAA';
const LESSON: ProvenanceLesson = {
  ...({ learned: 'provenance', token: fingerprint(OPAQUE), issuedAs: 'access_token' } as const),
  ...{ issuedIn: 'w', at: AT, endpoint: 'https://login.example/token', clientId: null },
  ...{ resources: [], scope: [], opaqueLength: OPAQUE.length },
};

function carrying(exchanges: readonly HttpExchange[], lesson: ProvenanceLesson = LESSON): readonly string[] {
  const recent = new RecentExchanges();
  for (const [order, one] of exchanges.entries()) recent.add(one, order);
  return recent.carrying([lesson]).map((found) => found.exchange.url);
}

const use = (path: string, told: Partial<HttpExchange> = {}): HttpExchange =>
  exchange({ url: `https://api.example${path}?t=${OPAQUE}`, ...told });
const other = (at = AT): HttpExchange => exchange({ url: 'https://api.example/', at });
const urlOf = (path: string): string => use(path).url;

describe('recent exchanges', () => {
  it('with the token are found, oldest first', () => {
    expect(carrying([use('/a'), other(), use('/b')])).toEqual([urlOf('/a'), urlOf('/b')]);
  });

  it('of a file are not searched where they are from before the token', () => {
    const early = { at: AT - 1, witness: 'har' } as const;
    expect(carrying([use('/a', early), use('/b', { ...early, at: AT })])).toEqual([urlOf('/b')]);
  });

  it('are found live whatever the witness’s clock says', () => {
    expect(carrying([use('/a', { at: AT - 1_000 })])).toEqual([urlOf('/a')]);
  });

  it('are not searched for a JWT, which is known by itself', () => {
    const { opaqueLength: _, ...lesson } = LESSON;
    expect(carrying([use('/a')], lesson)).toEqual([]);
  });

  it('are bounded in number', () => {
    const many = Array.from({ length: 256 }, () => other());
    expect(carrying([use('/a'), ...many])).toEqual([]);
    expect(carrying([use('/a'), ...many.slice(1)])).toEqual([urlOf('/a')]);
  });

  it('are bounded in time', () => {
    expect(carrying([use('/a'), other(AT + 30_001)])).toEqual([]);
    expect(carrying([use('/a'), other(AT + 30_000)])).toEqual([urlOf('/a')]);
  });

  it('are bounded in length, each and together', () => {
    const body = (length: number) => ({ form: 'text', mediaType: '', text: ' '.repeat(length) }) as const;
    expect(carrying([use('/a', { requestBody: body(16_384) })])).toEqual([]);
    const long = Array.from({ length: 33 }, () => use('/b', { requestBody: body(16_000) }));
    expect(carrying([use('/a'), ...long.slice(2)])).toContain(urlOf('/a'));
    expect(carrying([use('/a'), ...long])).not.toContain(urlOf('/a'));
  });

  it('are found by where their response redirects to; its body is not kept', () => {
    const hop = exchange({
      url: 'https://app.example/hop',
      response: {
        ...{ status: 302, headers: [{ name: 'Location', value: `/next?t=${OPAQUE}` }] },
        body: { form: 'text', mediaType: 'text/plain', text: 'A long page.' },
      },
    });
    const recent = new RecentExchanges();
    recent.add(hop, 1);
    expect(recent.carrying([LESSON])).toMatchObject([{ exchange: { response: { body: { form: 'none' } } } }]);
  });
});
