import { describe, expect, it } from 'vitest';
import { audienceMismatch } from '../../../../src/core/judge/rules/audience-mismatch.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = audienceMismatch;
const elsewhere = {
  audience: { outcome: 'not_meant', certain: true, text: 'It is for another.' },
  host: 'orders.example',
} as const;

describe('audience-mismatch', () => {
  it.each(['protected_resource', 'client', 'third_party', 'unknown'] as const)(
    'an access token for another API fails at a %s',
    (role) => {
      expect(judged(rule, { ...elsewhere, role })).toMatchObject({
        outcome: 'failed',
        severity: 'error',
        what: 'This access token was sent to orders.example, which is not its audience.',
        evidence: ['It is for another.', 'It is said so in this test.'],
      });
    },
  );

  it('is a warning where the comparison is not certain', () => {
    expect(outcome(rule, { audience: { ...elsewhere.audience, certain: false } })).toBe('failed: warning');
  });

  it('passes where the audience is the place', () => {
    expect(outcome(rule, {})).toBe('passed');
  });

  it('cantTell where the audience is a mere name', () => {
    const audience = { outcome: 'cannot_tell', certain: false, text: 'It names no host.' } as const;
    expect(judged(rule, { audience })).toEqual({ outcome: 'cantTell', because: 'It names no host.' });
  });

  it('weak evidence that it is an access token makes cantTell', () => {
    expect(outcome(rule, { ...elsewhere, confidence: 'weak' })).toBe('cantTell');
  });

  it.each(['id_token', 'refresh_token', 'client_assertion', 'unknown_jwt', 'opaque', 'dpop_proof'] as const)(
    'is inapplicable to a token of kind %s',
    (kind) => {
      expect(outcome(rule, { ...elsewhere, kind })).toBe('inapplicable');
    },
  );

  it.each([
    'userinfo_endpoint',
    'introspection_endpoint',
    'revocation_endpoint',
    'token_endpoint',
    'authorization_server',
  ] as const)('no false alarm: its issuer may read every token that it issued (%s)', (role) => {
    expect(outcome(rule, { ...elsewhere, role })).toBe('inapplicable');
  });

  it('no false alarm: an access token in the fragment is on its way back to the client', () => {
    expect(outcome(rule, { ...elsewhere, role: 'client', location: 'fragment' })).toBe('inapplicable');
  });
});
