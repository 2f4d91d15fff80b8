import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { base64url } from 'jose';
import type { DecodedToken } from '../model/token.ts';
import { stringMember } from '../syntax/json.ts';
import { GUESSABLE_KEYS_BASE64, GUESSABLE_SECRETS } from './guessable-secrets.ts';

const utf8 = new TextEncoder();

const KEYS: readonly Uint8Array[] = [
  ...GUESSABLE_SECRETS.map((secret) => utf8.encode(secret)),
  ...GUESSABLE_KEYS_BASE64.map((key) => base64url.decode(key)),
];

/** RFC 7518 §3.2. */
const HASHES: Readonly<Record<string, Parameters<typeof hmac>[0]>> = {
  HS256: sha256,
  HS384: sha384,
  HS512: sha512,
};

/** Longer tokens are not tried: a page could make us hash for seconds. None that is signed with a tutorial's secret is. */
const MAX_LENGTH = 4096;

/**
 * True where a token's HMAC was made with a secret that stands in documentation or tutorials: whoever reads those can
 * write such tokens (RFC 8725 §3.5). A few ms once for a token; says nothing of which secret it is.
 * @param raw the token as sent
 */
export function hasGuessableSecret(raw: string, token: DecodedToken): boolean {
  if (token.form !== 'jwt' || raw.length > MAX_LENGTH) return false;
  const alg = stringMember(token.header, 'alg') ?? '';
  const hash = Object.hasOwn(HASHES, alg) ? HASHES[alg] : undefined;
  if (hash === undefined) return false;
  // Of an SD-JWT, the part that its issuer signed (RFC 9901 §4).
  const jws = raw.split('~', 1)[0] ?? raw;
  const end = jws.lastIndexOf('.');
  const signature = jws.slice(end + 1).replace(/=+$/, '');
  if (signature === '') return false;
  const signed = utf8.encode(jws.slice(0, end));
  return KEYS.some((key) => base64url.encode(hmac(hash, key, signed)) === signature);
}
