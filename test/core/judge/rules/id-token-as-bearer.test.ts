import { describe, expect, it } from 'vitest';
import { idTokenAsBearer } from '../../../../src/core/judge/rules/id-token-as-bearer.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = idTokenAsBearer;

describe('id-token-as-bearer', () => {
  it.each(['protected_resource', 'third_party', 'unknown', 'userinfo_endpoint'] as const)(
    'an ID token in the Authorization header fails at a %s',
    (role) => {
      expect(outcome(rule, { kind: 'id_token', role })).toBe('failed');
    },
  );

  it('fails in a header of its own too, whatever its name', () => {
    expect(outcome(rule, { kind: 'id_token', location: 'header', name: 'X-Auth-Token' })).toBe('failed');
  });

  it("is a warning at the app's own backend, which may be the client itself", () => {
    expect(outcome(rule, { kind: 'id_token', role: 'client' })).toBe('failed: warning');
  });

  it('names the client that the token is for, the place and the evidence', () => {
    const client = { clientId: 'the-app', origins: ['https://app.example'] };
    expect(judged(rule, { kind: 'id_token', client })).toMatchObject({
      what: expect.stringMatching(/"the-app".*api\.example/),
      evidence: ['Its claims say so.', 'It is said so in this test.'],
    });
  });

  it('is a notice where the vendor documents the use', () => {
    const acceptedByDesign = { vendor: 'Firebase', text: 'Firebase says so.' };
    expect(outcome(rule, { kind: 'id_token', acceptedByDesign })).toBe('failed: notice');
    expect(outcome(rule, { kind: 'id_token', acceptedByDesign, role: 'client' })).toBe('failed: notice');
  });

  it('but does not lay a stranger at the vendor’s door', () => {
    const acceptedByDesign = { vendor: 'Firebase', text: 'Firebase says so.' };
    const connection = { outcome: 'none', text: 'The app is another.' } as const;
    expect(
      judged(rule, { kind: 'id_token', acceptedByDesign, connection, host: 'in.trackify.io' }),
    ).toMatchObject({
      severity: 'notice',
      what: 'This ID token is for the client; it was sent to in.trackify.io. Nothing seen connects the app with that place. Firebase documents this use for the app’s own backend.',
      evidence: ['Firebase says so.', 'The app is another.', 'It is said so in this test.'],
    });
  });

  it('can’t tell of a place that it names as an audience (OpenID Connect Core 1.0 §2)', () => {
    const claims = { aud: ['spa', 'https://api.example'] };
    expect(outcome(rule, { kind: 'id_token', claims })).toBe('cantTell');
    expect(outcome(rule, { kind: 'id_token', claims, host: 'api.example.evil.test' })).toBe('failed');
  });

  it('stays an error at the UserInfo Endpoint, whoever the vendor is', () => {
    const acceptedByDesign = { vendor: 'Amazon Cognito', text: 'It says so.' };
    expect(outcome(rule, { kind: 'id_token', acceptedByDesign, role: 'userinfo_endpoint' })).toBe('failed');
  });

  it('weak evidence that it is an ID token makes cantTell', () => {
    expect(outcome(rule, { kind: 'id_token', confidence: 'weak' })).toBe('cantTell');
    expect(outcome(rule, { kind: 'id_token', confidence: 'weak', role: 'client' })).toBe('cantTell');
  });

  it.each([
    'access_token',
    'unknown_jwt',
    'opaque',
    'encrypted',
    'session_token',
    'client_assertion',
  ] as const)('is inapplicable to a token of kind %s', (kind) => {
    expect(outcome(rule, { kind })).toBe('inapplicable');
  });

  it.each([
    'token_endpoint',
    'end_session_endpoint',
    'authorization_server',
    'introspection_endpoint',
    'registration_endpoint',
  ] as const)('no false alarm: an ID token is at home at the %s', (role) => {
    expect(outcome(rule, { kind: 'id_token', role, path: '/oauth2/v1' })).toBe('inapplicable');
  });

  it.each([
    ['form_body', 'credential'],
    ['json_body', 'id_token'],
    ['query', 'id_token_hint'],
    ['fragment', 'id_token'],
  ] as const)('no false alarm: an ID token in the %s ("%s") is no bearer token', (location, name) => {
    expect(outcome(rule, { kind: 'id_token', location, name, role: 'client' })).toBe('inapplicable');
  });

  it('is silent on the hand-off to the sign-in endpoint of the app’s own backend', () => {
    expect(outcome(rule, { kind: 'id_token', role: 'client', path: '/auth/apple' })).toBe('inapplicable');
    expect(outcome(rule, { kind: 'id_token', role: 'unknown', path: '/tokensignin' })).toBe('cantTell');
    expect(outcome(rule, { kind: 'id_token', role: 'client', path: '/authors' })).toBe('failed: warning');
  });

  it('tells an authorization server’s own endpoints from an API beside them', () => {
    const at = (path: string) => outcome(rule, { kind: 'id_token', role: 'authorization_server', path });
    expect(at('/oauth2/v1/logout')).toBe('inapplicable');
    expect(at('/rest/v1/todos')).toBe('failed: warning');
    expect(at('/api/users.identity')).toBe('failed: warning');
  });
});
