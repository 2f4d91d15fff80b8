import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn } from '../../../src/core/learn/learn.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import type { Lesson, ProvenanceLesson } from '../../../src/core/model/knowledge.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { exchange, form, json } from '../../fixtures/exchange.ts';

const AUTHORIZE = 'https://as.example/authorize';
const TOKEN = 'https://as.example/token';
const CALLBACK = 'https://app.example/cb';
const navigation = (url: string, told: Partial<HttpExchange> = {}) =>
  learn(exchange({ url, destination: 'document', initiator: null, ...told }));

const of = <K extends Lesson['learned']>(lessons: readonly Lesson[], learned: K) =>
  lessons.filter((lesson): lesson is Extract<Lesson, { learned: K }> => lesson.learned === learned);

function tokenResponse(answer: object, asked: Readonly<Record<string, string>> = {}, status = 200) {
  const fields = { grant_type: 'authorization_code', client_id: 'spa', ...asked };
  return learn(
    exchange({ url: TOKEN, method: 'POST', requestBody: form(fields), response: json(answer, status) }),
  );
}

/** What each token was issued as; the first lesson of a token holds. */
function kinds(lessons: readonly Lesson[]): Readonly<Record<string, string>> {
  const first = new Map<string, ProvenanceLesson>();
  for (const lesson of of(lessons, 'provenance'))
    if (!first.has(lesson.token)) first.set(lesson.token, lesson);
  return Object.fromEntries([...first].map(([token, { issuedAs }]) => [token, issuedAs]));
}

describe('an authorization request', () => {
  it('teaches the client, its origin and the endpoint', () => {
    const lessons = navigation(
      `${AUTHORIZE}?client_id=spa&response_type=code&redirect_uri=${encodeURIComponent(CALLBACK)}&state=s`,
    );
    expect(lessons).toMatchObject([
      { learned: 'endpoint', role: 'authorization_endpoint', url: AUTHORIZE },
      {
        learned: 'client',
        clientId: 'spa',
        serverOrigin: 'https://as.example',
        origins: ['https://app.example'],
      },
      { learned: 'authorization', clientId: 'spa', state: fingerprint('s'), nonce: null, challenge: null },
    ]);
  });

  it('may be posted as a form (OpenID Connect Core 1.0 §3.1.2.1)', () => {
    const requestBody = form({ client_id: 'spa', response_type: 'code' });
    expect(of(navigation(AUTHORIZE, { method: 'POST', requestBody }), 'client')).toHaveLength(1);
  });

  it('with request_uri alone names no redirect: the client is learned all the same (RFC 9126 §4)', () => {
    expect(of(navigation(`${AUTHORIZE}?client_id=spa&request_uri=urn:x`), 'client')).toMatchObject([
      { origins: [] },
    ]);
  });

  it('pushed before is one to the PAR endpoint', () => {
    const requestBody = form({ client_id: 'spa', response_type: 'code' });
    const lessons = learn(exchange({ url: 'https://as.example/par', method: 'POST', requestBody }));
    expect(of(lessons, 'endpoint')).toMatchObject([{ role: 'pushed_authorization_request_endpoint' }]);
  });

  it('of a native app has no origin', () => {
    const lessons = navigation(`${AUTHORIZE}?client_id=a&response_type=code&redirect_uri=com.example.a:/cb`);
    expect(of(lessons, 'client')).toMatchObject([{ origins: [] }]);
  });

  it.each([
    ['a client_id without response_type', '?client_id=UA-1'],
    ['a response_type without client_id', '?response_type=code'],
    ['an empty client_id', '?client_id=&response_type=code'],
    ['a client_id of a novel’s length', `?client_id=${'a'.repeat(3000)}&response_type=code`],
  ])('%s is none', (_, query) => {
    expect(navigation(AUTHORIZE + query)).toEqual([]);
  });

  it('is a navigation: a page’s fetch with such parameters teaches nothing', () => {
    expect(learn(exchange({ url: `${AUTHORIZE}?client_id=a&response_type=code` }))).toEqual([]);
  });

  it('teaches the resources that it asks for, and the host of those that name one (RFC 8707 §2)', () => {
    const asked = 'resource=https://api.example/v1&resource=urn:api&audience=https://named.example';
    expect(of(navigation(`${AUTHORIZE}?client_id=a&response_type=code&${asked}`), 'resource')).toMatchObject([
      { audience: 'https://api.example/v1', shownBy: 'resource_parameter', host: 'api.example' },
      { audience: 'urn:api', host: null },
      { audience: 'https://named.example', shownBy: 'audience_parameter', host: null },
    ]);
  });
});

