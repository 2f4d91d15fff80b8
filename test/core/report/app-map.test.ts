import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import type { AppMap } from '../../../src/core/model/map.ts';
import { bearer, exchange } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';
import {
  ACCESS_TOKEN,
  API,
  APP,
  asked,
  auditOf,
  call,
  exchanged,
  ID_TOKEN,
  ISSUER,
  renewed,
  returned,
  TRACKER,
} from '../../fixtures/login.ts';

function mapOf(exchanges: readonly HttpExchange[]): AppMap {
  return auditOf(exchanges).map(1);
}

const LOGIN = [asked(), returned(), exchanged()];

describe('buildMap', () => {
  it('tells who is who and which tokens went from whom to whom', () => {
    const map = mapOf([
      ...LOGIN,
      call(ACCESS_TOKEN),
      call(ACCESS_TOKEN),
      call(ID_TOKEN),
      call(ID_TOKEN, `${TRACKER}/collect`),
      renewed(),
    ]);
    expect(map.parties.map(({ id, name, also }) => [id, name, ...also])).toEqual([
      ['client:shop-spa', 'shop-spa', APP],
      ['server:login.example', 'login.example'],
      ['api:api.shop.example', 'api.shop.example', API],
      ['third_party:collector.tracker.example', 'collector.tracker.example'],
    ]);
    const [client, server] = ['client:shop-spa', 'server:login.example'];
    const api = 'api:api.shop.example';
    expect(map.flows.map(({ from, to, says, kind, count }) => [from, to, says, kind, count])).toEqual([
      [client, server, 'login', null, 1],
      [client, api, 'sent', 'access_token', 2],
      [client, api, 'sent', 'id_token', 1],
      [client, 'third_party:collector.tracker.example', 'sent', 'id_token', 1],
      [client, server, 'sent', 'refresh_token', 1],
      [server, client, 'issued', 'access_token', 2],
      [server, client, 'issued', 'id_token', 1],
      [server, client, 'issued', 'refresh_token', 2],
    ]);
    const bad = map.flows.filter(({ verdict }) => verdict === 'error');
    expect(bad.map(({ filter }) => filter)).toEqual([
      'host:api.shop.example kind:id_token',
      'host:collector.tracker.example kind:id_token',
    ]);
  });

  it('holds what the app’s own page sends to its host for its backend', () => {
    const map = mapOf([
      ...LOGIN,
      exchange({ url: `${APP}/api/me`, initiator: APP, requestHeaders: bearer(ACCESS_TOKEN) }),
    ]);
    expect(map.flows).toContainEqual(
      expect.objectContaining({
        from: 'client:shop-spa',
        to: 'backend:www.shop.example',
        kind: 'access_token',
      }),
    );
  });

  it('puts client_ids that share an origin into one app', () => {
    const other = asked({ url: asked().url.replace('client_id=shop-spa', 'client_id=shop-admin') });
    const apps = mapOf([asked(), other]).parties.filter(({ role }) => role === 'client');
    expect(apps).toEqual([
      {
        ...{ id: 'client:shop-admin', role: 'client', name: 'shop-admin, shop-spa', also: [APP] },
        filter: 'client:shop-admin',
      },
    ]);
  });

  it('names no app that it does not know, and no other tab’s', () => {
    const map = mapOf([
      exchange({ url: `${API}/x`, initiator: null, requestHeaders: bearer(ACCESS_TOKEN) }),
      exchange({ url: `${API}/y`, initiator: 'https://other.example', requestHeaders: bearer(ACCESS_TOKEN) }),
      { ...call(ACCESS_TOKEN, 'https://elsewhere.example/'), tab: 2 },
    ]);
    expect(map.parties.filter(({ role }) => role === 'client').map(({ id, name }) => [id, name])).toEqual([
      ['client:', ''],
      ['page:https://other.example', 'other.example'],
    ]);
    expect(JSON.stringify(map)).not.toContain('elsewhere');
  });

  it('counts audiences by hosts, and leaves out what is for nobody there', () => {
    const { matrix } = mapOf([...LOGIN, call(ACCESS_TOKEN), call(ID_TOKEN), call(ID_TOKEN), renewed()]);
    expect(matrix.audiences).toEqual([API, 'shop-spa']);
    expect(matrix.hosts).toEqual(['api.shop.example']);
    expect(
      matrix.cells.map(({ audience, host, count, verdict }) => [audience, host, count, verdict]),
    ).toEqual([
      [0, 0, 1, 'cantTell'],
      [1, 0, 2, 'error'],
    ]);
  });

  it('is bounded, whatever a hostile page makes up', () => {
    const exchanges = Array.from({ length: 600 }, (_, n) =>
      call(jwt({ alg: 'RS256' }, { iss: ISSUER, aud: `https://a${n}.example`, n }), `https://h${n}.example/`),
    );
    const map = mapOf([...LOGIN, ...exchanges]);
    expect(map.parties).toHaveLength(200);
    expect(map.partiesLeftOff).toBe(402);
    expect(map.matrix.audiences).toHaveLength(40);
    expect(map.matrix.hosts).toHaveLength(30);
    expect([map.matrix.audiencesLeftOff, map.matrix.hostsLeftOff]).toEqual([560, 570]);
  });

  it('quotes in a filter what has white space of its own', () => {
    const odd = jwt({ alg: 'RS256' }, { iss: ISSUER, aud: 'my "api" x', scope: 'a' });
    expect(mapOf([...LOGIN, call(odd)]).matrix.cells[0]?.filter).toBe('host:api.shop.example aud:"my api x"');
  });
});
