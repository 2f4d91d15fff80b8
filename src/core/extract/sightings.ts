import type { UnseenReason } from '../model/exchange.ts';
import type { JsonValue } from '../model/json.ts';
import type { SightingLocation, TokenSighting } from '../model/token.ts';
import { base64Text } from '../syntax/base64.ts';
import { parseJson } from '../syntax/json.ts';
import { looksLikeJwt, MAX_TOKEN_LENGTH } from '../syntax/jwt-shape.ts';
import { isRequestBody } from '../syntax/location.ts';
import { fragmentParameters, parseUrl } from '../syntax/url.ts';
import { NO_TOKENS, TOKEN_PARAMETERS } from './names.ts';

/** More tokens than this in one request are an attack or a test of us; the rest is counted. */
const MAX_SIGHTINGS = 32;

/** Values in values in values: a token in JSON in base64 in a parameter is as deep as real ones are. */
const MAX_WRAPS = 3;

/** Longer ones are documents and pictures; looking into each would slow the page. */
const MAX_WRAPPED_LENGTH = 65_536;

/** The opaque tokens that were issued in this session: known by what they are, wherever they are sent. */
export interface IssuedTokens {
  /** The lengths that they have: a value of another length is not asked about. */
  readonly lengths: ReadonlySet<number>;
  readonly has: (raw: string) => boolean;
}

/** A session in which no opaque token was issued. */
export const NONE_ISSUED: IssuedTokens = { lengths: new Set(), has: () => false };

/** Collects the tokens of one request, and knows what a token may be wrapped in. */
export class Sightings {
  readonly sightings: TokenSighting[] = [];
  readonly unseen: UnseenReason[] = [];
  readonly #issued: IssuedTokens;
  #within = '';
  #wraps = 0;

  constructor(issued: IssuedTokens) {
    this.#issued = issued;
  }

  add(location: SightingLocation, name: string, scheme: string | null, raw: string): void {
    if (raw.length > MAX_TOKEN_LENGTH) this.note('token_too_large');
    else if (this.sightings.length >= MAX_SIGHTINGS) this.note('too_many_tokens');
    else {
      const whole = [this.#within, name].filter((part) => part !== '').join('.');
      this.sightings.push({ location, name: whole.slice(0, 128), scheme, raw });
    }
  }

  /** Says once what was not seen. */
  note(reason: UnseenReason): void {
    if (!this.unseen.includes(reason)) this.unseen.push(reason);
  }

  /** Names what is found meanwhile after what it stands in. */
  inside(name: string, search: () => void): void {
    const outer = this.#within;
    this.#within = name;
    search();
    this.#within = outer;
  }

  /** True for a value that is a token by itself, whatever it is called: a JWT, or an opaque one that was issued here. */
  isToken(value: string): boolean {
    return looksLikeJwt(value) || this.isIssued(value);
  }

  isIssued(value: string): boolean {
    return this.#issued.lengths.has(value.length) && this.#issued.has(value);
  }

  /** False for text in which no token can be: most of what is sent needs no parsing. */
  mayHold(text: string): boolean {
    return this.#issued.lengths.size > 0 || TELLTALE.test(text);
  }

  /**
   * A named value: a token where its name says so or where it is one by itself, with its scheme before it perhaps, or
   * wrapped in JSON, base64 or a URL.
   */
  value(location: SightingLocation, name: string, value: string): void {
    if (NO_TOKENS.has(value)) return;
    const bare = value.replace(/^bearer /i, '').trim();
    if (this.isToken(bare)) this.add(location, name, null, bare);
    else if (TOKEN_PARAMETERS.has(name)) this.add(location, name, null, value);
    else if (bare.length < value.length && isCredentials(name, bare)) this.add(location, name, null, bare);
    else if (!this.#unwrap(location, name, value) && isRequestBody(location))
      this.embedded(location, name, value);
  }

  /**
   * JWTs that stand in a text, such as a log line, XML or a GraphQL query, and opaque tokens after "Bearer": named after the
   * word before them, or as the text is.
   */
  embedded(location: SightingLocation, name: string, text: string): void {
    if (text.length > MAX_WRAPPED_LENGTH || !MAY_EMBED.test(text)) return;
    for (const [, before, jwt, bearer] of text.matchAll(EMBEDDED)) {
      const raw = (jwt ?? bearer ?? '').replace(/\.+$/, '');
      if (this.isToken(raw)) this.add(location, before ?? name, null, raw);
    }
  }

  /** A JSON value, which `parseJson` has bounded in depth. The name of a value in an array is its array's. */
  json(location: SightingLocation, name: string, value: JsonValue): void {
    if (typeof value === 'string') this.value(location, name, value);
    else if (Array.isArray(value)) for (const item of value) this.json(location, name, item);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) this.json(location, key, item);
    }
  }

