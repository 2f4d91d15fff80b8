import { base64url } from 'jose';
import type { JsonObject } from '../model/json.ts';
import type { DecodedToken, Fingerprint } from '../model/token.ts';
import { member, parseJsonObject } from '../syntax/json.ts';
import { MAX_TOKEN_LENGTH } from '../syntax/jwt-shape.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a token. This does NOT validate it: no signature, no claim is checked.
 *
 * JWS Compact Serialization (RFC 7515 §7.1) with a JWT Claims Set (RFC 7519 §7.2), JWE Compact Serialization by its
 * header (RFC 7516 §7.1), the issuer-signed part of an SD-JWT (RFC 9901 §4). All else is opaque, and a JWT that
 * can't be read is malformed, with the reason.
 * @param raw the token as sent, without the scheme
 */
export function decode(raw: string, fingerprint: Fingerprint): DecodedToken {
  if (raw.length > MAX_TOKEN_LENGTH) {
    return { form: 'malformed', fingerprint, reason: `longer than ${MAX_TOKEN_LENGTH} characters: not read` };
  }
  const tilde = raw.indexOf('~');
  const compact = tilde === -1 ? raw : raw.slice(0, tilde);
  const segments = compact.split('.', 6);
  if (segments.length !== 3 && segments.length !== 5) return { form: 'opaque', fingerprint };

  const [first = '', second = '', third = ''] = segments;
  const header = objectOf(first);
  if (header === null) {
    // Opaque tokens have dots too; only what begins like `{"` in base64url was meant as a JOSE Header.
    return first.startsWith('eyJ') && segments.length === 3
      ? { form: 'malformed', fingerprint, reason: 'its JOSE Header is not base64url of a JSON object' }
      : { form: 'opaque', fingerprint };
  }
  if (segments.length === 5) {
    return typeof member(header, 'enc') === 'string'
      ? { form: 'jwe', fingerprint, header }
      : { form: 'malformed', fingerprint, reason: 'five parts as in a JWE, but no "enc" in its header' };
  }
  if (typeof member(header, 'alg') !== 'string') {
    return { form: 'malformed', fingerprint, reason: 'its JOSE Header names no "alg"' };
  }
  const claims = objectOf(second);
  if (claims === null) {
    return { form: 'malformed', fingerprint, reason: 'its JWT Claims Set is not base64url of a JSON object' };
  }
  return { form: 'jwt', fingerprint, header, claims, unsigned: third === '' };
}

function objectOf(segment: string): JsonObject | null {
  try {
    return parseJsonObject(utf8.decode(base64url.decode(segment)));
  } catch {
    return null;
  }
}
