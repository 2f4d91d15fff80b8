import { classify } from './classify/classify.ts';
import { acceptedByDesign } from './judge/accepted-by-design.ts';
import { compareAudience } from './judge/audience.ts';
import { configured, type Subject } from './judge/configured.ts';
import { connectionOf } from './judge/connection.ts';
import { destinationOf } from './judge/destination.ts';
import { compareHome } from './judge/homes.ts';
import { judge, judgeMessage, worstFirst } from './judge/judge.ts';
import { withSdkFix } from './judge/sdk-fixes.ts';
import { Flows } from './learn/flows.ts';
import type { Knowledge, Topic } from './learn/knowledge.ts';
import { clientIdsOf, partiesOf } from './learn/parties.ts';
import type { Case, Connection, Finding, JudgedRequest } from './model/finding.ts';
import type { AudienceComparison, Destination, SdkLesson } from './model/knowledge.ts';
import type { ExchangeRecord } from './model/record.ts';
import type {
  CheckedToken,
  Classification,
  Fingerprint,
  RecordedSighting,
  SignatureState,
  UnverifiableReason,
} from './model/token.ts';
import type { TokenEntry, Visit } from './record/ledger.ts';
import { issuerUrl } from './syntax/issuer.ts';
import { stringMember, stringsMember } from './syntax/json.ts';
import { mayBeOfTheProtocol } from './syntax/protocol-path.ts';
import { isLoopback, parseUrl, siteOf, webOrigin } from './syntax/url.ts';
import { t } from './text.ts';
import type { BindingFacts } from './verify/binding-checks.ts';
import { validateClaims } from './verify/claims.ts';

/** A token with more audiences is no real one's: they are not compared one by one. */
const MAX_AUDIENCES = 64;

/** A token before its issuer was asked for keys. */
export const NOT_CHECKED_YET: SignatureState = {
  status: 'unverifiable',
  reason: 'not_checked_yet',
  text: t`Its issuer's keys are being fetched.`,
};

/** What the audit says of one exchange, and what that depends on. */
export interface ExchangeVerdict {
  readonly destination: Destination;
  readonly tokens: readonly { readonly sighting: RecordedSighting; readonly token: CheckedToken }[];
  readonly findings: readonly Finding[];
  readonly topics: readonly Topic[];
}

/** Judges one exchange by what is known: a function of its record, its tokens and the knowledge, and of nothing else. */
export function verdictOf(
  record: ExchangeRecord,
  tokenOf: (name: Fingerprint) => TokenEntry | undefined,
  known: Knowledge,
): ExchangeVerdict {
  const guessed = destinationOf(record.url, record.initiator, {
    endpointRole: (place) => known.endpointRole(place),
    isServerOrigin: (origin) => known.isServerOrigin(origin),
    issuersAt: (origin) => known.issuersAt(origin),
    isClientOrigin: (origin) => known.isClientOrigin(origin),
    audiencesOf: (host) => known.audiencesOf(host),
    declaredAt: (origin, path) => known.declared.resourceAt(origin, path)?.host ?? null,
    isNamedAsIssuer: (origin) =>
      record.sightings.some(({ token }) => {
        const entry = tokenOf(token);
        return entry !== undefined && issuerOrigin(issuerOf(entry) ?? '') === origin;
      }),
  });
  const destination = isAuthorizationResponse(record, known) ? asClient(guessed) : guessed;
  const tokens = record.sightings.flatMap((sighting) => {
    const entry = tokenOf(sighting.token);
    return entry === undefined ? [] : [{ sighting, token: checkedToken(entry, record.at, known) }];
  });
  const request = requestOf(record, destination);
  const findings = [
    ...(record.message === null ? [] : judgeMessage({ message: record.message, request }, record.id)),
    ...tokens.flatMap(({ sighting, token }) =>
      judge(
        caseOf({
          ...{ request, sighting, token },
          beside: tokens.flatMap(({ token: other }) =>
            other.fingerprint === token.fingerprint ? [] : [other.classification.kind],
          ),
          earlier: earlierOf(tokenOf(sighting.token), record, known, (origin) =>
            isStranger(origin, request, token, tokenOf(sighting.token)?.raw ?? '', known),
          ),
          raw: tokenOf(sighting.token)?.raw ?? '',
          known,
        }),
        record.id,
      ),
    ),
  ].sort(worstFirst);
  // One token in two places of a request: what is said of the token is said once.
  const distinct = findings.filter(
    ({ ruleId, token }, index) =>
      findings.findIndex((other) => other.ruleId === ruleId && other.token === token) === index,
  );
  const { declared } = known;
  return {
    destination,
    tokens,
    findings: configured(
      distinct.map((finding) => withSdkFix(finding, sdksOf(record, finding, known))),
      record.url,
      ({ token: name }) =>
        subjectOf(tokens.find(({ token }) => token.fingerprint === name)?.token, record, known),
      {
        severityOf: (ruleId) => declared.severityOf(ruleId),
        acceptances: declared.acceptances,
        at: Math.max(declared.at, record.at),
      },
    ),
    topics: topicsOf(
      destination,
      record.initiator,
      tokens.map(({ token }) => token),
      tokenOf,
      known,
    ),
  };
}

