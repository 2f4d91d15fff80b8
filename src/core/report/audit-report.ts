import type { Finding } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import type { Destination, Lesson, ProvenanceLesson } from '../model/knowledge.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type {
  AuditReport,
  HarPlace,
  ReportClient,
  ReportExchange,
  ReportFinding,
  ReportResource,
  ReportSession,
  ReportToken,
} from '../model/report.ts';
import type { Check, CheckedToken, Fingerprint, Outcome, RecordedSighting } from '../model/token.ts';
import type { Coverage } from '../model/view.ts';
import { numberMember, stringMember, stringsMember, wordsMember } from '../syntax/json.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';
import { Redactor } from './redact-text.ts';

/** An exchange with all that the audit says of it. */
export interface JudgedExchange {
  readonly record: ExchangeRecord;
  readonly destination: Destination;
  readonly tokens: readonly { readonly sighting: RecordedSighting; readonly token: CheckedToken }[];
  readonly findings: readonly Finding[];
}

/** All that a report is made of, unredacted: not to be stored or shown as it is. */
export interface ReportFacts {
  readonly coverage: Coverage;
  readonly lessons: readonly Lesson[];
  /** In the order in which they were observed. */
  readonly exchanges: readonly JudgedExchange[];
}

/** What only who runs the audit knows. */
export interface ReportFrame {
  readonly version: string;
  readonly session: Pick<ReportSession, 'name' | 'source' | 'steps'>;
  /** The place in a HAR of an exchange; null for what was seen live. */
  readonly entryOf: (exchange: string) => HarPlace | null;
}

/** More members of one list than any real token has: the rest is dropped. */
const MAX_LISTED = 128;

/**
 * Builds the report. Synchronous and pure. Redacts by allow-list: of a token, the fields of {@link ReportToken} and no
 * other claim, no header and no part of the token itself; of a URL, what `redactUrl` leaves, without what looks like an
 * id; of the words of findings and evidence, what they quote only where it is listed in the report anyway.
 */
export function buildReport(facts: ReportFacts, frame: ReportFrame): AuditReport {
  const exchanges = [...facts.exchanges].sort(
    (a, b) => a.record.at - b.record.at || a.record.order - b.record.order,
  );
  const carried = tokensOf(exchanges);
  const provenance = new Map(
    facts.lessons.flatMap((lesson) => (lesson.learned === 'provenance' ? [[lesson.token, lesson]] : [])),
  );
  const redactor = redactorOf(exchanges, carried, facts.lessons);
  const [first] = exchanges;
  const last = exchanges.at(-1);
  return {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version: frame.version },
    session: {
      name: frame.session.name,
      startedAt: first === undefined ? null : isoOf(first.record.at),
      endedAt: last === undefined ? null : isoOf(last.record.at),
      source: frame.session.source,
      steps: frame.session.steps,
    },
    coverage: facts.coverage,
    clients: clientsOf(facts.lessons, redactor),
    resources: resourcesOf(facts.lessons, redactor),
    tokens: [...carried.values()].map((token) =>
      tokenOf(token, provenance.get(token.last.fingerprint) ?? null, redactor),
    ),
    exchanges: exchanges.map((exchange) => exchangeOf(exchange, frame.entryOf(exchange.record.id), redactor)),
    findings: exchanges.flatMap(({ findings }) => findings.map((finding) => findingOf(finding, redactor))),
  };
}

/** A token over all its requests: its times are checked at each. */
interface Carried {
  last: CheckedToken;
  readonly checks: Map<Check['id'], Check>;
  readonly exchanges: Set<string>;
}

const WORST_FIRST: readonly Outcome[] = ['failed', 'cantTell', 'passed', 'inapplicable'];

function tokensOf(exchanges: readonly JudgedExchange[]): ReadonlyMap<Fingerprint, Carried> {
  const carried = new Map<Fingerprint, Carried>();
  for (const { record, tokens } of exchanges) {
    for (const { token } of tokens) {
      const entry = carried.get(token.fingerprint) ?? {
        last: token,
        checks: new Map(),
        exchanges: new Set(),
      };
      carried.set(token.fingerprint, entry);
      entry.last = token;
      entry.exchanges.add(record.id);
      for (const check of token.checks) {
        const worst = entry.checks.get(check.id);
        if (worst === undefined || isWorse(check, worst)) entry.checks.set(check.id, check);
      }
    }
  }
  return carried;
}

