import type { HttpExchange, UnseenReason } from '../model/exchange.ts';
import type { TokenSighting } from '../model/token.ts';
import { parseJson } from '../syntax/json.ts';
import { fromHeaders } from './headers.ts';
import { fromPath } from './path.ts';
import { type IssuedTokens, NONE_ISSUED, Sightings } from './sightings.ts';
import { fromMessage, fromText } from './text.ts';

export type { IssuedTokens } from './sightings.ts';

export interface Extraction {
  readonly sightings: readonly TokenSighting[];
  readonly unseen: readonly UnseenReason[];
}

/**
 * Finds every token that a request carries: in the Authorization header (RFC 6750 §2.1, RFC 9449 §7.1), in other
 * headers, in cookies, in the URL's path, query and fragment, in bodies, in what a WebSocket is opened with and sent; and in
 * the URL that a response redirects to. Opaque tokens are known by their scheme, their parameter, or by having been issued
 * in this session.
 * Never throws: what can't be read is named among `unseen`.
 * @param issued the opaque tokens that were issued so far
 */
export function extract(exchange: HttpExchange, issued: IssuedTokens = NONE_ISSUED): Extraction {
  const found = new Sightings(issued);
  if (!isPreflight(exchange)) {
    fromHeaders(exchange, found);
    fromUrl(exchange.url, found);
    fromBody(exchange, found);
    for (const message of exchange.sentMessages ?? []) fromMessage(message, found);
    fromRedirect(exchange, found);
  }
  return { sightings: found.sightings, unseen: found.unseen };
}

/**
 * Where a token is given back (RFC 7009 §2.1) or asked about (RFC 7662 §2.1), in the parameter "token": by the name that servers give
 * the endpoint, as an opaque one is known there before it is known to have been issued.
 */
const TOKEN_MANAGEMENT = /\/(?:[\w-]*_)?(?:revoke|revocation|introspect|introspection)\/?(?:$|[?#])/i;

/** A CORS-preflight request (Fetch Standard §3.2.2) asks whether the request itself may be made: that one carries the token. */
function isPreflight({ method, requestHeaders }: HttpExchange): boolean {
  return (
    method === 'OPTIONS' && requestHeaders.some(({ name }) => /^access-control-request-method$/i.test(name))
  );
}

function fromUrl(text: string, found: Sightings): void {
  fromPath(text, found);
  // Most URLs carry no parameters: they are not parsed.
  if (!text.includes('?') && !text.includes('#')) return;
  try {
    found.parameters(new URL(text), 'query', 'fragment');
  } catch {
    found.note('url_malformed');
  }
}

function fromBody({ url, requestBody: body, requestHeaders }: HttpExchange, found: Sightings): void {
  if (body.form === 'fields') {
    const isMultipart = requestHeaders.some(
      ({ name, value }) => /^content-type$/i.test(name) && /^multipart\//i.test(value),
    );
    const where = isMultipart ? 'multipart_body' : 'form_body';
    const isManaged = TOKEN_MANAGEMENT.test(url);
    for (const { name, value } of body.fields) {
      if (isManaged && name === 'token') found.add(where, name, null, value);
      else found.value(where, name, value);
    }
  } else if (body.form === 'unseen') found.note(body.reason);
  else if (body.form === 'text') fromTextBody(body.text, found);
}

function fromTextBody(text: string, found: Sightings): void {
  const parsed = looksLikeJson(text) ? parseJson(text) : null;
  if (parsed !== null) found.json('json_body', '', parsed.value);
  else {
    // Telemetry is sent as one JSON value a line.
    const isLines = /^\s*\{.*\}\s*[\r\n]/.test(text);
    if (looksLikeJson(text) && !isLines) found.note('body_malformed');
    fromText(text, isLines ? 'json_body' : 'text_body', found);
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** Where a response sends the browser to (RFC 9110 §10.2.2): authorization responses travel so (RFC 6749 §4.2.2). */
function fromRedirect({ url, response }: HttpExchange, found: Sightings): void {
  if (response === null || response.status < 300 || response.status > 399) return;
  const target = response.headers.find(({ name }) => name.toLowerCase() === 'location')?.value ?? '';
  if (!found.mayHold(target) || !/[?#]/.test(target)) return;
  try {
    found.parameters(new URL(target, url), 'redirect', 'redirect');
  } catch {
    found.note('url_malformed');
  }
}
