import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppMap } from '../../../src/core/model/map.ts';
import { type Card, layoutMap } from '../../../src/panel/map/layout.ts';
import { appMap, flow, party } from '../../fixtures/map.ts';

const SMALL = appMap(
  [party('client', 'shop-spa'), party('server', 'login.test'), party('api', 'api.test')],
  [
    flow('client:shop-spa', 'server:login.test', { says: 'login', kind: null }),
    flow('server:login.test', 'client:shop-spa', { says: 'issued', kind: 'id_token', verdict: null }),
    flow('client:shop-spa', 'api:api.test', { kind: 'access_token', count: 5 }),
    flow('client:shop-spa', 'api:api.test', { kind: 'id_token', count: 2, verdict: 'error' }),
  ],
);

function large(apis: number): AppMap {
  const names = Array.from({ length: apis }, (_, n) => `api-${String(n).padStart(2, '0')}.test`);
  return appMap(
    [party('client', 'app'), ...names.map((name) => party('api', name))],
    names.map((name, n) =>
      flow('client:app', `api:${name}`, { count: n + 1, verdict: n === 0 ? 'error' : 'passed' }),
    ),
  );
}

function overlap(a: Card, b: Card): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function everyPair(cards: readonly Card[]): boolean {
  return cards.some((a, index) => cards.slice(index + 1).some((b) => overlap(a, b)));
}

describe('layoutMap', () => {
  it('places those who issue, the app, and those who get tokens from left to right', () => {
    const { cards, direction } = layoutMap(SMALL, 1200);
    expect(direction).toBe('columns');
    const [server, client, api] = ['server:login.test', 'client:shop-spa', 'api:api.test'].map((id) =>
      cards.find((card) => card.id === id),
    );
    expect(server?.x).toBeLessThan(client?.x ?? 0);
    expect(client?.x).toBeLessThan(api?.x ?? 0);
  });

  it('tells on a card what the party gets and gives out, the bad first', () => {
    const { cards } = layoutMap(SMALL, 1200);
    const lines = (id: string) =>
      cards.find((card) => card.id === id)?.lines.map(({ says, kind, count }) => [says, kind, count]);
    expect(lines('api:api.test')).toEqual([
      ['sent', 'id_token', 2],
      ['sent', 'access_token', 5],
    ]);
    expect(lines('server:login.test')).toEqual([
      ['login', null, 1],
      ['issued', 'id_token', 1],
    ]);
    expect(cards.find(({ id }) => id === 'api:api.test')?.tone).toBe('error');
  });

  it('draws one edge a direction between two cards, with the worst and the sum of its flows', () => {
    const { edges } = layoutMap(SMALL, 1200);
    expect(edges.map(({ from, to, tone, count }) => [from, to, tone, count])).toEqual([
      ['client:shop-spa', 'server:login.test', 'plain', 1],
      ['server:login.test', 'client:shop-spa', 'plain', 1],
      ['client:shop-spa', 'api:api.test', 'error', 7],
    ]);
  });

  it('stands in one stack where there is little room', () => {
    const { cards, direction, width } = layoutMap(SMALL, 380);
    expect(direction).toBe('stack');
    expect(new Set(cards.map(({ x }) => x)).size).toBe(1);
    for (const card of cards) expect(card.x + card.width).toBeLessThanOrEqual(width);
  });

  it('groups what is too much, says how many, and keeps what is bad in sight', () => {
    const { cards } = layoutMap(large(60), 1200);
    const receivers = cards.filter(({ layer }) => layer === 'receiver');
    expect(receivers).toHaveLength(16);
    const rest = receivers.at(-1);
    expect(rest).toMatchObject({ id: 'rest:receiver', party: null, parties: 45, tone: 'plain' });
    // The only bad one has the fewest requests.
    expect(receivers.some(({ id }) => id === 'api:api-00.test')).toBe(true);
    expect(receivers.reduce((sum, { parties }) => sum + parties, 0)).toBe(60);
  });

  it('looks the same each time, whatever order ties come in', () => {
    expect(layoutMap(large(60), 900)).toEqual(layoutMap(large(60), 900));
  });

  it('draws nothing of nothing', () => {
    expect(layoutMap(appMap([], []), 900)).toMatchObject({ cards: [], edges: [], height: 12 });
  });

  it('never lays a card over another, nor beyond the width', () => {
    const roles = fc.constantFrom('server', 'client', 'api', 'backend', 'third_party', 'unknown');
    const parties = fc.uniqueArray(fc.tuple(roles, fc.string({ maxLength: 8 })), {
      selector: ([role, name]) => `${role}:${name}`,
      maxLength: 80,
    });
    fc.assert(
      fc.property(
        parties,
        fc.integer({ min: 200, max: 2400 }),
        fc.infiniteStream(fc.nat()),
        (all, width, random) => {
          const made = all.map(([role, name]) => party(role, name));
          const pick = (): string => made[(random.next().value ?? 0) % Math.max(1, made.length)]?.id ?? '';
          const flows = made.map(() => flow(pick(), pick()));
          const { cards, edges, height } = layoutMap(appMap(made, flows), width);
          expect(everyPair(cards)).toBe(false);
          expect(cards.length).toBeLessThanOrEqual(30);
          for (const card of cards) {
            expect(card.x).toBeGreaterThanOrEqual(0);
            expect(card.x + card.width).toBeLessThanOrEqual(width);
            expect(card.y + card.height).toBeLessThanOrEqual(height);
          }
          for (const { path } of edges) expect(path).toMatch(/^M[-\d. C]+$/);
        },
      ),
      { numRuns: 100 },
    );
  });
});
