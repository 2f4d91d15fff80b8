import { describe, expect, it } from 'vitest';
import { invalidSignature } from '../../../../src/core/judge/rules/invalid-signature.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = invalidSignature;

describe('invalid-signature', () => {
  it('fails with the reason where the issuer’s key did not make the signature', () => {
    const signature = { status: 'invalid', reason: 'Not made with "k1".', keyId: 'k1' } as const;
    expect(judged(rule, { signature })).toEqual({
      outcome: 'failed',
      what: 'A token with an invalid signature was sent to api.example.',
      evidence: ['Not made with "k1".'],
    });
  });

  it('passes where it is verified', () => {
    expect(outcome(rule, {})).toBe('passed');
  });

  it('is inapplicable to an Unsecured JWT, which has none', () => {
    expect(outcome(rule, { signature: { status: 'unsecured' } })).toBe('inapplicable');
  });

  it.each([
    'not_checked_yet',
    'issuer_unknown',
    'issuer_unreachable',
    'no_matching_key',
    'key_rejected',
    'symmetric',
    'opaque',
  ] as const)('no false alarm: what could not be checked (%s) is not invalid', (reason) => {
    expect(outcome(rule, { signature: { status: 'unverifiable', reason, text: '.' } })).toBe('inapplicable');
  });
});
