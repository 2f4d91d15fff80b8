import type { HttpExchange } from '../model/exchange.ts';
import type { JsonObject } from '../model/json.ts';
import type { Lesson, ResourceLesson, TokenFlow } from '../model/knowledge.ts';
import type { TokenKind } from '../model/token.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { parseJsonObject, stringMember, wordsMember } from '../syntax/json.ts';
import { looksLikeJwt, MAX_TOKEN_LENGTH } from '../syntax/jwt-shape.ts';
import { readMetadata } from '../syntax/metadata.ts';
import { fragmentParameters, parseUrl, placeOf, webOrigin } from '../syntax/url.ts';
import { fromGoogleFrame, googleCredential } from './google-sign-in.ts';
import { authorizationParameters, basicCredentials, bodyParameters, GRANT_TYPE } from './parameters.ts';
import { fromResourceMetadata } from './resource-metadata.ts';
import { sdkLessons } from './sdk.ts';
import { flowOfAnswer, flowOfTokenRequest, fromSignInFlow } from './sign-in-flow.ts';

/**
 * What one exchange teaches: clients and endpoints from authorization and token requests, where tokens were issued,
 * the metadata of authorization servers, the resources that were asked for.
 * Pure; never throws. Half an exchange (a request still under way) teaches what it can.
 */
export function learn(exchange: HttpExchange): readonly Lesson[] {
  const url = parseUrl(exchange.url);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return [];
  if (bounded(placeOf(url)) === null) return [];
  const fields = bodyParameters(exchange.requestBody);
  return [
    ...fromAuthorizationRequest(exchange, url, fields),
    ...fromTokenRequest(exchange, url, fields),
    ...fromAuthorizationResponse(exchange, url, fields),
    ...fromSignInFlow(exchange, url, fields),
    ...fromDeviceAuthorization(exchange, url, fields),
    ...fromGoogleFrame(exchange, url),
    ...fromResourceMetadata(exchange, url, responseObject(exchange)),
    ...fromSignedAnswer(exchange, url),
    ...fromMetadata(exchange, url),
    ...sdkLessons(exchange, url, fields),
  ];
}

/** OpenID Connect Core 1.0 §3.1.2.1, RFC 6749 §4.1.1; pushed before (RFC 9126 §2.1), then named by `request_uri` (§4). */
function fromAuthorizationRequest(
  exchange: HttpExchange,
  url: URL,
  fields: URLSearchParams,
): readonly Lesson[] {
  const asked = authorizationParameters(exchange, url, fields);
  const clientId = bounded(asked?.get('client_id') ?? null);
  if (asked === null || clientId === null) return [];
  const pushed = exchange.destination !== 'document';
  const redirectOrigin = webOrigin(bounded(asked.get('redirect_uri')) ?? '');
  const learnedFrom = exchange.id;
  const role = pushed ? 'pushed_authorization_request_endpoint' : 'authorization_endpoint';
  return [
    { learned: 'endpoint', role, url: placeOf(url), learnedFrom },
    {
      learned: 'client',
      clientId,
      serverOrigin: url.origin,
      origins: redirectOrigin === null ? [] : [redirectOrigin],
      learnedFrom,
    },
    ...resourceLessons(asked, learnedFrom),
  ];
}

/** RFC 6749 §4.1.3 and the grants after it; RFC 8693. Its response: §5.1, OpenID Connect Core 1.0 §3.1.3.3. */
function fromTokenRequest(exchange: HttpExchange, url: URL, fields: URLSearchParams): readonly Lesson[] {
  const grantType = fields.get('grant_type');
  const answer = responseObject(exchange);
  const isTokenRequest = exchange.method === 'POST' && grantType !== null && GRANT_TYPE.test(grantType);
  const learnedFrom = exchange.id;
  const clientId = bounded(fields.get('client_id') ?? basicCredentials(exchange)?.user ?? null);
  const lessons: Lesson[] = [];
  if (isTokenRequest) {
    lessons.push({ learned: 'endpoint', role: 'token_endpoint', url: placeOf(url), learnedFrom });
    lessons.push(...resourceLessons(fields, learnedFrom));
    if (clientId !== null) {
      const page = exchange.initiator === url.origin ? null : exchange.initiator;
      const origins = page === null ? [] : [page];
      lessons.push({ learned: 'client', clientId, serverOrigin: url.origin, origins, learnedFrom });
    }
  }
  // Any JSON answer of RFC 6749 §5.1's shape issues tokens, also that of an app's own backend.
  if (answer !== null && (isTokenRequest || stringMember(answer, 'token_type') !== null)) {
    const granted = wordsMember(answer, 'scope');
    const issued = {
      clientId,
      endpoint: placeOf(url),
      resources: [...fields.getAll('resource'), ...fields.getAll('audience')].filter(isBounded).slice(0, 16),
      scope: boundedScope(granted.length > 0 ? granted : words(fields.get('scope'))),
    };
    const exchanged = stringMember(answer, 'issued_token_type');
    for (const [name, kind] of ISSUED) {
      const raw = stringMember(answer, name);
      const issuedAs = name === 'access_token' && exchanged !== null ? exchangedKind(exchanged) : kind;
      if (raw === null || issuedAs === null) continue;
      const flow =
        name === 'id_token' && isTokenRequest
          ? { flow: flowOfTokenRequest(raw, stringMember(answer, 'access_token'), fields) }
          : {};
      lessons.push(provenance(exchange, raw, issuedAs, { ...issued, ...flow }));
    }
  }
  return lessons;
}

