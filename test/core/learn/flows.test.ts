import { describe, expect, it } from 'vitest';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import { learn } from '../../../src/core/learn/learn.ts';
import { readProtocol } from '../../../src/core/learn/protocol.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { exchange, form, json } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';

const AS = 'https://as.example';
const APP = 'https://app.example';

function known(told: Partial<HttpExchange> & { readonly url: string }): Knowledge {
  const knowledge = new Knowledge();
  for (const lesson of learn(exchange(told))) knowledge.add(lesson);
  return knowledge;
}

describe('a request object (RFC 9101)', () => {
  const claims = {
    ...{
      iss: 'my-app',
      aud: AS,
      client_id: 'another',
      response_type: 'code',
      redirect_uri: `${APP}/callback`,
    },
    ...{ resource: ['https://api.example', 'urn:orders'], nonce: 'n', state: 's', code_challenge: 'c' },
    code_challenge_method: 'S256',
  };
  const request = jwt({ alg: 'RS256', typ: 'oauth-authz-req+jwt' }, claims);
  const url = (object: string) =>
    `${AS}/authorize?${new URLSearchParams({ client_id: 'my-app', request: object })}`;
  const asked = { url: url(request), destination: 'document', initiator: null } as const;

  it('teaches the client, its origins and the resources', () => {
    const knowledge = known(asked);
    expect(knowledge.client('my-app')?.origins).toEqual(new Set([APP]));
    expect(knowledge.client('another')).toBeNull();
    expect(knowledge.isAskedFor('urn:orders')).toBe(true);
    expect(knowledge.audiencesOf('api.example')).toEqual(['https://api.example']);
  });

  it('is judged by the parameters in it', () => {
    expect(readProtocol(exchange(asked))).toMatchObject({
      ...{ clientId: 'my-app', responseType: ['code'], hasNonce: true, hasState: true },
      ...{ codeChallengeMethod: 'S256', isByReference: false },
    });
  });

  it.each([
    ['encrypted', `${jwt({ alg: 'RSA-OAEP', enc: 'A256GCM' }, {})}.a.b`],
    ['not one at all', 'nonsense'],
  ])('that is %s may hold anything', (_, object) => {
    const told = { ...asked, url: `${url(object)}&response_type=code` };
    expect(readProtocol(exchange(told))).toMatchObject({ isByReference: true });
    expect(known(told).client('my-app')).not.toBeNull();
  });

  it('is read where it is pushed (RFC 9126 §3)', () => {
    const knowledge = known({
      url: `${AS}/par`,
      method: 'POST',
      requestBody: form({ client_id: 'my-app', request }),
    });
    expect(knowledge.endpointRole(`${AS}/par`)).toBe('pushed_authorization_request_endpoint');
    expect(knowledge.client('my-app')?.origins).toEqual(new Set([APP]));
  });
});

describe('the device flow (RFC 8628)', () => {
  const asked = {
    url: `${AS}/device`,
    method: 'POST',
    requestBody: form({ client_id: 'tv-app', scope: 'openid', resource: 'https://api.example' }),
  };
  const answer = {
    device_code: 'd',
    user_code: 'ABCD',
    verification_uri: `${AS}/activate`,
    expires_in: 1800,
  };

  it('teaches the endpoint, the client and the resource, by its answer', () => {
    const knowledge = known({ ...asked, response: json(answer) });
    expect(knowledge.endpointRole(`${AS}/device`)).toBe('device_authorization_endpoint');
    expect(knowledge.isShownAsServer(AS)).toBe(true);
    expect(knowledge.isClientOf('tv-app', AS)).toBe(true);
    expect(knowledge.audiencesOf('api.example')).toEqual(['https://api.example']);
  });

  it('a form that only has a client_id teaches nothing', () => {
    expect([...known({ ...asked, response: json({ ok: true }) }).lessons()]).toEqual([]);
  });

  it('its token request is one like any other', () => {
    const knowledge = known({
      url: `${AS}/token`,
      method: 'POST',
      requestBody: form({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: 'tv-app' }),
      response: json({ token_type: 'Bearer', access_token: 'opaque-access-token-1' }),
    });
    expect(knowledge.provenance(fingerprint('opaque-access-token-1'))?.clientId).toBe('tv-app');
  });
});

