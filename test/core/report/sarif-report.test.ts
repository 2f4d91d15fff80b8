import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../../src/core/judge/rules/index.ts';
import type { AuditReport } from '../../../src/core/model/report.ts';
import { mergeReports } from '../../../src/core/report/merge-reports.ts';
import { sarifReport } from '../../../src/core/report/sarif-report.ts';
import { auditReport, reportExchange, reportFinding } from '../../fixtures/report.ts';
import { sarifErrors } from '../../fixtures/sarif-schema.ts';

function sarif(report: AuditReport) {
  const log = JSON.parse(sarifReport(report, { rules: ALL_RULES }));
  expect(sarifErrors(log)).toEqual([]);
  return log.runs[0];
}

describe('SARIF', () => {
  it('is valid, and has each rule with what code scanning shows of it', () => {
    const { tool } = sarif(auditReport());
    expect(tool.driver.rules).toHaveLength(ALL_RULES.length);
    for (const rule of tool.driver.rules) {
      expect(rule).toMatchObject({
        helpUri: expect.stringMatching(/^https:/),
        help: { text: expect.any(String), markdown: expect.stringContaining('**Fix:**') },
        defaultConfiguration: { level: expect.stringMatching(/^(?:error|warning|note)$/) },
      });
      expect(rule.shortDescription.text.length).toBeLessThanOrEqual(1024);
    }
  });

  it('is valid of what found nothing, and of shards in one; and not whatever a log is', () => {
    const nothing = auditReport({ tokens: [], exchanges: [], findings: [] });
    expect(sarif(nothing).results).toEqual([]);
    const merged = mergeReports([auditReport(), nothing, auditReport()], '1.2.3');
    expect(sarif(merged).results).toMatchObject([{ occurrenceCount: 2 }]);
    expect(sarifErrors({ version: '2.1.0', runs: [{ results: [{ message: { txt: '' } }] }] })).not.toEqual(
      [],
    );
  });

  it('names the file, the line on which the entry begins, and the endpoint', () => {
    const [result] = sarif(auditReport()).results;
    expect(result).toMatchObject({
      ...{ ruleId: 'id-token-as-bearer', level: 'error', kind: 'fail', occurrenceCount: 1 },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'har/a%20b.har' }, region: { startLine: 17 } },
          logicalLocations: [{ fullyQualifiedName: 'GET https://api.example/a' }],
        },
      ],
    });
  });

  it.each([
    ['/srv/har/a.har', 'file:///srv/har/a.har'],
    ['C:\\har\\a#1.har', 'file:///C:/har/a%231.har'],
    ['./x/ä?.har', 'x/%C3%A4%3F.har'],
  ])('a path as a URI: %s', (file, uri) => {
    const report = auditReport({ exchanges: [reportExchange({ entry: { file, index: 0 } })] });
    expect(sarif(report).results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it('requests with one problem are one result, whose fingerprint holds from one log-in to the next', () => {
    const today = sarif(
      auditReport({
        exchanges: [reportExchange(), reportExchange({ id: '0.2', url: 'https://api.example/a?y=…' })],
        findings: [reportFinding(), reportFinding({ exchange: '0.2' })],
      }),
    );
    expect(today.results).toHaveLength(1);
    expect(today.results[0]).toMatchObject({ occurrenceCount: 2, relatedLocations: [{ id: 1 }] });
    const [token] = auditReport().tokens;
    const tomorrow = sarif(
      auditReport({
        tokens: token === undefined ? [] : [{ ...token, fingerprint: 'another' }],
        exchanges: [reportExchange({ id: '7' })],
        findings: [reportFinding({ exchange: '7', token: 'another' })],
      }),
    );
    expect(tomorrow.results[0].partialFingerprints).toEqual(today.results[0].partialFingerprints);
  });

  it('what could not be told is no result; what is accepted is suppressed; what is new says so', () => {
    const run = sarif(
      auditReport({
        findings: [
          reportFinding({ outcome: 'cantTell', severity: 'notice' }),
          reportFinding({ accepted: { reason: 'known', until: '2027-01-01' } }),
        ],
        baseline: { name: 'before', still: 0, fixed: 0 },
      }),
    );
    expect(run.properties.couldNotBeTold).toBe(1);
    expect(run.results).toHaveLength(1);
    expect(run.results[0]).toMatchObject({
      baselineState: 'new',
      suppressions: [{ status: 'accepted', justification: 'known (until 2027-01-01)' }],
    });
  });
});