/**
 * Tokens that come back through the browser: in the fragment (OpenID Connect Core 1.0 §3.2.2.5), be it that of a URL
 * which the authorization server redirects to, or in a form that it has the browser post (OAuth 2.0 Form Post Response
 * Mode §2).
 */
function fromAuthorizationResponse(
  exchange: HttpExchange,
  url: URL,
  fields: URLSearchParams,
): readonly Lesson[] {
  if (exchange.destination !== 'document') return [];
  const target = redirectTarget(exchange, url);
  const delivered = target ?? url;
  const credential = googleCredential(exchange, fields);
  if (credential !== null && looksLikeJwt(credential)) {
    const google = {
      clientId: bounded(fields.get('client_id')),
      endpoint: 'https://accounts.google.com/gsi/',
    };
    return [provenance(exchange, credential, 'id_token', { ...google, resources: [], scope: [] })];
  }
  const answer = delivered.hash.includes('_token=') ? fragmentParameters(delivered) : fields;
  if (!answer.has('state') && !answer.has('token_type') && !answer.has('iss')) return [];
  const scope = boundedScope(words(answer.get('scope')));
  const common = { clientId: null, endpoint: placeOf(url), resources: [], scope };
  const issued = target === null ? common : { ...common, deliveredTo: target.origin };
  const lessons: Lesson[] = [];
  for (const [name, kind] of ISSUED) {
    const raw = answer.get(name);
    if (raw === null || raw === '') continue;
    const beside = { accessToken: answer.get('access_token'), code: answer.get('code') };
    const how = { by: 'authorization_response', state: answer.get('state') } as const;
    const flow = name === 'id_token' ? { flow: flowOfAnswer(raw, beside, how) } : {};
    lessons.push(provenance(exchange, raw, kind, { ...issued, ...flow }));
  }
  return lessons;
}

/** RFC 8628 §3.1, told by its answer (§3.2): any form may have a `client_id`. */
function fromDeviceAuthorization(
  exchange: HttpExchange,
  url: URL,
  fields: URLSearchParams,
): readonly Lesson[] {
  const clientId = bounded(fields.get('client_id') ?? basicCredentials(exchange)?.user ?? null);
  const answer = exchange.method === 'POST' ? responseObject(exchange) : null;
  const isAnswered =
    answer !== null && ['device_code', 'user_code'].every((name) => stringMember(answer, name) !== null);
  if (clientId === null || !isAnswered) return [];
  const page = exchange.initiator === url.origin ? null : exchange.initiator;
  const learnedFrom = exchange.id;
  return [
    { learned: 'endpoint', role: 'device_authorization_endpoint', url: placeOf(url), learnedFrom },
    {
      ...({ learned: 'client', clientId, serverOrigin: url.origin } as const),
      origins: page === null ? [] : [page],
      learnedFrom,
    },
    ...resourceLessons(fields, learnedFrom),
  ];
}

/**
 * A JWT that is the body of a response (its media type says so, RFC 7519 §10.3.1): a signed UserInfo response (OpenID
 * Connect Core 1.0 §5.3.2), an introspection response (RFC 9701 §5). Its claims look like an ID token's.
 */
function fromSignedAnswer(exchange: HttpExchange, url: URL): readonly Lesson[] {
  const body = exchange.response?.body;
  if (body?.form !== 'text' || !/^application\/(?:[\w-]+\+)?jwt\b/i.test(body.mediaType)) return [];
  const raw = body.text.trim();
  if (!looksLikeJwt(raw)) return [];
  const issued = { clientId: null, endpoint: placeOf(url), resources: [], scope: [] };
  return [provenance(exchange, raw, 'unknown_jwt', issued)];
}

/**
 * Authorization server metadata, as the traffic shows it. Keys are not learned so: a page's service worker can answer
 * for any URL, so what the page was told proves nothing of an issuer. They are asked for by ourselves.
 */
function fromMetadata(exchange: HttpExchange, url: URL): readonly Lesson[] {
  if (exchange.method !== 'GET') return [];
  const answer = responseObject(exchange);
  if (answer === null) return [];
  const metadata = readMetadata(answer, url);
  return metadata === null ? [] : [{ learned: 'metadata', metadata, learnedFrom: exchange.id }];
}

