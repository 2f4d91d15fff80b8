import { describe, expect, it } from 'vitest';
import { harEntry, harFile, harHeaders, harJson, readHarText as read } from '../fixtures/har.ts';

const API = 'https://api.example/things';

describe('a sanitised file', () => {
  const sanitised = { reason: 'har_sanitised', count: 1 };
  const entry = (headers: Readonly<Record<string, string>>, response: object = {}) =>
    harEntry({ url: API, headers, response });
  const chromium = { creator: { name: 'WebInspector', version: '537.36' } };

  it('as Chromium exports by default is recognised: no Authorization, no cookies', () => {
    expect(read(harFile([entry({ Accept: '*/*' })], chromium)).unseen).toEqual([sanitised]);
  });

  it.each([
    [
      'a preflight announces a header that no request has',
      entry({ 'Access-Control-Request-Headers': 'authorization,x-a' }),
    ],
    [
      'a response issued tokens, and no request bears any',
      entry({}, harJson({ access_token: 'a', token_type: 'Bearer' })),
    ],
    ['a header is blanked out', entry({ Authorization: 'Bearer [redacted]' })],
    ['a header is blanked out by name', entry({ Authorization: '[Authorization redacted]' })],
    ['the signatures are blanked out', entry({ Authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.redacted' })],
    ['a cookie is blanked out', entry({ Cookie: '***REMOVED***' })],
  ])('is recognised: %s', (_what, one) => {
    expect(read(harFile([one])).unseen).toEqual([sanitised]);
  });

  it.each([
    ['Authorization', entry({ Authorization: 'Bearer t' })],
    ['a cookie', entry({ Cookie: 'removed=1' })],
    ['a cookie that is set', entry({}, { headers: harHeaders({ 'Set-Cookie': 'a=1' }) })],
    [
      'a cookie in a list of its own',
      harEntry({ url: API, request: { cookies: [{ name: 'a', value: '1' }] } }),
    ],
  ])('one with %s is none', (_what, one) => {
    expect(read(harFile([one], chromium)).unseen).toEqual([]);
  });

  it('one of another tool without credentials is not held for sanitised', () => {
    expect(read(harFile([entry({})])).unseen).toEqual([]);
  });
});
