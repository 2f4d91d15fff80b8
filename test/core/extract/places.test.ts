import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/core/extract/extract.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import { exchange, form } from '../../fixtures/exchange.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const TOKEN = jwt({ alg: 'RS256' }, { sub: '1' });
const OPAQUE = 'dGhpcy1pcy1hbi1vcGFxdWUtdG9rZW4x';

/** What a request carries, as `location name scheme token`. */
function seen(told: Partial<HttpExchange>) {
  return extract(exchange({ url: 'https://api.example/things', ...told })).sightings.map(
    ({ location: where, name, scheme, raw }) => {
      const token = raw === TOKEN ? 'TOKEN' : raw === OPAQUE ? 'OPAQUE' : raw;
      return [where, name, scheme ?? '-', token].join(' ');
    },
  );
}

const header = (name: string, value: string) => seen({ requestHeaders: [{ name, value }] });
const protocols = (value: string) => header('Sec-WebSocket-Protocol', value);
const body = (text: string, mediaType = '') => seen({ requestBody: { form: 'text', mediaType, text } });
const sent = (...sentMessages: readonly string[]) => seen({ url: 'wss://api.example/', sentMessages });

describe('the Authorization header', () => {
  it.each(['OAuth', 'GNAP'])('%s carries a token, opaque or not', (scheme) => {
    expect(header('Authorization', `${scheme} ${OPAQUE}`)).toEqual([
      `authorization_header Authorization ${scheme.toLowerCase()} OPAQUE`,
    ]);
  });

  it.each([
    ['the scheme twice', `Bearer Bearer ${TOKEN}`, 'bearer'],
    ['Rails’ parameter', `Token token="${TOKEN}", nonce="x"`, 'token'],
    ['a password', `Basic ${btoa(`oauth2:${TOKEN}`)}`, 'basic'],
    ['a user name', `Basic ${btoa(`${TOKEN}:`)}`, 'basic'],
    ['quotes, which were stored with it', `Bearer "${TOKEN}"`, 'bearer'],
    ['single quotes', `Bearer '${TOKEN}'`, 'bearer'],
    ['an equals sign', `Bearer=${TOKEN}`, 'bearer'],
  ])('is searched for %s', (_, value, scheme) => {
    expect(header('Authorization', value)).toEqual([`authorization_header Authorization ${scheme} TOKEN`]);
  });

  it('of a token request has the client’s own credentials (RFC 6749 §2.3.1)', () => {
    const requestHeaders = [{ name: 'Authorization', value: `Basic ${btoa(`client:${TOKEN}`)}` }];
    expect(seen({ requestHeaders, requestBody: form({ grant_type: 'client_credentials' }) })).toEqual([]);
  });

  it('of OAuth 1.0 has parameters, and is not malformed (RFC 5849 §3.5.1)', () => {
    const requestHeaders = [{ name: 'Authorization', value: 'OAuth realm="a", oauth_token="b"' }];
    expect(extract(exchange({ url: 'https://a.example/', requestHeaders }))).toEqual({
      sightings: [],
      unseen: [],
    });
  });
});

describe('headers that are known for it', () => {
  it.each([
    'X-Auth-Token',
    'X-Id-Token',
    'X-Access-Token',
    'X-Amz-Security-Token',
    'Cf-Access-Jwt-Assertion',
    'x-goog-iap-jwt-assertion',
    'X-MS-TOKEN-AAD-ID-TOKEN',
  ])('%s carries a token, opaque or not', (name) => {
    expect(header(name, TOKEN)).toEqual([`header ${name} - TOKEN`]);
    expect(header(name, OPAQUE)).toEqual([`header ${name} - OPAQUE`]);
  });

  it.each([
    ['X-CSRF-Token', OPAQUE],
    ['X-XSRF-TOKEN', OPAQUE],
    ['RequestVerificationToken', OPAQUE],
    ['X-Continuation-Token', OPAQUE],
    ['X-Auth-Token', 'null'],
    ['X-Auth-Token', 'anonymous'],
    ['Referer', `https://app.example/?id_token=${TOKEN}`],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ])('no noise: %s: %s', (name, value) => {
    expect(header(name, value)).toEqual([]);
  });
});

