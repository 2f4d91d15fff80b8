import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflate } from '../../src/cli/inflate.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { readHar } from '../../src/observe/har-file.ts';
import {
  harEntry,
  harFile,
  harHeaders,
  harJson,
  readHarText as read,
  STARTED,
  type ToldEntry,
} from '../fixtures/har.ts';

/** The one exchange of a file with this one entry. */
function one(told: ToldEntry, log: object = {}): HttpExchange {
  const [first] = read(harFile([harEntry(told)], log)).exchanges;
  if (first === undefined) throw new Error('no exchange was read');
  return first.exchange;
}

const API = 'https://api.example/things';

describe('what a redirect leads to', () => {
  const leads = (location: string, at: number, url: string) =>
    read(
      harFile([
        harEntry({
          url: 'https://login.example/auth',
          at,
          response: { status: 302, headers: harHeaders({ Location: location }) },
        }),
        harEntry({ url, at: at + 20 }),
        harEntry({ url, at: at + 40 }),
      ]),
    ).exchanges.map(({ exchange }) => exchange.url);
  const CALLBACK = 'https://app.example/cb';

  it('has the fragment that the redirect says, once', () => {
    expect(leads(`${CALLBACK}#id_token=a`, 0, CALLBACK).slice(1)).toEqual([
      `${CALLBACK}#id_token=a`,
      CALLBACK,
    ]);
    expect(leads('/cb?x=%20#a', 0, 'https://login.example/cb?x=%20')[1]).toBe(
      'https://login.example/cb?x=%20#a',
    );
  });

  it.each([
    ['elsewhere', `${CALLBACK}#a`, 'https://app.example/other'],
    ['without one', CALLBACK, CALLBACK],
    ['to what is no URL', 'https://[#a', CALLBACK],
    ['to what has its own', `${CALLBACK}#a`, `${CALLBACK}#b`],
  ])('and only it: %s', (_what, location, url) => {
    expect(leads(location, 0, url).slice(1)).toEqual([url, url]);
  });

  it('is followed at once, or not at all', () => {
    const redirect = harEntry({
      ...{ url: 'https://login.example/auth', at: 0, entry: { time: 500 } },
      response: { status: 302, headers: [], redirectURL: `${CALLBACK}#a` },
    });
    const second = (at: number) =>
      read(harFile([redirect, harEntry({ url: CALLBACK, at })])).exchanges[1]?.exchange.url;
    expect([second(30_500), second(30_501)]).toEqual([`${CALLBACK}#a`, CALLBACK]);
  });
});

