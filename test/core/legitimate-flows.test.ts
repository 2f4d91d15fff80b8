import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { tokenHash } from '../../src/core/syntax/token-hash.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';
import { auditOf } from '../fixtures/login.ts';

const NOW_S = AT / 1000;
const APP = 'https://www.shop.com';
const AS = 'https://login.shop.com';
const SIGNATURE = 'c2lnbmF0dXJlLXRoYXQtaXMtYXMtbG9uZy1hcy1vbmUtaXM';

function token(claims: JsonObject, header: JsonObject = {}): string {
  return jwt(
    { alg: 'RS256', kid: 'k', ...header },
    { iat: NOW_S - 5, exp: NOW_S + 900, ...claims },
    SIGNATURE,
  );
}

const ID = token({ iss: AS, sub: 'u', aud: 'spa', nonce: 'n', auth_time: NOW_S });
const ACCESS = token(
  { iss: AS, sub: 'u', aud: 'https://api.shop.com', scope: 'read', client_id: 'spa', jti: 'j' },
  { typ: 'at+jwt' },
);
const REFRESH = 'r1.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';

const authorize = (more = '', as = AS) =>
  exchange({
    url: `${as}/authorize?response_type=code&client_id=spa&redirect_uri=${APP}/cb&scope=openid&state=s1&nonce=n&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256${more}`,
    destination: 'document',
    initiator: null,
  });
const redeem = (as = AS, told: JsonObject = {}) =>
  exchange({
    url: `${as}/oauth/token`,
    method: 'POST',
    initiator: APP,
    requestBody: form({
      grant_type: 'authorization_code',
      client_id: 'spa',
      code: 'co',
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    }),
    response: json({
      token_type: 'Bearer',
      access_token: ACCESS,
      id_token: ID,
      refresh_token: REFRESH,
      ...told,
    }),
  });
const post = (url: string, fields: Readonly<Record<string, string>>, told: Partial<HttpExchange> = {}) =>
  exchange({ url, method: 'POST', initiator: APP, requestBody: form(fields), ...told });
const postJson = (url: string, body: object, told: Partial<HttpExchange> = {}) =>
  exchange({
    url,
    method: 'POST',
    initiator: APP,
    requestBody: { form: 'text', mediaType: 'application/json', text: JSON.stringify(body) },
    ...told,
  });
const call = (url: string, raw = ACCESS, told: Partial<HttpExchange> = {}) =>
  exchange({ url, initiator: APP, requestHeaders: bearer(raw), ...told });

/** Errors and warnings on any of the exchanges. */
function alarms(exchanges: readonly HttpExchange[]): readonly string[] {
  const audit = auditOf(exchanges);
  return exchanges.flatMap(({ id, url }) =>
    (audit.detail(id)?.findings ?? []).flatMap((finding) =>
      finding.outcome === 'failed' && finding.severity !== 'notice'
        ? [`${finding.ruleId} ${finding.severity} at ${url.slice(0, 60)}`]
        : [],
    ),
  );
}