  /** The parameters of a URL's query and fragment. */
  parameters(url: URL, query: SightingLocation, fragment: SightingLocation): void {
    for (const [name, value] of url.searchParams) {
      // A query may be a token without a name.
      if (value === '' && looksLikeJwt(name)) this.add(query, '', null, name);
      else this.value(query, name, value);
    }
    if (!url.hash.includes('=')) return;
    for (const [name, value] of fragmentParameters(url)) this.value(fragment, name, value);
  }

  /** @returns true for a value of a form in which tokens are looked for by name */
  #unwrap(location: SightingLocation, name: string, value: string): boolean {
    if (value.length < 24 || value.length > MAX_WRAPPED_LENGTH || this.#wraps >= MAX_WRAPS) return false;
    this.#wraps++;
    let isWrapped = true;
    if (/^\s*[[{]/.test(value)) {
      if (this.mayHold(value)) this.#text(location, name, value);
    } else if (BASE64_JSON.test(value)) this.#text(location, name, base64Text(value));
    else if (/^https?:/i.test(value) && /ey[A-DI-L]|_token=/.test(value)) {
      const url = parseUrl(value);
      if (url !== null) this.parameters(url, location, location);
    } else isWrapped = false;
    this.#wraps--;
    return isWrapped;
  }

  #text(location: SightingLocation, name: string, text: string | null): void {
    const parsed = text === null || !/^\s*[[{]/.test(text) ? null : parseJson(text);
    if (parsed !== null && typeof parsed.value === 'object') this.json(location, name, parsed.value);
  }
}

/** The beginning of a JWT, the end of a token parameter's name, the scheme. */
const TELLTALE = /ey[A-DI-L]|ew[k-r0-3]|WyJ|W3s|token|bearer/i;

/** A JWT with the name before it, where there is one; the word after "Bearer". At most 65,536 characters are searched. */
const EMBEDDED =
  /(?:([\w.-]{1,64})["'\\]{0,3}\s{0,4}[:=>]\s{0,4}["'\\]{0,3}(?:bearer\s{1,4})?)?(?<![\w.-])(e[yw][\w-]{8,}={0,2}\.[\w-]+={0,2}\.[\w.~=-]*)|\bbearer\s{1,4}([\w.~+/=-]{16,})/gi;

/** Cheap: most texts have none. */
const MAY_EMBED = /ey[A-DI-L]|ew[k-r0-3]|bearer\s/i;

/** JSON in base64 begins so: `{"`, `{ `, `{\n`, `["`, `[{`. */
const BASE64_JSON = /^(?:ey[A-DI-L]|ew[k-r0-3]|WyJ|W3s)/;

/** A value after "Bearer " is a token by that scheme, where it is called so: words of prose are none. */
function isCredentials(name: string, value: string): boolean {
  return /auth|token/i.test(name) && isPlausible(value);
}

/** True for what may be an opaque token: one word of some length, not of letters alone. */
export function isPlausible(value: string): boolean {
  return /^[\x21-\x7e]{16,}$/.test(value) && /\d/.test(value);
}
