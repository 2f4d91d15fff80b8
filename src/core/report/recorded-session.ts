import type { Lesson, ProvenanceLesson } from '../model/knowledge.ts';
import type { AuditReport, ReportFinding } from '../model/report.ts';
import type { FindingWords, NamedPart, RecordedFinding, SessionPart } from '../model/session.ts';
import type { Check, CheckedToken, Fingerprint } from '../model/token.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import {
  clientsOf,
  exchangeOf,
  findingOf,
  identifiersOf,
  type JudgedExchange,
  peopleIn,
  resourcesOf,
  tokenOf,
} from './audit-report.ts';
import { Redactor } from './redact-text.ts';

/** What a session says of people and identifiers, gathered while it is recorded: it decides what may be written. */
export class SessionRedaction {
  readonly #listed = new Set<string>();
  readonly #people = new Set<string>();
  #redactor: Redactor | null = null;

  /** Takes what an exchange tells. @returns true where it names a person that was not known before */
  note({ destination, tokens }: JudgedExchange): boolean {
    const before = this.#people.size;
    this.#list([destination.host]);
    for (const { token } of tokens) {
      if (token.form !== 'jwt') continue;
      this.#list(identifiersOf(token.header, token.claims));
      for (const person of peopleIn(token.claims)) this.#people.add(person);
    }
    if (this.#people.size === before) return false;
    this.#redactor = null;
    return true;
  }

  noteLessons(lessons: readonly Lesson[]): void {
    for (const lesson of lessons) {
      if (lesson.learned === 'client') this.#list([lesson.clientId]);
      else if (lesson.learned === 'resource') this.#list([lesson.audience]);
      else if (lesson.learned === 'metadata') this.#list([lesson.metadata.issuer]);
      else if (lesson.learned === 'provenance') this.#list(lesson.resources);
    }
  }

  redactor(): Redactor {
    this.#redactor ??= new Redactor(this.#listed, this.#people);
    return this.#redactor;
  }

  #list(identifiers: readonly string[]): void {
    for (const identifier of identifiers) {
      if (this.#listed.has(identifier)) continue;
      this.#listed.add(identifier);
      this.#redactor = null;
    }
  }
}

/**
 * Redacts exchanges into what is kept of them on the disk. Their tokens' facts come along, and the words of their
 * findings. Nothing of it can be replayed.
 */
export function exchangeParts(
  exchanges: readonly JudgedExchange[],
  lessons: readonly Lesson[],
  redactor: Redactor,
): readonly NamedPart[] {
  const provenance = new Map<string, ProvenanceLesson>();
  for (const lesson of lessons) if (lesson.learned === 'provenance') provenance.set(lesson.token, lesson);
  const tokens = new Map<Fingerprint, CheckedToken>();
  const words = new Map<string, SessionPart>();
  const parts: SessionPart[] = exchanges.map((judged) => {
    for (const { token } of judged.tokens) tokens.set(token.fingerprint, token);
    const distinct = new Map(judged.tokens.map(({ token }) => [token.fingerprint, token]));
    return {
      part: 'exchange',
      order: judged.record.order,
      exchange: exchangeOf(judged, null, redactor),
      checks: [...distinct.values()].map(({ fingerprint: token, checks }) => ({
        token,
        checks: checks.map((check) => ({ ...check, text: redactor.text(check.text) })),
      })),
      findings: judged.findings.map((finding) => recordedFinding(findingOf(finding, redactor), words)),
    };
  });
  for (const token of tokens.values()) {
    const issued = provenance.get(token.fingerprint) ?? null;
    const { checks, usedIn, ...facts } = tokenOf(
      { last: token, checks: new Map(), exchanges: new Set() },
      issued,
      redactor,
    );
    parts.push({ part: 'token', token: facts });
  }
  return [...words.values(), ...parts].map(named);
}

/**
 * What was learned and belongs to a session: what its exchanges taught, and of what was known before, the clients and
 * resources that it speaks of.
 */
export function lessonParts(
  lessons: readonly Lesson[],
  belongs: {
    readonly exchange: (id: string) => boolean;
    readonly identifier: (clientId: string) => boolean;
    readonly host: (host: string) => boolean;
  },
  redactor: Redactor,
): readonly NamedPart[] {
  const parts: SessionPart[] = [];
  for (const client of clientsOf(lessons, redactor)) {
    if (belongs.exchange(client.learnedFrom) || belongs.identifier(client.clientId))
      parts.push({ part: 'client', client });
  }
  for (const resource of resourcesOf(lessons, redactor)) {
    if (belongs.exchange(resource.learnedFrom) || belongs.host(resource.host))
      parts.push({ part: 'resource', resource });
  }
  return parts.map(named);
}

function recordedFinding(finding: ReportFinding, words: Map<string, SessionPart>): RecordedFinding {
  const { title, why, fix, fixFor, references, ...rest } = finding;
  const said: FindingWords = { title, why, fix, ...(fixFor === undefined ? {} : { fixFor }), references };
  const id = fingerprint(JSON.stringify(said)).slice(0, 16);
  words.set(id, { part: 'words', id, ...said });
  return { ...rest, words: id };
}

function named(value: SessionPart): NamedPart {
  return { key: keyOf(value), value, bytes: JSON.stringify(value).length };
}

function keyOf(value: SessionPart): string {
  switch (value.part) {
    case 'exchange':
      return `x:${value.exchange.id}`;
    case 'token':
      return `t:${value.token.fingerprint}`;
    case 'client':
      return `c:${JSON.stringify([value.client.clientId, value.client.issuer])}`;
    case 'resource':
      return `r:${value.resource.host}`;
    case 'words':
      return `w:${value.id}`;
  }
}

/** Takes a report apart into what is kept of it: for sessions that come from a file. */
export function partsOfReport(report: AuditReport): readonly NamedPart[] {
  const words = new Map<string, SessionPart>();
  const findings = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const own = findings.get(finding.exchange) ?? [];
    findings.set(finding.exchange, own);
    own.push(finding);
  }
  const checks = new Map<string, readonly Check[]>(
    report.tokens.map((token) => [token.fingerprint, token.checks]),
  );
  const parts: SessionPart[] = report.exchanges.map((exchange, order) => ({
    part: 'exchange',
    order,
    exchange,
    checks: [...new Set(exchange.sightings.map(({ token }) => token))].flatMap((token) => {
      const worst = checks.get(token);
      if (worst === undefined) return [];
      // They were the worst of all its requests: the first one bears them.
      checks.set(token, []);
      return [{ token, checks: worst }];
    }),
    findings: (findings.get(exchange.id) ?? []).map((finding) => recordedFinding(finding, words)),
  }));
  for (const { checks: _, usedIn: __, ...token } of report.tokens) parts.push({ part: 'token', token });
  for (const client of report.clients) parts.push({ part: 'client', client });
  for (const resource of report.resources) parts.push({ part: 'resource', resource });
  return [...words.values(), ...parts].map(named);
}
