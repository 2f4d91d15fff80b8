import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Audit, type AuditChange } from '../../src/core/audit.ts';
import { Knowledge } from '../../src/core/learn/knowledge.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import type { AuditDetail } from '../../src/core/model/view.ts';
import { Ledger } from '../../src/core/record/ledger.ts';
import { fingerprint } from '../../src/core/syntax/fingerprint.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const APP = 'https://app.example';
const API = 'https://api.example';
const NOW_S = AT / 1000;
const TIMES = { iat: NOW_S - 10, exp: NOW_S + 3600 };

const ID_TOKEN = jwt(
  { alg: 'RS256', kid: 'k1' },
  { iss: ISSUER, sub: 'ada', aud: 'the-app', auth_time: NOW_S - 60, email: 'a@b.example', ...TIMES },
);
const ACCESS_TOKEN = jwt(
  { alg: 'RS256', kid: 'k1' },
  { iss: ISSUER, sub: 'ada', aud: API, scope: 'read', ...TIMES },
);
const OPAQUE = '2YotnFZFEjr1zCsicMWpAA';

const authorizationRequest = (): HttpExchange =>
  exchange({
    url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&resource=${API}&state=s&code_challenge=c&code_challenge_method=S256`,
    destination: 'document',
    initiator: null,
  });

const tokenRequest = (told: Partial<HttpExchange> = {}): HttpExchange =>
  exchange({
    url: `${ISSUER}/token`,
    method: 'POST',
    requestBody: form({ grant_type: 'authorization_code', client_id: 'the-app', code: 'c' }),
    ...told,
  });

const tokenResponse = (told: Partial<HttpExchange> = {}): HttpExchange =>
  tokenRequest({
    witness: 'devtools',
    at: AT + 5,
    response: json({ token_type: 'Bearer', access_token: ACCESS_TOKEN, id_token: ID_TOKEN, scope: 'read' }),
    ...told,
  });

const call = (token: string, told: Partial<HttpExchange> = {}): HttpExchange =>
  exchange({ url: `${API}/things`, requestHeaders: bearer(token), ...told });

/** What the background keeps over its sleep, and an audit that wakes with it. */
function wakened(audit: Audit, changes: readonly AuditChange[] = []): Audit {
  const records = [...audit.ids()].map((id) => audit.record(id)).filter((record) => record !== null);
  const names = new Set([
    ...records.flatMap(({ sightings }) => sightings.map(({ token }) => token)),
    ...changes.flatMap(({ tokens }) => [...tokens]),
  ]);
  const awake = new Audit();
  awake.restore({
    // Told in any order, as storage gives it back.
    lessons: [...audit.knowledge.lessons()].map(([, lesson]) => lesson),
    tokens: [...names].map((name) => audit.tokenRecord(name)).filter((token) => token !== null),
    exchanges: records.reverse(),
    counts: audit.counts(),
  });
  return awake;
}

function state(audit: Audit): object {
  return {
    rows: [...audit.rows(1), ...audit.rows(2)],
    details: [...audit.ids()].map((id) => audit.detail(id)).sort((a, b) => orderOf(a) - orderOf(b)),
    coverage: audit.coverage(1),
    pending: [...audit.pending()].map(({ fingerprint: name }) => name).sort(),
  };
}

const orderOf = (detail: AuditDetail | null): number => detail?.row.order ?? 0;

afterEach(() => vi.restoreAllMocks());

describe('a login and its calls', () => {
  it('is silent about an access token at its API, from the login to the call', () => {
    const audit = new Audit();
    for (const one of [authorizationRequest(), tokenRequest(), tokenResponse()]) audit.observe(one);
    const sent = call(ACCESS_TOKEN);
    audit.observe(sent);
    audit.setSignature(fingerprint(ACCESS_TOKEN), { status: 'verified', keyId: 'k1' });
    expect(audit.row(sent.id)).toMatchObject({ verdict: 'passed', kinds: ['access_token'], cantTell: [] });
    const [token] = audit.detail(sent.id)?.tokens ?? [];
    expect(token).toMatchObject({
      classification: { kind: 'access_token', confidence: 'certain' },
      clientId: 'the-app',
      scope: ['read'],
      issuedIn: { host: 'login.example', path: '/token' },
      usedInTotal: 1,
    });
  });

  it('an ID token sent before anything is known is judged again when the token response arrives', () => {
    const audit = new Audit();
    const before = call(ID_TOKEN);
    audit.observe(before);
    expect(audit.row(before.id)).toMatchObject({ verdict: 'cantTell', failed: [] });

    audit.observe(tokenRequest({ id: 'the-token-request' }));
    const change = audit.observe(tokenResponse());
    expect(change.exchanges).toContain(before.id);
    expect(change.lessons.map(({ learned }) => learned)).toContain('provenance');
    expect(audit.row(before.id)).toMatchObject({ verdict: 'error', failed: ['id-token-as-bearer'] });
    expect(audit.detail(before.id)?.tokens[0]?.classification).toMatchObject({
      confidence: 'certain',
      evidence: [{ source: 'provenance', exchange: 'the-token-request' }, {}, {}],
    });

    const after = call(ID_TOKEN);
    audit.observe(after);
    expect(audit.row(after.id)?.failed).toEqual(['id-token-as-bearer']);
    expect(audit.detail(after.id)?.tokens[0]?.usedIn.map(({ row }) => row)).toEqual([before.id, after.id]);
  });

  it('an authorization request alone gives an ID token away by its audience', () => {
    const audit = new Audit();
    const sent = call(ID_TOKEN);
    audit.observe(sent);
    expect(audit.observe(authorizationRequest()).exchanges).toContain(sent.id);
    expect(audit.row(sent.id)?.failed).toEqual(['id-token-as-bearer']);
  });

  it('an access token that went elsewhere is judged again when it shows where its audience is', () => {
    const audit = new Audit();
    const astray = call(ACCESS_TOKEN, { url: 'https://orders.test/things' });
    audit.observe(astray);
    expect(audit.row(astray.id)?.verdict).toBe('warning');
    expect(audit.observe(call(ACCESS_TOKEN)).exchanges).toContain(astray.id);
    expect(audit.row(astray.id)).toMatchObject({ verdict: 'error', failed: ['audience-mismatch'] });
  });

  it('an opaque access token’s verdict changes with what is learned of the audience that it was asked for', () => {
    const audit = new Audit();
    audit.observe(
      tokenResponse({
        requestBody: form({ grant_type: 'client_credentials', client_id: 'the-app', audience: API }),
        response: json({ token_type: 'Bearer', access_token: OPAQUE }),
      }),
    );
    const astray = call(OPAQUE, { url: 'https://orders.test/things' });
    audit.observe(astray);
    expect(audit.row(astray.id)?.verdict).toBe('cantTell');
    expect(audit.observe(call(ACCESS_TOKEN)).exchanges).toContain(astray.id);
    expect(audit.row(astray.id)?.verdict).toBe('error');
  });

  it('no false alarm: an ID token that a form post delivers to the client on another site than the login', () => {
    const audit = new Audit();
    const delivered = exchange({
      url: 'https://app.test/home',
      method: 'POST',
      destination: 'document',
      initiator: ISSUER,
      requestBody: form({ id_token: ID_TOKEN, state: 's' }),
    });
    audit.observe(delivered);
    expect(audit.row(delivered.id)?.failed).toEqual([]);
    expect(audit.detail(delivered.id)?.request.role).toBe('client');
  });

  it('no false alarm: DevTools opened after the login, then a log-out at an issuer that nothing showed', () => {
    const audit = new Audit();
    const logout = exchange({
      url: `${ISSUER}/realms/shop/protocol/openid-connect/logout?id_token_hint=${ID_TOKEN}`,
      destination: 'document',
    });
    audit.observe(logout);
    expect(audit.row(logout.id)?.failed).toEqual([]);
  });

  it('sums up with the worst finding, whichever token of the request it is about', () => {
    const audit = new Audit();
    const expired = jwt({ alg: 'RS256' }, { iss: ISSUER, aud: API, scope: 'read', exp: NOW_S - 3600 });
    const unsecured = jwt({ alg: 'none' }, { iss: ISSUER, aud: API, scope: 'read', ...TIMES }, '');
    const sent = call(expired, { requestBody: form({ access_token: unsecured }) });
    audit.observe(sent);
    expect(audit.row(sent.id)?.failed).toEqual(['unsecured-jwt', 'expired-token']);
    expect(audit.detail(sent.id)?.summary).toContain('without a signature');
  });

  it('one token in two places of a request: what is said of the token is said once', () => {
    const audit = new Audit();
    const expired = jwt({ alg: 'RS256' }, { iss: ISSUER, aud: API, scope: 'read', exp: NOW_S - 3600 });
    const sent = call(expired, { requestBody: form({ access_token: expired }) });
    audit.observe(sent);
    expect(audit.detail(sent.id)?.findings.filter(({ ruleId }) => ruleId === 'expired-token')).toHaveLength(
      1,
    );
    expect(audit.detail(sent.id)?.tokens).toHaveLength(2);
  });
});

describe('witnesses', () => {
  it('DevTools adds to what webRequest told, under the first one’s id', () => {
    const audit = new Audit();
    const sent = call(ACCESS_TOKEN, { id: 'w' });
    audit.observe(sent);
    audit.observe({
      ...sent,
      id: 'd',
      witness: 'devtools',
      at: AT + 20,
      requestBody: form({ id_token: ID_TOKEN }),
      response: json({}, 403),
    });
    expect([...audit.ids()]).toEqual(['w']);
    expect(audit.row('w')).toMatchObject({ status: 403, locations: ['authorization_header', 'form_body'] });
    expect(audit.coverage(1)).toMatchObject({ exchanges: 1, withToken: 1 });
  });

  it('a request that DevTools lists twice counts once', () => {
    const audit = new Audit();
    const listed = call(ACCESS_TOKEN, { witness: 'devtools' });
    audit.observe(listed);
    const again = audit.observe({ ...listed, id: 'again' });
    expect([again.exchanges.size, again.tokens.size, again.lessons.length]).toEqual([0, 0, 0]);
    expect(audit.coverage(1).exchanges).toBe(1);
  });

  it('a request that DevTools list twice is one, however late DevTools say that it began', () => {
    const audit = new Audit();
    const sent = call(ACCESS_TOKEN);
    audit.observe(sent);
    for (const id of ['d1', 'd2']) {
      audit.observe({ ...sent, ...{ id, at: sent.at + 900, witness: 'devtools' } });
    }
    expect(audit.rows(1)).toHaveLength(1);
  });

  it('a retry with the right token a moment later is no duplicate', () => {
    const audit = new Audit();
    audit.observe(call(ID_TOKEN, { witness: 'devtools', id: 'wrong' }));
    audit.observe(call(ACCESS_TOKEN, { witness: 'devtools', id: 'right', at: AT + 100 }));
    expect([...audit.ids()]).toEqual(['wrong', 'right']);
  });

  it('the same exchange told twice is one', () => {
    const audit = new Audit();
    const sent = call(ACCESS_TOKEN);
    audit.observe(sent);
    audit.observe(sent);
    expect(audit.rows(1)).toHaveLength(1);
    expect(audit.detail(sent.id)?.tokens).toHaveLength(1);
  });
});

describe('signatures', () => {
  it('a token waits until the traffic shows its issuer as an authorization server', () => {
    const audit = new Audit();
    const sent = call(ACCESS_TOKEN);
    audit.observe(sent);
    expect([...audit.pending()]).toEqual([]);
    expect(audit.detail(sent.id)?.tokens[0]?.signature).toMatchObject({ reason: 'issuer_not_approved' });

    audit.observe(authorizationRequest());
    expect([...audit.pending()]).toMatchObject([
      { raw: ACCESS_TOKEN, issuer: ISSUER, token: { form: 'jwt' } },
    ]);
    expect(audit.detail(sent.id)?.tokens[0]?.signature).toMatchObject({ reason: 'not_checked_yet' });

    const change = audit.setSignature(fingerprint(ACCESS_TOKEN), {
      status: 'invalid',
      reason: 'No.',
      keyId: 'k1',
    });
    expect(change).toEqual({
      exchanges: new Set([sent.id]),
      tokens: new Set([fingerprint(ACCESS_TOKEN)]),
      lessons: [],
    });
    expect([...audit.pending()]).toEqual([]);
    expect(audit.row(sent.id)?.failed).toEqual(['invalid-signature']);
  });

  it('waits for Google, which may name itself without a scheme', () => {
    const audit = new Audit();
    const sent = call(jwt({ alg: 'RS256' }, { iss: 'accounts.google.com', aud: 'x', ...TIMES }));
    audit.observe(sent);
    const request = exchange({
      url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=x&response_type=code',
      destination: 'document',
    });
    expect(audit.observe(request).exchanges).toContain(sent.id);
    expect([...audit.pending()]).toHaveLength(1);
  });

  it('what goes back to Google is at home there, also where the token names it without a scheme', () => {
    const audit = new Audit();
    const token = jwt(
      { alg: 'RS256' },
      { iss: 'accounts.google.com', aud: 'x', sub: '1', nonce: 'n', ...TIMES },
    );
    const back = exchange({
      ...{ url: 'https://accounts.google.com/sign-out', method: 'POST' },
      requestBody: form({ token }),
    });
    audit.observe(back);
    expect(audit.row(back.id)?.failed).toEqual([]);
    expect(audit.detail(back.id)?.request.role).toBe('authorization_server');
  });

  it('what no key can change never waits', () => {
    const audit = new Audit();
    audit.observe(authorizationRequest());
    for (const token of [
      OPAQUE,
      jwt({ alg: 'none' }, { iss: ISSUER }, ''),
      jwt({ alg: 'HS256' }, { iss: ISSUER }),
      jwt({ alg: 'RS256' }, {}),
    ]) {
      audit.observe(call(token));
    }
    expect([...audit.pending()]).toEqual([]);
  });

  it('an answer for a token that was forgotten meanwhile changes nothing', () => {
    const audit = new Audit();
    const change = audit.setSignature('gone', { status: 'unsecured' });
    expect([change.exchanges.size, change.tokens.size]).toEqual([0, 0]);
  });
});

describe('sleep', () => {
  it('an audit that wakes says the same: rows, findings, details, coverage, what waits', () => {
    const audit = new Audit();
    const { id } = call(ID_TOKEN);
    for (const one of [
      call(ID_TOKEN, { id }),
      authorizationRequest(),
      tokenRequest(),
      tokenResponse(),
      call(ACCESS_TOKEN),
    ]) {
      audit.observe(one);
    }
    audit.observe(exchange({ url: `${API}/plain` }));
    audit.setSignature(fingerprint(ID_TOKEN), { status: 'verified', keyId: 'k1' });
    audit.unseen('body_too_large', 3);
    expect(state(wakened(audit))).toEqual(state(audit));
  });

  it('goes on where it was: order, witnesses and what is judged again', () => {
    const audit = new Audit();
    const before = call(ID_TOKEN);
    audit.observe(before);
    const awake = wakened(audit);
    awake.observe({ ...before, id: 'd', witness: 'devtools', response: json({}, 401) });
    const after = call(ACCESS_TOKEN);
    awake.observe(after);
    expect(awake.row(before.id)?.status).toBe(401);
    expect(awake.row(after.id)?.order).toBeGreaterThan(awake.row(before.id)?.order ?? Number.NaN);
    expect(awake.observe(tokenResponse()).exchanges).toContain(before.id);
  });

  it('a sighting whose raw token was not kept is counted, not guessed', () => {
    const audit = new Audit();
    const sent = call(ACCESS_TOKEN);
    audit.observe(sent);
    const record = audit.record(sent.id);
    const awake = new Audit();
    awake.restore({
      lessons: [],
      tokens: [],
      exchanges: record === null ? [] : [record],
      counts: audit.counts(),
    });
    expect(awake.row(sent.id)).toBeNull();
    expect(awake.coverage(1).unseen).toEqual([{ reason: 'raw_token_forgotten', count: 1 }]);
  });

  it('what is learned of the place where a token went first is said of where it went next, too', () => {
    const raw = jwt(
      { alg: 'RS256', kid: 'k1' },
      { iss: ISSUER, sub: 'ada', aud: 'the-app', auth_time: NOW_S - 60, email: 'a@b.example', ...TIMES },
    );
    const asked = (name: string): HttpExchange =>
      exchange({
        url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&${name}=${API}`,
        destination: 'document',
      });
    const audit = new Audit();
    const told = [
      call(raw, { url: `${API}/things` }),
      tokenResponse({
        requestBody: form({
          grant_type: 'refresh_token',
          client_id: 'the-app',
          audience: 'https://orders.test',
        }),
        response: json({ token_type: 'Bearer', access_token: raw }),
      }),
      asked('audience'),
      exchange({ url: `https://orders.test/x?id_token=${raw}` }),
      asked('resource'),
    ];
    told.forEach((one, index) => {
      audit.observe({ ...one, id: `x${index}`, at: AT + index * 60_000, tab: 1 + (index % 2) });
    });
    expect(state(audit)).toEqual(state(wakened(audit)));
  });

  it('whatever was seen in whatever order, what was judged step by step equals what is judged anew', () => {
    const claims: readonly JsonObject[] = [
      { iss: ISSUER, sub: 'ada', aud: 'the-app', auth_time: NOW_S - 60, email: 'a@b.example', ...TIMES },
      { iss: ISSUER, sub: 'ada', aud: API, scope: 'read', ...TIMES },
      { iss: ISSUER, sub: 'ada', aud: [API, `${ISSUER}/userinfo`], ...TIMES },
      { iss: 'accounts.google.com', sub: 'ada', aud: 'the-app', nonce: 'n', ...TIMES },
    ];
    const token = fc.constantFrom(OPAQUE, ...claims.map((set) => jwt({ alg: 'RS256', kid: 'k1' }, set)));
    const url = fc.constantFrom(
      `${API}/things`,
      'https://orders.test/x',
      `${ISSUER}/userinfo`,
      `${APP}/me`,
      `${ISSUER}/token`,
    );
    const steps = fc.oneof(
      fc.record({ token, url }).map(({ token: raw, url: to }) => call(raw, { url: to })),
      fc
        .record({ token, url, name: fc.constantFrom('id_token', 'access_token', 'id_token_hint') })
        .map(({ token: raw, url: to, name }) => exchange({ url: `${to}?${name}=${raw}` })),
      fc.constantFrom('resource', 'audience').map((name) =>
        exchange({
          url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&${name}=${API}`,
          destination: 'document',
        }),
      ),
      fc.constant(
        exchange({
          url: 'https://accounts.google.com/auth?client_id=the-app&response_type=code',
          destination: 'document',
        }),
      ),
      fc
        .record({ token, audience: fc.constantFrom(API, 'https://orders.test') })
        .map(({ token: raw, audience }) =>
          tokenResponse({
            requestBody: form({ grant_type: 'refresh_token', client_id: 'the-app', audience }),
            response: json({ token_type: 'Bearer', access_token: raw }),
          }),
        ),
      fc.constant(
        exchange({
          url: `${ISSUER}/.well-known/openid-configuration`,
          witness: 'devtools',
          response: json({
            issuer: ISSUER,
            userinfo_endpoint: `${ISSUER}/userinfo`,
            token_endpoint: `${ISSUER}/token`,
          }),
        }),
      ),
    );
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (told) => {
        const audit = new Audit();
        told.forEach((one, index) => {
          audit.observe({ ...one, id: `x${index}`, at: AT + index * 60_000, tab: 1 + (index % 2) });
        });
        expect(state(audit)).toEqual(state(wakened(audit)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('forget', () => {
  it('takes a tab’s exchanges and the tokens that only they carried; what was learned stays', () => {
    const audit = new Audit();
    for (const one of [
      authorizationRequest(),
      call(ID_TOKEN),
      call(ACCESS_TOKEN),
      call(ACCESS_TOKEN, { tab: 2 }),
    ])
      audit.observe(one);
    const forgotten = audit.forget(1);
    expect(forgotten.exchanges).toHaveLength(3);
    expect(forgotten.tokens).toEqual([fingerprint(ID_TOKEN)]);
    expect(audit.rows(1)).toEqual([]);
    expect(audit.rows(2)).toHaveLength(1);
    expect(audit.tokenRecord(fingerprint(ID_TOKEN))).toBeNull();
    expect(audit.coverage(1)).toMatchObject({ exchanges: 0, withToken: 0 });
    expect([...audit.pending()].map(({ raw }) => raw)).toEqual([ACCESS_TOKEN]);
    const again = call(ID_TOKEN);
    audit.observe(again);
    expect(audit.row(again.id)?.failed).toEqual(['id-token-as-bearer']);
  });
});

describe('what is told to others', () => {
  it('a record tells no token, no parameter’s value and no credential', () => {
    const audit = new Audit();
    const sent = call(ACCESS_TOKEN, {
      url: `https://ada:s3cret@api.example/things?id_token=${ID_TOKEN}&q=s3cret`,
    });
    audit.observe(sent);
    const told = JSON.stringify([audit.record(sent.id), audit.rows(1), [...audit.knowledge.lessons()]]);
    for (const secret of [ACCESS_TOKEN, ID_TOKEN, 's3cret', 'a@b.example'])
      expect(told).not.toContain(secret);
  });

  it('what was not seen is counted once, though two witnesses lack it', () => {
    const audit = new Audit();
    const body = { form: 'unseen', reason: 'body_not_available' } as const;
    const sent = call(ACCESS_TOKEN, { requestBody: body });
    audit.observe(sent);
    audit.observe({ ...sent, id: 'd', witness: 'devtools' });
    audit.unseen('log_full', 0);
    expect(audit.coverage(1).unseen).toEqual([{ reason: 'body_not_available', count: 1 }]);
  });
});