describe('a WebSocket’s subprotocol', () => {
  it.each([
    ['alone', `graphql-ws, ${TOKEN}`, '-', 'TOKEN'],
    ['after "bearer"', `bearer, ${TOKEN}`, 'bearer', 'TOKEN'],
    ['after "bearer", opaque', `Bearer,${OPAQUE}`, 'bearer', 'OPAQUE'],
    ['in base64url', `access_token, ${base64url(TOKEN)}`, 'bearer', 'TOKEN'],
    ['behind a prefix', `v1.json, jwt.${TOKEN}`, '-', 'TOKEN'],
    [
      'as Kubernetes has it',
      `base64url.bearer.authorization.k8s.io.${base64url(TOKEN)}, v4.channel.k8s.io`,
      'bearer',
      'TOKEN',
    ],
    [
      'as Kubernetes has it, opaque',
      `base64url.bearer.authorization.k8s.io.${base64url(OPAQUE)}`,
      'bearer',
      'OPAQUE',
    ],
  ])('carries a token %s', (_, value, scheme, token) => {
    expect(protocols(value)).toEqual([`websocket_protocol Sec-WebSocket-Protocol ${scheme} ${token}`]);
  });

  it('carries one wrapped as AppSync has it', () => {
    const wrapped = base64url(JSON.stringify({ host: 'a.example', Authorization: TOKEN }));
    expect(protocols(`aws-appsync-event-ws, header-${wrapped}`)).toEqual([
      'websocket_protocol Authorization - TOKEN',
    ]);
  });

  it.each([
    'graphql-transport-ws',
    'bearer',
    'bearer, graphql-ws',
    'soap, wamp.2.json',
    'v4.channel.k8s.io',
    ', ,',
  ])('no noise: %s', (value) => {
    expect(protocols(value)).toEqual([]);
  });
});

describe('the URL', () => {
  it.each([
    ['a token without a name', `?${TOKEN}`, 'query  - TOKEN'],
    [
      'base64 of JSON',
      `?header=${base64url(JSON.stringify({ Authorization: TOKEN }))}`,
      'query Authorization - TOKEN',
    ],
    ['JSON', `?variables=${encodeURIComponent(JSON.stringify({ jwt: TOKEN }))}`, 'query jwt - TOKEN'],
    [
      'the URL of a page, as analytics are told it',
      `?dl=${encodeURIComponent(`https://app.example/cb#id_token=${TOKEN}`)}`,
      'query id_token - TOKEN',
    ],
  ])('is searched for %s', (_, query, expected) => {
    expect(seen({ url: `https://api.example/${query}` })).toEqual([expected]);
  });
});