export function isWorse(a: Check, b: Check): boolean {
  return WORST_FIRST.indexOf(a.outcome) < WORST_FIRST.indexOf(b.outcome);
}

/** Claims that name a person (OpenID Connect Core 1.0 §5.1), and vendors' own. */
const PERSON_CLAIMS: readonly string[] = [
  'sub',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'email',
  'phone_number',
  'username',
  'cognito:username',
  'upn',
  'unique_name',
  'login',
  'oid',
  'uid',
  'user_id',
];

/** @returns whom a token names, in every way in which servers write it */
export function peopleIn(claims: JsonObject): readonly string[] {
  return PERSON_CLAIMS.flatMap((name) => {
    const value = stringMember(claims, name);
    // Some servers put where a person comes from before who it is: "auth0|ada".
    return value === null ? [] : [value, ...value.split('|')];
  });
}

function redactorOf(
  exchanges: readonly JudgedExchange[],
  carried: ReadonlyMap<Fingerprint, Carried>,
  lessons: readonly Lesson[],
): Redactor {
  const listed = new Set<string>();
  const people = new Set<string>();
  for (const { last } of carried.values()) {
    if (last.form !== 'jwt') continue;
    for (const value of identifiersOf(last.header, last.claims)) listed.add(value);
    for (const value of peopleIn(last.claims)) people.add(value);
  }
  for (const lesson of lessons) {
    if (lesson.learned === 'client') listed.add(lesson.clientId);
    else if (lesson.learned === 'resource') listed.add(lesson.audience);
    else if (lesson.learned === 'metadata') listed.add(lesson.metadata.issuer);
    else if (lesson.learned === 'provenance') for (const value of lesson.resources) listed.add(value);
  }
  for (const { destination } of exchanges) listed.add(destination.host);
  return new Redactor(listed, people);
}

/** What the report lists of a JWT, and what sentences about it quote. */
export function identifiersOf(header: JsonObject, claims: JsonObject): readonly string[] {
  return [
    ...['iss', 'client_id', 'azp'].flatMap((name) => stringMember(claims, name) ?? []),
    ...stringsMember(claims, 'aud').slice(0, MAX_LISTED),
    ...['kid', 'alg', 'typ'].flatMap((name) => stringMember(header, name) ?? []),
  ];
}

export function clientsOf(lessons: readonly Lesson[], redactor: Redactor): readonly ReportClient[] {
  const issuers = issuersByOrigin(lessons);
  const clients = new Map<string, { client: Omit<ReportClient, 'origins'>; origins: Set<string> }>();
  for (const lesson of lessons) {
    if (lesson.learned !== 'client') continue;
    const issuer = lesson.issuer ?? issuers.get(lesson.serverOrigin) ?? null;
    const key = JSON.stringify([lesson.clientId, issuer]);
    const known = clients.get(key) ?? {
      client: {
        clientId: redactor.identifier(lesson.clientId),
        issuer: issuer === null ? null : redactor.identifier(issuer),
        learnedFrom: lesson.learnedFrom,
      },
      origins: new Set(),
    };
    clients.set(key, known);
    for (const origin of lesson.origins) known.origins.add(origin);
  }
  return [...clients.values()].map(({ client, origins }) => ({ ...client, origins: [...origins] }));
}

/** The issuer at an origin: its own, or that of an endpoint that its metadata names. */
function issuersByOrigin(lessons: readonly Lesson[]): ReadonlyMap<string, string> {
  const issuers = new Map<string, string>();
  for (const lesson of lessons) {
    if (lesson.learned !== 'metadata') continue;
    const { issuer, endpoints } = lesson.metadata;
    const asked = endpoints.filter(
      ({ role }) => role === 'authorization_endpoint' || role === 'token_endpoint',
    );
    for (const url of [...asked.map((endpoint) => endpoint.url), issuer]) {
      const origin = webOrigin(url);
      if (origin !== null) issuers.set(origin, issuer);
    }
  }
  return issuers;
}

