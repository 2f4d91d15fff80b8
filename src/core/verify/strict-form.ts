import { base64url } from 'jose';
import { duplicateName } from '../syntax/duplicate-names.ts';
import { t } from '../text.ts';

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
  if (parts.length !== 3) return t`it has not three parts`;
  for (const [index, part] of parts.entries()) {
    const words = PARTS[index] ?? SIGNATURE;
    if (part.includes('=')) return words.padded;
    if (!/^[\w-]*$/.test(part) || part.length % 4 === 1) return words.notBase64url;
    if (!isCanonical(part)) return words.notCanonical;
    if (words.twice === null) continue;
    const twice = duplicateName(utf8.decode(base64url.decode(part)));
    if (twice !== null) return words.twice(twice.slice(0, 64));
  }
  return null;
}

interface PartWords {
  readonly padded: string;
  readonly notBase64url: string;
  readonly notCanonical: string;
  /** null for what is no JSON. */
  readonly twice: ((name: string) => string) | null;
}

const SIGNATURE: PartWords = {
  padded: t`its signature is padded with "=" (RFC 7515 §2)`,
  notBase64url: t`its signature is not base64url (RFC 7515 §2)`,
  notCanonical: t`its signature has bits behind its last octet (RFC 4648 §3.5)`,
  twice: null,
};

const PARTS: readonly PartWords[] = [
  {
    padded: t`its JOSE Header is padded with "=" (RFC 7515 §2)`,
    notBase64url: t`its JOSE Header is not base64url (RFC 7515 §2)`,
    notCanonical: t`its JOSE Header has bits behind its last octet (RFC 4648 §3.5)`,
    twice: (name) => t`its JOSE Header has "${name}" twice, and receivers differ in which one they read`,
  },
  {
    padded: t`its JWT Claims Set is padded with "=" (RFC 7515 §2)`,
    notBase64url: t`its JWT Claims Set is not base64url (RFC 7515 §2)`,
    notCanonical: t`its JWT Claims Set has bits behind its last octet (RFC 4648 §3.5)`,
    twice: (name) => t`its JWT Claims Set has "${name}" twice, and receivers differ in which one they read`,
  },
  SIGNATURE,
];
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
