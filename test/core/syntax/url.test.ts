import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fragmentParameters,
  isLoopback,
  parseUrl,
  placeOf,
  siteOf,
  webOrigin,
} from '../../../src/core/syntax/url.ts';

describe('webOrigin', () => {
  it.each([
    ['https://API.example:443/a?b#c', 'https://api.example'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['wss://api.example/socket', 'https://api.example'],
    ['ws://127.0.0.1:9/socket', 'http://127.0.0.1:9'],
    ['https://user:secret@api.example/', 'https://api.example'],
  ])('%s is at %s', (url, origin) => {
    expect(webOrigin(url)).toBe(origin);
  });

  it.each([
    'com.example.app:/callback',
    'urn:ietf:wg:oauth:2.0:oob',
    'data:text/html,a',
    'blob:https://a.example/1',
    'accounts.google.com',
    'my_client_id',
    '',
    '//api.example',
  ])('%s is at none', (url) => {
    expect(webOrigin(url)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ size: '-1' })), (text) => {
        webOrigin(text);
        parseUrl(text);
      }),
    );
  });
});

describe('placeOf', () => {
  it('has no credentials, query or fragment', () => {
    expect(placeOf(new URL('https://me:secret@as.example/token?a=b#c'))).toBe('https://as.example/token');
  });
});

describe('fragmentParameters', () => {
  it.each([
    '#id_token=a&state=b',
    '#/callback?id_token=a&state=b',
    '#/callback&id_token=a&state=b',
    '#/callback#id_token=a&state=b',
    '#/id_token=a&state=b',
    '#!/login/callback?id_token=a&state=b',
  ])('finds those of %s', (hash) => {
    expect(Object.fromEntries(fragmentParameters(new URL(`https://app.example/${hash}`)))).toEqual({
      id_token: 'a',
      state: 'b',
    });
  });

  it('a value keeps its own slashes and question marks', () => {
    const url = new URL('https://app.example/#/x?access_token=1//a?b');
    expect(fragmentParameters(url).get('access_token')).toBe('1//a?b');
  });

  it('a name without a value before the parameters is no route', () => {
    expect([...fragmentParameters(new URL('https://app.example/#a&id_token=b')).keys()]).toEqual([
      'a',
      'id_token',
    ]);
  });
});

describe('isLoopback', () => {
  it.each(['localhost', 'app.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['localhost.example', '127.0.0.1.example', '128.0.0.1', '0.0.0.0', 'notlocalhost', ''])(
    '"%s" is not',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('siteOf', () => {
  it.each([
    ['api.shop.example.co.uk', 'example.co.uk'],
    ['alice.github.io', 'alice.github.io'],
    ['a.b.vercel.app', 'b.vercel.app'],
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
  ])('%s belongs to %s', (host, site) => {
    expect(siteOf(host)).toBe(site);
  });
});
