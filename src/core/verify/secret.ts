import { base64url } from 'jose';
import { t } from '../text.ts';

/** Longer than any secret that is shared. */
const MAX_LENGTH = 4_096;

/**
 * Reads the secret of an HMAC (RFC 7518 §3.2) as a person wrote it.
 * @param encoding `text`: its UTF-8 octets; `base64url`: what it encodes, in base64 or base64url
 * @returns the octets, or why it can't be read, in a clause for people
 */
export function readSecret(secret: string, encoding: 'text' | 'base64url'): Uint8Array | string {
  if (secret === '') return t`there is nothing`;
  if (secret.length > MAX_LENGTH) return t`it is longer than ${MAX_LENGTH} characters`;
  // The classic confusion: whoever knows the public key could then sign (RFC 8725 §2.1).
  if (/-----BEGIN |"kty"\s*:/.test(secret))
    return t`it is a key, not a secret: a public key as an HMAC secret would verify forged tokens`;
  if (encoding === 'text') return new TextEncoder().encode(secret);
  const compact = secret.trim().replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  try {
    const octets = /^[\w-]+$/.test(compact) ? base64url.decode(compact) : new Uint8Array();
    return octets.length === 0 ? t`it is not base64` : octets;
  } catch {
    return t`it is not base64`;
  }
}
