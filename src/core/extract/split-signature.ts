import { base64Text } from '../syntax/base64.ts';
import { isJsonObject, parseJson, stringMember } from '../syntax/json.ts';
import { looksLikeJwt } from '../syntax/jwt-shape.ts';
import type { Cookie } from './cookies.ts';

/**
 * How a cookie with a token's header and payload and the one with its signature are called, after a common beginning:
 * `jwt_hp` and `jwt_s` (https://github.com/lexik/LexikJWTAuthenticationBundle, "split_cookie"), `payload` and `signature`,
 * `token` and `token.sig`. Names of other cookies say nothing of the kind, whatever their values look like.
 */
const SIGNED = /(?:[-_.]hp|[-_.]?header[-_.]?payload|[-_.]?payload)$/i;
const SIGNATURE = /(?:[-_.](?:s|sig|sign)|[-_.]?signature)$/i;

/** Octets of a signature by algorithm (RFC 7518 §3.2 to §3.5, RFC 8037 §3.1): a session's id is hardly ever of that length. */
const SIGNATURE_OCTETS: readonly (readonly [RegExp, (octets: number) => boolean])[] = [
  [/^HS256$/, (octets) => octets === 32],
  [/^HS384$/, (octets) => octets === 48],
  [/^HS512$/, (octets) => octets === 64],
  [/^ES256K?$/, (octets) => octets === 64],
  [/^ES384$/, (octets) => octets === 96],
  [/^ES512$/, (octets) => octets === 132],
  [/^Ed(?:DSA|25519)$/, (octets) => octets === 64],
  // The modulus of an RSA key: 2,048 bits at least (§3.3), and more in steps.
  [/^[RP]S(?:256|384|512)$/, (octets) => octets >= 256 && octets <= 1_024 && octets % 32 === 0],
];

/**
 * Puts a JWT together again whose signature is in a cookie of its own, which scripts can't read: the header and the payload
 * are in one that they can. Only where one cookie is a JOSE Header and a Claims Set, and one other, which is called after
 * it, has the length that a signature by the header's algorithm has. Cookies of which several may belong together stay
 * alone: a wrong signature would look like a forged token.
 */
export function withSignatures(cookies: readonly Cookie[]): readonly Cookie[] {
  const halves = cookies.flatMap((cookie) => {
    const alg = algorithmOf(cookie.value);
    return alg === null ? [] : [{ cookie, alg }];
  });
  if (halves.length === 0) return cookies;
  const pairs = halves.flatMap(({ cookie, alg }) =>
    cookies
      .filter((other) => isCalledAfter(other.name, cookie.name) && isSignature(other.value, alg))
      .map((signature) => ({ signed: cookie, signature })),
  );
  const sure = pairs.filter(
    (pair) =>
      pairs.filter(({ signed, signature }) => signed === pair.signed || signature === pair.signature)
        .length === 1,
  );
  const used = new Set(sure.flatMap(({ signed, signature }) => [signed, signature]));
  return [
    ...cookies.filter((cookie) => !used.has(cookie)),
    ...sure.map(({ signed, signature }) => ({
      name: `${signed.name} + ${signature.name}`,
      value: `${signed.value}.${signature.value}`,
    })),
  ];
}

/** The algorithm of a JWT that lacks its signature; null for any other value. */
function algorithmOf(value: string): string | null {
  // Cheap, for most cookies are nothing of the kind.
  if (!looksLikeJwt(`${value}.`)) return null;
  const [header = '', payload = '', ...more] = value.split('.', 3);
  if (more.length > 0) return null;
  const [head, claims] = [header, payload].map((part) => parseJson(base64Text(part) ?? '')?.value);
  return isJsonObject(head) && isJsonObject(claims) ? stringMember(head, 'alg') : null;
}

function isSignature(value: string, alg: string): boolean {
  if (!/^[\w-]{43,1366}={0,2}$/.test(value)) return false;
  const octets = Math.floor((value.replace(/=+$/, '').length * 3) / 4);
  return SIGNATURE_OCTETS.some(([name, fits]) => name.test(alg) && fits(octets));
}

/** `jwt_s` for `jwt_hp`, `signature` for `payload`; `token.sig` for `token`. */
function isCalledAfter(signature: string, signed: string): boolean {
  const stem = signature.replace(SIGNATURE, '');
  if (stem === signature) return false;
  return stem === signed || (SIGNED.test(signed) && stem === signed.replace(SIGNED, ''));
}