describe('Google’s sign-in', () => {
  it('its frames teach the client_id of the page that shows them', () => {
    const url =
      'https://accounts.google.com/gsi/iframe/select?client_id=1-a.apps.googleusercontent.com&ux_mode=popup';
    const knowledge = known({ url, destination: 'document' });
    expect(knowledge.isClientOf('1-a.apps.googleusercontent.com', 'https://accounts.google.com')).toBe(true);
    expect(knowledge.clientsOf(APP, 'accounts.google.com')).toEqual(['1-a.apps.googleusercontent.com']);
  });

  it('its frames show Google as an authorization server; a request to take something back does not', () => {
    const frame = {
      url: 'https://accounts.google.com/gsi/button?client_id=1-a',
      destination: 'document',
    } as const;
    expect(known(frame).mayAsk('https://accounts.google.com')).toBe('granted');
    expect(known(frame).mayAsk('accounts.google.com')).toBe('granted');
    const { url } = frame;
    expect(known({ url: url.replace('button', 'revoke') }).mayAsk('https://accounts.google.com')).toBe(
      'not_approved',
    );
  });

  it('a look-alike teaches nothing', () => {
    expect(known({ url: 'https://evil.example/gsi/select?client_id=a' }).client('a')).toBeNull();
  });

  const credential = jwt({ alg: 'RS256' }, { iss: 'https://accounts.google.com', sub: 'u', aud: '1-a' });
  const posted = { url: `${APP}/login`, method: 'POST', initiator: 'https://accounts.google.com' } as const;

  it('what it has the browser post is an ID token', () => {
    const requestBody = form({ credential, g_csrf_token: 'x', client_id: '1-a' });
    const knowledge = known({ ...posted, destination: 'document', requestBody });
    expect(knowledge.provenance(fingerprint(credential))).toMatchObject({
      issuedAs: 'id_token',
      clientId: '1-a',
    });
  });

  it('a field of that name in another form is not', () => {
    expect(
      known({ ...posted, destination: 'document', requestBody: form({ credential }) }).provenance(
        fingerprint(credential),
      ),
    ).toBeNull();
    const requestBody = form({ credential, g_csrf_token: 'x' });
    expect(known({ ...posted, requestBody }).provenance(fingerprint(credential))).toBeNull();
  });
});

describe('a protected resource that speaks for itself (RFC 9728)', () => {
  const metadata = (url: string, resource: string) =>
    known({ url, response: json({ resource, authorization_servers: [AS] }) });
  const challenge = (url: string, value: string, status = 401) =>
    known({
      url,
      response: { status, headers: [{ name: 'WWW-Authenticate', value }], body: { form: 'none' } },
    });

  it.each([
    ['https://api.example/.well-known/oauth-protected-resource', 'https://api.example'],
    ['https://api.example/.well-known/oauth-protected-resource', 'https://api.example/'],
    ['https://api.example/.well-known/oauth-protected-resource/orders', 'https://api.example/orders'],
  ])('%s names %s', (url, resource) => {
    expect(metadata(url, resource).audiencesOf('api.example')).toEqual([resource]);
  });

  it.each([
    ['another host', 'https://api.example/.well-known/oauth-protected-resource', 'https://bank.example'],
    ['another path', 'https://api.example/.well-known/oauth-protected-resource/a', 'https://api.example/b'],
    ['at a place of its own', 'https://api.example/metadata', 'https://api.example'],
  ])('is not believed about %s', (_, url, resource) => {
    const knowledge = metadata(url, resource);
    expect([...knowledge.audiencesOf('api.example'), ...knowledge.audiencesOf('bank.example')]).toEqual([]);
  });

  it('a challenge names its metadata, and by that its identifier', () => {
    const at = '"https://api.example/.well-known/oauth-protected-resource/orders"';
    const knowledge = challenge('https://api.example/orders/1', `Bearer error="x", resource_metadata=${at}`);
    expect(knowledge.audiencesOf('api.example')).toEqual(['https://api.example/orders']);
  });

  it.each([
    [
      'of another host',
      'Bearer resource_metadata="https://bank.example/.well-known/oauth-protected-resource"',
      401,
    ],
    [
      'of another path',
      'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource/x"',
      401,
    ],
    [
      'in another answer',
      'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
      200,
    ],
    ['that is none', 'Bearer resource_metadata="nonsense"', 401],
  ])('a challenge %s teaches nothing', (_, value, status) => {
    const knowledge = challenge('https://api.example/orders/1', value, status);
    expect([...knowledge.lessons()]).toEqual([]);
  });
});

describe('a JWT that is the body of a response', () => {
  const signed = jwt({ alg: 'RS256' }, { iss: AS, sub: 'u', aud: 'my-app', name: 'Ada' });
  const answer = (mediaType: string, text: string) =>
    known({
      url: `${AS}/userinfo`,
      response: { status: 200, headers: [], body: { form: 'text', mediaType, text } },
    }).provenance(fingerprint(signed));

  it('is a signed answer, such as UserInfo’s', () => {
    expect(answer('application/jwt', `${signed}\n`)).toMatchObject({ issuedAs: 'unknown_jwt' });
    expect(answer('application/token-introspection+jwt; charset=utf-8', signed)).not.toBeNull();
  });

  it('is nothing by itself where its media type says otherwise', () => {
    expect(answer('text/plain', signed)).toBeNull();
    expect(answer('application/jwt', 'nonsense')).toBeNull();
  });
});
