import type { AuditReport } from '../core/model/report.ts';
import type { AuditSession, FindingSelection } from './audit-session.ts';
import { findingsMessage } from './findings-message.ts';
import { selectFindings } from './select-findings.ts';

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matchers for `expect.extend(auditMatchers)`, of Playwright, Vitest and Jest. They wait for what is under way: `await` them.
 */
export const auditMatchers = {
  /**
   * Passes where the audit found nothing wrong.
   * @param audit an audit, or its report
   * @throws TypeError for anything else
   */
  async toHaveNoFindings(
    audit: AuditSession | AuditReport,
    selection: FindingSelection = {},
  ): Promise<MatcherResult> {
    const report = await reportOf(audit);
    const findings = selectFindings(report, selection);
    return {
      pass: findings.length === 0,
      message: () =>
        findings.length === 0
          ? 'Expected the audit to have findings, but it has none.'
          : findingsMessage(report, findings),
    };
  },
};

async function reportOf(audit: AuditSession | AuditReport): Promise<AuditReport> {
  if (typeof audit === 'object' && audit !== null) {
    if ('report' in audit && typeof audit.report === 'function') return audit.report();
    if ('schemaVersion' in audit && Array.isArray(audit.findings)) return audit;
  }
  throw new TypeError('toHaveNoFindings expects an audit (auditPlaywright, auditPuppeteer) or its report.');
}