describe('an entry', () => {
  it('becomes an exchange that a HAR witnesses, without a tab', () => {
    expect(one({ url: API, headers: { Authorization: 'Bearer t', Origin: 'https://app.example' } })).toEqual({
      ...{ id: 'e0', at: Date.parse(STARTED), witness: 'har', tab: null, method: 'GET', url: API },
      ...{ initiator: 'https://app.example', destination: 'subresource', requestBody: { form: 'none' } },
      requestHeaders: [
        { name: 'Authorization', value: 'Bearer t' },
        { name: 'Origin', value: 'https://app.example' },
      ],
      response: { status: 200, headers: [], body: { form: 'none' } },
    });
  });

  it('needs no more than a URL', () => {
    const reading = read(harFile([{ request: { url: API } }, harEntry({ url: API })]));
    expect(reading.exchanges).toHaveLength(2);
    expect(reading.exchanges[0]?.exchange).toMatchObject({
      method: 'GET',
      at: Date.parse(STARTED),
      response: null,
    });
  });

  it.each([
    ['a response that is null (mitmproxy, of a flow that was cut off)', null],
    ['a status of 0 (Chromium, of a request that was blocked)', { status: 0 }],
    ['a status of -1 (Charles)', { status: -1 }],
  ])('without an answer has none: %s', (_what, response) => {
    expect(one({ url: API, response }).response).toBeNull();
  });

  it.each([
    ['a tunnel (Charles, mitmproxy)', { url: 'https://api.example:443', method: 'CONNECT' }],
    ['a data URL', { url: 'data:text/plain,x' }],
    ['a blob', { url: 'blob:https://app.example/1' }],
    ['an extension’s own', { url: 'chrome-extension://abc/x.js' }],
  ])('that is no request over HTTP is left out, and not counted as lost: %s', (_what, told) => {
    expect(read(harFile([harEntry(told)]))).toMatchObject({ exchanges: [], unseen: [], malformed: null });
  });

  it('of a WebSocket is an exchange; messages in which no token can be are left out', () => {
    const entry = { _resourceType: 'websocket', _webSocketMessages: [{ type: 'send', data: 'x' }] };
    expect(one({ url: 'wss://api.example/ws', entry }).url).toBe('wss://api.example/ws');
  });

  it('headers that are none are left out, the others stay', () => {
    const headers = [
      null,
      7,
      { name: 'A' },
      { value: 'x' },
      { name: 'B', value: 3 },
      { name: 'C', value: 'c' },
    ];
    expect(one({ url: API, request: { headers } }).requestHeaders).toEqual([
      { name: 'A', value: '' },
      { name: 'B', value: '' },
      { name: 'C', value: 'c' },
    ]);
  });

  it('cookies that stand in a list of their own alone become a header', () => {
    const cookies = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    expect(one({ url: API, request: { cookies } }).requestHeaders).toEqual([
      { name: 'Cookie', value: 'a=1; b=2' },
    ]);
    expect(
      one({ url: API, request: { cookies, headers: harHeaders({ cookie: 'a=1; b=2' }) } }).requestHeaders,
    ).toHaveLength(1);
  });
});

describe('the order', () => {
  it('is that of startedDateTime; each keeps its place in the file', () => {
    const entries = [3, 1, 2].map((second) =>
      harEntry({ url: `https://a.example/${second}`, at: `2026-01-01T00:00:0${second}Z` }),
    );
    expect(
      read(harFile(entries)).exchanges.map(({ index, exchange: { id, url } }) => [index, id, url]),
    ).toEqual([
      [1, 'e1', 'https://a.example/1'],
      [2, 'e2', 'https://a.example/2'],
      [0, 'e0', 'https://a.example/3'],
    ]);
  });

  it('is by the moment, not by the letter: time zones, microseconds (mitmproxy)', () => {
    const entries = ['2026-01-01T02:00:00.000+02:00', '2025-12-31T23:59:59.123456+00:00'].map((at) =>
      harEntry({ url: API, at }),
    );
    expect(read(harFile(entries)).exchanges.map(({ index }) => index)).toEqual([1, 0]);
  });

  it('an entry that doesn’t say when it began, began when its neighbour did', () => {
    const entries = [
      harEntry({ url: API, at: 'yesterday' }),
      harEntry({ url: API, at: STARTED }),
      { request: { url: API } },
    ];
    const times = read(harFile(entries)).exchanges.map(({ exchange }) => exchange.at);
    expect(times).toEqual([Date.parse(STARTED), Date.parse(STARTED), Date.parse(STARTED)]);
  });

  it('where no entry says when it began, nothing can be judged: counted and named', () => {
    const reading = read(harFile([{ request: { url: API } }, { request: { url: API } }]));
    expect(reading.exchanges).toEqual([]);
    expect(reading.unseen).toEqual([{ reason: 'entry_malformed', count: 2 }]);
    expect(reading.malformed?.text).toBe('no entry says when it began');
  });
});

