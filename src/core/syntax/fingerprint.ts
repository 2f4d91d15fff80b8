import { sha256 } from '@noble/hashes/sha2.js';
import { base64url } from 'jose';
import type { Fingerprint } from '../model/token.ts';

const utf8 = new TextEncoder();

/**
 * Names a token without telling it: what is recorded and shown in the token's stead.
 * @param raw the token as it was sent, without the scheme
 * @returns SHA-256 (FIPS 180-4) of its UTF-8 octets, base64url without padding (RFC 7515 §2)
 */
export function fingerprint(raw: string): Fingerprint {
  return base64url.encode(sha256(utf8.encode(raw)));
}
