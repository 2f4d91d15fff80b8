import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange, HttpHeader } from '../../src/core/model/exchange.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { base64url, jwt } from '../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const APP = 'https://app.example';
const API = 'https://api.example';
const NOW_S = AT / 1000;
const TIMES = { iat: NOW_S - 10, exp: NOW_S + 3600 };
const ID_TOKEN = jwt({ alg: 'RS256' }, { iss: ISSUER, sub: 'ada', aud: 'the-app', nonce: 'n', ...TIMES });
const ACCESS_TOKEN = jwt({ alg: 'RS256', typ: 'at+jwt' }, { iss: ISSUER, sub: 'ada', aud: API, ...TIMES });
const JWE = `${base64url('{"alg":"dir","enc":"A256GCM"}')}..aXZpdml2aXY.Y2lwaGVydGV4dA.dGFndGFndGFn`;
const OPAQUE = '2YotnFZFEjr1zCsicMWpAA';
const REFRESH = 'tGzv3JOkF0XG5Qx2TlKWIA99';

const login = (): HttpExchange =>
  exchange({
    url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&state=s&nonce=n&code_challenge=c&code_challenge_method=S256`,
    destination: 'document',
    initiator: null,
  });

const tokens = (): HttpExchange =>
  exchange({
    url: `${ISSUER}/token`,
    method: 'POST',
    requestBody: form({
      grant_type: 'authorization_code',
      client_id: 'the-app',
      code: 'c',
      code_verifier: 'v',
    }),
    response: json({
      token_type: 'Bearer',
      access_token: OPAQUE,
      id_token: ID_TOKEN,
      refresh_token: REFRESH,
    }),
  });

const cookie = (value: string): readonly HttpHeader[] => [{ name: 'Cookie', value }];

/** An audit that has seen these exchanges, and the verdict on the last one. */
function having(...exchanges: readonly HttpExchange[]) {
  const audit = new Audit();
  for (const one of exchanges) audit.observe(one);
  const row = audit.row(exchanges.at(-1)?.id ?? '');
  return { audit, row };
}

describe('an opaque token that was issued', () => {
  it.each([
    ['a cookie', { url: `${APP}/api`, requestHeaders: cookie(`at=${OPAQUE}`) }, 'cookie', 'access_token'],
    [
      'a header',
      { url: `${API}/`, requestHeaders: [{ name: 'X-Key', value: OPAQUE }] },
      'header',
      'access_token',
    ],
    [
      'a form, for its end (RFC 7009 §2.1)',
      { url: `${ISSUER}/revoke`, method: 'POST', requestBody: form({ token: REFRESH }) },
      'form_body',
      'refresh_token',
    ],
  ])('is known in %s', (_, told, where, kind) => {
    const { row } = having(login(), tokens(), exchange(told));
    expect(row).toMatchObject({ locations: [where], kinds: [kind] });
  });

  it('is none before: no noise', () => {
    expect(having(login(), exchange({ url: `${API}/?key=${OPAQUE}` })).row).toBeNull();
  });

  it.each([
    ['the query', { url: `${API}/export?token=${OPAQUE}` }, 'query'],
    ['a header', { url: `${API}/`, requestHeaders: [{ name: 'X-Key', value: OPAQUE }] }, 'header'],
    [
      'JSON',
      {
        ...{ url: `${API}/graphql`, method: 'POST' },
        requestBody: { form: 'text', mediaType: 'application/json', text: `{"v":{"k":"${OPAQUE}"}}` },
      },
      'json_body',
    ],
  ] as const)(
    'is known in %s also where its use is told before the response that issued it',
    (_, told, where) => {
      const audit = new Audit();
      const { response, ...asked } = tokens();
      const use = exchange({ ...told, at: AT - 40 });
      // By another clock than that of the response.
      const next = exchange({ url: `${API}/next`, at: AT + 2, requestHeaders: bearer(OPAQUE) });
      for (const one of [login(), { ...asked, response: null }, use, next]) audit.observe(one);
      audit.answered(use.id, 204);
      expect(audit.row(use.id)).toBeNull();
      const { exchanges, tokens: found } = audit.observe({ ...asked, witness: 'devtools', response }, true);
      expect(audit.row(use.id)).toMatchObject({ locations: [where], kinds: ['access_token'], status: 204 });
      expect(exchanges).toContain(use.id);
      expect(found.size).toBeGreaterThan(0);
      // As if it had been known at once.
      expect(audit.record(use.id)?.order).toBeLessThan(audit.record(next.id)?.order ?? 0);
      expect(audit.coverage(1)).toMatchObject({ exchanges: 4, withToken: 2 });
    },
  );

  it('is found once where two witnesses told of its use', () => {
    const audit = new Audit();
    const { response, ...asked } = tokens();
    const use = exchange({ url: `${API}/?key=${OPAQUE}`, at: AT + 1 });
    for (const one of [
      login(),
      { ...asked, response: null },
      use,
      { ...use, id: 'd1', witness: 'devtools' as const },
    ])
      audit.observe(one);
    audit.observe({ ...asked, witness: 'devtools', response }, true);
    expect(audit.rows(1).filter(({ path }) => path === '/')).toMatchObject([{ id: use.id }]);
  });

  it('is found once where DevTools’ word on its use taught something before', () => {
    const audit = new Audit();
    const { response, ...asked } = tokens();
    const use = exchange({ url: `${API}/?key=${OPAQUE}`, at: AT + 400 });
    const challenge = `Bearer resource_metadata="${API}/.well-known/oauth-protected-resource"`;
    const refused = {
      status: 401,
      headers: [{ name: 'WWW-Authenticate', value: challenge }],
      body: { form: 'none' },
    } as const;
    const listed = { ...use, id: 'd1', at: AT + 1, witness: 'devtools', response: refused } as const;
    const twice = { ...use, id: 'w-next', at: AT + 5_000 };
    for (const one of [login(), { ...asked, response: null }, use, listed, twice]) audit.observe(one);
    expect(audit.record(use.id)).not.toBeNull();
    audit.observe({ ...asked, witness: 'devtools', response }, true);
    expect(
      audit
        .rows(1)
        .filter(({ path }) => path === '/')
        .map(({ id }) => id),
    ).toEqual([use.id, 'w-next']);
  });

  it('is not looked for in a tab’s requests that were forgotten', () => {
    const audit = new Audit();
    const { response, ...asked } = tokens();
    const use = exchange({ url: `${API}/?key=${OPAQUE}`, at: AT + 1 });
    for (const one of [{ ...asked, response: null }, use]) audit.observe(one);
    audit.forget(1);
    audit.observe({ ...asked, witness: 'devtools', response }, true);
    expect(audit.row(use.id)).toBeNull();
  });

  it('is known after the background’s sleep', () => {
    const { audit } = having(login(), tokens());
    const awake = new Audit();
    const lessons = [...audit.knowledge.lessons()].map(([, lesson]) => lesson);
    awake.restore({ lessons, tokens: [], exchanges: [], counts: audit.counts() });
    const request = exchange({ url: `${API}/?key=${OPAQUE}` });
    awake.observe(request);
    expect(awake.row(request.id)).toMatchObject({ kinds: ['access_token'] });
  });
});

describe('cookies', () => {
  const at = (url: string, value: string) =>
    having(login(), tokens(), exchange({ url, requestHeaders: cookie(value) })).row;

  it('with an ID token are a warning, as the app’s own session', () => {
    expect(at(`${APP}/api/me`, `session=${ID_TOKEN}`)).toMatchObject({
      verdict: 'warning',
      failed: ['id-token-in-cookie'],
    });
  });

  it.each([
    ['an access token, whose audience is another', `at=${ACCESS_TOKEN}`],
    ['a session that is encrypted', `appSession=${JWE}`],
    ['a JWT of the app’s own', `session=${jwt({ alg: 'HS256' }, { userId: 1 })}`],
    ['a state without a signature', `state=${jwt({ alg: 'none' }, { next: '/' }, '')}`],
    ['a refresh token', `rt=${REFRESH}`],
  ])('with %s are silent', (_, value) => {
    expect(at(`${APP}/api/me`, value)).toMatchObject({ verdict: 'passed', failed: [], cantTell: [] });
  });
});

describe('a redirect with an authorization response', () => {
  const response = (value: string) =>
    ({ status: 302, headers: [{ name: 'Location', value }], body: { form: 'none' } }) as const;
  const hop = (told: Partial<HttpExchange> = {}) =>
    exchange({
      url: `${ISSUER}/continue`,
      destination: 'document',
      initiator: null,
      response: response(`https://other.example/cb#id_token=${ID_TOKEN}&state=s`),
      ...told,
    });

  it('is how its tokens were issued, and nothing is wrong with it', () => {
    const { audit, row } = having(hop());
    expect(row).toMatchObject({ locations: ['redirect'], kinds: ['id_token'], failed: [] });
    expect(audit.detail(row?.id ?? '')?.tokens[0]?.classification).toMatchObject({ confidence: 'certain' });
  });

  it('makes a client of where it leads', () => {
    const arrival = exchange({
      url: `https://other.example/cb#id_token=${ID_TOKEN}&state=s`,
      destination: 'document',
      initiator: ISSUER,
    });
    const { audit, row } = having(hop(), arrival);
    expect(row).toMatchObject({ locations: ['fragment'], failed: [] });
    expect(audit.detail(arrival.id)?.request.role).toBe('client');
  });

  it('is told later, under the same id, as webRequest does', () => {
    const audit = new Audit();
    const first = hop({ response: null });
    audit.observe(first);
    expect(audit.row(first.id)).toBeNull();
    audit.observe(hop({ id: first.id }), true);
    expect(audit.row(first.id)).toMatchObject({ status: 302, locations: ['redirect'] });
    expect(audit.coverage(1).exchanges).toBe(1);
  });

  it('sends its token to nobody: where it stood is no place that the token went to', () => {
    const { audit } = having(hop({ url: 'https://stranger.example/continue' }));
    expect([...audit.knowledge.lessons()].map(([, { learned }]) => learned)).toEqual(['provenance']);
  });
});