/** The client_id that a message of the protocol names; responses name none. */
function clientIdOf(message: ExchangeRecord['message']): string | null {
  return message !== null && 'clientId' in message ? message.clientId : null;
}

/** What a finding is on, as far as a person may accept it by that. */
function subjectOf(token: CheckedToken | undefined, { message }: ExchangeRecord, known: Knowledge): Subject {
  if (token === undefined)
    return { issuer: null, clients: [clientIdOf(message)].filter((client) => client !== null), kind: null };
  const provenance = known.provenance(token.fingerprint);
  const claims = token.form === 'jwt' ? token.claims : {};
  const clients = [
    ...['client_id', 'azp', 'appid', 'cid'].map((name) => stringMember(claims, name)),
    provenance?.clientId ?? null,
    // The audience of an ID token is its client (OpenID Connect Core 1.0 §2).
    ...(token.classification.kind === 'id_token' ? stringsMember(claims, 'aud').slice(0, MAX_AUDIENCES) : []),
  ].filter((client) => client !== null);
  return { issuer: stringMember(claims, 'iss'), clients, kind: token.classification.kind };
}

/**
 * Tokens that a request carries and that were issued in this very request, or in the redirect that led to it: the browser
 * delivers them to the client.
 */
function isAuthorizationResponse({ id, url, sightings }: ExchangeRecord, known: Knowledge): boolean {
  return sightings.some(({ token, location: where }) => {
    const provenance = where === 'redirect' ? null : known.provenance(token);
    if (provenance === null) return false;
    const isDelivered = where === 'fragment' && provenance.deliveredTo === (webOrigin(url) ?? '');
    return provenance.issuedIn === id || isDelivered;
  });
}

/** An authorization response goes to a redirect URI (RFC 6749 §3.1.2), also where no request for it was seen. */
function asClient(destination: Destination): Destination {
  if (destination.role !== 'third_party' && destination.role !== 'unknown') return destination;
  const because = t`An authorization response was delivered to it: to a redirect URI of the client.`;
  return { ...destination, role: 'client', because, known: true };
}

/** What a token is, by what is known. */
export function classificationOf(entry: TokenEntry, known: Knowledge): Classification {
  return classify(entry.decoded, {
    provenance: known.provenance(entry.decoded.fingerprint),
    stored: known.stored(entry.decoded.fingerprint),
    places: entry.places,
    isClientOf: (clientId, issuer) => known.isClientOf(clientId, issuer),
    raw: entry.raw,
  });
}

/** The signature state of a token that waits: whether its issuer may be asked depends on what the traffic showed. */
export function waitingState(entry: TokenEntry, known: Knowledge): SignatureState {
  const issuer = issuerOf(entry);
  if (issuer === null || !isWaiting(entry.signature)) return entry.signature;
  switch (known.mayAsk(issuer)) {
    case 'granted':
      return NOT_CHECKED_YET;
    case 'not_approved': {
      const text = t`The traffic shows no authorization server at "${issuer}", so it was not asked for keys.`;
      return { status: 'unverifiable', reason: 'issuer_not_approved', text };
    }
    case 'private': {
      const text = t`"${issuer}" is on this machine or on a private network, and the page did not talk to it: it is not asked for keys.`;
      return { status: 'unverifiable', reason: 'issuer_unknown', text };
    }
    case 'no_place': {
      const text = t`"${issuer}" is no place that keys are fetched from: that is an https URL, or http on this machine.`;
      return { status: 'unverifiable', reason: 'issuer_unknown', text };
    }
  }
}

/** True where the issuer's keys may be fetched and were not yet. */
export function isAskable(signature: SignatureState): boolean {
  return signature.status === 'unverifiable' && signature.reason === 'not_checked_yet';
}

const WAITING: ReadonlySet<UnverifiableReason> = new Set([
  'not_checked_yet',
  'issuer_unknown',
  'issuer_not_approved',
]);

export function isWaiting(signature: SignatureState): boolean {
  return signature.status === 'unverifiable' && WAITING.has(signature.reason);
}