describe('a redirect', () => {
  const redirect = (value: string, told: Partial<HttpExchange> = {}) =>
    of(
      navigation('https://as.example/continue', {
        response: { status: 303, headers: [{ name: 'location', value }], body: { form: 'none' } },
        ...told,
      }),
      'provenance',
    );

  it('with tokens in the fragment issues them, and says to whom', () => {
    expect(redirect(`${CALLBACK}#access_token=an-opaque-token-1&id_token=i&state=s`)).toMatchObject([
      {
        token: fingerprint('an-opaque-token-1'),
        issuedAs: 'access_token',
        endpoint: 'https://as.example/continue',
        deliveredTo: 'https://app.example',
        opaqueLength: 17,
      },
      { token: fingerprint('i'), issuedAs: 'id_token', deliveredTo: 'https://app.example' },
    ]);
  });

  it.each([
    ['without anything of an authorization response', `${CALLBACK}#id_token=i`, {}],
    ['with a token in the query', `${CALLBACK}?id_token=i&state=s`, {}],
    ['that a page’s fetch follows', `${CALLBACK}#id_token=i&state=s`, { destination: 'subresource' }],
    ['to what is no URL', 'https://[#id_token=i&state=s', {}],
  ] as const)('%s issues none', (_, value, told) => {
    expect(redirect(value, told)).toEqual([]);
  });
});

describe('a token response', () => {
  it('says how long an opaque token is, where it is not too short to tell, and not of a JWT', () => {
    const lessons = tokenResponse({
      ...{ token_type: 'Bearer', access_token: 'x'.repeat(40), refresh_token: 'short' },
      id_token: 'eyJhbGciOiJub25lIn0.e30.c2ln',
    });
    expect(of(lessons, 'provenance').map(({ opaqueLength }) => opaqueLength)).toEqual([
      40,
      undefined,
      undefined,
    ]);
  });

  it('teaches what each token was issued as', () => {
    const lessons = tokenResponse({
      access_token: 'a',
      id_token: 'i',
      refresh_token: 'r',
      token_type: 'Bearer',
    });
    expect(kinds(lessons)).toEqual({
      [fingerprint('a')]: 'access_token',
      [fingerprint('i')]: 'id_token',
      [fingerprint('r')]: 'refresh_token',
    });
  });

  it('gives the granted scope, else the one that was asked for', () => {
    const granted = tokenResponse({ access_token: 'a', scope: 'b c' }, { scope: 'b c d' });
    expect(of(granted, 'provenance')).toMatchObject([
      { scope: ['b', 'c'], clientId: 'spa', endpoint: TOKEN },
    ]);
    const asked = tokenResponse({ access_token: 'a' }, { scope: 'b d', resource: 'urn:api' });
    expect(of(asked, 'provenance')).toMatchObject([{ scope: ['b', 'd'], resources: ['urn:api'] }]);
  });

  it('one JWT under both names (Casdoor, Firebase) was made to be sent to APIs', () => {
    expect(kinds(tokenResponse({ id_token: 'same', access_token: 'same' }))).toEqual({
      [fingerprint('same')]: 'access_token',
    });
  });

  it('of a token exchange says itself what stands in "access_token" (RFC 8693 §2.2.1)', () => {
    const asked = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' };
    const type = (name: string) => `urn:ietf:params:oauth:token-type:${name}`;
    const exchanged = (name: string) =>
      kinds(tokenResponse({ access_token: 't', issued_token_type: type(name), token_type: 'N_A' }, asked));
    expect(exchanged('id_token')).toEqual({ [fingerprint('t')]: 'id_token' });
    expect(exchanged('refresh_token')).toEqual({ [fingerprint('t')]: 'refresh_token' });
    expect(exchanged('access_token')).toEqual({ [fingerprint('t')]: 'access_token' });
    for (const other of ['jwt', 'saml2', 'id-jag', '']) expect(exchanged(other)).toEqual({});
  });

  it.each([
    ['an error', { error: 'invalid_grant', access_token: 'a' }, 400],
    ['an empty token', { access_token: '' }, 200],
    ['a token that is no string', { access_token: { a: 1 }, id_token: 5 }, 200],
  ])('%s issues nothing', (_, answer, status) => {
    expect(kinds(tokenResponse(answer, {}, status))).toEqual({});
  });

  it('an introspection response issues nothing (RFC 7662 §2.2)', () => {
    const answer = { active: true, token_type: 'Bearer', scope: 'a', client_id: 'x' };
    const requestBody = form({ token: 'abc' });
    const response = json(answer);
    expect(learn(exchange({ url: 'https://as.example/i', method: 'POST', requestBody, response }))).toEqual(
      [],
    );
  });

  it('an app’s own backend may issue too, but then its URL is no token endpoint', () => {
    const lessons = learn(
      exchange({
        url: 'https://app.example/session',
        response: json({ access_token: 'a', token_type: 'bearer' }),
      }),
    );
    expect(lessons.map(({ learned }) => learned)).toEqual(['provenance']);
  });

  it('a request under way teaches its client and endpoint already', () => {
    const requestBody = form({ grant_type: 'refresh_token', client_id: 'spa' });
    const lessons = learn(exchange({ url: TOKEN, method: 'POST', requestBody }));
    expect(lessons.map(({ learned }) => learned)).toEqual(['endpoint', 'client']);
  });

  it('may be asked for in JSON (Auth0)', () => {
    const text = JSON.stringify({ grant_type: 'authorization_code', client_id: 'spa' });
    const requestBody = { form: 'text', mediaType: 'application/json', text } as const;
    expect(of(learn(exchange({ url: TOKEN, method: 'POST', requestBody })), 'client')).toMatchObject([
      { clientId: 'spa' },
    ]);
  });

  it('the client may stand in Basic credentials, form-encoded (RFC 6749 §2.3.1)', () => {
    const requestHeaders = [{ name: 'authorization', value: `Basic ${btoa('my%3Aapp+1:secret')}` }];
    const requestBody = form({ grant_type: 'client_credentials' });
    const lessons = learn(exchange({ url: TOKEN, method: 'POST', requestBody, requestHeaders }));
    expect(of(lessons, 'client')).toMatchObject([{ clientId: 'my:app 1' }]);
  });

  it.each(['Basic %%%', `Basic ${'a'}`, `Basic ${btoa('%:x')}`, 'Basic'])('"%s" names no client', (value) => {
    const requestHeaders = [{ name: 'Authorization', value }];
    const requestBody = form({ grant_type: 'client_credentials' });
    const lessons = learn(exchange({ url: TOKEN, method: 'POST', requestBody, requestHeaders }));
    expect(of(lessons, 'client')).toEqual([]);
  });

  it.each(['subscription', '', 'code', 'http://'])('"grant_type=%s" is no grant of OAuth', (grantType) => {
    const requestBody = form({ grant_type: grantType, client_id: 'x' });
    expect(learn(exchange({ url: TOKEN, method: 'POST', requestBody }))).toEqual([]);
  });

  it('what a hostile one lists is bounded', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => `s${at}`).join(' ');
    const [lesson] = of(
      tokenResponse({ access_token: 'a', scope: many }, { resource: 'r'.repeat(100_000) }),
      'provenance',
    );
    expect(lesson?.scope.length).toBeLessThanOrEqual(128);
    expect(lesson?.resources).toEqual([]);
  });
});