describe('request bodies', () => {
  const body = (postData: object, headers = {}) =>
    one({ url: API, method: 'POST', headers, request: { postData } });
  const fields = [{ name: 'grant_type', value: 'refresh_token' }];

  it.each([
    ['text and params (Chromium)', { text: 'grant_type=refresh_token', params: fields }],
    ['text, and no params (Firefox)', { text: 'grant_type=refresh_token', params: [] }],
    ['params alone (Charles)', { params: fields }],
    ['params beside an empty text', { text: '', params: fields }],
  ])('a form as %s', (_what, postData) => {
    const mimeType = 'application/x-www-form-urlencoded; charset=UTF-8';
    expect(body({ mimeType, ...postData }).requestBody).toEqual({ form: 'fields', fields });
  });

  it('parameters as they were sent are decoded', () => {
    const params = [{ name: 'redirect_uri', value: 'https%3A%2F%2Fapp.example%2Fcb+x' }];
    expect(body({ params }).requestBody).toMatchObject({
      fields: [{ name: 'redirect_uri', value: 'https://app.example/cb x' }],
    });
    expect(body({ params: [{ name: 'a', value: '100%ab%zz' }] }).requestBody).toMatchObject({
      fields: [{ value: '100%ab%zz' }],
    });
  });

  it('JSON is text; the media type may be told by the header alone', () => {
    expect(body({ text: '{"a":1}' }, { 'Content-Type': 'application/json' }).requestBody).toEqual({
      ...{ form: 'text', mediaType: 'application/json', text: '{"a":1}' },
    });
  });

  it('one that was not recorded is said to be unseen; an empty one is none', () => {
    const unseen = { form: 'unseen', reason: 'body_not_available' };
    expect(body({ mimeType: 'text/plain', _file: 'x.bin' }, { 'Content-Length': '12' }).requestBody).toEqual(
      unseen,
    );
    expect(body({ mimeType: '', text: '' }).requestBody).toEqual({ form: 'none' });
    expect(body({ mimeType: 'text/plain' }).requestBody).toEqual({ form: 'none' });
  });
});

describe('response bodies', () => {
  const answer = { issuer: 'https://login.example' };
  const text = JSON.stringify(answer);
  const told = (response: object): HttpExchange['response'] => one({ url: API, response }).response;

  it('JSON is read', () => {
    expect(told(harJson(answer))?.body).toEqual({ form: 'text', mediaType: 'application/json', text });
  });

  it.each([
    ['base64', Buffer.from(text), {}],
    ['base64 with the coding still on, gzip', gzipSync(text), { 'Content-Encoding': 'gzip' }],
    ['base64 with the coding still on, Brotli', brotliCompressSync(text), { 'content-encoding': 'br' }],
    ['base64, decoded though the header names a coding', Buffer.from(text), { 'content-encoding': 'gzip' }],
  ])('%s', (_what, bytes, headers) => {
    const content = { text: bytes.toString('base64'), encoding: 'base64' };
    expect(told({ headers: harHeaders(headers), ...harJson(answer, content) })?.body).toMatchObject({ text });
  });

  it('what blows up when decoded is not read', () => {
    const bomb = gzipSync(Buffer.alloc(64_000_000)).toString('base64');
    const headers = harHeaders({ 'content-encoding': 'gzip' });
    const body = told({ headers, ...harJson(answer, { text: bomb, encoding: 'base64' }) })?.body;
    expect(body).not.toMatchObject({ text });
  });

  it('pictures, scripts and styles are not held', () => {
    for (const mimeType of ['image/png', 'text/css', 'application/javascript', 'font/woff2']) {
      expect(told({ content: { size: 9, mimeType, text: 'some text' } })?.body).toEqual({ form: 'none' });
    }
  });

  it('one that could have taught something and was not recorded is counted (Playwright, "attach")', () => {
    const entry = harEntry({
      url: 'https://login.example/.well-known/openid-configuration',
      response: { content: { size: 900, mimeType: 'application/json', _file: 'abc.json' } },
    });
    expect(read(harFile([entry])).unseen).toEqual([{ reason: 'body_not_available', count: 1 }]);
  });
});

