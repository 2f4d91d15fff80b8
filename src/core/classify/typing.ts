import type { JsonObject } from '../model/json.ts';
import type { Evidence, TokenKind } from '../model/token.ts';
import { isJsonObject, member, stringMember } from '../syntax/json.ts';
import { t } from '../text.ts';

/** Explicit types (RFC 8725 §3.11) that a JOSE Header's `typ` may bear, with where they are registered. */
const TYPES: ReadonlyMap<string, Evidence> = new Map([
  typed('at+jwt', 'access_token', 'RFC 9068 §2.1'),
  typed('dpop+jwt', 'dpop_proof', 'RFC 9449 §4.2'),
  typed('openid4vci-proof+jwt', 'dpop_proof', 'OpenID for Verifiable Credential Issuance 1.0 §F.1'),
  typed('logout+jwt', 'logout_token', 'OpenID Connect Back-Channel Logout 1.0 §2.4'),
  typed('secevent+jwt', 'security_event', 'RFC 8417 §2.3'),
  typed('oauth-authz-req+jwt', 'request_object', 'RFC 9101 §10.8'),
  typed('client-authentication+jwt', 'client_assertion', 'draft-ietf-oauth-rfc7523bis'),
  typed('oauth-client-attestation+jwt', 'client_assertion', 'draft-ietf-oauth-attestation-based-client-auth'),
  typed(
    'oauth-client-attestation-pop+jwt',
    'client_assertion',
    'draft-ietf-oauth-attestation-based-client-auth',
  ),
  typed('passport', 'unknown_jwt', 'RFC 8225 §4.1'),
]);

function typed(typ: string, says: TokenKind, source: string): readonly [string, Evidence] {
  const text = t`Its header is typed "${typ}" (${source}).`;
  return [typ, { source: 'typing', says, text, exchange: null }];
}

const BACKCHANNEL_LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * What a token says of its own kind in the standards' words: explicit typing, `events`, the claims that a proof or a
 * request must have. Header and claims are never mixed: a `nonce` in a header is no ID token's.
 * @returns the most exact first: a logout token is a security event token too (OpenID Connect Back-Channel Logout 1.0 §2.4)
 */
export function fromTyping(header: JsonObject, claims: JsonObject): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const say = (says: TokenKind, text: string) =>
    evidence.push({ source: 'typing', says, text, exchange: null });

  const typ =
    stringMember(header, 'typ')
      ?.toLowerCase()
      .replace(/^application\//, '') ?? 'jwt';
  const type = TYPES.get(typ);
  if (type !== undefined) evidence.push(type);
  else if (typ.includes('+'))
    say(
      'unknown_jwt',
      t`Its header is typed "${typ}", which is neither an ID token's nor an access token's.`,
    );

  const events = eventsOf(claims);
  if (events.includes(BACKCHANNEL_LOGOUT)) {
    say(
      'logout_token',
      t`Its "events" claim names a back-channel logout (OpenID Connect Back-Channel Logout 1.0 §2.4).`,
    );
  } else if (events.length > 0) say('security_event', t`It has an "events" claim (RFC 8417 §2.2).`);
  if (stringMember(claims, 'htm') !== null && stringMember(claims, 'htu') !== null)
    say('dpop_proof', t`It has "htm" and "htu" claims (RFC 9449 §4.2).`);
  if (stringMember(claims, 'client_id') !== null && asksForAuthorization(claims)) {
    say('request_object', t`Its claims are the parameters of an authorization request (RFC 9101 §4).`);
  }
  const isLogout = evidence.some(({ says }) => says === 'logout_token');
  return isLogout ? evidence.filter(({ says }) => says !== 'security_event') : evidence;
}

/** The events that a security event token names: URIs, at least one. A claim that only shares the name is none. */
function eventsOf(claims: JsonObject): readonly string[] {
  const events = member(claims, 'events');
  const names = isJsonObject(events) ? Object.keys(events) : [];
  return names.every((name) => name.includes(':')) || names.includes(BACKCHANNEL_LOGOUT) ? names : [];
}

function asksForAuthorization(claims: JsonObject): boolean {
  return stringMember(claims, 'response_type') !== null || stringMember(claims, 'redirect_uri') !== null;
}
