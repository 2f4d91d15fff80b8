import type { Finding } from '../model/finding.ts';
import type { Destination } from '../model/knowledge.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type { CheckedToken, RecordedSighting } from '../model/token.ts';
import type { AuditRow, RowVerdict } from '../model/view.ts';
import { stringMember, stringsMember } from '../syntax/json.ts';
import { expiryOf } from './expiry.ts';

/** @returns the line that the list shows for an exchange */
export function rowOf(
  record: ExchangeRecord,
  verdict: {
    readonly destination: Destination;
    readonly tokens: readonly { readonly sighting: RecordedSighting; readonly token: CheckedToken }[];
    readonly findings: readonly Finding[];
  },
  clockSkewMs = 0,
): AuditRow {
  const { destination, tokens, findings } = verdict;
  const { id, order, at, method, status } = record;
  return {
    ...{ id, order, at, method, status },
    host: destination.host,
    path: destination.path,
    kinds: unique(tokens.map(({ token }) => token.classification.kind)),
    locations: unique(tokens.map(({ sighting }) => sighting.location)),
    audiences: bounded(
      tokens.flatMap(({ token }) => (token.form === 'jwt' ? stringsMember(token.claims, 'aud') : [])),
    ),
    issuers: bounded(
      tokens.flatMap(({ token }) => (token.form === 'jwt' ? (stringMember(token.claims, 'iss') ?? []) : [])),
    ),
    verdict: rowVerdict(findings),
    failed: unique(ruleIds(findings.filter(isOpen))),
    accepted: unique(ruleIds(findings.filter(({ accepted }) => accepted !== undefined))),
    cantTell: unique(ruleIds(findings.filter(({ outcome }) => outcome === 'cantTell'))),
    ...firstExpiry(tokens, clockSkewMs),
  };
}

function firstExpiry(
  tokens: readonly { readonly token: CheckedToken }[],
  clockSkewMs: number,
): Pick<AuditRow, 'expiresAt'> {
  const ends = tokens.flatMap(({ token }) =>
    token.form === 'jwt' ? (expiryOf(token.claims, clockSkewMs) ?? []) : [],
  );
  return ends.length === 0 ? {} : { expiresAt: Math.min(...ends) };
}

/** The worst of what failed; else that something can't be told; else that all of it is accepted; else that no problem was found. */
function rowVerdict(findings: readonly Finding[]): RowVerdict {
  const failed = findings.filter(isOpen);
  for (const severity of ['error', 'warning', 'notice'] as const) {
    if (failed.some((finding) => finding.severity === severity)) return severity;
  }
  if (findings.some(({ outcome }) => outcome === 'cantTell')) return 'cantTell';
  return findings.length > 0 ? 'accepted' : 'passed';
}

function isOpen({ outcome, accepted }: Finding): boolean {
  return outcome === 'failed' && accepted === undefined;
}

function ruleIds(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ ruleId }) => ruleId);
}

/** A list has a line for a request: what a hostile token names beyond any real one's is in the detail only. */
function bounded(names: readonly string[]): readonly string[] {
  return unique(names.slice(0, 16).map((name) => name.slice(0, 256)));
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
