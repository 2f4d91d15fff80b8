import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { hasGuessableSecret } from '../../../src/core/verify/guessable-secret.ts';
import { GUESSABLE_KEYS_BASE64, GUESSABLE_SECRETS } from '../../../src/core/verify/guessable-secrets.ts';
import { jwt } from '../../fixtures/jwt.ts';

const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

function signed(alg: string, key: string | Buffer, claims: JsonObject = { sub: '1234567890' }): string {
  const unsigned = jwt({ alg, typ: 'JWT' }, claims, '').replace(/\.$/, '');
  const signature = createHmac(HASHES[alg] ?? 'sha256', key).update(unsigned);
  return `${unsigned}.${signature.digest('base64url')}`;
}

const isGuessable = (raw: string) => hasGuessableSecret(raw, decode(raw, 'a-fingerprint'));

describe('hasGuessableSecret', () => {
  it.each(['HS256', 'HS384', 'HS512'])('finds what the tutorials sign with %s', (alg) => {
    for (const secret of ['secret', 'your-256-bit-secret', 'a-string-secret-at-least-256-bits-long', ''])
      expect(isGuessable(signed(alg, secret))).toBe(true);
  });

  it('finds the first token of jwt.io', () => {
    expect(
      isGuessable(
        'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
      ),
    ).toBe(true);
  });

  it('finds the example of RFC 7515 §A.1, whose key is given in base64url', () => {
    const [key = ''] = GUESSABLE_KEYS_BASE64;
    expect(isGuessable(signed('HS256', Buffer.from(key, 'base64url')))).toBe(true);
  });

  it('finds it where the signature is padded, and in the issuer’s part of an SD-JWT', () => {
    expect(isGuessable(`${signed('HS256', 'secret')}=`)).toBe(true);
    expect(isGuessable(`${signed('HS256', 'secret')}~WyJhIl0~`)).toBe(true);
  });

  it('finds nothing of a random secret', () => {
    expect(isGuessable(signed('HS256', Buffer.from('4f1a7c9e55d02b8366e1aa90bd77c2f4', 'hex')))).toBe(false);
  });

  it('looks at no other algorithm, and at nothing that was changed since', () => {
    expect(isGuessable(signed('RS256', 'secret'))).toBe(false);
    expect(isGuessable(jwt({ alg: 'HS256' }, { sub: '1' }))).toBe(false);
    expect(isGuessable(jwt({ alg: 'HS256' }, { sub: '1' }, ''))).toBe(false);
    expect(isGuessable(signed('HS256', 'secret').replace('.', 'A.'))).toBe(false);
  });

  it('does not spend its time on tokens that are longer than any tutorial’s', () => {
    expect(isGuessable(signed('HS256', 'secret', { x: 'x'.repeat(8192) }))).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, rest) => {
        const raw = `${signed('HS256', first)}${rest}`;
        expect(typeof isGuessable(raw)).toBe('boolean');
      }),
      { numRuns: 30 },
    );
  });
});

describe('the list', () => {
  it('has each secret once, and few enough that a token is tried in a few ms', () => {
    const all = [...GUESSABLE_SECRETS, ...GUESSABLE_KEYS_BASE64];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeLessThanOrEqual(200);
  });
});
