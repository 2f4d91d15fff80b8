import type { AuditReport, ReportFinding } from '../core/model/report.ts';
import { textReport } from '../core/report/text-report.ts';

/**
 * What a failed assertion says: the rule, the redacted requests, why, and what to do. As the report, it holds nothing that can be
 * replayed, and nothing that a terminal obeys.
 */
export function findingsMessage(report: AuditReport, findings: readonly ReportFinding[]): string {
  const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  const lead = `Expected the audit to have no findings, but it has ${count}.`;
  return `${lead}\n\n${textReport({ ...report, findings }, { colour: false }).trimEnd()}`;
}
