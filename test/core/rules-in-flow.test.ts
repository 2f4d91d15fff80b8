import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { tokenHash } from '../../src/core/syntax/token-hash.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const APP = 'https://www.shop.example';
const API = 'https://api.shop.example';
const NOW_S = AT / 1000;
const TIMES = { iat: NOW_S - 10, exp: NOW_S + 3600 };
const ACCESS_TOKEN = 'SlAV32hkKG-an-opaque-access-token';
const ID_TOKEN = jwt(
  { alg: 'RS256' },
  {
    iss: ISSUER,
    sub: 'ada',
    aud: 'the-app',
    auth_time: NOW_S - 60,
    at_hash: tokenHash('RS256', ACCESS_TOKEN),
    ...TIMES,
  },
);
const REFRESH_TOKEN = 'tGzv3JOkF0-an-opaque-refresh-token';

const FLOW: readonly HttpExchange[] = [
  exchange({
    url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&state=s&nonce=n&code_challenge=c&code_challenge_method=S256`,
    destination: 'document',
    initiator: null,
  }),
  exchange({
    url: `${ISSUER}/token`,
    method: 'POST',
    initiator: APP,
    requestBody: form({ grant_type: 'authorization_code', client_id: 'the-app', code: 'c' }),
    response: json({
      token_type: 'Bearer',
      access_token: ACCESS_TOKEN,
      id_token: ID_TOKEN,
      refresh_token: REFRESH_TOKEN,
    }),
  }),
];

/** What failed, exchange by exchange, in an audit of a log-in and of what followed. */
function failures(
  ...after: readonly (Partial<HttpExchange> & { readonly url: string })[]
): readonly string[][] {
  const audit = new Audit();
  const exchanges = after.map((told) => exchange({ initiator: APP, ...told }));
  for (const one of [...FLOW, ...exchanges]) audit.observe(one);
  for (const { id } of FLOW) expect(audit.detail(id)?.findings ?? []).toEqual([]);
  return exchanges.map(({ id }) =>
    (audit.detail(id)?.findings ?? []).flatMap(({ ruleId, outcome, severity }) =>
      outcome === 'failed' ? [`${ruleId} ${severity}`] : [],
    ),
  );
}

const post = (url: string, fields: Readonly<Record<string, string>>) => ({
  url,
  method: 'POST',
  requestBody: form(fields),
});
const call = (url: string, token: string) => ({ url, requestHeaders: bearer(token) });

describe('rules, in a flow', () => {
  it('an ID token is handed over once', () => {
    const handOff = post(`${APP}/graphql`, { id_token: ID_TOKEN });
    expect(failures(handOff, handOff)).toEqual([[], ['id-token-in-body warning']]);
  });

  it('an ID token of an app on another site', () => {
    const other = jwt(
      { alg: 'RS256' },
      { iss: ISSUER, sub: 'ada', aud: 'the-game', auth_time: NOW_S, at_hash: 'y', ...TIMES },
    );
    const itsLogIn = {
      url: `${ISSUER}/auth?client_id=the-game&response_type=code&redirect_uri=https://game.test/cb&state=s&code_challenge=c&code_challenge_method=S256`,
      destination: 'document',
    } as const;
    // The page's client is known once a token request came from it.
    expect(failures(itsLogIn, post(`${APP}/login`, { id_token: other }))).toEqual([
      [],
      ['id-token-of-another-client error'],
    ]);
  });

  it('one opaque access token at two sites, and at the second host of the first', () => {
    expect(
      failures(
        call(`${API}/things`, ACCESS_TOKEN),
        call('https://orders.shop.example/', ACCESS_TOKEN),
        call(`${ISSUER}/userinfo`, ACCESS_TOKEN),
        call('https://tracker.test/', ACCESS_TOKEN),
      ),
    ).toEqual([[], [], [], ['access-token-across-sites warning']]);
  });

  it('an access token as proof of identity, alone and with the ID token beside it', () => {
    expect(
      failures(
        post(`${APP}/api/login`, { access_token: ACCESS_TOKEN }),
        post(`${APP}/api/login`, { access_token: ACCESS_TOKEN, id_token: ID_TOKEN }),
      ),
    ).toEqual([['access-token-as-identity warning'], []]);
  });

  it('a refresh token: renewed, then sent to an API', () => {
    const renewal = { grant_type: 'refresh_token', client_id: 'the-app', refresh_token: REFRESH_TOKEN };
    expect(failures(post(`${ISSUER}/token`, renewal), call(`${API}/things`, REFRESH_TOKEN))).toEqual([
      [],
      ['refresh-token-outside-token-endpoint error'],
    ]);
  });

  it('plain http', () => {
    expect(failures(call('http://api.shop.example/', ACCESS_TOKEN))).toEqual([['token-over-http error']]);
  });

  it('a token that anybody could have made is told, and its secret is not', () => {
    const unsigned = jwt({ alg: 'HS256' }, { sub: 'ada', ...TIMES }, '').slice(0, -1);
    const secret = 'your-256-bit-secret';
    const token = `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
    const audit = new Audit();
    const request = exchange(call(`${API}/things`, token));
    audit.observe(request);
    const detail = audit.detail(request.id);
    expect(detail?.findings.map(({ ruleId }) => ruleId)).toContain('guessable-hmac-secret');
    expect(JSON.stringify(detail)).not.toContain(secret);
  });

  it('requests of the protocol that carry no token are shown with what is wrong with them', () => {
    const bad = {
      url: `${ISSUER}/auth?client_id=the-app&response_type=id_token%20token&redirect_uri=${APP}/cb`,
      destination: 'document',
    } as const;
    const password = { grant_type: 'password', username: 'ada', password: 'x', client_id: 'the-app' };
    expect(
      failures(
        bad,
        post(`${ISSUER}/token`, password),
        post(`${ISSUER}/token`, { ...password, client_secret: 's' }),
      ),
    ).toEqual([
      ['missing-nonce error', 'implicit-grant warning', 'missing-state warning'],
      ['password-grant error'],
      ['password-grant error', 'client-secret-in-browser error'],
    ]);
  });
});
