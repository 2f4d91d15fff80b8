import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { CLIENT_ID } from './origins.ts';
import { ADA } from './people.ts';

/** A signing key pair of the lab. */
export type SigningKey = {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** The private key as a JWK, with `kid`, `alg` and `use`. */
  readonly privateJwk: JWK;
};

/** A fresh RS256 key pair; its `kid` is its thumbprint (RFC 7638). */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, privateJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } };
}

/** @returns now, in seconds since the epoch (RFC 7519 §2, NumericDate) */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Signs any JWT with RS256. What `header` and `claims` say is signed as it is. */
export function signJwt(
  key: SigningKey,
  claims: JWTPayload,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
    .sign(key.privateKey);
}

/**
 * Signs a JWT access token (RFC 9068, section 2) that looks like the provider's own, for the habits whose tokens the
 * provider would never hand out: one that has expired, one under a key that nobody published. It is good for an hour
 * from now where `claims` don't say otherwise.
 */
export function signAccessToken(key: SigningKey, claims: JWTPayload): Promise<string> {
  const issuedAt = nowSeconds();
  const usual = {
    client_id: CLIENT_ID,
    sub: ADA.sub,
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + 3600,
  };
  return signJwt(key, { ...usual, ...claims }, { typ: 'at+jwt' });
}
