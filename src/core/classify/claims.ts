import type { JsonObject } from '../model/json.ts';
import type { Confidence, Evidence, TokenKind } from '../model/token.ts';
import { member, stringMember, stringsMember } from '../syntax/json.ts';
import { webOrigin } from '../syntax/url.ts';

/** Hashes that bind an ID token to what was issued beside it: no other token has them. */
const ID_TOKEN_HASHES: readonly (readonly [string, string])[] = [
  ['at_hash', 'OpenID Connect Core 1.0 §3.1.3.6'],
  ['c_hash', 'OpenID Connect Core 1.0 §3.3.2.11'],
  ['s_hash', 'FAPI 1.0 Part 2 §5.1'],
];

/** Claims that say what the bearer may do: of access tokens, in standards and in vendors' documentation. */
const ACCESS_CLAIMS: readonly (readonly [string, string])[] = [
  ['scope', 'RFC 9068 §2.2.3'],
  ['scp', 'Microsoft Entra, Okta'],
  ['azpacr', 'Microsoft Entra'],
  ['appidacr', 'Microsoft Entra'],
  ['authorization_details', 'RFC 9396 §9.1'],
  ['resource_access', 'Keycloak'],
  ['realm_access', 'Keycloak'],
  ['permissions', 'Auth0, Kinde'],
  ['gty', 'Auth0, Kinde'],
  ['cnf', 'RFC 7800 §3.1'],
];

/** Claims that tell who the person is or how they logged in (OpenID Connect Core 1.0 §2, §5.1). */
const PERSON_CLAIMS: readonly string[] = [
  'email',
  'email_verified',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'picture',
  'auth_time',
  'amr',
  'acr',
];

/**
 * The audience is a client_id known from the traffic: so are an ID token's (OpenID Connect Core 1.0 §2). Vendors
 * give access tokens for the client itself too, so claims may still overrule it.
 */
export function fromAudience(
  claims: JsonObject,
  isClientOf: (clientId: string, issuer: string | null) => boolean,
): readonly Evidence[] {
  const issuer = stringMember(claims, 'iss');
  const client = stringsMember(claims, 'aud').find((audience) => isClientOf(audience, issuer));
  if (client === undefined) return [];
  const text = `Its audience is "${client}", a client_id seen in use at its issuer (OpenID Connect Core 1.0 §2).`;
  return [{ source: 'audience', says: 'id_token', text, exchange: null }];
}

/** What the claims say together, strongest first, and how sure that is. */
export function fromClaims(claims: JsonObject): {
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
} {
  const issuer = stringMember(claims, 'iss');
  const audiences = stringsMember(claims, 'aud');
  const clientId = stringMember(claims, 'client_id') ?? stringMember(claims, 'azp');
  const hashes = ID_TOKEN_HASHES.filter(([name]) => has(claims, name));
  const access = ACCESS_CLAIMS.filter(([name]) => has(claims, name));
  const people = PERSON_CLAIMS.filter((name) => has(claims, name));
  const idShaped =
    issuer !== null && has(claims, 'sub') && audiences.length > 0 && has(claims, 'exp') && has(claims, 'iat');
  const toClient = clientId !== null && audiences.length === 1 && audiences[0] === clientId;
  // "iss" and "sub" are the client itself, the audience is a server: RFC 7523 §3. Nobody logged in.
  const selfIssued = issuer !== null && issuer === stringMember(claims, 'sub') && webOrigin(issuer) === null;

  const idText = (): readonly Evidence[] => [
    ...hashes.map(([name, source]) =>
      evidence('id_token', `It has the claim "${name}", which only ID tokens have (${source}).`),
    ),
    ...(has(claims, 'nonce')
      ? [evidence('id_token', 'It has a "nonce" claim (OpenID Connect Core 1.0 §2).')]
      : []),
    ...(people.length > 0
      ? [
          evidence(
            'id_token',
            `It tells who logged in or how: ${people.map((name) => `"${name}"`).join(', ')}.`,
          ),
        ]
      : []),
    ...(toClient
      ? [evidence('id_token', 'Its audience is the client that it names ("azp" or "client_id").')]
      : []),
  ];
  const accessText = access.map(([name, source]) =>
    evidence('access_token', `It has the claim "${name}" (${source}).`),
  );

  if (hashes.length > 0) return { evidence: [...idText(), ...accessText], confidence: 'strong' };
  if (selfIssued && audiences.length > 0 && !has(claims, 'nonce')) {
    return {
      evidence: [
        evidence('client_assertion', 'Its issuer and subject are one, which is no server (RFC 7523 §3).'),
      ],
      confidence: 'strong',
    };
  }
  if (access.length > 0) {
    // Vendors put a nonce into access tokens, and some a scope into ID tokens: both at once, addressed to the client
    // itself, says nothing for sure. "scp" and Entra's authentication class are of access tokens alone.
    const mixed = has(claims, 'nonce') && toClient && access.every(([name]) => name === 'scope');
    return { evidence: [...accessText, ...idText()], confidence: mixed ? 'weak' : 'strong' };
  }
  if (idShaped && has(claims, 'nonce')) return { evidence: idText(), confidence: 'strong' };
  if (idShaped && toClient) return { evidence: idText(), confidence: 'strong' };
  if (clientId !== null && !toClient && audiences.length > 0 && stringMember(claims, 'client_id') !== null) {
    const text = 'It names a client ("client_id") that is not its audience (RFC 9068 §2.2).';
    return { evidence: [evidence('access_token', text)], confidence: people.length > 0 ? 'weak' : 'strong' };
  }
  if (idShaped && people.length > 0) return { evidence: idText(), confidence: 'weak' };
  return { evidence: [], confidence: 'weak' };
}

function evidence(says: TokenKind, text: string): Evidence {
  return { source: 'claims', says, text, exchange: null };
}

function has(claims: JsonObject, name: string): boolean {
  return member(claims, name) !== undefined;
}
