import type {
  AuditReport,
  ReportExchange,
  ReportFinding,
  ReportToken,
  ReportUnseen,
} from '../model/report.ts';
import type { FindingWords, RecordedSession, RecordedToken, SessionPart } from '../model/session.ts';
import type { Check, Fingerprint } from '../model/token.ts';
import { isoOf, isWorse } from './audit-report.ts';

type ExchangePart = Extract<SessionPart, { part: 'exchange' }>;

/**
 * Puts a report together from what was kept of a session on the disk.
 * @param unreadable how many of its parts could not be read any more: said as not seen
 */
export function assembleReport(
  session: RecordedSession,
  parts: readonly SessionPart[],
  unreadable: number,
): AuditReport {
  const exchanges: ExchangePart[] = [];
  const facts = new Map<Fingerprint, RecordedToken>();
  const words = new Map<string, FindingWords>();
  const clients: AuditReport['clients'][number][] = [];
  const resources: AuditReport['resources'][number][] = [];
  for (const one of parts) {
    if (one.part === 'exchange') exchanges.push(one);
    else if (one.part === 'token') facts.set(one.token.fingerprint, one.token);
    else if (one.part === 'words') words.set(one.id, one);
    else if (one.part === 'client') clients.push(one.client);
    else resources.push(one.resource);
  }
  exchanges.sort((a, b) => compare(a.exchange.at, b.exchange.at) || a.order - b.order);
  const found = findingsOf(exchanges, words);
  const lost = unreadable + found.lost;
  const times = timesOf(session, exchanges);
  return {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version: session.version },
    session: { name: session.name, ...times, source: session.source, steps: session.steps },
    coverage: {
      exchanges: Math.max(session.exchanges, exchanges.length),
      withToken: exchanges.filter(({ exchange }) => exchange.sightings.length > 0).length,
      unseen: unseenOf(session, lost),
    },
    clients,
    resources,
    tokens: tokensOf(exchanges, facts),
    exchanges: exchanges.map(({ exchange }) => exchange),
    findings: found.findings,
  };
}

/** From when it was recorded to when that ended: for one that came from a file, its own first and last request. */
function timesOf(
  { scope, startedAt, active, lastSign }: RecordedSession,
  exchanges: readonly ExchangePart[],
): Pick<AuditReport['session'], 'startedAt' | 'endedAt'> {
  if (scope === null) {
    return {
      startedAt: exchanges[0]?.exchange.at ?? null,
      endedAt: exchanges.at(-1)?.exchange.at ?? null,
    };
  }
  return { startedAt: isoOf(startedAt), endedAt: isoOf(active.at(-1)?.to ?? lastSign) };
}

function unseenOf(session: RecordedSession, lost: number): readonly ReportUnseen[] {
  const during = session.gaps.map(({ from, to }) => ({ from: isoOf(from), to: isoOf(to) }));
  const stopped = session.unseen.find(({ reason }) => reason === 'background_stopped')?.count ?? 0;
  return [
    ...session.unseen.filter(
      ({ reason, count }) => reason !== 'background_stopped' && reason !== 'record_unreadable' && count > 0,
    ),
    ...(during.length + stopped > 0
      ? [
          {
            reason: 'background_stopped' as const,
            count: Math.max(during.length, stopped),
            ...(during.length > 0 ? { during } : {}),
          },
        ]
      : []),
    ...(lost > 0 ? [{ reason: 'record_unreadable' as const, count: lost }] : []),
  ];
}

function findingsOf(
  exchanges: readonly ExchangePart[],
  words: ReadonlyMap<string, FindingWords>,
): { readonly findings: readonly ReportFinding[]; readonly lost: number } {
  let lost = 0;
  const findings = exchanges.flatMap((part) =>
    part.findings.flatMap(({ words: id, ...finding }) => {
      const said = words.get(id);
      if (said === undefined) {
        lost++;
        return [];
      }
      const { title, why, fix, fixFor, references } = said;
      return [{ ...finding, title, why, fix, ...(fixFor === undefined ? {} : { fixFor }), references }];
    }),
  );
  return { findings, lost };
}

function tokensOf(
  exchanges: readonly ExchangePart[],
  facts: ReadonlyMap<Fingerprint, RecordedToken>,
): readonly ReportToken[] {
  const used = new Map<Fingerprint, { checks: Map<Check['id'], Check>; in: ReportExchange['id'][] }>();
  for (const { exchange, checks: carried } of exchanges) {
    for (const { token: fingerprint, checks } of carried) {
      const token = used.get(fingerprint) ?? { checks: new Map<Check['id'], Check>(), in: [] };
      used.set(fingerprint, token);
      token.in.push(exchange.id);
      for (const check of checks) {
        const worst = token.checks.get(check.id);
        if (worst === undefined || isWorse(check, worst)) token.checks.set(check.id, check);
      }
    }
  }
  return [...used].flatMap(([fingerprint, { checks, in: usedIn }]) => {
    const token = facts.get(fingerprint);
    return token === undefined ? [] : [{ ...token, checks: [...checks.values()], usedIn }];
  });
}

/** ISO 8601 times of one form, by time. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
