import type { Finding } from '../model/finding.ts';
import type { Destination, ProvenanceLesson } from '../model/knowledge.ts';
import type { ProtocolMessage } from '../model/protocol.ts';
import type { CheckedToken, RecordedSighting, TokenKind } from '../model/token.ts';
import { stringsMember } from '../syntax/json.ts';

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
    return `${worst.what} It is accepted by design until ${worst.accepted.until}.`;
  if (worst?.outcome === 'failed') {
    const others =
      new Set(
        findings
          .filter(({ outcome, accepted }) => outcome === 'failed' && accepted === undefined)
          .map(({ ruleId }) => ruleId),
      ).size - 1;
    const more =
      others === 0
        ? ''
        : others === 1
          ? ' One more problem was found.'
          : ` ${others} more problems were found.`;
    return `${worst.what}${more}`;
  }
  const told = factsOf(facts);
  if (worst === undefined) return `${told} No problem was found.`;
  const because = worst.what.slice(0, 512);
  return `${told} Not all of it can be told: ${because}`;
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
  const along = beside.length === 0 ? '' : ` Beside it: ${beside.join(', ')}.`;
  return `${isWhat(first)}; it was ${sentTo(first.sighting, destination)}.${along}`;
}

function messageSentence(message: ProtocolMessage | null, { host }: Destination): string {
  switch (message?.message) {
    case 'authorization_request':
      return `Here the client "${name(message.clientId)}" asks ${host} to log somebody in.`;
    case 'authorization_response':
      return message.brings === 'error'
        ? `Here the browser comes back to ${host} with the error "${message.error ?? ''}".`
        : `Here the browser comes back to ${host} from the login.`;
    case 'token_request':
      return `Here tokens are asked for at ${host} (grant type ${name(message.grantType)}).`;
    case 'end_session_request':
      return `Here the app asks ${host} to log the person out.`;
    default:
      return `This request to ${host} carries no token.`;
  }
}

/** "This access token is for "https://api.example"": what it is, as sure as that is, and for whom. */
function isWhat({ token, provenance }: SummaryFacts['tokens'][number]): string {
  const { kind, confidence } = token.classification;
  const audiences = token.form === 'jwt' ? stringsMember(token.claims, 'aud') : (provenance?.resources ?? []);
  const [audience] = audiences;
  const shown = audience === undefined ? '' : `"${name(audience)}"`;
  const whom = audiences.length > 1 ? `${shown} and ${audiences.length - 1} more` : shown;
  if (confidence === 'weak' && kind !== 'opaque' && kind !== 'encrypted' && kind !== 'unknown_jwt') {
    return `This may be ${CALLED[kind]}${whom === '' ? '' : `, for ${whom}`}`;
  }
  switch (kind) {
    case 'id_token':
      return whom === ''
        ? 'This ID token tells its client who logged in'
        : `This ID token tells ${whom} who logged in`;
    case 'access_token':
      if (whom !== '') return `This access token is for ${whom}`;
      return token.form === 'jwt'
        ? 'This access token names no audience'
        : 'This access token is opaque: whom it is for only its issuer knows';
    case 'refresh_token':
      return 'This refresh token renews the login at the server that issued it';
    case 'dpop_proof':
      return 'This DPoP proof shows that its sender holds a key, for one request';
    case 'client_assertion':
      return `This client assertion proves who the client is${whom === '' ? '' : ` to ${whom}`}`;
    case 'request_object':
      return `This request object holds an authorization request${whom === '' ? '' : ` for ${whom}`}`;
    case 'authorization_response':
      return `This authorization response is for ${whom || 'its client'}`;
    case 'logout_token':
      return `This logout token tells ${whom || 'its client'} that somebody logged out`;
    case 'security_event':
      return `This security event token tells ${whom || 'its receiver'} that something happened`;
    case 'session_token':
      return 'This is a session token of the app’s own';
    case 'unknown_jwt':
      return `This JWT says nothing that tells its kind${whom === '' ? '' : `; it names the audience ${whom}`}`;
    case 'encrypted':
      return 'This token is encrypted: what it says only its recipient can read';
    case 'opaque':
      return 'This token is opaque: what it says only its issuer knows';
  }
}

function sentTo({ location }: RecordedSighting, { role, host }: Destination): string {
  if (location === 'redirect') return `handed on in a redirect from ${host}`;
  if (location === 'response_body') return `received from ${host}`;
  switch (role) {
    case 'protected_resource':
      return `sent to the API at ${host}`;
    case 'client':
      return location === 'fragment'
        ? `delivered to the app at ${host}`
        : `sent to the app’s own host, ${host}`;
    case 'third_party':
      return `sent to ${host}, a third party`;
    case 'unknown':
      return `sent to ${host}`;
    case 'authorization_server':
      return `sent to ${host}, an authorization server`;
    default:
      return `sent to the ${role.replaceAll('_', ' ')} of ${host}`;
  }
}

function name(text: string): string {
  return text.slice(0, 256);
}

const CALLED: Readonly<Record<TokenKind, string>> = {
  id_token: 'an ID token',
  access_token: 'an access token',
  refresh_token: 'a refresh token',
  logout_token: 'a logout token',
  dpop_proof: 'a DPoP proof',
  client_assertion: 'a client assertion',
  request_object: 'a request object',
  authorization_response: 'an authorization response',
  security_event: 'a security event token',
  session_token: 'a session token',
  unknown_jwt: 'a JWT of unknown use',
  encrypted: 'an encrypted token',
  opaque: 'an opaque token',
};
