import type { HttpBody, HttpExchange } from '../model/exchange.ts';
import { base64Text } from '../syntax/base64.ts';
import { parseJsonObject, stringsMember } from '../syntax/json.ts';
import { looksLikeJwt } from '../syntax/jwt-shape.ts';

/** RFC 6749's own grant types, and extensions, which are named by absolute URIs (§4.5). */
export const GRANT_TYPE =
  /^(?:authorization_code|refresh_token|client_credentials|password|https?:\/\/.+|urn:.+)$/;

/**
 * The parameters of an authorization request: OpenID Connect Core 1.0 §3.1.2.1 in a document's URL or in a form post;
 * pushed beforehand (RFC 9126 §2.1), or named by `request_uri` (§4); or in a request object (RFC 9101 §5.1).
 * @param fields the parameters of the request's body
 * @returns null for what is no authorization request
 */
export function authorizationParameters(
  exchange: Pick<HttpExchange, 'destination' | 'method'>,
  url: URL,
  fields: URLSearchParams,
): URLSearchParams | null {
  const asked = url.searchParams.has('client_id') ? url.searchParams : fields;
  const isAsked = ['response_type', 'request_uri', 'request'].some((name) => asked.has(name));
  if (!asked.has('client_id') || !isAsked) return null;
  if (exchange.destination !== 'document' && exchange.method !== 'POST') return null;
  return withRequestObject(asked);
}

/**
 * The parameters of a request object (RFC 9101 §4) in the place of those beside it (§6.3), where it can be read. Nobody
 * verified it: like any other parameter, it says what the client asks for.
 */
function withRequestObject(asked: URLSearchParams): URLSearchParams {
  const raw = asked.get('request') ?? '';
  const payload = looksLikeJwt(raw) && raw.split('.').length === 3 ? raw.split('.')[1] : undefined;
  const text = payload === undefined ? null : base64Text(payload);
  const claims = text === null ? null : parseJsonObject(text);
  if (claims === null) return asked;
  const merged = new URLSearchParams(asked);
  merged.delete('request');
  for (const name of Object.keys(claims).slice(0, MAX_CLAIMS)) {
    // "aud" and the like are of the object itself.
    const values = name === 'client_id' ? [] : stringsMember(claims, name);
    if (values.length === 0) continue;
    merged.delete(name);
    for (const value of values.slice(0, MAX_VALUES)) merged.append(name, value);
  }
  return merged;
}

/** A request object has a dozen parameters, and a few resources. */
const MAX_CLAIMS = 64;
const MAX_VALUES = 16;

/** A request body's parameters: of a form, or the top level of a JSON object (as some authorization servers take it). */
export function bodyParameters(body: HttpBody): URLSearchParams {
  const parameters = new URLSearchParams();
  if (body.form === 'fields') for (const { name, value } of body.fields) parameters.append(name, value);
  if (body.form === 'text') {
    const object = /^\s*\{/.test(body.text) ? parseJsonObject(body.text) : null;
    for (const [name, value] of Object.entries(object ?? {})) {
      if (typeof value === 'string') parameters.append(name, value);
    }
  }
  return parameters;
}

/** A client's HTTP Basic credentials, each form-encoded (RFC 6749 §2.3.1). */
export function basicCredentials(
  exchange: HttpExchange,
): { readonly user: string; readonly hasPassword: boolean } | null {
  const header = exchange.requestHeaders.find(({ name }) => name.toLowerCase() === 'authorization');
  const credentials = /^basic\s+([\w+/]+={0,2})$/i.exec(header?.value ?? '')?.[1];
  if (credentials === undefined) return null;
  try {
    const [user = '', ...password] = atob(credentials).split(':');
    return { user: decodeURIComponent(user.replaceAll('+', ' ')), hasPassword: password.join(':') !== '' };
  } catch {
    return null;
  }
}
