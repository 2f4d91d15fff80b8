import { base64Text } from '../syntax/base64.ts';
import { parseJson } from '../syntax/json.ts';
import { looksLikeJwt } from '../syntax/jwt-shape.ts';
import type { Sightings } from './sightings.ts';
import { withSignatures } from './split-signature.ts';

/** Browsers keep no more for one host (RFC 6265 §6.1 asks for 50 at least). */
const MAX_COOKIES = 512;

/** A cookie holds 4,096 octets: longer values are cut, and the pieces are numbered from 0 or 1. */
const PIECE = /^(.+?)(?:[.-]|_{1,2})(?:part|chunk)?(\d{1,2})$/i;

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/**
 * Tokens among cookies (RFC 6265 §4.2): plain, percent-encoded, cut into pieces, with the signature in a cookie of its own,
 * signed by Express ("s:"), wrapped in JSON ("j:", as Express has it, or bare) or in base64 ("base64-", as Supabase has it).
 */
export function fromCookies(header: string, found: Sightings): void {
  if (!found.mayHold(header)) return;
  const cookies = joined(parsed(header)).map(({ name, value }) => ({ name, value: unwrapped(value) }));
  for (const { name, value: text } of withSignatures(cookies)) {
    const json = /^\s*[[{]/.test(text) ? parseJson(text) : null;
    if (json === null) found.value('cookie', name, text);
    else found.inside(name, () => found.json('cookie', '', json.value));
  }
}

function parsed(header: string): readonly Cookie[] {
  return header
    .split(';', MAX_COOKIES)
    .map((pair) => {
      const equals = pair.indexOf('=');
      return { name: pair.slice(0, Math.max(equals, 0)).trim(), value: pair.slice(equals + 1).trim() };
    })
    .filter(({ value }) => value !== '');
}

/** Puts pieces together; what is whole by itself stays so. */
function joined(cookies: readonly Cookie[]): readonly Cookie[] {
  const pieces = new Map<string, Map<number, string>>();
  const whole: Cookie[] = [];
  for (const cookie of cookies) {
    const [, base, number] = PIECE.exec(cookie.name) ?? [];
    if (base === undefined) whole.push(cookie);
    else pieces.set(base, (pieces.get(base) ?? new Map()).set(Number(number), cookie.value));
  }
  for (const [name, values] of pieces) {
    const sorted = [...values].sort(([a], [b]) => a - b);
    const [first = 0] = sorted[0] ?? [];
    const isCut =
      first <= 1 &&
      sorted.every(([number, value], index) => {
        // Only the first piece has a header.
        return number === first + index && (index === 0 || !looksLikeJwt(unwrapped(value)));
      });
    if (isCut)
      whole.push({ name, value: sorted.map(([, value]) => value.replace(/^"(.*)"$/s, '$1')).join('') });
    else for (const [number, value] of sorted) whole.push({ name: `${name}.${number}`, value });
  }
  return whole;
}

function unwrapped(value: string): string {
  let text = value.replace(/^"(.*)"$/s, '$1');
  if (/%[0-9a-f]{2}/i.test(text)) text = decoded(text);
  // https://www.npmjs.com/package/cookie-signature: the value, a dot, and an HMAC-SHA256.
  if (text.startsWith('s:')) text = text.slice(2).replace(/\.[\w+/]{43}$/, '');
  if (text.startsWith('j:')) return text.slice(2);
  return text.startsWith('base64-') ? (base64Text(text.slice(7)) ?? text) : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