export function resourcesOf(lessons: readonly Lesson[], redactor: Redactor): readonly ReportResource[] {
  const resources = new Map<string, { audiences: Set<string>; learnedFrom: string }>();
  for (const lesson of lessons) {
    if (lesson.learned !== 'resource' || lesson.host === null) continue;
    const known = resources.get(lesson.host) ?? { audiences: new Set(), learnedFrom: lesson.learnedFrom };
    resources.set(lesson.host, known);
    if (known.audiences.size < MAX_LISTED) known.audiences.add(redactor.identifier(lesson.audience));
  }
  return [...resources].map(([host, { audiences, learnedFrom }]) => ({
    ...{ host, audiences: [...audiences], learnedFrom },
  }));
}

export function tokenOf(
  {
    last,
    checks,
    exchanges,
  }: Pick<Carried, 'last'> & {
    readonly checks: ReadonlyMap<string, Check>;
    readonly exchanges: ReadonlySet<string>;
  },
  issued: ProvenanceLesson | null,
  redactor: Redactor,
): ReportToken {
  const claims = last.form === 'jwt' ? last.claims : {};
  const header = last.form === 'jwt' || last.form === 'jwe' ? last.header : {};
  const { kind, confidence, evidence } = last.classification;
  const identifier = (value: string | null): string | null =>
    value === null ? null : redactor.identifier(value);
  const list = (values: readonly string[]): readonly string[] =>
    values.slice(0, MAX_LISTED).map((value) => redactor.identifier(value));
  const own = [...wordsMember(claims, 'scope'), ...wordsMember(claims, 'scp')];
  // A response's scope is that of its access token (RFC 6749 §5.1).
  const scope = own.length > 0 || kind === 'id_token' ? own : (issued?.scope ?? []);
  return {
    fingerprint: last.fingerprint,
    kind,
    confidence,
    evidence: evidence.map((one) => ({ ...one, text: redactor.text(one.text) })),
    issuer: identifier(stringMember(claims, 'iss')),
    audience: list(last.form === 'jwt' ? stringsMember(claims, 'aud') : (issued?.resources ?? [])),
    clientId: identifier(
      stringMember(claims, 'client_id') ?? stringMember(claims, 'azp') ?? issued?.clientId ?? null,
    ),
    scope: list(scope),
    issuedAt: numberMember(claims, 'iat'),
    expiresAt: numberMember(claims, 'exp'),
    signature: signatureOf(last, identifier(stringMember(header, 'kid')), redactor),
    checks: [...checks.values()].map((check) => ({ ...check, text: redactor.text(check.text) })),
    issuedIn: issued?.issuedIn ?? null,
    usedIn: [...exchanges],
  };
}

function signatureOf(
  { signature }: CheckedToken,
  keyId: string | null,
  redactor: Redactor,
): ReportToken['signature'] {
  const { status } = signature;
  switch (signature.status) {
    case 'verified':
    case 'unsecured':
      return { status, reason: null, text: null, keyId };
    case 'invalid': {
      const text = redactor.text(signature.reason);
      return { status, reason: text, text, keyId };
    }
    case 'unverifiable':
      return { status, reason: signature.reason, text: redactor.text(signature.text), keyId };
  }
}

export function exchangeOf(
  { record, destination, tokens }: JudgedExchange,
  entry: HarPlace | null,
  redactor: Redactor,
): ReportExchange {
  return {
    id: record.id,
    entry,
    at: isoOf(record.at),
    method: redactor.name(record.method),
    url: redactor.url(record.url),
    initiator: record.initiator === null ? null : (parseUrl(record.initiator)?.origin ?? null),
    role: destination.role,
    status: record.status,
    sightings: tokens.map(({ sighting: { location, name, token } }) => ({
      ...{ location, name: redactor.name(name), token },
    })),
  };
}

export function findingOf(finding: Finding, redactor: Redactor): ReportFinding {
  const { ruleId, outcome, severity, exchange, token, title, why, fix, references, accepted } = finding;
  return {
    ...{ ruleId, outcome, severity, exchange, token, title },
    what: redactor.text(finding.what),
    ...{ why, fix },
    ...(finding.fixFor === undefined ? {} : { fixFor: finding.fixFor }),
    evidence: finding.evidence.map((text) => redactor.text(text)),
    references,
    ...(accepted === undefined
      ? {}
      : { accepted: { reason: redactor.text(accepted.reason), until: accepted.until } }),
  };
}

/** Any moment that a Date can be (ECMA-262 §21.4.1.1): a hostile log may tell of others. */
export function isoOf(at: number): string {
  return new Date(Math.min(Math.max(at, -8.64e15), 8.64e15) || 0).toISOString();
}
