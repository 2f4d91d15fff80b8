import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { CLIENT_ID } from './origins.ts';
import { ADA } from './people.ts';

/** A signing key pair of the lab. */
export type SigningKey = {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** The private key as a JWK, with `kid`, `alg` and `use`. */
  readonly privateJwk: JWK;
};

/** Who issues a made-up access token, for which resource, and when it expires. */
export type AccessTokenClaims = {
  readonly issuer: string;
  readonly audience: string;
  readonly scope: string;
  /** Seconds from now; negative for a token that has expired. Its `iat` lies an hour before. */
  readonly expiresInSeconds: number;
};

const HOUR_SECONDS = 3600;

/** A fresh RS256 key pair; its `kid` is its thumbprint (RFC 7638). */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, privateJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } };
}

/**
 * Signs a JWT access token (RFC 9068, section 2) that looks like the provider's own, for the habits whose tokens the
 * provider would never hand out: one that has expired, one under a key that nobody published.
 */
export function signAccessToken(key: SigningKey, claims: AccessTokenClaims): Promise<string> {
  const expiresAt = Math.floor(Date.now() / 1000) + claims.expiresInSeconds;
  return new SignJWT({ scope: claims.scope, client_id: CLIENT_ID })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(ADA.sub)
    .setJti(randomUUID())
    .setIssuedAt(expiresAt - HOUR_SECONDS)
    .setExpirationTime(expiresAt)
    .sign(key.privateKey);
}
