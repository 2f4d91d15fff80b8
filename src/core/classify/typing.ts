import type { JsonObject } from '../model/json.ts';
import type { Evidence, TokenKind } from '../model/token.ts';
import { isJsonObject, member, stringMember } from '../syntax/json.ts';

/** Explicit types (RFC 8725 §3.11) that a JOSE Header's `typ` may bear, and where they are registered. */
const TYPES: Readonly<Record<string, readonly [TokenKind, string]>> = {
  'at+jwt': ['access_token', 'RFC 9068 §2.1'],
  'dpop+jwt': ['dpop_proof', 'RFC 9449 §4.2'],
  'openid4vci-proof+jwt': ['dpop_proof', 'OpenID for Verifiable Credential Issuance 1.0 §F.1'],
  'logout+jwt': ['logout_token', 'OpenID Connect Back-Channel Logout 1.0 §2.4'],
  'secevent+jwt': ['security_event', 'RFC 8417 §2.3'],
  'oauth-authz-req+jwt': ['request_object', 'RFC 9101 §10.8'],
  'client-authentication+jwt': ['client_assertion', 'draft-ietf-oauth-rfc7523bis'],
  'oauth-client-attestation+jwt': ['client_assertion', 'draft-ietf-oauth-attestation-based-client-auth'],
  'oauth-client-attestation-pop+jwt': ['client_assertion', 'draft-ietf-oauth-attestation-based-client-auth'],
};

/** Keycloak's `typ` claim (https://www.keycloak.org/docs/latest/securing_apps, TokenUtil). */
const KEYCLOAK_TYPES: Readonly<Record<string, TokenKind>> = {
  ID: 'id_token',
  Bearer: 'access_token',
  DPoP: 'access_token',
  Refresh: 'refresh_token',
  Offline: 'refresh_token',
  Logout: 'logout_token',
};

const BACKCHANNEL_LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * What a token says of its own kind, in so many words: explicit typing, `events`, the shapes of proofs and requests,
 * and vendors' documented marks. Header and claims are never mixed: a `nonce` in a header is no ID token's.
 */
export function fromTyping(header: JsonObject, claims: JsonObject): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const say = (says: TokenKind, text: string, source: Evidence['source'] = 'typing') =>
    evidence.push({ source, says, text, exchange: null });

  const typ =
    stringMember(header, 'typ')
      ?.toLowerCase()
      .replace(/^application\//, '') ?? 'jwt';
  const type = Object.hasOwn(TYPES, typ) ? TYPES[typ] : undefined;
  if (type !== undefined) say(type[0], `Its header is typed "${typ}" (${type[1]}).`);
  else if (typ.includes('+'))
    say('unknown_jwt', `Its header is typed "${typ}", which is neither an ID token's nor an access token's.`);

  const events = member(claims, 'events');
  if (isJsonObject(events)) {
    if (member(events, BACKCHANNEL_LOGOUT) !== undefined) {
      say(
        'logout_token',
        'Its "events" claim names a back-channel logout (OpenID Connect Back-Channel Logout 1.0 §2.4).',
      );
    } else say('security_event', 'It has an "events" claim (RFC 8417 §2.2).');
  }
  if (has(claims, 'htm') && has(claims, 'htu'))
    say('dpop_proof', 'It has "htm" and "htu" claims (RFC 9449 §4.2).');
  if (has(claims, 'response_type') && has(claims, 'client_id')) {
    say('request_object', 'Its claims are the parameters of an authorization request (RFC 9101 §4).');
  }
  const use = stringMember(claims, 'token_use');
  if (use === 'id') say('id_token', 'Its "token_use" claim is "id" (Amazon Cognito).', 'vendor');
  if (use === 'access') say('access_token', 'Its "token_use" claim is "access" (Amazon Cognito).', 'vendor');
  const ownType = stringMember(claims, 'typ') ?? '';
  const keycloak = Object.hasOwn(KEYCLOAK_TYPES, ownType) ? KEYCLOAK_TYPES[ownType] : undefined;
  if (keycloak !== undefined) say(keycloak, `Its "typ" claim is "${ownType}" (Keycloak).`, 'vendor');
  const jti = stringMember(claims, 'jti') ?? '';
  if (has(claims, 'ver') && jti.startsWith('ID.'))
    say('id_token', 'Its "jti" begins with "ID." (Okta).', 'vendor');
  if (has(claims, 'ver') && jti.startsWith('AT.'))
    say('access_token', 'Its "jti" begins with "AT." (Okta).', 'vendor');
  if (has(claims, 'identity_nonce') && has(claims, 'type')) {
    say('session_token', 'It has "type" and "identity_nonce" claims (Cloudflare Access).', 'vendor');
  }
  return evidence;
}

function has(object: JsonObject, name: string): boolean {
  return member(object, name) !== undefined;
}
