import { base64url } from 'jose';
import { duplicateName } from '../syntax/duplicate-names.ts';

const utf8 = new TextDecoder();

/**
 * Why a token that could be read is still not written as RFC 7515 has it: base64url without padding and other characters
 * (§2), no bits behind the last octet (RFC 4648 §3.5), no name twice in an object (§4; RFC 7519 §4). Receivers differ in what
 * they make of such a token: what one verifies, another reads otherwise.
 * @param jws header, payload and signature, without what an SD-JWT has behind
 * @returns a clause for people, null where it is as it should be
 */
export function whyNotStrict(jws: string): string | null {
  const parts = jws.split('.', 4);
  if (parts.length !== 3) return 'it has not three parts';
  for (const [index, part] of parts.entries()) {
    const name = PARTS[index] ?? '';
    if (part.includes('=')) return `its ${name} is padded with "=" (RFC 7515 §2)`;
    if (!/^[\w-]*$/.test(part) || part.length % 4 === 1) return `its ${name} is not base64url (RFC 7515 §2)`;
    if (!isCanonical(part)) return `its ${name} has bits behind its last octet (RFC 4648 §3.5)`;
    if (index === 2) continue;
    const twice = duplicateName(utf8.decode(base64url.decode(part)));
    if (twice !== null)
      return `its ${name} has "${twice.slice(0, 64)}" twice, and receivers differ in which one they read`;
  }
  return null;
}

const PARTS: readonly string[] = ['JOSE Header', 'JWT Claims Set', 'signature'];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function isCanonical(part: string): boolean {
  const last = ALPHABET.indexOf(part.at(-1) ?? 'A');
  switch (part.length % 4) {
    case 2:
      return (last & 0x0f) === 0;
    case 3:
      return (last & 0x03) === 0;
    default:
      return true;
  }
}
