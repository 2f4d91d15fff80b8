import { describe, expect, it } from 'vitest';
import { unverifiableToken } from '../../../../src/core/judge/rules/unverifiable-token.ts';
import type { UnverifiableReason } from '../../../../src/core/model/token.ts';
import { outcome } from '../../../fixtures/case.ts';

const rule = unverifiableToken;
const state = (reason: UnverifiableReason) => ({ status: 'unverifiable', reason, text: 'Because.' }) as const;

describe('unverifiable-token', () => {
  it.each(['no_matching_key', 'issuer_mismatch'] as const)(
    'fails where the issuer’s own keys speak against it (%s)',
    (reason) => {
      expect(outcome(rule, { signature: state(reason) })).toBe('failed');
      expect(outcome(rule, { kind: 'id_token', signature: state(reason) })).toBe('failed');
    },
  );

  it.each([
    'not_checked_yet',
    'issuer_missing',
    'issuer_unknown',
    'issuer_unreachable',
    'symmetric',
  ] as const)('cantTell where only we don’t know (%s)', (reason) => {
    expect(outcome(rule, { signature: state(reason) })).toBe('cantTell');
  });

  it('no false alarm: an algorithm or a key that this browser can’t use says nothing against the token', () => {
    expect(outcome(rule, { signature: state('key_rejected') })).toBe('cantTell');
  });

  it('weak evidence makes cantTell: a JWT of unknown use may have another signer', () => {
    expect(outcome(rule, { kind: 'unknown_jwt', signature: state('no_matching_key') })).toBe('cantTell');
  });

  it('cantTell of a JWT that can’t be read', () => {
    expect(outcome(rule, { kind: 'opaque', form: 'malformed', signature: state('malformed') })).toBe(
      'cantTell',
    );
  });

  it('passes where it is verified', () => {
    expect(outcome(rule, {})).toBe('passed');
  });

  it('is inapplicable where its signature is known to be none or wrong: other rules say so', () => {
    expect(outcome(rule, { signature: { status: 'unsecured' } })).toBe('inapplicable');
    expect(outcome(rule, { signature: { status: 'invalid', reason: 'No.', keyId: null } })).toBe(
      'inapplicable',
    );
  });

  it.each(['opaque', 'jwe'] as const)(
    'no false alarm: nobody but its recipient checks what is %s',
    (form) => {
      expect(outcome(rule, { form, kind: 'access_token', signature: state('opaque') })).toBe('inapplicable');
    },
  );

  it.each(['dpop_proof', 'client_assertion', 'request_object', 'refresh_token', 'session_token'] as const)(
    'no false alarm: a token of kind %s is not signed with its issuer’s published keys',
    (kind) => {
      expect(outcome(rule, { kind, signature: state('issuer_missing') })).toBe('inapplicable');
    },
  );
});
