import type { AuditReport, ReportFinding } from '../core/model/report.ts';
import type { FindingSelection } from './audit-session.ts';

const MILDEST_FIRST = ['notice', 'warning', 'error'] as const;

/** @returns the findings that count, in the report's order. What could not be told and what is accepted by design never does. */
export function selectFindings(
  { findings }: AuditReport,
  { atOrAbove = 'notice', rules, ignore = [] }: FindingSelection,
): readonly ReportFinding[] {
  const isIgnored =
    typeof ignore === 'function' ? ignore : ({ ruleId }: ReportFinding) => ignore.includes(ruleId);
  return findings.filter(
    (finding) =>
      finding.outcome === 'failed' &&
      finding.accepted === undefined &&
      MILDEST_FIRST.indexOf(finding.severity) >= MILDEST_FIRST.indexOf(atOrAbove) &&
      (rules === undefined || rules.includes(finding.ruleId)) &&
      !isIgnored(finding),
  );
}
