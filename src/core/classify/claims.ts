import type { JsonObject } from '../model/json.ts';
import type { Confidence, Evidence, TokenKind } from '../model/token.ts';
import { isJsonObject, member, stringMember, stringsMember, wordsMember } from '../syntax/json.ts';
import { webOrigin } from '../syntax/url.ts';
import { t } from '../text.ts';
import {
  evidence,
  GRANT_CLAIMS,
  GRANT_TYPE_CLAIMS,
  GROUPS,
  type Group,
  ID_TOKEN_HASHES,
  LOGIN_CLAIMS,
  OTHER_CLAIMS,
  PERSON_CLAIMS,
} from './claim-signs.ts';

/** What the claims say together. */
export interface ClaimsWord {
  readonly kind: TokenKind;
  readonly confidence: Exclude<Confidence, 'certain'>;
  /** Strongest first; each says what it says, whether it was believed or not. */
  readonly evidence: readonly Evidence[];
}

/**
 * Weighs the claims together. One sign alone errs often: access tokens bear a nonce, or the client for audience; ID
 * tokens bear a scope or a `client_id`; signed UserInfo responses, session tokens and workload tokens tell who
 * somebody is (OpenID Connect Core 1.0 §5.3.2). What several kinds may look like stays weak.
 * @param isClientOf true for a client_id that was seen in use at the issuer
 */
export function fromClaims(
  claims: JsonObject,
  isClientOf: (clientId: string, issuer: string | null) => boolean,
): ClaimsWord {
  const token = read(claims, isClientOf);
  const idText = idEvidence(token);
  const accessText = accessEvidence(token);
  const all = (kind: TokenKind, confidence: ClaimsWord['confidence']): ClaimsWord => ({
    kind,
    confidence,
    evidence: kind === 'access_token' ? [...accessText, ...idText] : [...idText, ...accessText],
  });

  if (token.hashes.length > 0) return all('id_token', 'strong');
  const other = otherKind(token);
  if (other !== null) return { ...other, evidence: [other.says] };
  // An issuer is a URL (OpenID Connect Core 1.0 §2, RFC 8414 §2). Else a client or a home-made server wrote it.
  const limit = (word: ClaimsWord): ClaimsWord =>
    (token.issuer === null || token.isServerIssued) && !token.isOfAnotherType
      ? word
      : { ...word, confidence: 'weak' };

  if (token.isForTheClientItself) return limit(all('access_token', 'strong'));
  if (token.grants.length > 0) return limit(all('access_token', grantConfidence(token)));
  if (token.isIdShaped && token.nonce) {
    return limit(all('id_token', token.otherClient === null ? 'strong' : 'weak'));
  }
  const loggedIn = token.login.length > 0 || token.azpIsAudience;
  const addressed = token.azpIsAudience || token.knownClient !== null;
  if (token.isIdShaped && addressed && loggedIn && !token.subjectIsClient && token.otherClient === null) {
    const told = token.login.length > 0 || token.people.length > 0;
    return limit(all('id_token', told ? 'strong' : 'weak'));
  }
  if (token.otherClient !== null) {
    const sure = token.audiences.length > 0 && token.people.length === 0;
    return limit(all('access_token', sure ? 'strong' : 'weak'));
  }
  return idText.length > 0
    ? all('id_token', 'weak')
    : { kind: 'unknown_jwt', confidence: 'weak', evidence: [] };
}

/** What the rules ask of a Claims Set, read once. */
interface Read {
  readonly claims: JsonObject;
  readonly groups: ReadonlySet<Group>;
  readonly issuer: string | null;
  readonly isServerIssued: boolean;
  readonly audiences: readonly string[];
  readonly hashes: typeof ID_TOKEN_HASHES;
  readonly grants: typeof GRANT_CLAIMS;
  readonly login: readonly string[];
  readonly people: readonly string[];
  readonly nonce: boolean;
  /** It has what each ID token must have (OpenID Connect Core 1.0 §2). */
  readonly isIdShaped: boolean;
  readonly azpIsAudience: boolean;
  /** The `client_id` is the one audience. */
  readonly clientIsAudience: boolean;
  /** A client that it names and that is not its audience. */
  readonly otherClient: string | null;
  /** As `otherClient`, or an authorized party ("azp") that is not its audience. */
  readonly namesOtherParty: boolean;
  /** An audience that is a client_id seen in use at its issuer. */
  readonly knownClient: string | null;
  readonly subjectIsClient: boolean;
  /** Issued by the client credentials grant: nobody logged in. */
  readonly isForTheClientItself: boolean;
  /**
   * It says that it is something else: by a type among its claims (as Keycloak's links in mails have), or it is an answer
   * on a token, which has the token's claims ("active", RFC 7662 §2.2).
   */
  readonly isOfAnotherType: boolean;
}

