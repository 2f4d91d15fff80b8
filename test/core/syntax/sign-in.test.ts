import { describe, expect, it } from 'vitest';
import { isSignInService, maySignIn, signsIn } from '../../../src/core/syntax/sign-in.ts';

describe('a path', () => {
  it.each([
    '/login',
    '/api/auth/google',
    '/sessions',
    '/sso',
    '/social-login',
    '/login.php',
    '/rest-auth/github/',
  ])('%s signs in', (path) => {
    expect(signsIn(path)).toBe(true);
    expect(maySignIn(path)).toBe(true);
  });

  it.each(['/authors', '/v1/token', '/verify', '/auth/refresh', '/oauth2/code', '/api/logout'])(
    '%s may, by its words, but is not held to it',
    (path) => {
      expect(signsIn(path)).toBe(false);
      expect(maySignIn(path)).toBe(true);
    },
  );

  it.each(['/', '', '/orders', '/collect', '/blog/in'])('"%s" does not', (path) => {
    expect(signsIn(path)).toBe(false);
    expect(maySignIn(path)).toBe(false);
  });
});

it.each([
  ['identitytoolkit.googleapis.com', true],
  ['cognito-idp.eu-west-1.amazonaws.com', true],
  ['sts.amazonaws.com', true],
  ['sts.amazonaws.com.evil.test', false],
  ['storage.googleapis.com', false],
])('%s is a sign-in service: %s', (host, expected) => {
  expect(isSignInService(host)).toBe(expected);
});
