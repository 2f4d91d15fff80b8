import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromHarEntry,
  type HarEntry,
  isBodyWorthReading,
  isWorthTelling,
  readHarEntry,
} from '../../src/observe/har.ts';

const CONTEXT = { id: 'd1', tab: 1, responseBody: null, pageOrigin: 'https://app.example' };

function entry(request: object = {}, response: object = {}, more: object = {}): HarEntry {
  const read = readHarEntry({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    request: { method: 'GET', url: 'https://api.example/things', headers: [], ...request },
    response: { status: 200, headers: [], ...response },
    ...more,
  });
  if (read === null) throw new Error('the test’s own entry is none');
  return read;
}

const header = (name: string, value: string) => ({ name, value });
const JSON_ANSWER = { headers: [header('content-type', 'application/json')] };

describe('readHarEntry', () => {
  it.each([
    null,
    'a',
    [],
    {},
    { startedDateTime: '2026-01-01T00:00:00Z' },
    { startedDateTime: 'yesterday', request: { method: 'GET', url: 'a' }, response: { status: 200 } },
    { startedDateTime: '2026-01-01T00:00:00Z', request: { method: 1, url: 'a' }, response: { status: 200 } },
    {
      startedDateTime: '2026-01-01T00:00:00Z',
      request: { method: 'GET', url: 'a' },
      response: { status: 'ok' },
    },
  ])('%j is none', (value) => {
    expect(readHarEntry(value)).toBeNull();
  });

  it('a header without a value, as Firefox may have it, is kept empty', () => {
    expect(entry({ headers: [{ name: 'X' }, { name: 'Y', value: null }] }).request.headers).toEqual([
      header('X', ''),
      header('Y', ''),
    ]);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readHarEntry(value)));
  });
});

describe('fromHarEntry', () => {
  it('is what webRequest would tell, with the response’s status', () => {
    const exchange = fromHarEntry(entry({ headers: [header('authorization', 'Bearer a')] }), CONTEXT);
    expect(exchange).toMatchObject({
      id: 'd1',
      at: Date.parse('2026-01-01T00:00:00Z'),
      witness: 'devtools',
      initiator: 'https://app.example',
      destination: 'subresource',
      requestHeaders: [header('authorization', 'Bearer a')],
      requestBody: { form: 'none' },
      response: { status: 200, body: { form: 'none' } },
    });
  });

  it('passes on what a server says of the time in answer to a POST, and how long that took', () => {
    const date = header('date', 'Thu, 01 Jan 2026 00:00:00 GMT');
    const told = (method: string, time: unknown) =>
      fromHarEntry(entry({ method }, { headers: [date, header('server', 'x')] }, { time }), CONTEXT).response;
    expect(told('POST', 12.5)).toEqual({
      ...{ status: 200, headers: [date], body: { form: 'none' } },
      tookMs: 12.5,
    });
    expect(told('GET', 12.5)?.headers).toEqual([]);
    for (const time of [-1, null, undefined, 'long']) expect(told('POST', time)).not.toHaveProperty('tookMs');
  });

  it('passes on a cookie where a token may be in it, and what a WebSocket was opened with', () => {
    const headers = [
      header('Cookie', 'theme=dark; sid=eyJhbGciOiJub25lIn0.e30.x'),
      header('Sec-WebSocket-Protocol', 'graphql-ws'),
    ];
    expect(fromHarEntry(entry({ headers }), CONTEXT).requestHeaders).toEqual(headers);
  });

  it('tells where a response redirects to with a token, and nothing else of its headers', () => {
    const location = header('location', '/landed#id_token=x');
    const told = (value: string) =>
      fromHarEntry(
        entry({}, { status: 302, headers: [{ ...location, value }, header('X-A', 'b')] }),
        CONTEXT,
      );
    expect(told(location.value).response?.headers).toEqual([{ name: 'Location', value: location.value }]);
    expect(told('/login').response?.headers).toEqual([]);
  });

  it('tells the text messages that a page sent over a WebSocket, where a token may be in them', () => {
    const message = {
      type: 'send',
      opcode: 1,
      time: 1.5,
      data: '{"type":"connection_init","payload":{"token":"x"}}',
    };
    const _webSocketMessages = [
      message,
      { ...message, type: 'receive' },
      { ...message, opcode: 2 },
      { ...message, data: '{"type":"ping"}' },
      { ...message, data: `"token${'x'.repeat(70_000)}"` },
      'oops',
    ];
    const told = entry(
      { url: 'wss://api.example/' },
      { status: 101 },
      { _webSocketMessages: _webSocketMessages.slice(0, 5) },
    );
    expect(fromHarEntry(told, CONTEXT).sentMessages).toEqual([message.data]);
    expect(isWorthTelling(told)).toBe(true);
    expect(fromHarEntry(entry({}, {}, { _webSocketMessages }), CONTEXT)).not.toHaveProperty('sentMessages');
    expect(fromHarEntry(entry({}, {}, { _webSocketMessages: 'none' }), CONTEXT)).not.toHaveProperty(
      'sentMessages',
    );
  });

  it.each([
    ['image', 'asset'],
    ['script', 'asset'],
    ['style', 'asset'],
    ['websocket', 'subresource'],
  ])('Sec-Fetch-Dest "%s" is an %s', (value, destination) => {
    expect(fromHarEntry(entry({ headers: [header('Sec-Fetch-Dest', value)] }), CONTEXT).destination).toBe(
      destination,
    );
  });

  it('passes on no other cookie and nothing that is of no use', () => {
    const names = [
      'Cookie',
      'set-cookie',
      'User-Agent',
      'Accept-Language',
      'Sec-Fetch-Mode',
      'If-None-Match',
    ];
    const headers = [...names.map((name) => header(name, 'secret')), header('DPoP', 'a')];
    expect(fromHarEntry(entry({ headers }), CONTEXT).requestHeaders).toEqual([header('DPoP', 'a')]);
  });

  it.each([
    ['its Origin header', [header('Origin', 'https://a.example')], 'https://a.example'],
    ['its Referer, without Origin', [header('referer', 'https://b.example/x?y')], 'https://b.example'],
    [
      'its Referer, where Origin is hidden',
      [header('Origin', 'null'), header('Referer', 'https://b.example/')],
      'https://b.example',
    ],
    ['the page, without either', [], 'https://app.example'],
    ['the page, where both are no URLs', [header('Referer', 'https://[')], 'https://app.example'],
  ])('its initiator is %s', (_, headers, origin) => {
    expect(fromHarEntry(entry({ headers }), CONTEXT).initiator).toBe(origin);
  });

  it('a document that a person typed has no initiator', () => {
    expect(fromHarEntry(entry({}, {}, { _resourceType: 'document' }), CONTEXT)).toMatchObject({
      destination: 'document',
      initiator: null,
    });
  });

  it.each([
    ['document', 'document'],
    ['iframe', 'document'],
    ['empty', 'subresource'],
  ])('Sec-Fetch-Dest "%s" tells more than the resource type', (value, destination) => {
    const told = entry({ headers: [header('Sec-Fetch-Dest', value)] }, {}, { _resourceType: 'document' });
    expect(fromHarEntry(told, CONTEXT).destination).toBe(destination);
  });

  it.each([
    ['a form as text', { mimeType: 'application/x-www-form-urlencoded', text: 'a=b' }, 'fields'],
    [
      'a form as parameters',
      { mimeType: 'application/x-www-form-urlencoded', params: [header('a', 'b')] },
      'fields',
    ],
    ['a parameter without value', { params: [{ name: 'a', value: null }] }, 'fields'],
    ['JSON', { mimeType: 'application/json', text: '{}' }, 'text'],
    ['nothing of it', { mimeType: 'image/png' }, 'unseen'],
    ['no body', null, 'none'],
  ])('reads %s', (_, postData, kind) => {
    expect(fromHarEntry(entry({ postData }), CONTEXT).requestBody.form).toBe(kind);
  });

  it('a response body that was read is told, one that is too long is counted', () => {
    const told = (responseBody: string) => fromHarEntry(entry(), { ...CONTEXT, responseBody }).response?.body;
    expect(told('{}')).toMatchObject({ form: 'text', text: '{}' });
    expect(told('a'.repeat(300_000))).toEqual({ form: 'unseen', reason: 'body_too_large' });
  });
});

