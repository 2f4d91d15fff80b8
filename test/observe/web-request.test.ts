import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, fromWebRequest, initiatorOf, redirected, textBody } from '../../src/observe/web-request.ts';

const bytes = (text: string) => new TextEncoder().encode(text).buffer;

/** A form as both browsers give it: each name with all its values, whatever the polyfill's types say. */
const parsed = (form: Readonly<Record<string, readonly string[]>>) => ({
  formData: JSON.parse(JSON.stringify(form)),
});

/** What onSendHeaders tells in both browsers. */
const DETAILS = {
  requestId: '7',
  timeStamp: 1_767_225_600_000.25,
  method: 'GET',
  url: 'https://api.example/things#part',
  type: 'xmlhttprequest',
  tabId: 3,
  frameId: 0,
  parentFrameId: -1,
  thirdParty: false,
} as const;

describe('initiatorOf', () => {
  it.each([
    ['an origin, as Chromium tells it', { initiator: 'https://app.example' }, 'https://app.example'],
    ['a document, as Firefox tells it', { originUrl: 'https://app.example/a?b=c' }, 'https://app.example'],
    ['another port', { originUrl: 'http://localhost:3000/' }, 'http://localhost:3000'],
  ])('%s', (_, details, origin) => {
    expect(initiatorOf(details)).toBe(origin);
  });

  it.each([
    {},
    { initiator: 'null' },
    { initiator: '' },
    { originUrl: 'about:blank' },
    { originUrl: 'data:,a' },
  ])('%j names no page', (details) => {
    expect(initiatorOf(details)).toBeNull();
  });
});

describe('fromWebRequest', () => {
  it('keeps the fragment, the tab that it is told, and the moment', () => {
    expect(fromWebRequest({ ...DETAILS, initiator: 'https://app.example' }, null, 9)).toMatchObject({
      at: 1_767_225_600_000.25,
      witness: 'web_request',
      tab: 9,
      url: 'https://api.example/things#part',
      initiator: 'https://app.example',
      destination: 'subresource',
      requestBody: { form: 'none' },
      response: null,
    });
  });

  it.each([
    ['main_frame', 'document'],
    ['sub_frame', 'document'],
    ['xmlhttprequest', 'subresource'],
    ['websocket', 'subresource'],
    ['image', 'asset'],
    ['stylesheet', 'asset'],
    ['script', 'asset'],
    ['font', 'asset'],
    ['media', 'asset'],
    ['ping', 'subresource'],
  ] as const)('a %s is a %s', (type, destination) => {
    expect(fromWebRequest({ ...DETAILS, type }, null, 1).destination).toBe(destination);
  });

  it('each hop of a redirect is an exchange of its own, though the browser gives both one id', () => {
    const first = fromWebRequest(DETAILS, null, 1);
    const second = fromWebRequest({ ...DETAILS, timeStamp: DETAILS.timeStamp + 5 }, null, 1);
    expect(first.id).not.toBe(second.id);
    expect(fromWebRequest(DETAILS, null, 1).id).toBe(first.id);
  });

  it('one request of a worker, attributed to two tabs, is an exchange of each', () => {
    expect(fromWebRequest(DETAILS, null, 1).id).not.toBe(fromWebRequest(DETAILS, null, 2).id);
  });

  it('headers without a text value are left out, and no headers are no error', () => {
    const requestHeaders = [
      { name: 'Authorization', value: 'Bearer a' },
      { name: 'X', binaryValue: [1] },
    ];
    expect(fromWebRequest({ ...DETAILS, requestHeaders }, null, 1).requestHeaders).toEqual([
      { name: 'Authorization', value: 'Bearer a' },
    ]);
    expect(fromWebRequest(DETAILS, null, 1).requestHeaders).toEqual([]);
  });
});

describe('redirected', () => {
  it('is the exchange that was told of, with where its response leads', () => {
    const first = fromWebRequest(DETAILS, null, 1);
    const redirectUrl = 'https://app.example/cb#id_token=x';
    expect(redirected(first, { statusCode: 302, redirectUrl })).toEqual({
      ...first,
      response: { status: 302, headers: [{ name: 'Location', value: redirectUrl }], body: { form: 'none' } },
    });
  });
});

describe('bodyOf', () => {
  it('reads a form that the browser parsed, and a name that comes twice', () => {
    expect(bodyOf(parsed({ a: ['1', '2'], b: ['3'] }))).toEqual({
      form: 'fields',
      fields: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
        { name: 'b', value: '3' },
      ],
    });
  });

  it('joins raw parts before it reads them: a character may be cut in two', () => {
    const whole = new TextEncoder().encode('{"a":"é"}');
    const raw = [{ bytes: whole.slice(0, 7).buffer }, { bytes: whole.slice(7).buffer }];
    expect(bodyOf({ raw })).toMatchObject({ form: 'text', text: '{"a":"é"}' });
  });

  it('a form that the browser did not parse is parsed', () => {
    expect(bodyOf({ raw: [{ bytes: bytes('grant_type=refresh_token&refresh_token=a%2Bb') }] })).toEqual({
      form: 'fields',
      fields: [
        { name: 'grant_type', value: 'refresh_token' },
        { name: 'refresh_token', value: 'a+b' },
      ],
    });
  });

  it.each([
    ['a file', { raw: [{ file: 'photo.jpg' }] }],
    ['text and a file', { raw: [{ bytes: bytes('a') }, { file: 'photo.jpg' }] }],
    ['an error', { error: 'Unknown error.' }],
    ['nothing that it knows', {}],
  ])('%s is not seen, and said so', (_, body) => {
    expect(bodyOf(body)).toEqual({ form: 'unseen', reason: 'body_not_available' });
  });

  it('no body is none', () => {
    expect(bodyOf(undefined)).toEqual({ form: 'none' });
  });

  it('what is longer than 256 KiB is not read, in one part, in many or in a form', () => {
    const unseen = { form: 'unseen', reason: 'body_too_large' };
    expect(bodyOf({ raw: [{ bytes: new ArrayBuffer(262_145) }] })).toEqual(unseen);
    expect(bodyOf({ raw: Array.from({ length: 300 }, () => ({ bytes: new ArrayBuffer(1_000) })) })).toEqual(
      unseen,
    );
    expect(bodyOf(parsed({ photo: ['a'.repeat(300_000)] }))).toEqual(unseen);
  });

  it('bytes that are no text do not throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array(), { maxLength: 4 }), (parts) => {
        const raw = parts.map((part) => ({ bytes: part.slice().buffer }));
        expect(['text', 'fields']).toContain(bodyOf({ raw }).form);
      }),
    );
  });
});

describe('textBody', () => {
  it.each(['application/x-www-form-urlencoded', 'application/X-WWW-Form-Urlencoded; charset=UTF-8'])(
    '%s is a form',
    (mediaType) => {
      expect(textBody(mediaType, 'a=b+c&d')).toEqual({
        form: 'fields',
        fields: [
          { name: 'a', value: 'b c' },
          { name: 'd', value: '' },
        ],
      });
    },
  );

  it.each(['{"a":"b=c"}', 'hello world', '<a b="c">', 'a = b', '=', ''])(
    'without a media type, "%s" is no form',
    (text) => {
      expect(textBody('', text)).toMatchObject({ form: 'text', text });
    },
  );

  it('of another media type it stays text', () => {
    expect(textBody('text/plain', 'a=b')).toMatchObject({ form: 'text' });
  });
});
