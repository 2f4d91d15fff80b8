import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

const APP = 'https://app.example';
const AS = 'https://as.example';
const NOW = Math.floor(AT / 1000);
/** An ID token that nothing in it tells from a session of the API's own. */
const TOKEN = jwt({ alg: 'RS256' }, { iss: AS, sub: 'u', aud: 'my-app', iat: NOW - 60, exp: NOW + 600 });
const OPAQUE = 'opaque-access-token-0123456789';

const user = { id_token: TOKEN, access_token: OPAQUE, token_type: 'Bearer', profile: {} };
const STORED = [{ area: 'session', key: `oidc.user:${AS}:my-app`, value: JSON.stringify(user) }] as const;

describe('a token whose issuing nobody saw', () => {
  const request = exchange({ url: 'https://api.elsewhere.example/things', requestHeaders: bearer(TOKEN) });

  it('is judged anew once the page’s storage says what it is, with what to do in the library in use', () => {
    const audit = new Audit();
    audit.observe(request);
    expect(audit.row(request.id)?.failed).toEqual([]);
    const change = audit.stored(APP, STORED, AT);
    expect(change.exchanges).toContain(request.id);
    expect(audit.row(request.id)?.failed).toEqual(['id-token-as-bearer']);
    const [finding] = audit.detail(request.id)?.findings ?? [];
    expect(finding?.fixFor).toMatchObject({
      sdk: 'oidc-client-ts',
      because: 'It keeps this token in sessionStorage.',
    });
    expect(finding?.fixFor?.code).toContain('user.access_token');
  });

  it('is told in whatever order it is learned, and over the background’s sleep', () => {
    const audit = new Audit();
    const { lessons } = audit.stored(APP, STORED, AT);
    audit.observe(request);
    expect(audit.row(request.id)?.failed).toEqual(['id-token-as-bearer']);
    const token = audit.tokenRecord(audit.record(request.id)?.sightings[0]?.token ?? '');
    const record = audit.record(request.id);
    const restored = new Audit();
    restored.restore({
      ...{ lessons, tokens: token === null ? [] : [token], exchanges: record === null ? [] : [record] },
      counts: { seen: [], unseen: [] },
    });
    expect(restored.row(request.id)?.failed).toEqual(['id-token-as-bearer']);
  });

  it('an opaque one is found under any name, as what it is kept as', () => {
    const audit = new Audit();
    audit.stored(APP, STORED, AT);
    const leak = exchange({ url: `https://tracker.elsewhere.example/collect?t=${OPAQUE}` });
    audit.observe(leak);
    expect(audit.detail(leak.id)?.tokens[0]?.classification).toMatchObject({
      kind: 'access_token',
      confidence: 'strong',
    });
    expect(audit.row(leak.id)?.failed).toContain('token-in-url');
  });
});

it('a page that keeps an API’s token as an ID token makes no error of it', () => {
  const audit = new Audit();
  const claims = {
    iss: AS,
    sub: 'u',
    aud: 'urn:api',
    client_id: 'my-app',
    scope: 'read',
    iat: NOW - 60,
    exp: NOW + 600,
  };
  const access = jwt({ alg: 'RS256' }, claims);
  const value = JSON.stringify({ id_token: access });
  audit.stored(APP, [{ area: 'local', key: `oidc.user:${AS}:my-app`, value }], AT);
  const request = exchange({ url: 'https://api.app.example/things', requestHeaders: bearer(access) });
  audit.observe(request);
  expect(audit.row(request.id)?.failed).toEqual([]);
});