export function issuerOf({ decoded }: Pick<TokenEntry, 'decoded'>): string | null {
  return decoded.form === 'jwt' ? stringMember(decoded.claims, 'iss') : null;
}

function checkedToken(entry: TokenEntry, at: number, known: Knowledge): CheckedToken {
  const { decoded, classification, signature } = entry;
  const classified = { ...decoded, classification };
  const issuer = issuerOf(entry);
  const checks = validateClaims(classified, signature, {
    metadata: issuer === null ? null : known.metadata(issuer),
    isClientOf: (clientId, of) => known.isClientOf(clientId, of),
    at,
    clockSkewMs: known.clock.skewMs,
    binding: bindingOf(decoded, known),
  });
  return { ...classified, signature, checks, guessableSecret: entry.guessableSecret };
}

function bindingOf(token: TokenEntry['decoded'], known: Knowledge): BindingFacts {
  const issued = known.provenance(token.fingerprint);
  const flow = issued?.flow ?? null;
  const clients =
    token.form === 'jwt' ? ['aud', 'azp'].flatMap((name) => stringsMember(token.claims, name)) : [];
  return {
    flow,
    requests: issued === null || flow === null ? [] : known.flows.requestsOf(flow, issued.at, clients),
    isNonceSent: (hash) => known.flows.hasNonce(hash),
  };
}

function requestOf({ method, at, url, initiator }: ExchangeRecord, destination: Destination): JudgedRequest {
  const hostname = parseUrl(url)?.hostname ?? '';
  return {
    ...{ method, at, initiator, destination },
    isConfidential: /^(?:https|wss):/.test(url) || isLoopback(hostname),
    isWebSocket: /^wss?:/.test(url),
  };
}

/** Where a token went before this exchange. Its authorization server is nobody's API: what went there is left out. */
function earlierOf(
  entry: TokenEntry | undefined,
  { order, url }: ExchangeRecord,
  known: Knowledge,
  isStranger: (origin: string) => boolean,
): Case['earlier'] {
  const isBesideServer = ({ place, first }: Visit['places'][number]): boolean =>
    first < order &&
    known.endpointRole(place) === null &&
    !mayBeOfTheProtocol(parseUrl(place)?.pathname ?? '/');
  const visits = [...(entry?.visits ?? [])].filter(([, { first }]) => first < order);
  const origins = visits
    .filter(([origin, { places }]) => !known.isServerOrigin(origin) || places.some(isBesideServer))
    .map(([origin]) => origin);
  const [first] = origins;
  const here = entry?.visits.get(webOrigin(url) ?? '');
  return {
    sites: [...new Set(origins.map(siteAt))],
    isFirstStranger: first !== undefined && isStranger(first),
    everywhere: [...new Set(visits.map(([origin]) => siteAt(origin)))],
    handOffs: here?.handOffs.filter((other) => other < order).length ?? 0,
  };
}

function siteAt(origin: string): string {
  return siteOf(parseUrl(origin)?.hostname ?? '');
}

function caseOf({
  request,
  sighting,
  token,
  beside,
  earlier,
  raw,
  known,
}: Pick<Case, 'request' | 'token' | 'beside' | 'earlier'> & {
  readonly sighting: RecordedSighting;
  readonly raw: string;
  readonly known: Knowledge;
}): Case {
  const audiences = audiencesOf(token, known);
  const issuer = token.form === 'jwt' ? stringMember(token.claims, 'iss') : null;
  const clientId = audiences.find((audience) => known.isClientOf(audience, issuer));
  const client = clientId === undefined ? null : known.client(clientId);
  const provenance = known.provenance(token.fingerprint);
  const issuedAt = provenance === null ? null : webOrigin(provenance.endpoint);
  return {
    ...{ sighting, token, beside, request, earlier },
    audience:
      (token.form === 'opaque' && audiences.length > 0
        ? null
        : compareHome(token, raw, issuedAt, request.destination, request.initiator)) ??
      audienceOf(audiences, request.destination, known),
    connection: connectionTo(request, token, raw, known),
    client: client === null ? null : { clientId: client.clientId, origins: [...client.origins] },
    pageClients: request.initiator === null ? [] : known.clientsOf(request.initiator, issuer),
    issued:
      provenance === null || issuedAt === null ? null : { origin: issuedAt, clientId: provenance.clientId },
    acceptedByDesign: known.declared.isStrict ? null : acceptedByDesign(token, request.destination.path),
    issuerTrust: issuer === null ? 'undeclared' : known.declared.trustIn(issuer),
  };
}

