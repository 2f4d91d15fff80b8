import type { HttpBody, HttpExchange, UnseenReason } from '../model/exchange.ts';
import type { JsonValue } from '../model/json.ts';
import type { SightingLocation, TokenSighting } from '../model/token.ts';
import { parseJson } from '../syntax/json.ts';
import { looksLikeJwt, MAX_TOKEN_LENGTH } from '../syntax/jwt-shape.ts';
import { fragmentParameters } from '../syntax/url.ts';

/** More tokens than this in one request are an attack or a test of us; the rest is counted. */
const MAX_SIGHTINGS = 32;

/** Parameters whose value is a token by their standard's own definition, opaque or not. */
const TOKEN_PARAMETERS: ReadonlySet<string> = new Set([
  'access_token', // RFC 6750 §2.2, §2.3
  'id_token', // OpenID Connect Core 1.0 §3.2.2.5
  'id_token_hint', // OpenID Connect Core 1.0 §3.1.2.1
  'refresh_token', // RFC 6749 §6
  'subject_token', // RFC 8693 §2.1
  'actor_token', // RFC 8693 §2.1
  'client_assertion', // RFC 7521 §4.2
  'logout_token', // OpenID Connect Back-Channel Logout 1.0 §2.5
]);

/** Authentication schemes whose credentials are one token, beside those whose value looks like a JWT anyway. */
const TOKEN_SCHEMES: ReadonlySet<string> = new Set(['bearer', 'dpop']);

/** What apps send for a token that they don't have (yet): a bug, but no token. */
const NO_TOKENS: ReadonlySet<string> = new Set(['', 'undefined', 'null', 'true', 'false', '[object Object]']);

export interface Extraction {
  readonly sightings: readonly TokenSighting[];
  readonly unseen: readonly UnseenReason[];
}

/**
 * Finds every token that a request carries: in the Authorization header (RFC 6750 §2.1, RFC 9449 §7.1), in other
 * headers, in the URL's query and fragment, in form and JSON bodies.
 * Never throws: what can't be read is named among `unseen`.
 */
export function extract(exchange: HttpExchange): Extraction {
  const found = new Sightings();
  fromHeaders(exchange, found);
  fromUrl(exchange.url, found);
  fromBody(exchange.requestBody, found);
  return { sightings: found.sightings, unseen: found.unseen };
}

class Sightings {
  readonly sightings: TokenSighting[] = [];
  readonly unseen: UnseenReason[] = [];

  add(location: SightingLocation, name: string, scheme: string | null, raw: string): void {
    if (raw.length > MAX_TOKEN_LENGTH) this.unseen.push('token_too_large');
    else if (this.sightings.length >= MAX_SIGHTINGS) {
      if (!this.unseen.includes('too_many_tokens')) this.unseen.push('too_many_tokens');
    } else this.sightings.push({ location, name: name.slice(0, 128), scheme, raw });
  }

  /** A named value: a token where its name says so, or where it looks like a JWT (with its scheme before it, perhaps). */
  addParameter(location: SightingLocation, name: string, value: string): void {
    if (TOKEN_PARAMETERS.has(name) && !NO_TOKENS.has(value)) this.add(location, name, null, value);
    else this.addIfJwt(location, name, value);
  }

  addIfJwt(location: SightingLocation, name: string, value: string): void {
    const bare = value.replace(/^bearer /i, '').trim();
    if (looksLikeJwt(bare)) this.add(location, name, null, bare);
  }
}

function fromHeaders(exchange: HttpExchange, found: Sightings): void {
  for (const { name, value } of exchange.requestHeaders) {
    const lower = name.toLowerCase();
    if (lower === 'authorization' || lower === 'proxy-authorization') fromAuthorization(value, found);
    else if (lower !== 'cookie') found.addIfJwt('header', name, value);
  }
}

/** `Authorization: <scheme> <token68>` (RFC 9110 §11.4). The scheme is case-insensitive. */
function fromAuthorization(value: string, found: Sightings): void {
  const trimmed = value.trim();
  const space = trimmed.search(/\s/);
  if (space === -1) {
    if (looksLikeJwt(trimmed)) found.add('authorization_header', 'Authorization', null, trimmed);
    else if (TOKEN_SCHEMES.has(trimmed.toLowerCase())) found.unseen.push('header_malformed');
    return;
  }
  const scheme = trimmed.slice(0, space).toLowerCase();
  const credentials = trimmed.slice(space).trim();
  if (NO_TOKENS.has(credentials)) found.unseen.push('header_malformed');
  else if (TOKEN_SCHEMES.has(scheme) || looksLikeJwt(credentials)) {
    if (/\s/.test(credentials)) found.unseen.push('header_malformed');
    else found.add('authorization_header', 'Authorization', scheme.slice(0, 32), credentials);
  }
}

function fromUrl(text: string, found: Sightings): void {
  // Most URLs carry no parameters: they are not parsed.
  if (!text.includes('?') && !text.includes('#')) return;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    found.unseen.push('url_malformed');
    return;
  }
  for (const [name, value] of url.searchParams) found.addParameter('query', name, value);
  if (url.hash.includes('=')) {
    for (const [name, value] of fragmentParameters(url)) found.addParameter('fragment', name, value);
  }
}

function fromBody(body: HttpBody, found: Sightings): void {
  if (body.form === 'fields') {
    for (const { name, value } of body.fields) found.addParameter('form_body', name, value);
  } else if (body.form === 'unseen') found.unseen.push(body.reason);
  else if (body.form === 'text' && looksLikeJson(body.text)) {
    const parsed = parseJson(body.text);
    if (parsed === null) found.unseen.push('body_malformed');
    else fromJson(parsed.value, '', found);
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** Walks a JSON value, which `parseJson` has bounded in depth. The name of a value in an array is its array's. */
function fromJson(value: JsonValue, name: string, found: Sightings): void {
  if (typeof value === 'string') found.addParameter('json_body', name, value);
  else if (Array.isArray(value)) for (const item of value) fromJson(item, name, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) fromJson(item, key, found);
  }
}
