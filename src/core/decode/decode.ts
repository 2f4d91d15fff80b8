import { base64url } from 'jose';
import type { JsonObject } from '../model/json.ts';
import type { DecodedToken, Fingerprint } from '../model/token.ts';
import { member, parseJsonObject } from '../syntax/json.ts';
import { MAX_TOKEN_LENGTH } from '../syntax/jwt-shape.ts';
import { t } from '../text.ts';

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
    return {
      form: 'malformed',
      fingerprint,
      reason: t`longer than ${MAX_TOKEN_LENGTH} characters: not read`,
    };
  }
  const tilde = raw.indexOf('~');
  const compact = tilde === -1 ? raw : raw.slice(0, tilde);
  const segments = compact.split('.', 6);
  if (segments.length !== 3 && segments.length !== 5) return { form: 'opaque', fingerprint };

  const [first = '', second = '', third = ''] = segments;
  const header = headerOf(first);
  if (header === null) {
    // Opaque tokens have dots too; only what begins like `{"` in base64url was meant as a JOSE Header.
    return first.startsWith('eyJ') && segments.length === 3
      ? { form: 'malformed', fingerprint, reason: t`its JOSE Header is not base64url of a JSON object` }
      : { form: 'opaque', fingerprint };
  }
  if (segments.length === 5) {
    return typeof member(header, 'enc') === 'string'
      ? { form: 'jwe', fingerprint, header }
      : { form: 'malformed', fingerprint, reason: t`five parts as in a JWE, but no "enc" in its header` };
  }
  if (typeof member(header, 'alg') !== 'string') {
    return { form: 'malformed', fingerprint, reason: t`its JOSE Header names no "alg"` };
  }
  const claims = objectOf(second);
  if (claims === null) {
    return {
      form: 'malformed',
      fingerprint,
      reason: t`its JWT Claims Set is not base64url of a JSON object`,
    };
  }
  return { form: 'jwt', fingerprint, header, claims, unsigned: third === '' };
}

function objectOf(segment: string): JsonObject | null {
  const text = decodedText(segment);
  return text === null ? null : parseJsonObject(text);
}

/** @returns the text that a segment encodes in UTF-8, null where it encodes none */
function decodedText(segment: string): string | null {
  try {
    // Padding and white space that some writers leave are read here; whether a token is written as it should be, is another question.
    if (/[^\w=-]/.test(segment)) return utf8.decode(base64url.decode(segment));
    const binary = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
    // Of ASCII, each octet is its character.
    return /^[\x20-\x7e]*$/.test(binary) ? binary : utf8.decode(base64url.decode(segment));
  } catch {
    return null;
  }
}

/** JOSE Headers that were seen last: an issuer writes the same one into every token. */
const headers = new Map<string, JsonObject>();
const MAX_HEADERS = 64;
const MAX_HEADER_LENGTH = 1_024;

function headerOf(segment: string): JsonObject | null {
  const known = headers.get(segment);
  if (known !== undefined) return known;
  const header = objectOf(segment);
  if (header === null || segment.length > MAX_HEADER_LENGTH) return header;
  if (headers.size >= MAX_HEADERS) headers.clear();
  headers.set(segment, header);
  return header;
}