const KC = 'https://sso.shop.com/realms/shop';
const FLOWS: readonly (readonly [string, readonly HttpExchange[]])[] = [
  ['code with PKCE and a call', [authorize(), redeem(), call('https://api.shop.com/orders')]],
  [
    'token endpoint on another host than the authorization endpoint',
    [
      authorize('', 'https://accounts.shop.com'),
      redeem('https://oauth2.shopapis.com'),
      post('https://oauth2.shopapis.com/oauth/token', {
        grant_type: 'refresh_token',
        client_id: 'spa',
        refresh_token: REFRESH,
      }),
    ],
  ],
  [
    'refresh at a custom domain of the server that issued it',
    [
      redeem('https://tenant.eu.auth0.com'),
      post('https://login.shop.com/oauth/token', {
        grant_type: 'refresh_token',
        client_id: 'spa',
        refresh_token: REFRESH,
      }),
    ],
  ],
  [
    'token exchange of the ID token',
    [
      redeem(),
      post(`${AS}/oauth/token`, {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        client_id: 'spa',
        subject_token: ID,
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        audience: 'orders',
      }),
    ],
  ],
  [
    'token exchange at another organisation’s server',
    [
      redeem(),
      post('https://sts.partner.com/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: ACCESS,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }),
    ],
  ],
  [
    'AWS STS by an ID token',
    [
      redeem(),
      post('https://sts.amazonaws.com/', {
        Action: 'AssumeRoleWithWebIdentity',
        WebIdentityToken: ID,
        RoleArn: 'arn:aws:iam::1:role/x',
      }),
    ],
  ],
  [
    'Cognito identity pool',
    [
      redeem(),
      postJson('https://cognito-identity.eu-west-1.amazonaws.com/', {
        IdentityPoolId: 'x',
        Logins: { [AS]: ID },
      }),
    ],
  ],
  [
    'introspection through the browser',
    [redeem(), post(`${AS}/oauth/introspect`, { token: ACCESS, client_id: 'spa' })],
  ],
  [
    'revocation',
    [
      redeem(),
      post(`${AS}/oauth/revoke`, { token: REFRESH, token_type_hint: 'refresh_token', client_id: 'spa' }),
    ],
  ],
  [
    'logout with a hint',
    [
      authorize(),
      redeem(),
      exchange({
        url: `${AS}/logout?id_token_hint=${ID}&post_logout_redirect_uri=${APP}`,
        destination: 'document',
        initiator: APP,
      }),
    ],
  ],
  [
    'logout with a hint, DevTools opened after sign-in',
    [
      exchange({
        url: `https://idp.partner.com/oidc/session/end?id_token_hint=${ID}`,
        destination: 'document',
        initiator: APP,
      }),
    ],
  ],
  [
    'silent renew in a frame',
    [
      authorize(),
      redeem(),
      exchange({ ...authorize('&prompt=none'), id: 'silent-1', initiator: APP }),
      exchange({ url: `${APP}/silent.html?code=c2&state=s1`, destination: 'document', initiator: APP }),
    ],
  ],
  [
    'silent renew with a hint in the query',
    [
      authorize(),
      redeem(),
      { ...authorize(`&prompt=none&id_token_hint=${ID}`), id: 'silent-2', initiator: APP },
    ],
  ],
  ['hand-off to the backend', [authorize(), redeem(), postJson(`${APP}/api/auth/login`, { idToken: ID })]],
  [
    'hand-off to a backend on another host of the site, once',
    [redeem(), postJson('https://backend.shop.com/session', { id_token: ID })],
  ],
  [
    'a backend-for-frontend that gives the page its access token',
    [
      exchange({
        url: `${APP}/bff/token`,
        initiator: APP,
        response: json({ access_token: ACCESS, token_type: 'Bearer', expires_in: 300 }),
      }),
      call('https://api.shop.com/orders'),
      call(`${APP}/api/orders`),
    ],
  ],
  [
    'the app’s own JWTs renewed by its backend',
    [
      postJson(
        'https://api.shop.com/auth/login',
        { user: 'a', password: 'b' },
        {
          response: json({
            access_token: token({ sub: 1 }, { alg: 'HS256' }),
            refresh_token: token({ sub: 1, type: 'refresh' }, { alg: 'HS256' }),
          }),
        },
      ),
      postJson('https://api.shop.com/auth/refresh', {
        refresh_token: token({ sub: 1, type: 'refresh' }, { alg: 'HS256' }),
      }),
    ],
  ],
  [
    'the app on localhost with the API on another port',
    [
      call(
        'http://localhost:8080/orders',
        token({
          iss: 'http://localhost:8081/realms/dev',
          sub: 'u',
          aud: 'account',
          azp: 'spa',
          typ: 'Bearer',
          scope: 'openid',
        }),
        { initiator: 'http://localhost:3000' },
      ),
    ],
  ],
  [
    'the app on localhost with the API of production',
    [call('https://api.shop.com/orders', ACCESS, { initiator: 'http://localhost:3000' })],
  ],
  [
    'a GraphQL gateway with one token for all',
    [redeem(), call('https://api.shop.com/graphql'), call('https://api.shop.com/graphql')],
  ],
  ['gRPC-Web', [redeem(), call('https://api.shop.com/shop.v1.Orders/List', ACCESS, { method: 'POST' })]],
  ['UserInfo', [redeem(), call(`${AS}/userinfo`)]],
  [
    'Keycloak’s account API and admin API at the issuer',
    [
      call(
        `${KC}/account`,
        token({ iss: KC, sub: 'u', aud: 'account', azp: 'spa', typ: 'Bearer', scope: 'openid' }),
      ),
      call(
        'https://sso.shop.com/admin/realms/shop/users',
        token({ iss: KC, sub: 'u', aud: 'account', azp: 'spa', typ: 'Bearer', scope: 'openid' }),
      ),
    ],
  ],
  [
    'Firebase: refresh at securetoken, callable function',
    [
      post('https://securetoken.googleapis.com/v1/token', {
        grant_type: 'refresh_token',
        refresh_token: 'AMf-vByAbCdEfGhIjKlMnOpQrStUvWxYz',
      }),
      call(
        'https://us-central1-shop.cloudfunctions.net/pay',
        token({
          iss: 'https://securetoken.google.com/shop',
          aud: 'shop',
          sub: 'u',
          user_id: 'u',
          auth_time: NOW_S,
          firebase: { identities: {}, sign_in_provider: 'password' },
        }),
      ),
    ],
  ],
  [
    'AppSync with an ID token of Cognito',
    [
      call(
        'https://x1.appsync-api.eu-west-1.amazonaws.com/graphql',
        token({
          iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x',
          aud: 'c1',
          sub: 'u',
          token_use: 'id',
          auth_time: NOW_S,
          'cognito:username': 'u',
        }),
      ),
    ],
  ],
  [
    'Google One Tap posts its credential to the app',
    [
      post(
        `${APP}/auth/google`,
        {
          credential: token({
            iss: 'https://accounts.google.com',
            azp: '1.apps.googleusercontent.com',
            aud: '1.apps.googleusercontent.com',
            sub: '1',
            email: 'a@b.c',
            nbf: NOW_S,
            jti: 'j',
          }),
          g_csrf_token: 'x',
        },
        { destination: 'document', initiator: 'https://accounts.google.com' },
      ),
    ],
  ],
  [
    'Apple posts its response to the app',
    [
      post(
        `${APP}/auth/apple`,
        {
          state: 's',
          code: 'c0ffee',
          id_token: token({
            iss: 'https://appleid.apple.com',
            aud: 'com.shop.web',
            sub: '1',
            c_hash: tokenHash('RS256', 'c0ffee') ?? '',
            nonce_supported: true,
          }),
        },
        { destination: 'document', initiator: 'https://appleid.apple.com' },
      ),
    ],
  ],
  [
    'two Microsoft tokens for two APIs',
    [
      call(
        'https://graph.microsoft.com/v1.0/me',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://graph.microsoft.com',
          sub: 'u',
          appid: 'a',
          scp: 'User.Read',
          tid: 't',
        }),
      ),
      call(
        'https://shop.sharepoint.com/_api/web',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://shop.sharepoint.com',
          sub: 'u',
          appid: 'a',
          scp: 'AllSites.Read',
          tid: 't',
        }),
      ),
      call(
        'https://management.azure.com/subscriptions',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://management.core.windows.net/',
          sub: 'u',
          appid: 'a',
          scp: 'user_impersonation',
          tid: 't',
        }),
      ),
    ],
  ],
  [
    'audiences of Azure that are not their hosts',
    [
      call(
        'https://shop.blob.core.windows.net/c',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://storage.azure.com',
          sub: 'u',
          appid: 'a',
          scp: 'user_impersonation',
          tid: 't',
        }),
      ),
      call(
        'https://kv.vault.azure.net/secrets',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://vault.azure.net',
          sub: 'u',
          appid: 'a',
          scp: 'user_impersonation',
          tid: 't',
        }),
      ),
      call(
        'https://api.powerbi.com/v1.0/x',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://analysis.windows.net/powerbi/api',
          sub: 'u',
          appid: 'a',
          scp: 'Report.Read.All',
          tid: 't',
        }),
      ),
      call(
        'https://outlook.office365.com/api',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://outlook.office.com',
          sub: 'u',
          appid: 'a',
          scp: 'Mail.Read',
          tid: 't',
        }),
      ),
      call(
        'https://org.crm4.dynamics.com/api',
        token({
          iss: 'https://sts.windows.net/t/',
          aud: 'https://org.crm4.dynamics.com/',
          sub: 'u',
          appid: 'a',
          scp: 'user_impersonation',
          tid: 't',
        }),
      ),
    ],
  ],
  ['a host name with the dot of the root', [redeem(), call('https://api.shop.com./orders')]],
  [
    'an API asked for by its international name',
    [
      authorize('&resource=https://b%C3%BCcher.shop.com'),
      call(
        'https://xn--bcher-kva.shop.com/x',
        token({ iss: AS, sub: 'u', aud: 'https://bücher.shop.com', scope: 'r', client_id: 'spa' }),
      ),
    ],
  ],
  [
    'a multi-tenant API whose audience is the apex',
    [
      call(
        'https://acme.shopcloud.com/api',
        token({ iss: AS, sub: 'u', aud: 'https://shopcloud.com', scope: 'r', client_id: 'spa' }),
        { initiator: 'https://acme.shopcloud.com' },
      ),
    ],
  ],
  [
    'analytics without a token',
    [redeem(), postJson('https://www.google-analytics.com/g/collect', { client_id: 'GA1.2.3', t: 'page' })],
  ],
  [
    'device flow',
    [
      post(
        `${AS}/device/code`,
        { client_id: 'tv', scope: 'openid' },
        {
          response: json({
            device_code: 'abcdefghijklmnopqrst',
            user_code: 'WDJB',
            verification_uri: `${AS}/device`,
          }),
        },
      ),
      post(`${AS}/oauth/token`, {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: 'tv',
        device_code: 'abcdefghijklmnopqrst',
      }),
    ],
  ],
  [
    'an authorization server behind the app’s own host',
    [
      authorize('', `${APP}/auth`),
      redeem(`${APP}/auth`),
      post(`${APP}/auth/oauth/token`, {
        grant_type: 'refresh_token',
        client_id: 'spa',
        refresh_token: REFRESH,
      }),
      exchange({ url: `${APP}/auth/logout?id_token_hint=${ID}`, destination: 'document', initiator: APP }),
    ],
  ],
  [
    'an extension’s page',
    [
      authorize(),
      redeem(),
      call('https://api.shop.com/orders', ACCESS, { initiator: 'chrome-extension://abcdefghijklmnop' }),
    ],
  ],
  [
    'an id_token in the response of a hybrid flow, by fragment',
    [
      exchange({
        url: `${APP}/cb#code=abc&state=s1&id_token=${token({ iss: AS, sub: 'u', aud: 'spa', nonce: 'n', c_hash: tokenHash('RS256', 'abc') ?? '' })}`,
        destination: 'document',
        initiator: AS,
      }),
    ],
  ],
  [
    'token request with client_secret_post by a page of the server itself',
    [
      call(
        'https://api.shop.com:8443/orders',
        token({ iss: AS, sub: 'u', aud: 'https://api.shop.com', scope: 'r', client_id: 'spa' }),
      ),
    ],
  ],
];

describe('what is fine raises no alarm', () => {
  it.each(FLOWS)('%s', (_what, exchanges) => {
    expect(alarms(exchanges)).toEqual([]);
  });

  it('an access token of Zoom, which has a "code"', () => {
    const zoom = token({
      ver: 10,
      auid: 'a',
      code: 'c',
      iss: 'zm:cid:abc',
      gno: 0,
      aud: 'https://oauth.zoom.us',
      uid: 'u',
    });
    expect(alarms([call('https://api.zoom.us/v2/users/me', zoom)])).toEqual([]);
  });
});
