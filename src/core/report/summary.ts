import type { Finding } from '../model/finding.ts';
import type { Destination, ProvenanceLesson } from '../model/knowledge.ts';
import type { ProtocolMessage } from '../model/protocol.ts';
import type { CheckedToken, RecordedSighting, TokenKind } from '../model/token.ts';
import { stringsMember } from '../syntax/json.ts';
import { t } from '../text.ts';
import { ROLES } from './report-words.ts';

export interface SummaryFacts {
  readonly destination: Destination;
  readonly findings: readonly Finding[];
  readonly message: ProtocolMessage | null;
  readonly tokens: readonly {
    readonly sighting: RecordedSighting;
    readonly token: CheckedToken;
    readonly provenance: ProvenanceLesson | null;
  }[];
}

/**
 * The verdict on a request in one or two sentences, composed of facts: what its token is and is for, where it was sent, and
 * what came of it. It says nothing of what the receiver checks.
 */
export function summaryOf(facts: SummaryFacts): string {
  const { findings } = facts;
  const [worst] = findings;
  if (worst?.accepted !== undefined)
    return `${worst.what} ${t`It is accepted by design until ${worst.accepted.until}.`}`;
  if (worst?.outcome === 'failed') {
    const others =
      new Set(
        findings
          .filter(({ outcome, accepted }) => outcome === 'failed' && accepted === undefined)
          .map(({ ruleId }) => ruleId),
      ).size - 1;
    if (others === 0) return worst.what;
    const more = others === 1 ? t`One more problem was found.` : t`${others} more problems were found.`;
    return `${worst.what} ${more}`;
  }
  const told = factsOf(facts);
  if (worst === undefined) return `${told} ${t`No problem was found.`}`;
  const because = worst.what.slice(0, 512);
  return `${told} ${t`Not all of it can be told: ${because}`}`;
}

/** The most telling token: what says who somebody is or lets one in goes before what only goes along. */
const TELLING: readonly TokenKind[] = [
  'id_token',
  'access_token',
  'refresh_token',
  'logout_token',
  'security_event',
  'authorization_response',
  'request_object',
  'client_assertion',
  'session_token',
  'unknown_jwt',
  'encrypted',
  'opaque',
  'dpop_proof',
];

function factsOf({ tokens, destination, message }: SummaryFacts): string {
  const distinct = tokens.filter(
    ({ token }, index) =>
      tokens.findIndex((other) => other.token.fingerprint === token.fingerprint) === index,
  );
  const [first, ...others] = [...distinct].sort(
    (a, b) => TELLING.indexOf(a.token.classification.kind) - TELLING.indexOf(b.token.classification.kind),
  );
  if (first === undefined) return messageSentence(message, destination);
  const beside = [...new Set(others.map(({ token }) => CALLED[token.classification.kind]))];
  const told = t`${isWhat(first)}; ${sentTo(first.sighting, destination)}.`;
  return beside.length === 0 ? told : `${told} ${t`Beside it: ${beside.join(', ')}.`}`;
}

function messageSentence(message: ProtocolMessage | null, { host }: Destination): string {
  switch (message?.message) {
    case 'authorization_request':
      return t`Here the client "${name(message.clientId)}" asks ${host} to log somebody in.`;
    case 'authorization_response':
      return message.brings === 'error'
        ? t`Here the browser comes back to ${host} with the error "${message.error ?? ''}".`
        : t`Here the browser comes back to ${host} from the login.`;
    case 'token_request':
      return t`Here tokens are asked for at ${host} (grant type ${name(message.grantType)}).`;
    case 'end_session_request':
      return t`Here the app asks ${host} to log the person out.`;
    default:
      return t`This request to ${host} carries no token.`;
  }
}

/**
 * "This access token is for "https://api.example"": what it is, as sure as that is, and for whom. A clause that another
 * one follows.
 */