describe('hostile traffic', () => {
  it('never throws, whatever the exchange says', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.webUrl(),
      fc.constantFrom(
        ID_TOKEN,
        `Bearer ${ACCESS_TOKEN}`,
        `https://a.example/?${'a'.repeat(63)}😀=${ID_TOKEN}#x=1`,
        'wss://a/?access_token=x',
        'data:,?access_token=x',
      ),
    );
    const pairs = fc.array(
      fc.record({
        name: fc.oneof(text, fc.constantFrom('authorization', 'client_id', 'grant_type')),
        value: text,
      }),
      { maxLength: 4 },
    );
    const body = fc.oneof(
      fc.constant({ form: 'none' } as const),
      fc.record({ form: fc.constant('fields' as const), fields: pairs }),
      fc.record({ form: fc.constant('text' as const), mediaType: text, text: fc.oneof(text, fc.json()) }),
    );
    const hostile: fc.Arbitrary<HttpExchange> = fc.record({
      id: fc.constantFrom('a', 'b', '__proto__'),
      at: fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
      witness: fc.constantFrom('web_request', 'devtools', 'har'),
      tab: fc.constantFrom(1, 2, null),
      method: fc.constantFrom('GET', 'POST', ''),
      url: text,
      initiator: fc.option(text),
      destination: fc.constantFrom('document', 'subresource'),
      requestHeaders: pairs,
      requestBody: body,
      response: fc.option(fc.record({ status: fc.integer(), headers: pairs, body })),
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), (told) => {
        const audit = new Audit();
        for (const one of told) audit.observe(one);
        for (const id of audit.ids()) audit.detail(id);
        audit.forget(1);
      }),
      { numRuns: 500 },
    );
  });

  it('a token with thousands of audiences is compared with none and depends on few', () => {
    const index = vi.spyOn(Ledger.prototype, 'index');
    const audit = new Audit();
    const aud = Array.from({ length: 5_000 }, (_, n) => `https://a${n}.example`);
    const sent = call(jwt({ alg: 'RS256' }, { iss: ISSUER, aud, scope: 'read', ...TIMES }).slice(0, 65_000));
    audit.observe({
      ...sent,
      requestHeaders: bearer(
        jwt({ alg: 'RS256' }, { iss: ISSUER, aud: aud.slice(0, 1_000), scope: 'read', ...TIMES }),
      ),
    });
    expect(audit.row(sent.id)).toMatchObject({ failed: [] });
    expect(audit.row(sent.id)?.cantTell).toContain('audience-mismatch');
    for (const [, topics] of index.mock.calls) expect(topics.length).toBeLessThan(100);
  });
});