describe('isWorthTelling', () => {
  it.each([
    ['an Authorization header', { headers: [header('AUTHORIZATION', 'Bearer a')] }],
    ['a JWT in any header', { headers: [header('x-a', 'eyJhbGciOiJub25lIn0.e30.')] }],
    ['a token parameter', { url: 'https://a.example/?access_token=b' }],
    ['an authorization request', { url: 'https://as.example/authorize?client_id=a&response_type=code' }],
    ['metadata', { url: 'https://as.example/.well-known/openid-configuration' }],
    ['a JWT in a cookie', { headers: [header('cookie', 'a=b; sid=eyJhbGciOiJub25lIn0.e30.x')] }],
    [
      'a wrapped JWT in a subprotocol',
      { headers: [header('Sec-WebSocket-Protocol', 'base64url.bearer.a.ZXlKaGJ')] },
    ],
    ['a form post', { method: 'POST', postData: { mimeType: 'application/x-www-form-urlencoded' } }],
  ])('%s is', (_, request) => {
    expect(isWorthTelling(entry(request))).toBe(true);
  });

  it('most of a page’s requests are not', () => {
    expect(
      isWorthTelling(entry({ url: 'https://a.example/app.js', headers: [header('accept', '*/*')] })),
    ).toBe(false);
  });
});

describe('isBodyWorthReading', () => {
  const form = { mimeType: 'application/x-www-form-urlencoded', text: 'grant_type=refresh_token' };

  it('that of a token response is, and of metadata', () => {
    const token = { method: 'POST', url: 'https://as.example/x', postData: form };
    expect(isBodyWorthReading(entry(token, JSON_ANSWER))).toBe(true);
    const metadata = { url: 'https://as.example/.well-known/openid-configuration' };
    expect(isBodyWorthReading(entry(metadata, JSON_ANSWER))).toBe(true);
  });

  it.each([
    [
      'an error',
      { method: 'POST', url: 'https://as.example/token', postData: form },
      { ...JSON_ANSWER, status: 400 },
    ],
    ['a page', { method: 'POST', url: 'https://as.example/token', postData: form }, {}],
    ['an API’s answer', { url: 'https://api.example/things' }, JSON_ANSWER],
  ])('that of %s is not', (_, request, response) => {
    expect(isBodyWorthReading(entry(request, response))).toBe(false);
  });

  it('what is no URL does not throw', () => {
    for (const url of ['', 'token', 'https://[token', '://token?a#b']) {
      expect(() => isBodyWorthReading(entry({ method: 'POST', url }, JSON_ANSWER))).not.toThrow();
    }
  });
});
