import { createHash, randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FLOWS } from './flows.ts';
import { HABITS } from './habits.ts';
import { type Lab, startLab } from './lab.ts';
import { EVERYTHING } from './walk.ts';

let lab: Lab;
const warnings = vi.spyOn(console, 'warn');
const notices = vi.spyOn(console, 'info');

beforeAll(async () => {
  lab = await startLab();
});

afterAll(() => lab.close());

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** The status that a request target gets which no URL can express. */
function statusOfTarget(origin: string, target: string): Promise<number | undefined> {
  const { host, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: target, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

/** A browser's part in the login: follows redirects by hand and keeps the login host's cookies. */
async function signIn(): Promise<Record<string, unknown>> {
  const cookies = new Map<string, string>();
  const visit = async (url: URL, method = 'GET') => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await lab.fetch(url, { method, headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const follow = (response: Response, base: URL) => new URL(response.headers.get('location') ?? '', base);

  const verifier = randomBytes(32).toString('base64url');
  const start = new URL('/authorize', lab.origins.login);
  start.search = new URLSearchParams([
    ['client_id', lab.clientId],
    ['redirect_uri', `${lab.origins.app}/callback`],
    ['response_type', 'code'],
    ['scope', 'openid profile email catalogue:read orders:read'],
    ['resource', lab.resources.api],
    ['resource', lab.resources.orders],
    ['nonce', 'a-nonce'],
    ['code_challenge', createHash('sha256').update(verifier).digest('base64url')],
    ['code_challenge_method', 'S256'],
  ]).toString();

  const page = follow(await visit(start), start);
  expect(await (await visit(page)).text()).toContain('id="sign-in-as-ada"');
  const resume = follow(await visit(page, 'POST'), page);
  const callback = follow(await visit(resume), resume);
  expect(callback.origin + callback.pathname).toBe(`${lab.origins.app}/callback`);
  return requestTokens({
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: `${lab.origins.app}/callback`,
    code_verifier: verifier,
    resource: lab.resources.api,
  });
}

async function requestTokens(parameters: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await lab.fetch(`${lab.origins.login}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: lab.origins.app },
    body: new URLSearchParams({ client_id: lab.clientId, ...parameters }).toString(),
  });
  expect(response.headers.get('access-control-allow-origin')).toBe(lab.origins.app);
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return Object.fromEntries(Object.entries(body ?? {}));
}

async function mint(path: string): Promise<string> {
  const response = await lab.fetch(lab.origins.login + path, { method: 'POST' });
  return String((await response.json()).token);
}

describe('the list of habits', () => {
  test('has distinct ids and distinct requests, good ones silent, the logout last', () => {
    expect(EVERYTHING).toHaveLength(HABITS.length + FLOWS.length);
    expect(new Set(EVERYTHING.map((habit) => habit.id)).size).toBe(EVERYTHING.length);
    const requests = EVERYTHING.map(({ request }) => `${request.method} ${request.host} ${request.path}`);
    expect(new Set(requests).size).toBe(EVERYTHING.length);
    for (const habit of EVERYTHING) expect(habit.expected.length === 0, habit.id).toBe(habit.good);
    expect(EVERYTHING.at(-1)?.id).toBe('logout-with-id-token-hint');
  });

  test('is what the app gets, and the app has an action for each', async () => {
    const told = await (await lab.fetch(`${lab.origins.app}/lab.json`)).json();
    expect(told.habits).toEqual(HABITS);
    const script = await (await lab.fetch(`${lab.origins.app}/actions.js`)).text();
    for (const { id } of HABITS) expect(script).toContain(`'${id}': async`);
    expect(told.flows).toEqual(FLOWS);
    const flows = await (await lab.fetch(`${lab.origins.app}/flows.js`)).text();
    for (const { id } of FLOWS) expect(flows).toContain(`'${id}': async`);
  });
});

describe('the server', () => {
  test('refuses a host that is not of the lab', async () => {
    const response = await lab.fetch(`http://elsewhere.localhost:${lab.port}/`);
    expect(response.status).toBe(421);
  });

  test('refuses a body that is too long and a target that is no path, and goes on', async () => {
    const url = `${lab.origins.collector}/collect`;
    expect((await lab.fetch(url, { method: 'POST', body: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await lab.fetch(lab.origins.api, { method: 'OPTIONS' })).status).toBe(204);
    expect(await statusOfTarget(lab.origins.api, 'http://[/')).toBe(400);
    expect(await statusOfTarget(lab.origins.login, '*')).toBe(400);
    expect((await lab.fetch(`${lab.origins.app}/`)).status).toBe(200);
  });

  test('serves the app, its libraries and nothing else', async () => {
    for (const path of ['/', '/callback', '/vendor/oidc-client-ts.js', '/vendor/jwt-decode.js']) {
      expect((await lab.fetch(lab.origins.app + path)).status, path).toBe(200);
    }
    expect((await lab.fetch(`${lab.origins.app}/vendor/../lab.ts`)).status).toBe(404);
    expect((await lab.fetch(`${lab.origins.app}//vendor/oidc-client-ts.js`)).status).toBe(404);
  });
});

describe('the provider', () => {
  test('publishes its metadata and its public keys, for any origin', async () => {
    const discovery = await lab.fetch(`${lab.origins.login}/.well-known/openid-configuration`);
    expect(discovery.headers.get('access-control-allow-origin')).toBe('*');
    expect(await discovery.json()).toMatchObject({
      issuer: lab.origins.login,
      authorization_endpoint: `${lab.origins.login}/authorize`,
      token_endpoint: `${lab.origins.login}/token`,
      userinfo_endpoint: `${lab.origins.login}/userinfo`,
      end_session_endpoint: `${lab.origins.login}/logout`,
      jwks_uri: `${lab.origins.login}/jwks`,
      code_challenge_methods_supported: ['S256'],
    });
    const { keys } = await (await lab.fetch(`${lab.origins.login}/jwks`)).json();
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  test('issues an ID token for the client and access tokens for each resource', async () => {
    const tokens = await signIn();
    const idToken = String(tokens['id_token']);
    expect(decodeJwt(idToken)).toMatchObject({
      iss: lab.origins.login,
      aud: lab.clientId,
      nonce: 'a-nonce',
      name: 'Ada Lovelace',
    });
    const accessToken = String(tokens['access_token']);
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(decodeJwt(accessToken)).toMatchObject({ aud: lab.resources.api, scope: 'catalogue:read' });

    // The refresh token rotates, so each request spends the one before.
    const forOrders = await requestTokens({
      grant_type: 'refresh_token',
      refresh_token: String(tokens['refresh_token']),
      resource: lab.resources.orders,
    });
    const ordersToken = String(forOrders['access_token']);
    expect(decodeJwt(ordersToken)).toMatchObject({ aud: lab.resources.orders, scope: 'orders:read' });
    const opaque = await requestTokens({
      grant_type: 'refresh_token',
      refresh_token: String(forOrders['refresh_token']),
    });
    expect(String(opaque['access_token'])).not.toContain('.');
    const userInfo = await lab.fetch(`${lab.origins.login}/userinfo`, bearer(String(opaque['access_token'])));
    expect(await userInfo.json()).toMatchObject({ sub: 'ada', email: 'ada@shop.example' });

    const status = async (url: string, token: string) => (await lab.fetch(url, bearer(token))).status;
    expect(await status(`${lab.origins.api}/products`, accessToken)).toBe(200);
    expect(await status(`${lab.origins.orders}/orders`, ordersToken)).toBe(200);
    expect(await status(`${lab.origins.orders}/invoices`, accessToken)).toBe(401);
    expect(await status(`${lab.origins.api}/products`, idToken)).toBe(401);
    expect(await status(`${lab.origins.api}/lax/profile`, idToken)).toBe(200);
    expect(await status(`${lab.origins.orders}/lax/profile`, idToken)).toBe(401);
    const link = `${lab.origins.api}/export?id_token=${idToken}`;
    expect((await lab.fetch(link)).status).toBe(200);
  });

  test('gives the app no warning to show on its console', () => {
    expect(warnings).not.toHaveBeenCalled();
    expect(notices).not.toHaveBeenCalled();
  });
});

describe('a protected resource', () => {
  test('says what it accepts and asks for a token', async () => {
    const response = await lab.fetch(`${lab.origins.api}/products`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="api", resource_metadata="${lab.origins.api}/.well-known/oauth-protected-resource"`,
    );
    expect(await response.json()).toMatchObject({
      accepts: { issuer: lab.origins.login, audience: [lab.resources.api], typ: 'at+jwt' },
      saw: 'no token',
      accepted: false,
      reason: 'a bearer token is required',
    });
    const metadata = await lab.fetch(`${lab.origins.orders}/.well-known/oauth-protected-resource`);
    expect(await metadata.json()).toMatchObject({
      resource: lab.resources.orders,
      authorization_servers: [lab.origins.login],
    });
  });

  test.each([
    ['/lab/expired-token', '"exp" claim timestamp check failed'],
    ['/lab/unknown-key-token', 'no applicable key found in the JSON Web Key Set'],
  ])('refuses the token of %s', async (path, reason) => {
    const token = await mint(path);
    const response = await lab.fetch(`${lab.origins.api}/products`, bearer(token));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain(
      `error="invalid_token", error_description="${reason.replaceAll('"', "'")}"`,
    );
    expect(await response.json()).toMatchObject({ accepted: false, reason });
  });

  test.each([
    ['an opaque token', 'opaque'],
    ['an empty JWT', '..'],
    ['a header that is no JSON', 'e30x.e30.e30'],
  ])('refuses %s', async (_what, token) => {
    const response = await lab.fetch(`${lab.origins.api}/lax/profile`, bearer(token));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ saw: { token: 'not a JWT' }, accepted: false });
  });

  test('answers the preflight of the app', async () => {
    const response = await lab.fetch(`${lab.origins.api}/products`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(lab.origins.app);
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});

describe('the API that tells what it is called', () => {
  test('points to its metadata, which lies before its path', async () => {
    const refused = await lab.fetch(`${lab.origins.stock}/v1/items`);
    const metadata = `${lab.origins.stock}/.well-known/oauth-protected-resource/v1`;
    expect(refused.headers.get('www-authenticate')).toContain(`resource_metadata="${metadata}"`);
    expect(await (await lab.fetch(metadata)).json()).toMatchObject({
      resource: `${lab.origins.stock}/v1`,
      authorization_servers: [lab.origins.login],
    });
  });
});

describe('the legacy provider', () => {
  const ask = async (tenant: string, parameters: Record<string, string>) => {
    const redirect_uri = `${lab.origins.app}/flow/test`;
    const query = new URLSearchParams({ client_id: 'shop', redirect_uri, state: 's', ...parameters });
    const response = await lab.fetch(`${lab.origins.legacy}/${tenant}/authorize?${query}`);
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    };
  };
  const hashOf = (location: string | null) => new URLSearchParams(new URL(location ?? '').hash.slice(1));
  const half = (text: string) =>
    createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

  test('binds an ID token to its request and to what comes with it, and in three tenants does not', async () => {
    const asked = { response_type: 'code id_token token', nonce: 'n' };
    for (const [tenant, wrong] of [
      ['right', null],
      ['wrong-nonce', 'nonce'],
      ['wrong-at-hash', 'at_hash'],
      ['wrong-c-hash', 'c_hash'],
    ] as const) {
      const answer = hashOf((await ask(tenant, asked)).location);
      expect(answer.get('state')).toBe('s');
      const claims = decodeJwt(answer.get('id_token') ?? '');
      const right = {
        nonce: 'n',
        at_hash: half(answer.get('access_token') ?? ''),
        c_hash: half(answer.get('code') ?? ''),
      };
      const differs = Object.entries(right).filter(([name, value]) => claims[name] !== value);
      expect(
        differs.map(([name]) => name),
        tenant,
      ).toEqual(wrong === null ? [] : [wrong]);
      expect(claims.iss).toBe(`${lab.origins.legacy}/${tenant}`);
    }
  });

  test('posts its answer where it is asked to, answers the app alone, and redeems a code once', async () => {
    const posted = await ask('right', { response_type: 'code', response_mode: 'form_post', state: '"><b>' });
    expect(posted.status).toBe(200);
    expect(posted.text).toContain('name="state" value="&#34;&#62;&#60;b&#62;"');
    const strange = await ask('right', { response_type: 'code', redirect_uri: 'https://elsewhere.example/' });
    expect(strange.status).toBe(400);

    const code = new URL((await ask('right', { response_type: 'code' })).location ?? '').searchParams.get(
      'code',
    );
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: code ?? '' }).toString();
    const redeem = () => lab.fetch(`${lab.origins.legacy}/right/token`, { method: 'POST', body });
    expect(await (await redeem()).json()).toHaveProperty('id_token');
    expect((await redeem()).status).toBe(400);
  });
});

test('the collector takes what it is given and remembers it', async () => {
  const response = await lab.fetch(`${lab.origins.collector}/collect?page=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'id_token=abc',
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(lab.requests.at(-1)).toEqual({
    host: 'collector',
    method: 'POST',
    path: '/collect',
    query: '?page=1',
    authorization: undefined,
    body: 'id_token=abc',
    status: 204,
  });
});

test('a lab that is closed has freed its port', async () => {
  const first = await startLab();
  await first.close();
  await expect(first.fetch(first.origins.app)).rejects.toThrow();
  const second = await startLab({ port: first.port });
  expect(second.origins).toEqual(first.origins);
  await expect(startLab({ port: second.port })).rejects.toThrow('EADDRINUSE');
  await second.close();
});
