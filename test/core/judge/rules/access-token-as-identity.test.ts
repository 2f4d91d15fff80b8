import { describe, expect, it } from 'vitest';
import { accessTokenAsIdentity } from '../../../../src/core/judge/rules/access-token-as-identity.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = accessTokenAsIdentity;
const told: Told = {
  kind: 'access_token',
  audience: { outcome: 'cannot_tell', certain: false, text: 'It names no host.' },
  role: 'client',
  host: 'app.example',
  path: '/api/login',
  method: 'POST',
  location: 'json_body',
  name: 'access_token',
};

describe('access-token-as-identity', () => {
  it.each([
    '/login',
    '/api/v1/sign-in',
    '/auth/google',
    '/dj-rest-auth/github/',
    '/api/auth/facebook/token',
    '/sessions',
    '/api/session',
    '/sso',
    '/social-login',
    '/login.php',
  ])('an access token in the body of a log-in fails: %s', (path) => {
    expect(outcome(rule, { ...told, path })).toBe('failed');
    expect(outcome(rule, { ...told, path, role: 'protected_resource', host: 'api.app.example' })).toBe(
      'failed',
    );
  });

  it('fails wherever it is called an ID token', () => {
    expect(outcome(rule, { ...told, name: 'id_token', path: '/graphql' })).toBe('failed');
  });

  it('opaque tokens too, where it is known what they are', () => {
    expect(outcome(rule, { ...told, form: 'opaque', confidence: 'certain' })).toBe('failed');
  });

  it('names the log-in and the field', () => {
    expect(judged(rule, told)).toMatchObject({
      what: 'An access token was handed to the log-in app.example/api/login in "access_token".',
    });
  });

  it('weak evidence that it is an access token makes cantTell', () => {
    expect(outcome(rule, { ...told, form: 'opaque', confidence: 'weak' })).toBe('cantTell');
  });

  it.each(['third_party', 'unknown'] as const)(
    'cantTell at a %s: whose log-in it is can’t be told',
    (role) => {
      expect(outcome(rule, { ...told, role })).toBe('cantTell');
    },
  );

  it('passes where the token is for this very backend', () => {
    const audience = { outcome: 'meant', certain: true, text: 'It is.' } as const;
    expect(outcome(rule, { ...told, audience })).toBe('passed');
  });

  it.each([['id_token'], ['refresh_token']] as const)(
    'no false alarm: a hand-off of the whole token response, with the %s beside it',
    (kind) => {
      expect(outcome(rule, { ...told, path: '/api/session', beside: [kind] })).toBe('inapplicable');
    },
  );

  it('no false alarm: the backend that issued it itself', () => {
    expect(outcome(rule, { ...told, issued: { origin: 'https://app.example', clientId: null } })).toBe(
      'inapplicable',
    );
    expect(outcome(rule, { ...told, claims: { iss: 'https://app.example/auth' } })).toBe('inapplicable');
  });

  it('no false alarm: Supabase’s access token is its session', () => {
    const claims = { role: 'authenticated', aal: 'aal1', session_id: 'x', aud: 'authenticated' };
    expect(outcome(rule, { ...told, claims, path: '/auth/callback' })).toBe('inapplicable');
  });

  it.each([
    '/api/import',
    '/auth/refresh',
    '/api/auth/logout',
    '/auth/revoke',
    '/token/verify',
    '/authors/7',
    '/catalogue/sessions-of-music',
    '/api/token/introspect',
  ])('no false alarm: %s is no log-in', (path) => {
    expect(outcome(rule, { ...told, path })).toBe('inapplicable');
  });

  it('no false alarm: a vendor’s sign-in service', () => {
    const host = 'identitytoolkit.googleapis.com';
    expect(outcome(rule, { ...told, role: 'third_party', host, path: '/v1/auth/login' })).toBe(
      'inapplicable',
    );
  });

  it.each(['token_endpoint', 'userinfo_endpoint', 'authorization_server', 'introspection_endpoint'] as const)(
    'no false alarm: the authorization server’s own %s',
    (role) => {
      expect(outcome(rule, { ...told, role })).toBe('inapplicable');
    },
  );

  it.each(['authorization_header', 'header', 'cookie', 'query', 'fragment', 'response_body'] as const)(
    'is inapplicable to the %s',
    (location) => {
      expect(outcome(rule, { ...told, location })).toBe('inapplicable');
    },
  );

  it.each(['id_token', 'opaque', 'unknown_jwt'] as const)('is inapplicable to a token of kind %s', (kind) => {
    expect(outcome(rule, { ...told, kind })).toBe('inapplicable');
  });
});
