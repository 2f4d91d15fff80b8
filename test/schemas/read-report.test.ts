import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/schemas/read-report.ts';
import { auditReport, reportExchange, reportFinding, reportToken } from '../fixtures/report.ts';

it('a report keeps what a recorded session says of its steps and gaps', () => {
  const at = '2026-11-22T10:00:00.000Z';
  const report = {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version: '0.1.0' },
    session: {
      ...{ name: 'a walk', startedAt: at, endedAt: at, source: 'firefox' },
      steps: [{ at, note: 'Sign in', kind: 'step' }],
    },
    coverage: {
      ...{ exchanges: 1, withToken: 0 },
      unseen: [{ reason: 'background_stopped', count: 1, during: [{ from: at, to: at }] }],
    },
    ...{ clients: [], resources: [], tokens: [], exchanges: [], findings: [] },
  };
  expect(readReport(JSON.stringify(report))).toEqual({ ok: true, report });
});

describe('a report that is read', () => {
  const read = (report: object) => readReport(JSON.stringify(report));

  it('is what was written, with all that a report may have', () => {
    const report = auditReport({
      exchanges: [reportExchange(), reportExchange({ id: 'live', entry: null, status: null })],
      tokens: [reportToken({ checks: [{ id: 'exp', outcome: 'failed', text: 'late' }] })],
      findings: [
        reportFinding({
          accepted: { reason: 'known', until: '2027-01-01' },
          fixFor: { sdk: 's', because: 'b', text: 't', code: null },
        }),
      ],
      baseline: { name: 'before', still: 3, fixed: 1 },
    });
    expect(read(report)).toEqual({ ok: true, report });
  });

  it('may have a byte order mark, members that nobody knows, and findings that say no more than their rule', () => {
    const { what: _, ...finding } = reportFinding();
    const json = `\uFEFF${JSON.stringify({ ...auditReport({ findings: [] }), findings: [finding], more: 1 })}`;
    expect(readReport(json)).toEqual({
      ok: true,
      report: auditReport({ findings: [reportFinding({ what: '' })] }),
    });
  });

  it.each([
    ['{', /is no JSON/],
    [JSON.stringify({ ...auditReport(), schemaVersion: '2.0' }), /newer version: see “schemaVersion”/],
    [JSON.stringify(auditReport({ exchanges: [reportExchange({ at: 'now' })] })), /see “exchanges\.0\.at”/],
    [
      JSON.stringify(auditReport({ findings: [reportFinding({ what: 'x'.repeat(70_000) })] })),
      /findings\.0\.what/,
    ],
    [
      JSON.stringify(auditReport({ findings: [reportFinding({ why: 'x'.repeat(70_000) })] })),
      /findings\.0\.why/,
    ],
  ])('says where it is none: %.20s', (json, problem) => {
    const told = readReport(json);
    expect(told).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });
});
