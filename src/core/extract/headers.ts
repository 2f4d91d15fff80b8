import type { HttpExchange } from '../model/exchange.ts';
import { base64Text } from '../syntax/base64.ts';
import { looksLikeJwt } from '../syntax/jwt-shape.ts';
import { fromCookies } from './cookies.ts';
import { BROWSER_HEADERS, NO_TOKENS, TOKEN_HEADERS, TOKEN_SCHEMES } from './names.ts';
import { isPlausible, type Sightings } from './sightings.ts';

export function fromHeaders(exchange: HttpExchange, found: Sightings): void {
  for (const { name, value } of exchange.requestHeaders) {
    const lower = name.toLowerCase();
    if (lower === 'authorization' || lower === 'proxy-authorization')
      fromAuthorization(value, isTokenRequest(exchange), found);
    else if (lower === 'cookie') {
      if (!isAsset(exchange)) fromCookies(value, found);
    } else if (lower === 'sec-websocket-protocol') fromSubprotocols(value, found);
    else if (!BROWSER_HEADERS.has(lower) && !/^(?:sec|access-control)-/.test(lower))
      fromHeader(name, lower, value, found);
  }
}

/**
 * `Authorization: <scheme> <token68>` (RFC 9110 §11.4). The scheme is case-insensitive.
 * @param isTokenRequest then Basic credentials are the client's own (RFC 6749 §2.3.1)
 */
function fromAuthorization(value: string, isTokenRequest: boolean, found: Sightings): void {
  const add = (scheme: string | null, raw: string) =>
    found.add('authorization_header', 'Authorization', scheme?.slice(0, 32) ?? null, raw);
  // "Bearer=…" is a mistake that some servers forgive.
  const trimmed = value.trim().replace(/^bearer\s*=\s*/i, 'Bearer ');
  const space = trimmed.search(/\s/);
  if (space === -1) {
    if (found.isToken(trimmed)) add(null, trimmed);
    else if (TOKEN_SCHEMES.has(trimmed.toLowerCase())) found.note('header_malformed');
    return;
  }
  const scheme = trimmed.slice(0, space).toLowerCase();
  // Who stores a token as JSON and forgets to parse it sends it with its quotes.
  const credentials = unquoted(trimmed.slice(space).trim());
  // Rails: `Token token="…", nonce="…"`. OAuth 1.0 has parameters too (RFC 5849 §3.5.1), and no token among them.
  const parameter = /^token="?([^",\s]+)"?(?:,|$)/i.exec(credentials)?.[1];
  if (NO_TOKENS.has(credentials)) found.note('header_malformed');
  else if (scheme === 'basic') {
    if (!isTokenRequest) for (const raw of basicParts(credentials)) if (found.isToken(raw)) add(scheme, raw);
  } else if (parameter !== undefined) {
    if (found.isToken(parameter)) add(scheme, parameter);
  } else if (/^[[{]/.test(credentials)) {
    found.inside('Authorization', () => found.value('authorization_header', '', credentials));
  } else if (/\s/.test(credentials)) {
    // The scheme twice, mostly.
    const last = credentials.slice(credentials.search(/\S+$/));
    if (TOKEN_SCHEMES.has(scheme) && looksLikeJwt(last)) add(scheme, last);
    else if (TOKEN_SCHEMES.has(scheme) && !/=\s*"/.test(credentials)) found.note('header_malformed');
  } else if (found.isToken(credentials) || (TOKEN_SCHEMES.has(scheme) && !/="/.test(credentials)))
    add(scheme, credentials);
}

/** User and password (RFC 7617 §2): some servers take a token in place of one of them. */
function basicParts(credentials: string): readonly string[] {
  const text = base64Text(credentials) ?? '';
  const colon = text.indexOf(':');
  return colon === -1 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}

function fromHeader(name: string, lower: string, value: string, found: Sightings): void {
  const bare = unquoted(value.replace(/^bearer\s+/i, '').trim());
  if (TOKEN_HEADERS.has(lower) && isPlausible(bare)) found.add('header', name, null, bare);
  else found.value('header', name, bare.length < value.length && found.isToken(bare) ? bare : value);
}

/**
 * `Sec-WebSocket-Protocol` (RFC 6455 §11.3.4): the one header that a page can set when it opens a WebSocket, so tokens
 * are smuggled in it. In turn: alone; as the word after "bearer"; behind a prefix; base64url-wrapped, as Kubernetes
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/) and AppSync
 * (https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-websocket-protocol.html) have it.
 */
function fromSubprotocols(value: string, found: Sightings): void {
  const add = (scheme: string | null, raw: string) =>
    found.add('websocket_protocol', 'Sec-WebSocket-Protocol', scheme, raw);
  let before = '';
  for (const word of value.split(',').map((part) => part.trim())) {
    const kubernetes = /^base64url\.bearer\.authorization\.k8s\.io\.([\w-]+=*)$/.exec(word)?.[1];
    const wrapped = kubernetes === undefined ? null : base64Text(kubernetes);
    const suffix = /^[\w-]{1,32}?[.:_-](ey.+)$/.exec(word)?.[1] ?? '';
    if (wrapped !== null && isPlausible(wrapped)) add('bearer', wrapped);
    else if (looksLikeJwt(unwrappedWord(word))) add('bearer', unwrappedWord(word));
    else if (found.isToken(word)) add(SCHEME_WORD.test(before) ? 'bearer' : null, word);
    else if (SCHEME_WORD.test(before) && isPlausible(word)) add('bearer', word);
    else if (looksLikeJwt(suffix)) add(null, suffix);
    else if (suffix !== '') found.value('websocket_protocol', 'Sec-WebSocket-Protocol', suffix);
    before = word;
  }
}

/** A subprotocol is a token of RFC 9110 §5.6.2: some wrap theirs in base64url, though a JWT needs none. */
function unwrappedWord(word: string): string {
  return /^ZX[lm][\w-]{20,}=*$/.test(word) ? (base64Text(word) ?? '') : '';
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}

const SCHEME_WORD = /^(?:bearer|access[_-]?token|authorization)$/i;

function isTokenRequest({ requestBody }: HttpExchange): boolean {
  return requestBody.form === 'fields' && requestBody.fields.some(({ name }) => name === 'grant_type');
}

/** Files that every page asks for: the browser puts the cookies of their host on each, and none is about the token. */
const ASSET_PATH =
  /\.(?:avif|bmp|css|cur|eot|gif|ico|jpe?g|js|map|mjs|mp[34]|ogg|otf|png|svg|ttf|wasm|wav|web[mp]|webmanifest|woff2?)$/i;

function isAsset({ destination, url }: HttpExchange): boolean {
  return destination === 'asset' || ASSET_PATH.test(url.replace(/[?#].*$/s, ''));
}
