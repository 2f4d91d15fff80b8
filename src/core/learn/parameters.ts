import type { HttpBody, HttpExchange } from '../model/exchange.ts';
import { parseJsonObject } from '../syntax/json.ts';

/** RFC 6749's own grant types, and extensions, which are named by absolute URIs (§4.5). */
export const GRANT_TYPE =
  /^(?:authorization_code|refresh_token|client_credentials|password|https?:\/\/.+|urn:.+)$/;

/**
 * The parameters of an authorization request: OpenID Connect Core 1.0 §3.1.2.1 in a document's URL or in a form post;
 * pushed beforehand (RFC 9126 §2.1), or named by `request_uri` (§4).
 * @param fields the parameters of the request's body
 * @returns null for what is no authorization request
 */
export function authorizationParameters(
  exchange: Pick<HttpExchange, 'destination' | 'method'>,
  url: URL,
  fields: URLSearchParams,
): URLSearchParams | null {
  const asked = url.searchParams.has('client_id') ? url.searchParams : fields;
  if (!asked.has('client_id') || (!asked.has('response_type') && !asked.has('request_uri'))) return null;
  return exchange.destination === 'document' || exchange.method === 'POST' ? asked : null;
}

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
