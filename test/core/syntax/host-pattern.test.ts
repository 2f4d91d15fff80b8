import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostPattern } from '../../../src/core/model/configuration.ts';
import {
  isMatch,
  mostSpecificFirst,
  patternKey,
  readHostPattern,
} from '../../../src/core/syntax/host-pattern.ts';

function patternOf(text: string): HostPattern {
  const pattern = readHostPattern(text);
  if ('expected' in pattern) throw new Error(`${text}: expected ${pattern.expected}`);
  return pattern;
}

const matches = (text: string, url: string): boolean => isMatch(patternOf(text), new URL(url));

describe('a host pattern', () => {
  it.each([
    ['api.example.com', 'https://api.example.com/x'],
    ['API.Example.com', 'https://api.example.com/x'],
    ['api.example.com', 'http://api.example.com/x'],
    ['api.example.com', 'wss://api.example.com/socket'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['*.example.com', 'https://api.example.com/'],
    ['*.example.com', 'https://a.b.example.com/'],
    ['localhost:8080', 'http://localhost:8080/x'],
    ['localhost:*', 'http://localhost:9999/x'],
    ['localhost:*', 'http://localhost/x'],
    ['api.example.com:443', 'https://api.example.com/x'],
    ['api.example.com:80', 'http://api.example.com/x'],
    ['[::1]:3000', 'http://[::1]:3000/'],
    ['10.0.0.5', 'http://10.0.0.5/'],
    ['intranet', 'http://intranet/'],
    ['*.test', 'https://shop.test/'],
    ['example.com/api', 'https://example.com/api'],
    ['example.com/api', 'https://example.com/api/v1?x'],
    ['example.com/api/', 'https://example.com/api'],
    ['example.com/', 'https://example.com/anything'],
  ])('%s matches %s', (pattern, url) => {
    expect(matches(pattern, url)).toBe(true);
  });

  it.each([
    ['api.example.com', 'https://example.com/'],
    ['api.example.com', 'https://api.example.com.evil.example/'],
    ['api.example.com', 'https://xapi.example.com/'],
    ['api.example.com', 'https://api.example.com:8443/'],
    ['*.example.com', 'https://example.com/'],
    ['*.example.com', 'https://evilexample.com/'],
    ['localhost:8080', 'http://localhost:8081/'],
    ['api.example.com:443', 'http://api.example.com/'],
    ['example.com/api', 'https://example.com/apis'],
    ['example.com/api', 'https://example.com/API'],
    ['example.com/api', 'https://example.com/api/../secret'],
    ['example.com/api', 'https://example.com/x?/api'],
  ])('%s does not match %s', (pattern, url) => {
    expect(matches(pattern, url)).toBe(false);
  });

  it.each([
    ['https://api.example.com', /without a scheme/],
    ['api.example.com?x', /without a query/],
    ['*', /^a host such as/],
    ['*.com', /one party/],
    ['*.co.uk', /one party/],
    ['*.1.2.3.4', /one party/],
    ['api.*.com', /^a host such as/],
    ['api*.example.com', /^a host such as/],
    ['user@example.com', /^a host such as/],
    ['example.com:99999', /^a host such as/],
    ['example.com:0', /^a host such as/],
    ['example.com:', /^a host such as/],
    ['example.com/a*', /^a host such as/],
    ['/api', /^a host such as/],
    ['', /^a host such as/],
    ['a b', /^a host such as/],
    ['.*\\.example\\.com', /^a host such as/],
    [`${'a'.repeat(600)}.com`, /at most 512/],
  ])('"%s" is none, and it is said what one looks like', (text, expected) => {
    const pattern = readHostPattern(text);
    expect('expected' in pattern ? pattern.expected : '').toMatch(expected);
  });

  it('of the one that says most comes first', () => {
    const texts = [
      '*.example.com',
      'a.example.com:*',
      'a.example.com',
      '*.a.example.com',
      'a.example.com/v1',
    ];
    const sorted = texts.map(patternOf).sort(mostSpecificFirst);
    expect(sorted.map(({ text }) => text)).toEqual([
      'a.example.com/v1',
      'a.example.com',
      'a.example.com:*',
      '*.a.example.com',
      '*.example.com',
    ]);
  });

  it('written in two ways is one', () => {
    expect(patternKey(patternOf('API.example.com/v1/'))).toBe(patternKey(patternOf('api.example.com/v1')));
    expect(patternKey(patternOf('api.example.com:*'))).not.toBe(patternKey(patternOf('api.example.com')));
  });
});

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const hostname = fc
  .array(label, { minLength: 2, maxLength: 4 })
  .map((labels) => `${labels.join('.')}.example`);
const path = fc.array(label, { maxLength: 3 }).map((segments) => `/${segments.join('/')}`);

describe('of whatever hosts', () => {
  it('an exact host matches itself at every path, and no other host', () => {
    fc.assert(
      fc.property(hostname, hostname, path, (own, other, at) => {
        expect(matches(own, `https://${own}${at}`)).toBe(true);
        expect(matches(own, `https://${other}${at}`)).toBe(own === other);
      }),
    );
  });

  it('a wildcard matches exactly the hosts that end in a dot and its domain', () => {
    fc.assert(
      fc.property(hostname, hostname, (domain, other) => {
        expect(matches(`*.${domain}`, `https://${other}/`)).toBe(other.endsWith(`.${domain}`));
        expect(matches(`*.${domain}`, `https://a.${domain}/`)).toBe(true);
      }),
    );
  });

  it('a path matches what is at it or below it', () => {
    fc.assert(
      fc.property(hostname, path, path, (own, root, at) => {
        const prefix = root === '/' ? '' : root;
        expect(matches(`${own}${root}`, `https://${own}${at}`)).toBe(
          at === prefix || at.startsWith(`${prefix}/`),
        );
      }),
    );
  });

  it('any text is read at once, as a pattern or as none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 600 }), fc.webUrl()), (text) => {
        const pattern = readHostPattern(text);
        if (!('expected' in pattern)) isMatch(pattern, new URL('https://example.com/'));
      }),
    );
    for (const text of ['/'.repeat(512), `*.${'a.'.repeat(255)}`, `a/${'/'.repeat(500)}x`, '['.repeat(512)])
      expect(readHostPattern(text)).toBeDefined();
  });
});
