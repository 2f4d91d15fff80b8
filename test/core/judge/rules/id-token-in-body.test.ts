import { describe, expect, it } from 'vitest';
import { idTokenInBody } from '../../../../src/core/judge/rules/id-token-in-body.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = idTokenInBody;
const told: Told = {
  kind: 'id_token',
  location: 'json_body',
  name: 'id_token',
  path: '/orders',
  method: 'POST',
};
const again: Told = { ...told, earlier: { handOffs: 1 } };

describe('id-token-in-body', () => {
  it.each(['form_body', 'json_body', 'multipart_body', 'text_body'] as const)(
    'fails in the %s to an API that is known as one, the first time too',
    (location) => {
      expect(outcome(rule, { ...told, location })).toBe('failed');
    },
  );

  it('fails at the UserInfo Endpoint, which takes an access token there (RFC 6750 §2.2)', () => {
    expect(outcome(rule, { ...told, name: 'access_token', role: 'userinfo_endpoint' })).toBe('failed');
  });

  it('is a warning at the app’s own backend once it was handed over', () => {
    expect(outcome(rule, { ...again, role: 'client' })).toBe('failed: warning');
    expect(outcome(rule, { ...again, role: 'protected_resource', known: false })).toBe('failed: warning');
  });

  it('names the field, the place and the client', () => {
    const client = { clientId: 'the-app', origins: ['https://app.example'] };
    expect(judged(rule, { ...told, client, name: 'user.jwt' })).toMatchObject({
      what: expect.stringMatching(/"the-app".*"user\.jwt".*api\.example/),
      evidence: ['Its claims say so.', 'It is said so in this test.'],
    });
  });

  it('is a notice where the vendor documents the use, but not at the UserInfo Endpoint', () => {
    const acceptedByDesign = { vendor: 'Firebase', text: 'Firebase says so.' };
    expect(outcome(rule, { ...told, acceptedByDesign })).toBe('failed: notice');
    expect(outcome(rule, { ...told, acceptedByDesign, role: 'userinfo_endpoint' })).toBe('failed');
  });

  it('weak evidence that it is an ID token makes cantTell', () => {
    expect(outcome(rule, { ...told, confidence: 'weak' })).toBe('cantTell');
    expect(outcome(rule, { ...again, role: 'client', confidence: 'weak' })).toBe('cantTell');
  });

  it('cantTell of the first one to a host of the app’s site, or of nobody: it may be the backend', () => {
    expect(outcome(rule, { ...told, known: false })).toBe('cantTell');
    expect(outcome(rule, { ...told, role: 'unknown', known: false, initiator: null })).toBe('cantTell');
  });

  it('passes for the one hand-off to the app’s own backend, whatever its path', () => {
    expect(outcome(rule, { ...told, role: 'client', path: '/graphql' })).toBe('passed');
  });

  it.each([
    '/api/login',
    '/auth/google',
    '/.auth/login/aad',
    '/tokensignin',
    '/signin-oidc',
    '/api/session',
    '/api/logout',
  ])('no false alarm: signing in and out again at %s', (path) => {
    for (const role of ['client', 'protected_resource', 'unknown'] as const)
      expect(outcome(rule, { ...again, role, path })).toBe('passed');
  });

  it('no false alarm: a vendor’s sign-in service, seen from no page', () => {
    const host = 'identitytoolkit.googleapis.com';
    expect(outcome(rule, { ...told, role: 'unknown', host, path: '/v1/accounts:lookup' })).toBe('passed');
  });

  it.each([
    'token_endpoint',
    'authorization_server',
    'introspection_endpoint',
    'end_session_endpoint',
  ] as const)('no false alarm: an ID token is at home at the %s (token exchange, assertions)', (role) => {
    expect(outcome(rule, { ...again, role, name: 'subject_token' })).toBe('inapplicable');
  });

  it('is inapplicable to third parties, of which another rule speaks', () => {
    expect(outcome(rule, { ...told, role: 'third_party' })).toBe('inapplicable');
  });

  it.each([
    'authorization_header',
    'header',
    'cookie',
    'query',
    'fragment',
    'redirect',
    'response_body',
  ] as const)('is inapplicable to the %s', (location) => {
    expect(outcome(rule, { ...told, location })).toBe('inapplicable');
  });

  it.each(['access_token', 'unknown_jwt', 'opaque', 'client_assertion'] as const)(
    'is inapplicable to a token of kind %s',
    (kind) => {
      expect(outcome(rule, { ...told, kind })).toBe('inapplicable');
    },
  );
});