/**
 * Fields of a response and what stands in them. The first lesson of a token holds: servers that give out one JWT under
 * both names (Casdoor, Firebase's refresh) made it to be sent to APIs.
 */
const ISSUED: readonly (readonly [string, TokenKind])[] = [
  ['access_token', 'access_token'],
  ['id_token', 'id_token'],
  ['refresh_token', 'refresh_token'],
  // OpenID Connect Native SSO for Mobile Apps 1.0 §3.3: names a device to its authorization server.
  ['device_secret', 'opaque'],
];

/** What a token exchange put into the field `access_token`: any kind of token (RFC 8693 §2.2.1, §3). */
const EXCHANGED: Readonly<Record<string, TokenKind>> = {
  'urn:ietf:params:oauth:token-type:access_token': 'access_token',
  'urn:ietf:params:oauth:token-type:refresh_token': 'refresh_token',
  'urn:ietf:params:oauth:token-type:id_token': 'id_token',
};

/** @returns null for what is none of these kinds: a bare JWT, a SAML assertion, what a hostile server wrote */
function exchangedKind(tokenType: string): TokenKind | null {
  return Object.hasOwn(EXCHANGED, tokenType) ? (EXCHANGED[tokenType] ?? null) : null;
}

interface Issued {
  readonly clientId: string | null;
  readonly endpoint: string;
  readonly resources: readonly string[];
  readonly scope: readonly string[];
  readonly deliveredTo?: string;
  readonly flow?: TokenFlow;
}

/** A shorter value may be alike by chance. */
const MIN_OPAQUE_LENGTH = 16;

function provenance(exchange: HttpExchange, raw: string, issuedAs: TokenKind, issued: Issued): Lesson {
  const token = fingerprint(raw);
  const common = { issuedAs, issuedIn: exchange.id, at: exchange.at, ...issued } as const;
  const isOpaque = !looksLikeJwt(raw) && raw.length >= MIN_OPAQUE_LENGTH && raw.length <= MAX_TOKEN_LENGTH;
  return { learned: 'provenance', token, ...common, ...(isOpaque ? { opaqueLength: raw.length } : {}) };
}

/** @returns where a response redirects to with tokens in the fragment; null where it doesn't */
function redirectTarget({ response }: HttpExchange, url: URL): URL | null {
  if (response === null || response.status < 300 || response.status > 399) return null;
  const target = response.headers.find(({ name }) => name.toLowerCase() === 'location')?.value ?? '';
  if (!/#.*_token=/s.test(target)) return null;
  try {
    return new URL(target, url);
  } catch {
    return null;
  }
}

/** RFC 8707 §2 `resource`, which locates; `audience` as some authorization servers have it, which may be any name. */
function resourceLessons(parameters: URLSearchParams, learnedFrom: string): readonly Lesson[] {
  const lessonsFor = (name: 'resource' | 'audience'): readonly ResourceLesson[] =>
    parameters
      .getAll(name)
      .slice(0, 16)
      .filter(isBounded)
      .map((audience) => ({
        learned: 'resource',
        audience,
        shownBy: `${name}_parameter`,
        host: name === 'resource' ? hostOf(audience) : null,
        learnedFrom,
      }));
  return [...lessonsFor('resource'), ...lessonsFor('audience')];
}

/** @returns the host that an identifier locates, null where it is no http(s) URL */
export function hostOf(audience: string): string | null {
  const origin = webOrigin(audience);
  return origin === null ? null : new URL(origin).host;
}

/** In the names of what token responses and metadata have (RFC 6749 §5.1, RFC 8414 §2, RFC 8628 §3.2, RFC 9728 §2). */
const TEACHING = /token|issuer|resource|device_code|jwt|eyJ/i;

function responseObject(exchange: HttpExchange): JsonObject | null {
  const body = exchange.response?.body;
  if (body?.form !== 'text' || exchange.response === null || exchange.response.status >= 300) return null;
  // Most answers of APIs have nothing to teach: a look is cheaper than parsing each.
  return /^\s*\{/.test(body.text) && TEACHING.test(body.text) ? parseJsonObject(body.text) : null;
}

/** Scopes are short words; what is beyond 64 of 256 characters is no real one's. */
function boundedScope(scope: readonly string[]): readonly string[] {
  return scope.filter((word) => word.length <= 256).slice(0, 64);
}

function words(text: string | null): readonly string[] {
  return (text ?? '').split(' ').filter((word) => word !== '');
}

function bounded(text: string | null): string | null {
  return text !== null && isBounded(text) ? text : null;
}

function isBounded(text: string): boolean {
  return text !== '' && text.length <= 2048;
}