function read(claims: JsonObject, isClientOf: (clientId: string, issuer: string | null) => boolean): Read {
  const issuer = stringMember(claims, 'iss');
  const subject = stringMember(claims, 'sub');
  const audiences = stringsMember(claims, 'aud');
  const azp = stringMember(claims, 'azp');
  const clientId = stringMember(claims, 'client_id') ?? stringMember(claims, 'cid');
  const groups = groupsOf(claims);
  const isIdShaped =
    issuer !== null && subject !== null && audiences.length > 0 && has(claims, 'exp') && has(claims, 'iat');
  return {
    claims,
    groups,
    issuer,
    isServerIssued: issuer !== null && (webOrigin(issuer) !== null || issuer === 'accounts.google.com'),
    audiences,
    hashes: groups.has('hash')
      ? ID_TOKEN_HASHES.filter(([name]) => stringMember(claims, name) !== null)
      : NONE,
    grants: groups.has('grant') ? GRANT_CLAIMS.filter(([name]) => isGrant(claims, name)) : NONE,
    login: groups.has('login') ? LOGIN_CLAIMS.filter((name) => has(claims, name)) : NONE,
    people: groups.has('person') ? PERSON_CLAIMS.filter((name) => has(claims, name)) : NONE,
    nonce: stringMember(claims, 'nonce') !== null,
    isIdShaped,
    azpIsAudience: azp !== null && audiences.includes(azp),
    clientIsAudience: clientId !== null && audiences.length === 1 && audiences[0] === clientId,
    otherClient: clientId !== null && !audiences.includes(clientId) ? clientId : null,
    namesOtherParty:
      (azp !== null && !audiences.includes(azp)) || (clientId !== null && !audiences.includes(clientId)),
    knownClient: audiences.find((audience) => isClientOf(audience, issuer)) ?? null,
    subjectIsClient: subject !== null && (subject === azp || subject === clientId),
    isForTheClientItself:
      groups.has('grant_type') &&
      GRANT_TYPE_CLAIMS.some((name) =>
        wordsMember(claims, name).some((word) => /^client[-_]credentials$/.test(word)),
      ),
    isOfAnotherType:
      !ORDINARY_TYPE.test(stringMember(claims, 'typ') ?? '') || typeof member(claims, 'active') === 'boolean',
  };
}

/** What a "typ" among the claims may say of an ID or an access token. */
const ORDINARY_TYPE =
  /^(?:|(?:application\/)?(?:\w+\+)?jwt|bearer|id|id[_-]?token|access[_-]?token|at|dpop)$/i;

const NONE: readonly never[] = [];

/** @returns the groups of which a token has a claim, whatever it holds */
function groupsOf(claims: JsonObject): ReadonlySet<Group> {
  const groups = new Set<Group>();
  for (const name in claims) {
    const group = GROUPS.get(name);
    if (group !== undefined) groups.add(group);
  }
  return groups;
}

/**
 * A scope is an access token's. But some servers write it into ID tokens (to the client, with who logged in), and
 * into JWT refresh tokens (to themselves): there it is not enough.
 */
function grantConfidence(token: Read): 'strong' | 'weak' {
  if (token.issuer === null && token.otherClient === null) return 'weak';
  // No standard's names: apps write permissions into session tokens of their own, which name no client, and servers write
  // what was asked for into ID tokens, too.
  const isHomeMade = token.grants.every(([name]) => name === 'permissions' || name === 'scopes');
  if (isHomeMade && !token.namesOtherParty) return 'weak';
  const onlyScope = token.grants.every(([name]) => name === 'scope');
  const toClient = token.azpIsAudience || token.clientIsAudience || token.knownClient !== null;
  const tellsWho = token.nonce || token.people.length > 0 || token.login.length > 0;
  if (onlyScope && toClient && tellsWho) return 'weak';
  const toServer =
    token.audiences.length > 0 && token.audiences.every((audience) => audience === token.issuer);
  return onlyScope && toServer ? 'weak' : 'strong';
}

