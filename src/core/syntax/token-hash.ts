import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { base64url } from 'jose';
import { fingerprint } from './fingerprint.ts';

const utf8 = new TextEncoder();

type Hash = (bytes: Uint8Array) => Uint8Array;

/** The hash of a JWS algorithm (RFC 7518 §3.1); of EdDSA the one that Ed25519 uses itself (RFC 8032 §5.1). */
function hashOf(alg: string): Hash | null {
  if (/^(?:HS|RS|PS|ES)256$/.test(alg)) return sha256;
  if (/^(?:HS|RS|PS|ES)384$/.test(alg)) return sha384;
  if (/^(?:(?:HS|RS|PS|ES)512|EdDSA|Ed25519)$/.test(alg)) return sha512;
  return null;
}

/**
 * What an ID token says of a value that came beside it, as `at_hash` or `c_hash` (OpenID Connect Core 1.0 §3.1.3.6,
 * §3.3.2.11): the left half of its hash.
 * @param alg of the ID token's JOSE Header
 * @param value the access token or the code, as sent
 * @returns base64url; null for an algorithm whose hash is not known
 */
export function tokenHash(alg: string, value: string): string | null {
  const hash = hashOf(alg)?.(utf8.encode(value));
  return hash === undefined ? null : base64url.encode(hash.subarray(0, hash.length / 2));
}

/** True where the standards say which hash goes with an algorithm (OpenID Connect Core 1.0 §3.1.3.6, RFC 7518 §3.1). */
export function hasAgreedHash(alg: string): boolean {
  return /^(?:HS|RS|PS|ES)(?:256|384|512)$/.test(alg);
}

/**
 * Names a nonce without telling it. A plus sign that was sent unencoded reads as a space (URL Standard,
 * application/x-www-form-urlencoded), but not to every server: the two are one here.
 */
export function nonceHash(nonce: string): string {
  return fingerprint(nonce.replaceAll(' ', '+'));
}

/** What a PKCE verifier makes with the method S256 (RFC 7636 §4.2). */
export function pkceChallenge(verifier: string): string {
  return base64url.encode(sha256(utf8.encode(verifier)));
}