function connectionTo(
  { initiator, destination }: JudgedRequest,
  token: CheckedToken,
  raw: string,
  known: Knowledge,
): Connection {
  return connectionOf(token, destination, { raw, page: initiator, ...partiesOf(token, known) });
}

/** True for an origin that a token went to before, where nothing connects the two. */
function isStranger(
  origin: string,
  request: JudgedRequest,
  token: CheckedToken,
  raw: string,
  known: Knowledge,
): boolean {
  const host = parseUrl(origin)?.host ?? '';
  if (known.audiencesOf(host).length > 0 || known.isClientOrigin(origin)) return false;
  const page = parseUrl(request.initiator ?? '')?.hostname;
  if (page !== undefined && siteOf(page) === siteAt(origin)) return false;
  const destination: Destination = {
    ...{ role: 'third_party', origin, host, path: '/', because: '', known: false },
  };
  return connectionTo({ ...request, destination }, token, raw, known).outcome === 'none';
}

function audienceOf(
  audiences: readonly string[],
  destination: Destination,
  known: Knowledge,
): AudienceComparison {
  if (audiences.length > MAX_AUDIENCES) {
    const text = t`The token names ${audiences.length} audiences, which were not compared.`;
    return { outcome: 'cannot_tell', certain: false, text };
  }
  return compareAudience(audiences, destination, {
    audiencesOf: (host) => known.audiencesOf(host),
    isLocated: (audience) => known.isLocated(audience),
    isAskedFor: (audience) => known.isAskedFor(audience),
    isNamed: (audience) => known.isNamed(audience),
    declaredHere: known.declared.resourceAt(destination.origin, destination.path),
    declaredHostsOf: (audience) => known.declared.hostsOf(audience),
    isServer: (audience) => known.isShownAsServer(audience) || known.isServerPlace(audience),
  });
}

/** An opaque token can't tell its audience; the request that asked for it may have (RFC 8707 §2.2). */
function audiencesOf(token: CheckedToken, known: Knowledge): readonly string[] {
  return token.form === 'jwt'
    ? stringsMember(token.claims, 'aud')
    : (known.provenance(token.fingerprint)?.resources ?? known.stored(token.fingerprint)?.resources ?? []);
}

/** The client libraries that may be at fault: the one that keeps the token, else those of the page. */
function sdksOf(
  { initiator, message }: ExchangeRecord,
  { token }: Finding,
  known: Knowledge,
): readonly Pick<SdkLesson, 'sdk' | 'because'>[] {
  const stored = token === null ? null : known.stored(token);
  if (stored !== null) return [{ sdk: stored.sdk, because: t`It keeps this token in ${stored.place}.` }];
  const pages =
    message === null ? [initiator] : [...(known.client(clientIdOf(message) ?? '')?.origins ?? []), initiator];
  return pages.map((page) => (page === null ? [] : known.sdksAt(page))).find((sdks) => sdks.length > 0) ?? [];
}

/** Everything whose learning may change this verdict. */
function topicsOf(
  destination: Destination,
  page: string | null,
  tokens: readonly CheckedToken[],
  tokenOf: (name: Fingerprint) => TokenEntry | undefined,
  known: Knowledge,
): readonly Topic[] {
  const topics = new Set<Topic>([`host:${destination.host}`, `server:${destination.origin}`]);
  if (page !== null) topics.add(`page:${page}`);
  for (const token of tokens) {
    topics.add(`token:${token.fingerprint}`);
    const flow = known.provenance(token.fingerprint)?.flow;
    if (flow !== undefined) for (const topic of Flows.topicsOf(flow)) topics.add(topic);
    // Where it went before counts as well: who is a stranger there, and where a server is.
    for (const origin of tokenOf(token.fingerprint)?.visits.keys() ?? []) {
      topics.add(`server:${origin}`);
      const host = parseUrl(origin)?.host;
      if (host !== undefined) topics.add(`host:${host}`);
    }
    for (const audience of audiencesOf(token, known).slice(0, MAX_AUDIENCES))
      topics.add(`audience:${audience}`);
    for (const clientId of clientIdsOf(token, known)) topics.add(`audience:${clientId}`);
    if (token.form !== 'jwt') continue;
    const issuer = stringMember(token.claims, 'iss');
    if (issuer === null) continue;
    topics.add(`issuer:${issuer}`);
    const origin = issuerOrigin(issuer);
    if (origin !== null) topics.add(`server:${origin}`);
  }
  return [...topics];
}

/** The origin that an issuer's name is of; Google's ID tokens may name theirs without a scheme. */
function issuerOrigin(issuer: string): string | null {
  return webOrigin(issuer) ?? issuerUrl(issuer)?.origin ?? null;
}