/** Tokens that neither log in nor authorise: assertions, credentials, answers. */
function otherKind(
  token: Read,
): { readonly kind: TokenKind; readonly confidence: 'strong' | 'weak'; readonly says: Evidence } | null {
  const { claims, issuer, audiences } = token;
  const word = (kind: TokenKind, confidence: 'strong' | 'weak', text: string) => ({
    ...{ kind, confidence, says: evidence(kind, text) },
  });
  const thing = token.groups.has('other')
    ? OTHER_CLAIMS.find(([name]) => {
        const value = member(claims, name);
        return name === 'vct' ? typeof value === 'string' : isJsonObject(value);
      })
    : undefined;
  if (thing !== undefined) return word('unknown_jwt', 'strong', thing[1]);
  // In answer to an authorization request, from the server to the client: no subject (JARM §2.1). Zoom's access tokens have
  // such a claim, too, and an issuer that is no URL: https://developers.zoom.us/docs/integrations/oauth/
  if (token.isServerIssued && audiences.length > 0 && has(claims, 'exp') && !has(claims, 'sub')) {
    if (has(claims, 'code'))
      return word('authorization_response', 'strong', t`It has a "code" and no subject (JARM §2.1).`);
    if (stringMember(claims, 'error') !== null)
      return word('authorization_response', 'strong', t`It has an "error" and no subject (JARM §2.1).`);
  }
  if (issuer === null || token.nonce || audiences.length === 0) return null;
  if (issuer === stringMember(claims, 'sub')) {
    return webOrigin(issuer) === null
      ? word(
          'client_assertion',
          'strong',
          t`Its issuer and subject are one, which is no server (RFC 7523 §3).`,
        )
      : word('client_assertion', 'weak', t`Its issuer and subject are one (RFC 7523 §3).`);
  }
  // A grant (RFC 7523 §2.1): written by a client, for a server. Of a person perhaps, with a scope perhaps.
  if (!token.isServerIssued && audiences.every((audience) => webOrigin(audience) !== null)) {
    return word(
      'client_assertion',
      'weak',
      t`Its issuer is no server, but its audience is one (RFC 7523 §3).`,
    );
  }
  return null;
}

const NONCE = evidence('id_token', t`It has a "nonce" claim (OpenID Connect Core 1.0 §2).`);
const FOR_ITS_CLIENT = evidence(
  'id_token',
  t`Its audience is the client that it names ("azp" or "client_id").`,
);

function idEvidence(token: Read): Evidence[] {
  const { hashes, nonce, login, people, azpIsAudience, clientIsAudience, knownClient } = token;
  const found = hashes.map(([, says]) => says);
  if (knownClient !== null) {
    found.push({
      ...({ source: 'audience', says: 'id_token', exchange: null } as const),
      text: t`Its audience is "${knownClient}", a client_id seen in use at its issuer (OpenID Connect Core 1.0 §2).`,
    });
  }
  if (nonce) found.push(NONCE);
  if (login.length + people.length > 0) {
    const names = [...login, ...people].join('", "');
    found.push(evidence('id_token', t`It tells who logged in or how: "${names}".`));
  }
  if (azpIsAudience || clientIsAudience) found.push(FOR_ITS_CLIENT);
  return found;
}

const FOR_THE_CLIENT_ITSELF = evidence(
  'access_token',
  t`It was issued to the client itself: nobody logged in (RFC 6749 §4.4).`,
);
const OF_ANOTHER_CLIENT = evidence(
  'access_token',
  t`It names a client ("client_id") that is not its audience (RFC 9068 §2.2).`,
);

function accessEvidence(token: Read): Evidence[] {
  const found = token.grants.map(([, says]) => says);
  if (token.isForTheClientItself) found.push(FOR_THE_CLIENT_ITSELF);
  if (token.otherClient !== null) found.push(OF_ANOTHER_CLIENT);
  return found;
}

/** A UMA permission ticket lists "permissions" too: objects, which ask for something and grant nothing. */
function isGrant(claims: JsonObject, name: string): boolean {
  const value = member(claims, name);
  return has(claims, name) && !(name === 'permissions' && Array.isArray(value) && value.some(isJsonObject));
}

/** True for a claim that says something: some servers write `null` for what they don't know. */
function has(claims: JsonObject, name: string): boolean {
  const value = member(claims, name);
  return value !== undefined && value !== null;
}