describe('where a request came from', () => {
  const page = { pages: [{ id: 'page_1', title: 'https://app.example/start', startedDateTime: STARTED }] };

  it.each([
    [
      'the Origin header',
      { origin: 'https://a.example', referer: 'https://b.example/x' },
      'https://a.example',
    ],
    ['the Referer', { Referer: 'https://b.example/x' }, 'https://b.example'],
    ['its page, where it says nothing itself (Chromium)', {}, 'https://app.example'],
    ['its page, where its origin is opaque', { Origin: 'null' }, 'https://app.example'],
  ])('%s', (_what, headers, initiator) => {
    expect(one({ url: API, headers, entry: { pageref: 'page_1' } }, page).initiator).toBe(initiator);
  });

  it('the page’s first document, where its title is none but words (Firefox, Playwright)', () => {
    const pages = [{ id: 'page_1', title: 'My shop', startedDateTime: STARTED }];
    const entries = [
      { url: 'https://app.example/', headers: { Accept: 'text/html,*/*' }, entry: { pageref: 'page_1' } },
      { url: API, entry: { pageref: 'page_1' } },
    ].map(harEntry);
    const initiators = read(harFile(entries, { pages })).exchanges.map(({ exchange }) => exchange.initiator);
    expect(initiators).toEqual([null, 'https://app.example']);
  });

  it.each([
    ['Fetch Metadata', { headers: { 'Sec-Fetch-Dest': 'iframe' } }, 'document'],
    [
      'Fetch Metadata before all',
      { headers: { 'sec-fetch-dest': 'empty', accept: 'text/html' } },
      'subresource',
    ],
    ['Chromium’s mark', { entry: { _resourceType: 'document' } }, 'document'],
    [
      'Chromium’s mark, of a fetch for HTML',
      { headers: { accept: 'text/html' }, entry: { _resourceType: 'xhr' } },
      'subresource',
    ],
    [
      'what it accepts (Firefox over http)',
      { headers: { Accept: 'text/html,application/xhtml+xml' } },
      'document',
    ],
    ['nothing', {}, 'subresource'],
  ])('a document is told by %s', (_what, told, destination) => {
    expect(one({ url: API, ...told }).destination).toBe(destination);
  });
});

describe('decoding', () => {
  const text = harFile([harEntry({ url: 'https://bücher.example/' })]);

  it.each([
    ['UTF-8', Buffer.from(text)],
    [
      'UTF-8 with a byte order mark (Fiddler)',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
    ],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    [
      'UTF-16, big end first',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]).swap16(),
    ],
    ['UTF-16 without a byte order mark', Buffer.from(text, 'utf16le')],
  ])('%s', (_what, bytes) => {
    const { exchanges, problem } = readHar(bytes, { idOf: String, inflate });
    expect({ hosts: exchanges.map(({ exchange }) => exchange.url), problem }).toEqual({
      hosts: ['https://bücher.example/'],
      problem: null,
    });
  });

  it('an archive is none (Playwright writes .har.zip)', () => {
    for (const bytes of [Buffer.from('PK\u0003\u0004'), gzipSync(text)]) {
      expect(readHar(bytes, { idOf: String, inflate })).toMatchObject({
        ...{ exchanges: [], entries: 0 },
        problem: { text: 'it is an archive or compressed: unpack it first' },
      });
    }
  });
});

describe('a walk through the lab, as Chromium recorded it', () => {
  const reading = read(readFileSync(new URL('../fixtures/har/lab-login.har', import.meta.url), 'utf8'));

  it('is read whole', () => {
    expect(reading).toMatchObject({ problem: null, malformed: null });
    expect(reading.exchanges).toHaveLength(reading.entries);
    expect(reading.unseen.map(({ reason }) => reason)).toEqual(['body_not_available']);
  });

  it('knows documents from what they load, and who loaded it', () => {
    const documents = reading.exchanges.filter(({ exchange }) => exchange.destination === 'document');
    expect(documents.map(({ exchange }) => new URL(exchange.url).pathname.split('/')[1])).toEqual([
      ...['', 'authorize', 'interaction', 'interaction', 'authorize', 'callback', 'iframe.html'],
      ...['logout', 'logout', ''],
    ]);
    const calls = reading.exchanges.filter(({ exchange }) => exchange.url.includes('//api.'));
    expect(new Set(calls.map(({ exchange }) => exchange.initiator)).size).toBe(1);
  });
});
