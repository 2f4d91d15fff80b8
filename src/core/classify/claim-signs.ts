import type { Evidence, TokenKind } from '../model/token.ts';
import { t } from '../text.ts';

/** A claim, and what it says of a token that has it: written once, as every new token has some of them. */
export type Sign = readonly [name: string, says: Evidence];

/** Hashes that bind an ID token to what was issued beside it: no other token has them. */
export const ID_TOKEN_HASHES: readonly Sign[] = [
  hashSign('at_hash', 'OpenID Connect Core 1.0 §3.1.3.6'),
  hashSign('c_hash', 'OpenID Connect Core 1.0 §3.3.2.11'),
  hashSign('s_hash', 'FAPI 1.0 Part 2 §5.1'),
];

/** Claims that say what the bearer may do. */
export const GRANT_CLAIMS: readonly Sign[] = [
  grantSign('scope', 'RFC 9068 §2.2.3'),
  grantSign('scp', 'Microsoft Entra, Okta'),
  grantSign('authorization_details', 'RFC 9396 §9.1'),
  grantSign('permissions', 'Auth0, Kinde'),
  // https://docs.cidaas.com/guides/authentication-authorisation/oauth2/accesstoken-idtoken
  grantSign('scopes', 'cidaas'),
];

/** Claims that tell how and when somebody logged in (OpenID Connect Core 1.0 §2, Session Management). */
export const LOGIN_CLAIMS: readonly string[] = ['auth_time', 'acr', 'amr', 'sid'];

/** Claims that tell who somebody is (OpenID Connect Core 1.0 §5.1). */
export const PERSON_CLAIMS: readonly string[] = [
  'email',
  'email_verified',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'picture',
];

/** Claims of credentials and of signed answers, which are neither ID nor access tokens. */
export const OTHER_CLAIMS: readonly (readonly [name: string, text: string])[] = [
  ['vct', t`Its "vct" claim is of a verifiable credential (SD-JWT VC).`],
  ['vc', t`Its "vc" claim is of a verifiable credential (Verifiable Credentials Data Model 1.1 §6.3.1).`],
  ['vp', t`Its "vp" claim is of a verifiable presentation (Verifiable Credentials Data Model 1.1 §6.3.1).`],
  [
    'token_introspection',
    t`Its "token_introspection" claim is of an answer of an introspection endpoint (RFC 9701 §5).`,
  ],
];

/** Claims of the client credentials grant: some servers name the grant in the token. */
export const GRANT_TYPE_CLAIMS: readonly string[] = ['gty', 'grant_type'];

export type Group = 'hash' | 'grant' | 'login' | 'person' | 'other' | 'grant_type';

/** The group of each claim above: a token has claims of a few, and only those groups are looked through. */
export const GROUPS: ReadonlyMap<string, Group> = new Map<string, Group>([
  ...ID_TOKEN_HASHES.map(([name]) => [name, 'hash'] as const),
  ...GRANT_CLAIMS.map(([name]) => [name, 'grant'] as const),
  ...LOGIN_CLAIMS.map((name) => [name, 'login'] as const),
  ...PERSON_CLAIMS.map((name) => [name, 'person'] as const),
  ...OTHER_CLAIMS.map(([name]) => [name, 'other'] as const),
  ...GRANT_TYPE_CLAIMS.map((name) => [name, 'grant_type'] as const),
]);

function hashSign(name: string, source: string): Sign {
  return [name, evidence('id_token', t`It has the claim "${name}", which only ID tokens have (${source}).`)];
}

function grantSign(name: string, source: string): Sign {
  return [name, evidence('access_token', t`It has the claim "${name}" (${source}).`)];
}

/** What claims say: of which kind a token is, and why. */
export function evidence(says: TokenKind, text: string): Evidence {
  return { source: 'claims', says, text, exchange: null };
}
