import type { AuditReport, ReportFinding } from '../../src/core/model/report.ts';

export function finding(told: Partial<ReportFinding>): ReportFinding {
  return {
    ...{ ruleId: 'token-in-url', outcome: 'failed', severity: 'error', exchange: 'e1', token: null },
    ...{ title: 'A title', what: 'It happened.', why: 'It matters.', fix: 'Do it so.' },
    ...{ evidence: [], references: [] },
    ...told,
  };
}

/** A report on one request. */
export function reportWith(findings: readonly ReportFinding[]): AuditReport {
  return {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version: '0.0.0' },
    session: { name: 'a test', startedAt: null, endedAt: null, source: 'chrome', steps: [] },
    coverage: { exchanges: 1, withToken: 1, unseen: [] },
    ...{ clients: [], resources: [], tokens: [], findings },
    exchanges: [
      {
        ...{ id: 'e1', entry: null, at: '2026-01-01T00:00:00.000Z', method: 'GET' },
        ...{ url: 'https://api.example/things', initiator: null, role: 'protected_resource' },
        ...{ status: 200, sightings: [] },
      },
    ],
  };
}
