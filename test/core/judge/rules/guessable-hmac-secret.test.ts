import { describe, expect, it } from 'vitest';
import { guessableHmacSecret } from '../../../../src/core/judge/rules/guessable-hmac-secret.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = guessableHmacSecret;
const header = { alg: 'HS256' };

describe('guessable-hmac-secret', () => {
  it.each(['id_token', 'access_token', 'session_token', 'unknown_jwt', 'refresh_token'] as const)(
    'a token of kind %s with such a secret fails',
    (kind) => {
      expect(outcome(rule, { kind, header, guessableSecret: true })).toBe('failed');
    },
  );

  it('names the algorithm and the host, and not the secret', () => {
    expect(judged(rule, { header, guessableSecret: true })).toMatchObject({
      what: expect.stringMatching(/^The HS256 token that was sent to api\.example /),
      evidence: ['Its signature was made again with a secret from a short list of well-known ones.'],
    });
  });

  it.each(['localhost:54321', '127.0.0.1:3000', 'app.localhost'])(
    'no false alarm: a vendor’s kit on one’s own machine (%s) is a notice',
    (host) => {
      expect(outcome(rule, { header, guessableSecret: true, host })).toBe('failed: notice');
    },
  );

  it('passes where none of the well-known secrets made its signature', () => {
    expect(outcome(rule, { header })).toBe('passed');
  });

  it('is inapplicable to other algorithms and forms', () => {
    expect(outcome(rule, {})).toBe('inapplicable');
    for (const form of ['opaque', 'jwe', 'malformed'] as const)
      expect(outcome(rule, { form })).toBe('inapplicable');
  });
});
