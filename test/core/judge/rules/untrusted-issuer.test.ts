import { describe, expect, it } from 'vitest';
import { untrustedIssuer } from '../../../../src/core/judge/rules/untrusted-issuer.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = untrustedIssuer;
const stranger = { issuerTrust: 'untrusted', claims: { iss: 'https://login.stranger.example' } } as const;

describe('untrusted-issuer', () => {
  it.each(['protected_resource', 'client'] as const)('a token of another issuer fails at a %s', (role) => {
    expect(judged(rule, { ...stranger, role })).toEqual({
      outcome: 'failed',
      what: 'This token was issued by "https://login.stranger.example", which is none of the trusted issuers; it was sent to api.example.',
      evidence: [
        'The configuration does not name "https://login.stranger.example" among its trusted issuers.',
        'It is said so in this test.',
      ],
    });
  });

  it('an ID token, too, also in a body', () => {
    expect(outcome(rule, { ...stranger, kind: 'id_token', role: 'client', location: 'json_body' })).toBe(
      'failed',
    );
  });

  it('passes where its issuer is trusted', () => {
    expect(outcome(rule, { issuerTrust: 'trusted' })).toBe('passed');
  });

  it('is inapplicable where nothing is declared', () => {
    expect(outcome(rule, { ...stranger, issuerTrust: 'undeclared' })).toBe('inapplicable');
  });

  it('cantTell where only a slash at the end is another', () => {
    expect(judged(rule, { ...stranger, issuerTrust: 'nearly' })).toMatchObject({
      outcome: 'cantTell',
      because: expect.stringContaining('slash'),
    });
  });

  it('cantTell where the evidence of what it is is weak', () => {
    expect(outcome(rule, { ...stranger, confidence: 'weak' })).toBe('cantTell');
  });

  it('cantTell where only its name says that the host is the app’s own', () => {
    expect(outcome(rule, { ...stranger, known: false })).toBe('cantTell');
  });

  it.each(['third_party', 'unknown', 'authorization_server', 'token_endpoint', 'userinfo_endpoint'] as const)(
    'no false alarm: a %s has issuers of its own',
    (role) => {
      expect(outcome(rule, { ...stranger, role })).toBe('inapplicable');
    },
  );

  it.each(['dpop_proof', 'client_assertion', 'request_object', 'session_token', 'unknown_jwt'] as const)(
    'no false alarm: an app may issue a %s itself',
    (kind) => {
      expect(outcome(rule, { ...stranger, kind })).toBe('inapplicable');
    },
  );

  it.each(['cookie', 'fragment', 'redirect', 'response_body'] as const)(
    'no false alarm: in a %s nobody sent it to the resource',
    (location) => {
      expect(outcome(rule, { ...stranger, location })).toBe('inapplicable');
    },
  );

  it('an opaque token names no issuer', () => {
    expect(outcome(rule, { ...stranger, form: 'opaque' })).toBe('inapplicable');
  });
});
