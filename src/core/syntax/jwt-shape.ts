import { base64url } from 'jose';
import { parseJsonObject, stringMember } from './json.ts';

/** Longer than any header a server takes. What is longer is not read. */
export const MAX_TOKEN_LENGTH = 65_536;

/**
 * What a JWT (JWS or JWE, compact) looks like: cheap enough for every value of every request. It begins with a brace
 * and a quote or white space, in base64url: names with dots (`eyewear-shop.example.com`, `ewallet.min.js`) don't. A
 * JWS without payload is detached (RFC 7515 §F), and signs a message: it is no token.
 */
const JWT_SHAPE =
  /^(?:ey[A-DI-L]|ew[k-r0-3])[\w-]{7,}={0,2}\.(?:[\w-]+={0,2}\.[\w-]*={0,2}|[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+)(?:~[\w~.=-]*)?$/;

/** True where a value that nothing names as a token is shaped like a JWT. */
export function looksLikeJwt(value: string): boolean {
  if (value.length < 20 || value.length > MAX_TOKEN_LENGTH || value.charCodeAt(0) !== 0x65) return false;
  return JWT_SHAPE.test(value);
}

/** @returns the `alg` that a JWT's JOSE Header names, unchecked; null where there is none to read */
export function jwtAlgorithm(raw: string): string | null {
  const end = raw.indexOf('.');
  if (end <= 0 || end > 4096) return null;
  try {
    const header = parseJsonObject(new TextDecoder().decode(base64url.decode(raw.slice(0, end))));
    return header === null ? null : stringMember(header, 'alg');
  } catch {
    return null;
  }
}
