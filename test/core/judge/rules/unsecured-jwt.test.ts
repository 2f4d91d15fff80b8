import { describe, expect, it } from 'vitest';
import { unsecuredJwt } from '../../../../src/core/judge/rules/unsecured-jwt.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = unsecuredJwt;
const signature = { status: 'unsecured' } as const;

describe('unsecured-jwt', () => {
  it.each(['id_token', 'access_token', 'dpop_proof', 'client_assertion', 'unknown_jwt'] as const)(
    'an Unsecured JWT of kind %s fails in the Authorization header',
    (kind) => {
      expect(outcome(rule, { kind, signature })).toBe('failed');
    },
  );

  it('fails in a parameter where its kind is known', () => {
    expect(outcome(rule, { kind: 'id_token', signature, location: 'form_body', name: 'id_token' })).toBe(
      'failed',
    );
  });

  it('passes where there is a signature, whatever it is worth', () => {
    expect(outcome(rule, {})).toBe('passed');
    expect(outcome(rule, { signature: { status: 'invalid', reason: 'No.', keyId: null } })).toBe('passed');
  });

  it('cantTell of an unknown JWT that is no Authorization header: it may be no credential', () => {
    expect(
      outcome(rule, { kind: 'unknown_jwt', confidence: 'weak', signature, location: 'query', name: 'state' }),
    ).toBe('cantTell');
  });

  it('no false alarm: a request object may be unsecured (OpenID Connect Core 1.0 §6.1)', () => {
    expect(outcome(rule, { kind: 'request_object', signature, location: 'query', name: 'request' })).toBe(
      'inapplicable',
    );
  });

  it.each(['opaque', 'jwe', 'malformed'] as const)('is inapplicable to what is %s', (form) => {
    expect(outcome(rule, { form })).toBe('inapplicable');
  });

  it('is a notice where Firebase’s emulator made it, on this machine', () => {
    const told = {
      kind: 'id_token',
      signature: { status: 'unsecured' },
      acceptedByDesign: { vendor: 'Firebase', text: 'Documented.' },
    } as const;
    expect(outcome(unsecuredJwt, { ...told, host: 'localhost:5001' })).toBe('failed: notice');
    expect(outcome(unsecuredJwt, { ...told, host: 'api.example' })).toBe('failed');
  });

  it('says where a token without a name stands', () => {
    const unnamed = { kind: 'unknown_jwt', signature, name: '' } as const;
    expect(judged(rule, { ...unnamed, location: 'path' })).toMatchObject({
      because:
        "The path of the URL has a JWT without a signature, and whether it is a credential can't be told.",
    });
    expect(judged(rule, { ...unnamed, location: 'text_body' })).toMatchObject({
      because: "It is a JWT without a signature, and whether it is a credential can't be told.",
    });
  });
});