function isWhat({ token, provenance }: SummaryFacts['tokens'][number]): string {
  const { kind, confidence } = token.classification;
  const whom = whomOf(
    token.form === 'jwt' ? stringsMember(token.claims, 'aud') : (provenance?.resources ?? []),
  );
  if (confidence === 'weak' && kind !== 'opaque' && kind !== 'encrypted' && kind !== 'unknown_jwt')
    return whom === null ? t`This may be ${CALLED[kind]}` : t`This may be ${CALLED[kind]}, for ${whom}`;
  switch (kind) {
    case 'id_token':
      return whom === null
        ? t`This ID token tells its client who logged in`
        : t`This ID token tells ${whom} who logged in`;
    case 'access_token':
      if (whom !== null) return t`This access token is for ${whom}`;
      return token.form === 'jwt'
        ? t`This access token names no audience`
        : t`This access token is opaque: whom it is for only its issuer knows`;
    case 'refresh_token':
      return t`This refresh token renews the login at the server that issued it`;
    case 'dpop_proof':
      return t`This DPoP proof shows that its sender holds a key, for one request`;
    case 'client_assertion':
      return whom === null
        ? t`This client assertion proves who the client is`
        : t`This client assertion proves who the client is to ${whom}`;
    case 'request_object':
      return whom === null
        ? t`This request object holds an authorization request`
        : t`This request object holds an authorization request for ${whom}`;
    case 'authorization_response':
      return whom === null
        ? t`This authorization response is for its client`
        : t`This authorization response is for ${whom}`;
    case 'logout_token':
      return whom === null
        ? t`This logout token tells its client that somebody logged out`
        : t`This logout token tells ${whom} that somebody logged out`;
    case 'security_event':
      return whom === null
        ? t`This security event token tells its receiver that something happened`
        : t`This security event token tells ${whom} that something happened`;
    case 'session_token':
      return t`This is a session token of the app’s own`;
    case 'unknown_jwt':
      return whom === null
        ? t`This JWT says nothing that tells its kind`
        : t`This JWT says nothing that tells its kind; it names the audience ${whom}`;
    case 'encrypted':
      return t`This token is encrypted: what it says only its recipient can read`;
    case 'opaque':
      return t`This token is opaque: what it says only its issuer knows`;
  }
}

/** The first audience, and how many there are beside it; null where there is none. */
function whomOf([audience, ...others]: readonly string[]): string | null {
  if (audience === undefined) return null;
  const shown = `"${name(audience)}"`;
  return others.length === 0 ? shown : t`${shown} and ${others.length} more`;
}

/** The clause that follows. */
function sentTo({ location }: RecordedSighting, { role, host }: Destination): string {
  if (location === 'redirect') return t`it was handed on in a redirect from ${host}`;
  if (location === 'response_body') return t`it was received from ${host}`;
  switch (role) {
    case 'protected_resource':
      return t`it was sent to the API at ${host}`;
    case 'client':
      return location === 'fragment'
        ? t`it was delivered to the app at ${host}`
        : t`it was sent to the app’s own host, ${host}`;
    case 'third_party':
      return t`it was sent to ${host}, a third party`;
    case 'unknown':
      return t`it was sent to ${host}`;
    case 'authorization_server':
      return t`it was sent to ${host}, an authorization server`;
    default:
      return t`it was sent to the ${ROLES[role]} of ${host}`;
  }
}

function name(text: string): string {
  return text.slice(0, 256);
}

const CALLED: Readonly<Record<TokenKind, string>> = {
  id_token: t`an ID token`,
  access_token: t`an access token`,
  refresh_token: t`a refresh token`,
  logout_token: t`a logout token`,
  dpop_proof: t`a DPoP proof`,
  client_assertion: t`a client assertion`,
  request_object: t`a request object`,
  authorization_response: t`an authorization response`,
  security_event: t`a security event token`,
  session_token: t`a session token`,
  unknown_jwt: t`a JWT of unknown use`,
  encrypted: t`an encrypted token`,
  opaque: t`an opaque token`,
};