describe('an authorization response', () => {
  it.each([
    `${CALLBACK}#id_token=i&state=s`,
    'https://app.example/#/cb?id_token=i&state=s',
    'https://app.example/#/cb#id_token=i&state=s',
    'https://app.example/#/id_token=i&state=s',
  ])('in the fragment teaches what was issued: %s', (url) => {
    expect(kinds(navigation(url))).toEqual({ [fingerprint('i')]: 'id_token' });
  });

  it('may be posted by the browser (Form Post Response Mode)', () => {
    const requestBody = form({ id_token: 'i', state: 's', code: 'c' });
    expect(kinds(navigation(CALLBACK, { method: 'POST', requestBody }))).toEqual({
      [fingerprint('i')]: 'id_token',
    });
  });

  it('has a state, an issuer or a token type: a link with a token alone proves nothing', () => {
    expect(navigation(`${CALLBACK}#id_token=i`)).toEqual([]);
  });

  it('is a navigation: what a page posts itself is no response', () => {
    const requestBody = form({ id_token: 'i', state: 's' });
    expect(learn(exchange({ url: CALLBACK, method: 'POST', requestBody }))).toEqual([]);
  });
});

describe('metadata', () => {
  const document = {
    issuer: 'https://as.example/t',
    authorization_endpoint: AUTHORIZE,
    token_endpoint: TOKEN,
  };
  const at = (url: string) => learn(exchange({ url, response: json(document) }));

  it('is believed where its issuer says it is', () => {
    expect(at('https://as.example/t/.well-known/openid-configuration')).toHaveLength(1);
    expect(at('https://as.example/.well-known/oauth-authorization-server/t')).toHaveLength(1);
  });

  it.each([
    'https://evil.example/.well-known/openid-configuration',
    'https://as.example/.well-known/openid-configuration',
    'https://as.example/u/.well-known/openid-configuration',
  ])('is not believed at %s', (url) => {
    expect(at(url)).toEqual([]);
  });
});

describe('whatever is seen', () => {
  it.each(['data:text/html,a', 'blob:https://a.example/1', 'chrome-extension://a/b', 'not a url', ''])(
    '%s teaches nothing',
    (url) => {
      expect(navigation(url)).toEqual([]);
    },
  );

  it('a place too long to remember is not remembered', () => {
    const requestBody = form({ grant_type: 'password', client_id: 'a' });
    const url = `https://a.example/${'p'.repeat(100_000)}`;
    expect(learn(exchange({ url, method: 'POST', requestBody }))).toEqual([]);
  });

  it('nothing makes it throw', () => {
    const name = fc.oneof(fc.constantFrom('client_id', 'grant_type', 'id_token', '__proto__'), fc.string());
    const fields = fc.array(fc.record({ name, value: fc.string() }), { maxLength: 5 });
    fc.assert(
      fc.property(
        fields,
        fc.json(),
        fc.webUrl({ withFragments: true, withQueryParameters: true, size: '-1' }),
        (sent, text, url) => {
          const response = { status: 200, headers: [], body: { form: 'text', mediaType: '', text } } as const;
          for (const destination of ['document', 'subresource'] as const) {
            const requestBody = { form: 'fields', fields: sent } as const;
            learn(exchange({ url, method: 'POST', destination, requestBody, response }));
          }
        },
      ),
    );
  });
});
