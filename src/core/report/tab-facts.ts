import type { Finding } from '../model/finding.ts';
import type { Destination, Lesson } from '../model/knowledge.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type { Fingerprint, TokenKind } from '../model/token.ts';
import type { AuditRow, RowVerdict } from '../model/view.ts';

/** An exchange with what was found of it. */
export interface JudgedRecord {
  readonly record: ExchangeRecord;
  readonly row: AuditRow | null;
  readonly findings: readonly Finding[];
  readonly role: Destination['role'];
}

/** What a token is, as far as a picture of many needs it. */
export interface TokenFacts {
  readonly kind: TokenKind;
  readonly audiences: readonly string[];
  readonly issuer: string | null;
}

/** One tab's exchanges with all that was learned: what the map and the timeline are made of. */
export interface TabFacts {
  /** In the order in which they were told of. */
  readonly exchanges: readonly JudgedRecord[];
  readonly lessons: readonly Lesson[];
  readonly tokenOf: (name: Fingerprint) => TokenFacts | null;
}

const WORST_FIRST: readonly RowVerdict[] = ['error', 'warning', 'notice', 'cantTell', 'accepted', 'passed'];

/** @returns the worse of two verdicts; null is none */
export function worse(a: RowVerdict | null, b: RowVerdict | null): RowVerdict | null {
  if (a === null || b === null) return a ?? b;
  return WORST_FIRST.indexOf(a) <= WORST_FIRST.indexOf(b) ? a : b;
}

/** Sorts verdicts, the worst first. */
export function byWorst(a: RowVerdict, b: RowVerdict): number {
  return WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b);
}

/** @returns the verdict on one token of an exchange (or, for null, on the request as such) */
export function verdictOn(token: Fingerprint | null, findings: readonly Finding[]): RowVerdict {
  let worst: RowVerdict = 'passed';
  for (const finding of findings) {
    if (finding.token !== token) continue;
    const verdict =
      finding.accepted !== undefined
        ? 'accepted'
        : finding.outcome === 'failed'
          ? finding.severity
          : 'cantTell';
    worst = byWorst(verdict, worst) < 0 ? verdict : worst;
  }
  return worst;
}

/** Roles of what belongs to an authorization server. */
const NOT_SERVERS: ReadonlySet<Destination['role']> = new Set([
  'protected_resource',
  'client',
  'third_party',
  'unknown',
]);

export function isServerRole(role: Destination['role']): boolean {
  return !NOT_SERVERS.has(role);
}

/** @returns a word of a filter, quoted where it has white space or quotes of its own */
export function filterWord(key: string, value: string): string {
  return /[\s"]/.test(value) ? `${key}:"${value.replaceAll('"', '')}"` : `${key}:${value}`;
}