describe('many exchanges', () => {
  const MANY = 10_000;

  it('each is judged once or twice, however many there were before', () => {
    const judged = vi.spyOn(Ledger.prototype, 'index');
    const asked = vi.spyOn(Knowledge.prototype, 'isShownAsServer');
    const audit = new Audit();
    audit.observe(authorizationRequest());
    let waiting = 0;
    for (let n = 0; n < MANY; n++) {
      // One token under two names all the time, and another of an unknown issuer each time.
      const url = n % 2 === 0 ? `${API}/things` : `${API}/download?access_token=${ACCESS_TOKEN}`;
      const stranger = jwt({ alg: 'RS256' }, { iss: 'https://stranger.example', jti: `${n}` });
      audit.observe(call(n % 3 === 0 ? stranger : ACCESS_TOKEN, { id: `x${n}`, url, at: AT + n * 100 }));
      for (const _pending of audit.pending()) waiting++;
    }
    expect(audit.rows(1)).toHaveLength(MANY);
    expect(judged.mock.calls.length).toBeLessThan(2 * MANY);
    // To ask what waits costs nothing for those who can't be helped yet.
    expect(asked.mock.calls.length).toBeLessThan(4 * MANY);
    expect(waiting).toBeLessThanOrEqual(MANY);
  });

  it('a restored session judges each once', () => {
    const audit = new Audit();
    for (let n = 0; n < MANY; n++) audit.observe(call(ACCESS_TOKEN, { id: `x${n}`, at: AT + n }));
    const judged = vi.spyOn(Ledger.prototype, 'index');
    expect(wakened(audit).rows(1)).toHaveLength(MANY);
    expect(judged.mock.calls.length).toBe(MANY);
  });
});
