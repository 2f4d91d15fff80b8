import { describe, expect, it } from 'vitest';
import { refreshTokenOutsideTokenEndpoint } from '../../../../src/core/judge/rules/refresh-token-outside-token-endpoint.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = refreshTokenOutsideTokenEndpoint;
const issued = { origin: 'https://op.example', clientId: 'the-app' };
const opaque: Told = { kind: 'refresh_token', form: 'opaque', confidence: 'certain', issued };
const homeMade: Told = {
  ...{ kind: 'refresh_token', issued: null, claims: { sub: '7', exp: 1 } },
  ...{ location: 'json_body', name: 'refresh_token', method: 'POST' },
};

describe('refresh-token-outside-token-endpoint', () => {
  it.each([
    'protected_resource',
    'third_party',
    'unknown',
    'userinfo_endpoint',
    'registration_endpoint',
  ] as const)('fails at a %s', (role) => {
    expect(outcome(rule, { ...opaque, role })).toBe('failed');
  });

  it.each([
    'authorization_header',
    'header',
    'query',
    'form_body',
    'json_body',
    'websocket_message',
  ] as const)('fails in the %s', (location) => {
    expect(outcome(rule, { ...opaque, location })).toBe('failed');
  });

  it('names where it went and where it is from', () => {
    expect(judged(rule, opaque)).toMatchObject({
      what: 'A refresh token was sent to api.example/things.',
      evidence: ['It is said so in this test.', 'It was issued at https://op.example.', 'Its claims say so.'],
    });
  });

  it('fails for a JWT whose issuer is another, although nobody saw it issued', () => {
    const claims = { iss: 'https://sso.example/realms/a', typ: 'Refresh' };
    expect(outcome(rule, { kind: 'refresh_token', confidence: 'certain', claims })).toBe('failed');
  });

  it('fails at an API of the very site of its authorization server', () => {
    expect(outcome(rule, { ...opaque, issued: { ...issued, origin: 'https://login.api.example' } })).toBe(
      'failed',
    );
  });

  it('is a warning at the app’s own backend, which is the client too', () => {
    expect(outcome(rule, { ...opaque, role: 'client' })).toBe('failed: warning');
  });

  it('weak evidence that it is a refresh token makes cantTell', () => {
    expect(outcome(rule, { ...opaque, issued: null, confidence: 'weak' })).toBe('cantTell');
  });

  it.each(['token_endpoint', 'revocation_endpoint', 'introspection_endpoint'] as const)(
    'passes at its %s',
    (role) => {
      expect(outcome(rule, { ...opaque, role, host: 'op.example' })).toBe('passed');
      expect(outcome(rule, { ...opaque, role, host: 'op.example', issued: null })).toBe('passed');
    },
  );

  it('cantTell at the token endpoint of another site: the request itself is what makes it one', () => {
    expect(outcome(rule, { ...opaque, role: 'token_endpoint', host: 'other.test' })).toBe('cantTell');
  });

  it('no false alarm: vendors issue and renew at several hosts', () => {
    const google = { ...opaque, issued: { ...issued, origin: 'https://identitytoolkit.googleapis.com' } };
    expect(outcome(rule, { ...google, role: 'token_endpoint', host: 'oauth2.googleapis.com' })).toBe(
      'passed',
    );
    expect(outcome(rule, { ...google, role: 'third_party', host: 'securetoken.googleapis.com' })).toBe(
      'passed',
    );
    expect(
      outcome(rule, {
        ...opaque,
        role: 'third_party',
        host: 'cognito-idp.eu-west-1.amazonaws.com',
        path: '/',
      }),
    ).toBe('passed');
  });

  it.each(['end_session_endpoint', 'authorization_server'] as const)(
    'no false alarm: its issuer takes it at the %s, as Keycloak does to log out',
    (role) => {
      expect(outcome(rule, { ...opaque, role })).toBe('passed');
    },
  );

  it.each(['client', 'protected_resource', 'third_party'] as const)(
    'no false alarm: the backend that issued it itself (%s)',
    (role) => {
      const here = { origin: 'https://api.example', clientId: null };
      expect(outcome(rule, { ...homeMade, role, issued: here, path: '/session/extend' })).toBe('passed');
      expect(outcome(rule, { ...homeMade, role, claims: { iss: 'https://api.example/auth' } })).toBe(
        'passed',
      );
    },
  );

  it.each(['/auth/refresh', '/api/token/refresh/', '/refresh-token', '/oauth2/token', '/renew'])(
    'no false alarm: a framework’s backend renews its own at %s, in a body or as a bearer token',
    (path) => {
      expect(outcome(rule, { ...homeMade, path })).toBe('passed');
      expect(outcome(rule, { ...homeMade, path, location: 'authorization_header', role: 'client' })).toBe(
        'passed',
      );
    },
  );

  it('no false alarm: a home-made token whose issuer nobody saw', () => {
    for (const role of ['client', 'third_party', 'unknown'] as const)
      expect(outcome(rule, { ...homeMade, role, path: '/session/extend' })).toBe('cantTell');
  });

  it('no false alarm: what looks like a token endpoint that nothing showed', () => {
    expect(outcome(rule, { ...opaque, role: 'third_party', path: '/login/oauth/access_token' })).toBe(
      'cantTell',
    );
  });

  it('no false alarm: the app’s own backend takes over the session', () => {
    const handOver: Told = { ...opaque, role: 'client', location: 'json_body', path: '/auth/callback' };
    expect(outcome(rule, handOver)).toBe('cantTell');
  });

  it.each(['cookie', 'fragment', 'redirect', 'response_body'] as const)(
    'no false alarm: the %s is the browser’s or the server’s doing',
    (location) => {
      expect(outcome(rule, { ...opaque, location, role: 'client' })).toBe('inapplicable');
    },
  );

  it.each(['access_token', 'id_token', 'opaque', 'unknown_jwt'] as const)(
    'is inapplicable to a token of kind %s',
    (kind) => {
      expect(outcome(rule, { ...opaque, kind })).toBe('inapplicable');
    },
  );
});
