import type { HttpExchange } from '../model/exchange.ts';
import type { ProtocolMessage } from '../model/protocol.ts';
import { fragmentParameters, parseUrl } from '../syntax/url.ts';
import { authorizationParameters, basicCredentials, bodyParameters, GRANT_TYPE } from './parameters.ts';

/** Words of one parameter that are kept; no request has more. */
const MAX_WORDS = 64;

/**
 * What a request says as a message of OAuth or OpenID Connect: which parameters it has, not what they hold.
 * @returns null for any other request
 */
export function readProtocol(exchange: HttpExchange): ProtocolMessage | null {
  // Anything else is no message: most requests need not be looked at more closely.
  if (exchange.destination !== 'document' && exchange.method !== 'POST') return null;
  const url = parseUrl(exchange.url);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const fields = bodyParameters(exchange.requestBody);
  const asked = authorizationParameters(exchange, url, fields);
  if (asked !== null) {
    return {
      message: 'authorization_request',
      clientId: bounded(asked.get('client_id')) ?? '',
      responseType: words(asked.get('response_type')),
      responseMode: bounded(asked.get('response_mode')),
      scope: words(asked.get('scope')),
      hasState: has(asked, 'state'),
      hasNonce: has(asked, 'nonce'),
      codeChallengeMethod: has(asked, 'code_challenge')
        ? (bounded(asked.get('code_challenge_method')) ?? 'plain')
        : null,
      isByReference: has(asked, 'request') || has(asked, 'request_uri'),
      ...(words(asked.get('prompt')).includes('none') ? { isSilent: true } : {}),
    };
  }
  const returned = exchange.destination === 'document' ? readReturn(url, fields) : null;
  if (returned !== null) return returned;
  const grantType = fields.get('grant_type');
  if (exchange.method !== 'POST' || grantType === null || !GRANT_TYPE.test(grantType)) return null;
  const named = bounded(fields.get('client_id'));
  const credentials = basicCredentials(exchange);
  // Basic credentials of another user are no client's: a browser adds those of a site that asks for a password.
  const basic = named === null || named === credentials?.user ? credentials : null;
  return {
    message: 'token_request',
    clientId: named ?? bounded(basic?.user ?? null),
    grantType: grantType.slice(0, 256),
    clientSecret: has(fields, 'client_secret') ? 'body' : basic?.hasPassword === true ? 'basic' : null,
    hasCodeVerifier: has(fields, 'code_verifier'),
  };
}

/**
 * What a browser is sent to a page with: an authorization response (in the query, the fragment or a form post), or a
 * request to end the session.
 */
function readReturn(url: URL, fields: URLSearchParams): ProtocolMessage | null {
  const places = [url.searchParams, fields, fragmentParameters(url)];
  for (const place of places) {
    // A code alone is anybody's parameter; these go with one.
    if (!has(place, 'state') && !has(place, 'iss') && !has(place, 'session_state')) continue;
    const error = place.get('error');
    if (error !== null && /^[\w-]{1,64}$/.test(error))
      return { message: 'authorization_response', brings: 'error', error };
    if (has(place, 'access_token') || has(place, 'id_token'))
      return { message: 'authorization_response', brings: 'tokens', error: null };
    if (has(place, 'code')) return { message: 'authorization_response', brings: 'code', error: null };
  }
  const asked = places.find((place) => has(place, 'post_logout_redirect_uri') || has(place, 'id_token_hint'));
  if (asked === undefined) return null;
  return { message: 'end_session_request', hasIdTokenHint: has(asked, 'id_token_hint') };
}

/** A parameter without a value counts as left out (RFC 6749 §3.1). */
function has(parameters: URLSearchParams, name: string): boolean {
  return (parameters.get(name) ?? '') !== '';
}

function words(text: string | null): readonly string[] {
  return (text ?? '')
    .split(' ')
    .filter((word) => word !== '' && word.length <= 256)
    .slice(0, MAX_WORDS);
}

function bounded(text: string | null): string | null {
  return text === null || text === '' || text.length > 2048 ? null : text;
}
