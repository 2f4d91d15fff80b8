import type { JsonObject } from '../model/json.ts';
import type { EndpointRole, IssuerMetadata, KeySet, PublicJwk } from '../model/knowledge.ts';
import { TENANT, tenantIn } from './issuer.ts';
import { isJsonObject, member, stringMember, stringsMember } from './json.ts';
import { parseUrl, placeOf } from './url.ts';

const OPENID_CONFIGURATION = '/.well-known/openid-configuration';
const OAUTH_AUTHORIZATION_SERVER = '/.well-known/oauth-authorization-server';

/** A key set with more is cut: no issuer signs with so many, and each costs time to try. */
const MAX_KEYS = 100;

const ENDPOINTS: readonly (readonly [string, EndpointRole])[] = [
  ['authorization_endpoint', 'authorization_endpoint'],
  ['token_endpoint', 'token_endpoint'],
  ['userinfo_endpoint', 'userinfo_endpoint'],
  ['end_session_endpoint', 'end_session_endpoint'],
  ['introspection_endpoint', 'introspection_endpoint'],
  ['revocation_endpoint', 'revocation_endpoint'],
  ['pushed_authorization_request_endpoint', 'pushed_authorization_request_endpoint'],
  ['device_authorization_endpoint', 'device_authorization_endpoint'],
  ['registration_endpoint', 'registration_endpoint'],
  ['jwks_uri', 'jwks_uri'],
];

/** The places where an issuer publishes its metadata, in the order to ask (OpenID Connect Discovery 1.0 §4, RFC 8414 §3.1). */
export function metadataUrls(issuer: string): readonly string[] {
  const url = parseUrl(issuer);
  if (url === null) return [];
  const path = url.pathname.replace(/\/$/, '');
  return [`${url.origin}${path}${OPENID_CONFIGURATION}`, `${url.origin}${OAUTH_AUTHORIZATION_SERVER}${path}`];
}

/**
 * Reads authorization server metadata.
 * @param from the URL that it came from: a document that names another issuer than the one whose place it was found
 *   at is not believed (OpenID Connect Discovery 1.0 §4.3, RFC 8414 §3.3)
 * @returns null for what is no such document
 */
export function readMetadata(document: JsonObject, from: URL): IssuerMetadata | null {
  const issuer = stringMember(document, 'issuer');
  if (issuer === null || !isPlaceOf(issuer, placeOf(from))) return null;
  const endpoints = ENDPOINTS.flatMap(([name, role]) => {
    const url = parseUrl(stringMember(document, name) ?? '');
    return url === null ? [] : [{ role, url: placeOf(url) }];
  });
  return {
    issuer,
    jwksUri: parseUrl(stringMember(document, 'jwks_uri') ?? '')?.href ?? null,
    endpoints: [...endpoints, { role: 'metadata', url: placeOf(from) }],
  };
}

/** True for a place of an issuer's metadata, or of one tenant's where the issuer is a template of many. */
function isPlaceOf(issuer: string, place: string): boolean {
  if (!issuer.includes(TENANT)) return metadataUrls(issuer).includes(place);
  const root = issuer.replace(/\/$/, '');
  return place.endsWith(OPENID_CONFIGURATION) && tenantIn(place, root + OPENID_CONFIGURATION) !== null;
}

/**
 * Reads a JWK Set (RFC 7517 §5). Keeps of each public key the members that verification needs. A private member that
 * somebody published is not kept, but that it was is; symmetric keys are left out.
 * @returns null for what is no key set
 */
export function readKeySet(document: JsonObject): KeySet | null {
  const keys = member(document, 'keys');
  if (!Array.isArray(keys)) return null;
  const read = keys.slice(0, MAX_KEYS).flatMap((key) => (isJsonObject(key) ? readPublicJwk(key) : []));
  return { keys: read, ...(keys.length > MAX_KEYS ? { total: keys.length } : {}) };
}

/** Reads one JSON Web Key (RFC 7517 §4). @returns none for what is no public key */
export function readPublicJwk(key: JsonObject): readonly PublicJwk[] {
  const kty = stringMember(key, 'kty');
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP' && kty !== 'AKP') return [];
  const members: { [name: string]: string } = {};
  for (const name of ['kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y', 'pub', 'issuer'] as const) {
    const value = stringMember(key, name);
    if (value !== null && value.length <= 8192) members[name] = value;
  }
  const operations = stringsMember(key, 'key_ops');
  const isExposed = ['d', 'p', 'q', 'priv'].some((name) => member(key, name) !== undefined);
  return [
    {
      ...{ kty, ...members },
      ...(operations.length > 0 ? { key_ops: operations } : {}),
      ...(isExposed ? { isExposed } : {}),
    },
  ];
}
