import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactUrl } from '../../../src/core/report/redact-url.ts';
import { jwt } from '../../fixtures/jwt.ts';

const TOKEN = jwt({ alg: 'RS256', kid: 'k1' }, { sub: 'ada', aud: 'the-app' });

describe('redactUrl', () => {
  it('leaves a URL that tells nothing as it is', () => {
    expect(redactUrl('https://api.example:8443/v1/things')).toBe('https://api.example:8443/v1/things');
  });

  it('keeps the names of parameters, not their values', () => {
    expect(redactUrl(`https://api.example/a?token=${TOKEN}&q=ada&q=bob`)).toBe(
      'https://api.example/a?token=…&q=…&q=…',
    );
  });

  it('keeps the values that explain an authorization request', () => {
    expect(
      redactUrl(
        'https://login.example/auth?response_type=code&client_id=the-app&state=s3cret&login_hint=ada@example.com&scope=openid%20email',
      ),
    ).toBe(
      'https://login.example/auth?response_type=code&client_id=the-app&state=…&login_hint=…&scope=openid%20email',
    );
  });

  it('takes credentials out', () => {
    expect(redactUrl('https://ada:secret@api.example/')).toBe('https://api.example/');
  });

  it('redacts the fragment’s values, and drops a fragment that is none', () => {
    expect(redactUrl(`https://app.example/cb#id_token=${TOKEN}&state=s`)).toBe(
      'https://app.example/cb#id_token=…&state=…',
    );
    expect(redactUrl(`https://app.example/cb#${TOKEN}`)).toBe('https://app.example/cb');
  });

  it.each([
    ['a token', `https://app.example/verify/${TOKEN}/done`, 'https://app.example/verify/***/done'],
    ['an e-mail address', 'https://api.example/users/ada@example.com', 'https://api.example/users/***'],
    [
      'an encoded e-mail address',
      'https://api.example/users/ada%40example.com/x',
      'https://api.example/users/***/x',
    ],
    [
      'a session’s id',
      'https://api.example/a;jsessionid=1A2B/b;v=1',
      'https://api.example/a;jsessionid=***/b;v=***',
    ],
  ])('takes %s out of the path', (_what, url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
  });

  it('leaves package names and handles in the path', () => {
    for (const url of [
      'https://cdn.example/npm/react@18.2.0/umd/react.js',
      'https://cdn.example/@scope/pkg',
      'https://social.example/@ada',
    ]) {
      expect(redactUrl(url)).toBe(url);
    }
  });

  it('a query that is a secret without a name is no name', () => {
    expect(redactUrl(`https://api.example/a?${TOKEN}`)).toBe('https://api.example/a?…=…');
    expect(redactUrl('https://api.example/a?0123456789abcdef0123456789abcdef')).toBe(
      'https://api.example/a?…=…',
    );
    expect(redactUrl('https://api.example/a?debug')).toBe('https://api.example/a?debug=…');
  });

  it.each([
    ['a query', 'https://app.example/cb?code=s3cret', 'https://app.example/cb…'],
    ['a fragment', 'https://app.example/cb#s3cret', 'https://app.example/cb…'],
    ['credentials', 'https://ada:s3cret@app.example/cb', 'https://app.example/cb'],
    ['an app’s own scheme and a query', 'com.example.app:/cb?code=s3cret', 'com.example.app:/cb…'],
  ])('an allowed value that is a URL with %s is redacted itself', (_what, value, shown) => {
    const url = `https://login.example/auth?redirect_uri=${encodeURIComponent(value)}`;
    expect(redactUrl(url)).toBe(`https://login.example/auth?redirect_uri=${encodeURIComponent(shown)}`);
  });

  it('an allowed parameter that carries a token is redacted', () => {
    expect(redactUrl(`https://login.example/auth?audience=${TOKEN}`)).toBe(
      'https://login.example/auth?audience=…',
    );
  });

  it.each([
    ['not a url', '…'],
    ['data:text/plain,secret', 'data:…'],
    ['blob:https://app.example/1234', 'blob:…'],
    ['javascript:alert(1)', 'javascript:…'],
  ])('%s has no place to show', (url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
  });

  it('is bounded in length and in parameters', () => {
    expect(redactUrl(`https://api.example/${'a'.repeat(10_000)}`)).toHaveLength(2048);
    expect(redactUrl(`https://api.example/?${'a=1&'.repeat(100)}`).split('&')).toHaveLength(50);
  });

  it('cuts between characters, not within one', () => {
    expect(redactUrl(`https://login.example/?scope=${'a'.repeat(255)}😀b`)).toContain('%F0%9F%98%80');
    expect(redactUrl(`https://login.example/?${'a'.repeat(63)}😀=1`)).toBe('https://login.example/?…=…');
  });

  it('never throws, and no value of a parameter that is not allowed comes through', () => {
    const text = fc.string({ unit: 'binary', maxLength: 100 });
    fc.assert(
      fc.property(fc.webUrl(), text, text, (url, name, value) => {
        const secret = `S3CR3T${value}`;
        const redacted = redactUrl(
          `${url}?a=${new URLSearchParams([['', secret]]).toString().slice(1)}&${name}=1#scope=${value}`,
        );
        expect(redacted).not.toContain('S3CR3T');
        expect(redacted.length).toBeLessThanOrEqual(2048);
        redactUrl(value);
      }),
    );
  });
});
