import type { HttpExchange } from '../model/exchange.ts';
import type { AuthorizationLesson, CodeLesson, Lesson, TokenFlow } from '../model/knowledge.ts';
import { isBlanked, isCut } from '../syntax/blanked.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { jwtAlgorithm } from '../syntax/jwt-shape.ts';
import { nonceHash, pkceChallenge, tokenHash } from '../syntax/token-hash.ts';
import { fragmentParameters } from '../syntax/url.ts';
import { authorizationParameters } from './parameters.ts';

/** What links an authorization request with its answer: kept by hash, so that nothing of it can be used again. */
export function fromSignInFlow(exchange: HttpExchange, url: URL, fields: URLSearchParams): readonly Lesson[] {
  return [...authorizationOf(exchange, url, fields), ...codeOf(exchange, url, fields)];
}

function authorizationOf(
  exchange: HttpExchange,
  url: URL,
  fields: URLSearchParams,
): readonly AuthorizationLesson[] {
  const asked = authorizationParameters(exchange, url, fields);
  const clientId = asked === null ? null : value(asked, 'client_id');
  if (asked === null || clientId === null) return [];
  const state = hashed(value(asked, 'state'));
  const isS256 = asked.get('code_challenge_method') === 'S256';
  const challenge = isS256 ? value(asked, 'code_challenge') : null;
  const sent = value(asked, 'nonce');
  const nonce = sent === null ? null : nonceHash(sent);
  if (state === null && challenge === null && nonce === null) return [];
  return [
    {
      learned: 'authorization',
      clientId,
      serverOrigin: url.origin,
      ...{ state, nonce, challenge },
      isByReference: asked.has('request') || asked.has('request_uri'),
      at: exchange.at,
      learnedFrom: exchange.id,
    },
  ];
}

/** The code of an authorization response (RFC 6749 §4.1.2): in a redirect, in the page that it leads to, or posted there. */
function codeOf(exchange: HttpExchange, url: URL, fields: URLSearchParams): readonly CodeLesson[] {
  if (exchange.destination !== 'document') return [];
  const places = [redirectTarget(exchange, url) ?? url].flatMap((place) => [
    place.searchParams,
    fragmentParameters(place),
  ]);
  for (const answer of [...places, fields]) {
    const [code, state] = [value(answer, 'code'), value(answer, 'state')];
    if (code === null || state === null || answer.has('grant_type')) continue;
    return [
      { learned: 'code', code: fingerprint(code), state: fingerprint(state), learnedFrom: exchange.id },
    ];
  }
  return [];
}

/**
 * What links an ID token to its authorization request, and binds it to what came beside it.
 * @param idToken as issued
 * @param beside the access token and the code of the same response, where it had them
 */
export function flowOfAnswer(
  idToken: string,
  beside: { readonly accessToken: string | null; readonly code: string | null },
  how: Pick<TokenFlow, 'by'> & { readonly state: string | null },
): TokenFlow {
  return { by: how.by, state: hashed(how.state), code: null, challenge: null, ...hashesOf(idToken, beside) };
}

/** As {@link flowOfAnswer}, for the response to a token request (RFC 6749 §4.1.3, §6). */
export function flowOfTokenRequest(
  idToken: string,
  accessToken: string | null,
  request: URLSearchParams,
): TokenFlow {
  const grant = request.get('grant_type');
  const verifier = value(request, 'code_verifier');
  return {
    by: grant === 'authorization_code' ? 'code' : grant === 'refresh_token' ? 'renewal' : 'other',
    state: null,
    code: hashed(value(request, 'code')),
    challenge: verifier === null ? null : pkceChallenge(verifier),
    ...hashesOf(idToken, { accessToken, code: null }),
  };
}

function hashesOf(
  idToken: string,
  { accessToken, code }: { readonly accessToken: string | null; readonly code: string | null },
): Pick<TokenFlow, 'atHash' | 'cHash'> {
  const alg = jwtAlgorithm(idToken) ?? '';
  return {
    // Of what a recording's tool cut or blanked there is no hash.
    atHash: accessToken === null || isCut(accessToken) ? null : tokenHash(alg, accessToken),
    cHash: code === null || isCut(code) ? null : tokenHash(alg, code),
  };
}

function redirectTarget({ response }: HttpExchange, url: URL): URL | null {
  if (response === null || response.status < 300 || response.status > 399) return null;
  const target = response.headers.find(({ name }) => name.toLowerCase() === 'location')?.value ?? '';
  if (!target.includes('code=')) return null;
  try {
    return new URL(target, url);
  } catch {
    return null;
  }
}

function value(parameters: URLSearchParams, name: string): string | null {
  const text = parameters.get(name);
  // One placeholder for all values would make all sign-ins one.
  return text === null || text === '' || text.length > 4096 || isBlanked(text) ? null : text;
}

function hashed(text: string | null): string | null {
  return text === null ? null : fingerprint(text);
}
