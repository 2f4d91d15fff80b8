import type { AuditReport } from '../core/model/report.ts';
import type { NamedPart, RecordedSession } from '../core/model/session.ts';
import { partsOfReport } from '../core/report/recorded-session.ts';

/**
 * Makes a session of a report that came from a file, to be kept beside those that were recorded here.
 * @param at when it was brought in, in ms since the epoch: for reports that tell no time
 */
export function importedSession(
  report: AuditReport,
  { id, at }: { readonly id: string; readonly at: number },
): { readonly session: RecordedSession; readonly parts: readonly NamedPart[] } {
  const parts = partsOfReport(report);
  const { session, coverage, tool } = report;
  const startedAt = timeOf(session.startedAt) ?? at;
  const worst = new Map<string, 'error' | 'warning'>();
  for (const { outcome, severity, exchange, accepted } of report.findings) {
    if (
      outcome !== 'failed' ||
      accepted !== undefined ||
      severity === 'notice' ||
      worst.get(exchange) === 'error'
    )
      continue;
    worst.set(exchange, severity);
  }
  const verdicts = [...worst.values()];
  return {
    parts,
    session: {
      ...{ schema: 1, id, name: session.name.slice(0, 200), source: session.source, version: tool.version },
      ...{ scope: null, state: 'ended', isInterrupted: false, startedAt },
      lastSign: timeOf(session.endedAt) ?? startedAt,
      active: [],
      gaps: coverage.unseen.flatMap(({ during }) =>
        (during ?? []).map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
      ),
      steps: session.steps,
      exchanges: coverage.exchanges,
      unseen: coverage.unseen.map(({ reason, count }) => ({ reason, count })),
      kept: {
        exchanges: report.exchanges.length,
        errors: verdicts.filter((verdict) => verdict === 'error').length,
        warnings: verdicts.filter((verdict) => verdict === 'warning').length,
        bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      },
    },
  };
}

function timeOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}