describe('bodies', () => {
  it('a multipart form’s fields are told from others', () => {
    const requestHeaders = [{ name: 'content-type', value: 'multipart/form-data; boundary=x' }];
    const operations = JSON.stringify({ variables: { token: TOKEN } });
    expect(seen({ requestHeaders, requestBody: form({ id_token: OPAQUE, operations }) })).toEqual([
      'multipart_body id_token - OPAQUE',
      'multipart_body token - TOKEN',
    ]);
  });

  it.each([
    ['a JWT alone', ` ${TOKEN}\n`, 'text_body  - TOKEN'],
    ['the word after "Bearer"', `I sent Bearer ${TOKEN} to it`, 'text_body  - TOKEN'],
    ['a command', `curl -H 'Authorization: Bearer ${TOKEN}'`, 'text_body Authorization - TOKEN'],
    ['a log line', `2026-01-01 login failed, jwt=${TOKEN}.`, 'text_body jwt - TOKEN'],
    ['XML', `<login><idToken>${TOKEN}</idToken></login>`, 'text_body idToken - TOKEN'],
    ['an attribute', `<login id-token="${TOKEN}"/>`, 'text_body id-token - TOKEN'],
    ['a GraphQL document', `mutation { login(idToken: "${TOKEN}") { ok } }`, 'text_body idToken - TOKEN'],
    ['a string alone', JSON.stringify(TOKEN), 'text_body  - TOKEN'],
    [
      'a header’s line',
      `GET /a HTTP/1.1\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
      'text_body Authorization - TOKEN',
    ],
    ['JSON line by line', `{"type":"event"}\n{"user":{"jwt":"${TOKEN}"}}\n`, 'json_body jwt - TOKEN'],
  ])('text is searched for %s', (_, text, expected) => {
    expect(body(text)).toEqual([expected]);
  });

  it('JSON in JSON is searched, GraphQL’s variables too', () => {
    const inner = JSON.stringify({ headers: { authorization: `Bearer ${TOKEN}` } });
    expect(body(JSON.stringify({ query: 'mutation', variables: { input: inner } }))).toEqual([
      'json_body authorization - TOKEN',
    ]);
  });

  it('a GraphQL query in JSON is searched for what stands in it', () => {
    expect(body(JSON.stringify({ query: `mutation { login(idToken: "${TOKEN}") { ok } }` }))).toEqual([
      'json_body idToken - TOKEN',
    ]);
    expect(seen({ requestBody: form({ message: `failed with ${TOKEN}` }) })).toEqual([
      'form_body message - TOKEN',
    ]);
  });

  it('a text of the like is searched in time that grows no faster than the text', () => {
    for (const text of [
      'ey'.repeat(30_000),
      'eyJhbGciOiJ '.repeat(5_000),
      'a.'.repeat(30_000),
      `${'a'.repeat(60_000)}=`,
    ]) {
      const before = performance.now();
      expect(body(`{"message": ${JSON.stringify(`eyJ ${text}`)}}`)).toEqual([]);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  });

  it('an opaque token is one by its scheme, where it is called so', () => {
    expect(body(JSON.stringify({ Authorization: `Bearer ${OPAQUE}` }))).toEqual([
      'json_body Authorization - OPAQUE',
    ]);
    expect(body(JSON.stringify({ title: 'Bearer of-good-news-2026-edition' }))).toEqual([]);
  });

  it.each(['Bearer of good news', 'token: none', 'a=b', '{"a": "eyes"}', '<a>Bearer</a>'])(
    'no noise: %s',
    (text) => {
      expect(
        extract(exchange({ url: 'https://a.example/', requestBody: { form: 'text', mediaType: '', text } })),
      ).toEqual({ sightings: [], unseen: [] });
    },
  );

  it('a form that the authorization server has the browser post carries tokens (Form Post Response Mode §2)', () => {
    const requestBody = form({ id_token: TOKEN, state: 's' });
    expect(seen({ method: 'POST', destination: 'document', requestBody })).toEqual([
      'form_body id_token - TOKEN',
    ]);
  });
});

describe('redirects', () => {
  const redirect = (value: string, status = 302) => {
    const response = { status, headers: [{ name: 'location', value }], body: { form: 'none' } } as const;
    return seen({ url: 'https://as.example/authorize', response });
  };

  it.each([
    [`https://app.example/cb#id_token=${TOKEN}&state=a`, 'redirect id_token - TOKEN'],
    [`/landed?access_token=${OPAQUE}`, 'redirect access_token - OPAQUE'],
    [`com.example.app://cb#access_token=${OPAQUE}`, 'redirect access_token - OPAQUE'],
  ])('hand a token to where they lead: %s', (value, expected) => {
    expect(redirect(value)).toEqual([expected]);
  });

  it('tokens in other responses are how they were issued, no sightings', () => {
    expect(redirect(`https://app.example/cb#id_token=${TOKEN}`, 201)).toEqual([]);
    expect(redirect('https://app.example/token')).toEqual([]);
    expect(redirect('https://[?access_token=a')).toEqual([]);
  });
});

describe('WebSocket messages', () => {
  it.each([
    [
      'a GraphQL connection_init',
      JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${TOKEN}` } }),
      'Authorization',
    ],
    [
      'Phoenix’ join',
      JSON.stringify(['1', '1', 'realtime:a', 'phx_join', { access_token: TOKEN }]),
      'access_token',
    ],
    ['Socket.IO’s CONNECT', `40/admin,${JSON.stringify({ token: TOKEN })}`, 'token'],
    ['Socket.IO’s CONNECT without a namespace', `40${JSON.stringify({ token: TOKEN })}`, 'token'],
    ['STOMP’s CONNECT', `CONNECT\nAuthorization:Bearer ${TOKEN}\naccept-version:1.2\n\n\0`, 'Authorization'],
    ['STOMP over SockJS', JSON.stringify([`CONNECT\nlogin:Bearer ${TOKEN}\n\n\0`]), 'login'],
    ['the token alone', TOKEN, ''],
  ])('%s carries a token', (_, message, name) => {
    expect(sent('{"type":"ping"}', message)).toEqual([`websocket_message ${name} - TOKEN`]);
  });

  it.each(['{"type":"ping"}', '2', '', '[]', '["a"]', 'hello token', '{"token":'])(
    'no noise: %s',
    (message) => {
      expect(sent(message)).toEqual([]);
    },
  );
});

describe('preflights', () => {
  it('ask whether a request may be made: that one carries the token (Fetch Standard §3.2.2)', () => {
    const url = `https://api.example/?access_token=${TOKEN}`;
    const requestHeaders = [{ name: 'Access-Control-Request-Method', value: 'GET' }];
    expect(seen({ url, method: 'OPTIONS', requestHeaders })).toEqual([]);
    expect(seen({ url, method: 'OPTIONS' })).toHaveLength(1);
  });
});

describe('an opaque token that was issued in this session', () => {
  const asked: string[] = [];
  const issued = {
    lengths: new Set([OPAQUE.length]),
    has: (raw: string) => {
      asked.push(raw);
      return raw === OPAQUE;
    },
  };
  const found = (told: Partial<HttpExchange>) =>
    extract(exchange({ url: 'https://api.example/', ...told }), issued).sightings.map(
      ({ location: where }) => where,
    );

  it.each([
    ['Authorization', OPAQUE, 'authorization_header'],
    ['Authorization', `Token ${OPAQUE}`, 'authorization_header'],
    ['Authorization', `Basic ${btoa(`user:${OPAQUE}`)}`, 'authorization_header'],
    ['X-Api-Key', OPAQUE, 'header'],
    ['Cookie', `sid=${OPAQUE}`, 'cookie'],
    ['Sec-WebSocket-Protocol', `v1, ${OPAQUE}`, 'websocket_protocol'],
  ])('is known in %s: %s', (name, value, where) => {
    expect(found({ requestHeaders: [{ name, value }] })).toEqual([where]);
  });

  it('is known in URLs, bodies and messages, under any name', () => {
    expect(found({ url: `https://a.example/?key=${OPAQUE}#k=${OPAQUE}` })).toEqual(['query', 'fragment']);
    expect(found({ requestBody: form({ token: OPAQUE }) })).toEqual(['form_body']);
    const text = JSON.stringify({ a: [{ b: OPAQUE }] });
    expect(found({ requestBody: { form: 'text', mediaType: '', text } })).toEqual(['json_body']);
    expect(found({ requestBody: { form: 'text', mediaType: '', text: OPAQUE } })).toEqual(['text_body']);
    expect(found({ sentMessages: [text] })).toEqual(['websocket_message']);
  });

  it('is asked for only where a value is as long as one', () => {
    asked.length = 0;
    const text = JSON.stringify({ a: 'b'.repeat(31), c: ['d'.repeat(33), 7, null], e: 'f'.repeat(32) });
    expect(
      found({ url: 'https://a.example/?q=short', requestBody: { form: 'text', mediaType: '', text } }),
    ).toEqual([]);
    expect(asked).toEqual(['f'.repeat(32)]);
  });
});

describe('hostile input', () => {
  it('never throws and stays bounded, wherever it stands', () => {
    const part = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        TOKEN,
        'Bearer ',
        '{"',
        '[',
        'base64-',
        '\n',
        'https://a.example/?x=eyJ',
        '%7B',
        ', ',
        '42["',
      ),
    );
    const value = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const told = exchange({
          url: `https://a.example/?${a}=${b}#${c}`,
          requestHeaders: [
            { name: 'authorization', value: a },
            { name: 'sec-websocket-protocol', value: b },
            { name: 'cookie', value: c },
            { name: 'x-auth-token', value: a },
          ],
          requestBody: { form: 'text', mediaType: '', text: b },
          response: { status: 302, headers: [{ name: 'Location', value: c }], body: { form: 'none' } },
          sentMessages: [a, b, c],
        });
        expect(extract(told).sightings.length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('what is wrapped a hundred times is not unwrapped', () => {
    let value = TOKEN;
    for (let times = 0; times < 12; times++) value = base64url(JSON.stringify([value]));
    expect(body(JSON.stringify({ value }))).toEqual([]);
  });
});
