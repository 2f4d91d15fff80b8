import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { readSecret } from '../../../src/core/verify/secret.ts';
import { verifyWithSecret } from '../../../src/core/verify/signature.ts';
import { jwt } from '../../fixtures/jwt.ts';

const CLAIMS = { iss: 'https://login.example', sub: 'ada' };

describe('what a person writes as a secret', () => {
  const octets = (text: string) => Array.from(new TextEncoder().encode(text));
  const read = (secret: string, encoding: 'text' | 'base64url') => {
    const taken = readSecret(secret, encoding);
    return typeof taken === 'string' ? taken : Array.from(taken);
  };

  it('as text is its octets, white space and all', () => {
    expect(read(' gäste ', 'text')).toEqual(octets(' gäste '));
  });

  it.each(['-_8', '+/8=', ' -_8\n'])('as base64 is what it encodes: "%s"', (secret) => {
    expect(read(secret, 'base64url')).toEqual([251, 255]);
  });

  it.each(['%%', '=', 'a b', 'A'])('as base64 is not "%s"', (secret) => {
    expect(read(secret, 'base64url')).toBe('it is not base64');
  });

  it('is not nothing, nor longer than any', () => {
    expect(read('', 'text')).toBe('there is nothing');
    expect(read('x'.repeat(4_097), 'text')).toBe('it is longer than 4096 characters');
  });

  it.each(['-----BEGIN PUBLIC KEY-----\nMIIB', '{"kty":"RSA","n":"x"}', '{"keys":[{"kty" : "EC"}]}'])(
    'is no key: with "%s" whoever knows it could sign (RFC 8725 §2.1)',
    (key) => {
      expect(read(key, 'text')).toMatch(/it is a key, not a secret/);
      expect(read(key, 'base64url')).toMatch(/it is a key, not a secret/);
    },
  );
});

describe('with a secret that a person gave', () => {
  const secret = new TextEncoder().encode(
    'a secret of more octets than any of the hashes has: 64 and some more',
  );
  const made = async (alg: string, by = secret) => {
    const raw = await new SignJWT(CLAIMS).setProtectedHeader({ alg }).sign(by);
    const token = decode(raw, 'f');
    if (token.form !== 'jwt') throw new Error(`The test's own token is ${token.form}.`);
    return { raw, token };
  };

  it.each(['HS256', 'HS384', 'HS512'])('%s is verified, and said to be made with it', async (alg) => {
    const { raw, token } = await made(alg);
    expect(await verifyWithSecret(raw, token, secret)).toMatchObject({
      status: 'verified',
      key: { type: 'oct', bits: secret.length * 8, from: 'person' },
    });
  });

  it('that made no such signature, nobody can tell which of both is wrong', async () => {
    const { raw, token } = await made('HS256', secret.slice(1));
    expect(await verifyWithSecret(raw, token, secret)).toMatchObject({
      status: 'unverifiable',
      reason: 'key_rejected',
    });
  });

  it.each(['RS256', 'none', 'HS1', 'hs256'])('alg "%s" takes none', async (alg) => {
    const raw = jwt({ alg }, CLAIMS);
    const { token } = await made('HS256');
    const other = { ...token, header: { alg } };
    expect(await verifyWithSecret(raw, other, secret)).toMatchObject({ reason: 'key_rejected' });
  });
});
