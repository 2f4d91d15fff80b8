import type { AuditReport, ReportToken } from '../model/report.ts';
import type { Fingerprint } from '../model/token.ts';
import { t } from '../text.ts';

/**
 * Joins reports of one test run that was split: its shards, or its files. Nothing is judged anew: what one shard learned
 * does not count for another. Synchronous and pure.
 * @param reports at least one; their exchanges' ids get the report's number before them where there are several
 * @param version that of the tool that joins them
 */
export function mergeReports(
  reports: readonly [AuditReport, ...AuditReport[]],
  version: string,
): AuditReport {
  const [first, ...more] = reports;
  if (more.length === 0) return first;
  const all = reports.map((report, index) => renamed(report, `${index}/`));
  const exchanges = all.flatMap((report) => report.exchanges).sort((a, b) => compare(a.at, b.at));
  const order = new Map(exchanges.map(({ id }, index) => [id, index]));
  const at = (id: string): number => order.get(id) ?? exchanges.length;
  const moments = (of: 'startedAt' | 'endedAt') =>
    all.flatMap(({ session }) => session[of] ?? []).sort(compare);
  return {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version },
    session: {
      name: mergedName(first.session.name, more.length),
      startedAt: moments('startedAt')[0] ?? null,
      endedAt: moments('endedAt').at(-1) ?? null,
      source: first.session.source,
      steps: all.flatMap(({ session }) => session.steps).sort((a, b) => compare(a.at, b.at)),
    },
    coverage: coverageOf(all),
    clients: distinct(
      all.flatMap(({ clients }) => clients),
      ({ clientId, issuer }) => JSON.stringify([clientId, issuer]),
      (a, b) => ({ ...a, origins: union(a.origins, b.origins) }),
    ),
    resources: distinct(
      all.flatMap(({ resources }) => resources),
      ({ host }) => host,
      (a, b) => ({ ...a, audiences: union(a.audiences, b.audiences) }),
    ),
    tokens: tokensOf(all, at),
    exchanges,
    findings: all.flatMap(({ findings }) => findings).sort((a, b) => at(a.exchange) - at(b.exchange)),
  };
}

function mergedName(first: string, more: number): string {
  return more === 1 ? t`${first} and 1 more` : t`${first} and ${more} more`;
}

/** ISO 8601 moments of one form sort as text. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ids are unique within one report alone. */
function renamed(report: AuditReport, prefix: string): AuditReport {
  const name = (id: string): string => `${prefix}${id}`;
  return {
    ...report,
    clients: report.clients.map((one) => ({ ...one, learnedFrom: name(one.learnedFrom) })),
    resources: report.resources.map((one) => ({ ...one, learnedFrom: name(one.learnedFrom) })),
    tokens: report.tokens.map((token) => ({
      ...token,
      evidence: token.evidence.map((one) => ({
        ...one,
        exchange: one.exchange === null ? null : name(one.exchange),
      })),
      issuedIn: token.issuedIn === null ? null : name(token.issuedIn),
      usedIn: token.usedIn.map(name),
    })),
    exchanges: report.exchanges.map((exchange) => ({ ...exchange, id: name(exchange.id) })),
    findings: report.findings.map((finding) => ({ ...finding, exchange: name(finding.exchange) })),
  };
}

function coverageOf(reports: readonly AuditReport[]): AuditReport['coverage'] {
  const sum = (of: 'exchanges' | 'withToken') =>
    reports.reduce((total, { coverage }) => total + coverage[of], 0);
  return {
    exchanges: sum('exchanges'),
    withToken: sum('withToken'),
    unseen: distinct(
      reports.flatMap(({ coverage }) => coverage.unseen),
      ({ reason }) => reason,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
  };
}

const CONFIDENCES: readonly ReportToken['confidence'][] = ['certain', 'strong', 'weak'];

/** A token that several shards saw is told of by the one that is most certain. */
function tokensOf(reports: readonly AuditReport[], at: (id: string) => number): readonly ReportToken[] {
  const certainty = ({ confidence, signature }: ReportToken) =>
    CONFIDENCES.indexOf(confidence) * 2 + (signature.status === 'unverifiable' ? 1 : 0);
  return distinct(
    reports.flatMap(({ tokens }) => tokens),
    ({ fingerprint }): Fingerprint => fingerprint,
    (a, b) => ({
      ...(certainty(b) < certainty(a) ? b : a),
      issuedIn: a.issuedIn ?? b.issuedIn,
      usedIn: [...a.usedIn, ...b.usedIn].sort((one, other) => at(one) - at(other)),
    }),
  );
}

function distinct<T>(all: readonly T[], keyOf: (one: T) => string, join: (a: T, b: T) => T): readonly T[] {
  const byKey = new Map<string, T>();
  for (const one of all) {
    const key = keyOf(one);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? one : join(known, one));
  }
  return [...byKey.values()];
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
