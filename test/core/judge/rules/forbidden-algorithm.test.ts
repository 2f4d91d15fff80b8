import { describe, expect, it } from 'vitest';
import { forbiddenAlgorithm } from '../../../../src/core/judge/rules/forbidden-algorithm.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = forbiddenAlgorithm;

describe('forbidden-algorithm', () => {
  it.each(['RS1', 'HS1'])('a JWT signed with %s fails', (alg) => {
    expect(outcome(rule, { header: { alg } })).toBe('failed');
  });

  it.each([
    { alg: 'RSA1_5', enc: 'A128CBC-HS256' },
    { alg: 'dir', enc: 'A256CBC' },
    { alg: 'RSA-OAEP', enc: 'A128CTR' },
  ])('a JWE with $alg and $enc fails', (header) => {
    expect(outcome(rule, { form: 'jwe', kind: 'encrypted', header })).toBe('failed');
  });

  it('a DPoP proof with a shared secret fails (RFC 9449 §4.2), another token with it passes', () => {
    expect(outcome(rule, { kind: 'dpop_proof', header: { alg: 'HS256' } })).toBe('failed');
    expect(outcome(rule, { header: { alg: 'HS256' } })).toBe('passed');
  });

  it('names the algorithm and why', () => {
    expect(judged(rule, { form: 'jwe', header: { alg: 'RSA1_5', enc: 'A128GCM' } })).toMatchObject({
      what: 'A token that uses RSA1_5 was sent to api.example.',
      evidence: [expect.stringContaining('RFC 8725 §3.2')],
    });
  });

  it.each(['RS256', 'PS512', 'ES256', 'ES256K', 'EdDSA', 'Ed25519', 'ML-DSA-65', 'HS384'])(
    '%s passes',
    (alg) => {
      expect(outcome(rule, { header: { alg } })).toBe('passed');
    },
  );

  it.each([
    'RSA-OAEP',
    'RSA-OAEP-256',
    'A256KW',
    'A128GCMKW',
    'dir',
    'ECDH-ES',
    'ECDH-ES+A128KW',
    'PBES2-HS256+A128KW',
  ])('a JWE with %s passes', (alg) => {
    expect(outcome(rule, { form: 'jwe', header: { alg, enc: 'A256GCM' } })).toBe('passed');
  });

  it.each(['rs256', 'XX999', 'toString', '__proto__', 'HPKE-0'])('cantTell of "%s"', (alg) => {
    expect(outcome(rule, { header: { alg } })).toBe('cantTell');
  });

  it.each(['none', 'None', 'NONE'])('is inapplicable to "%s", of which another rule speaks', (alg) => {
    expect(outcome(rule, { header: { alg } })).toBe('inapplicable');
  });

  it.each(['opaque', 'malformed'] as const)('is inapplicable to what is %s', (form) => {
    expect(outcome(rule, { form })).toBe('inapplicable');
  });
});
