import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../../src/core/judge/rules/index.ts';
import type { AuditReport } from '../../../src/core/model/report.ts';
import { sarifReport } from '../../../src/core/report/sarif-report.ts';
import { auditReport, reportExchange, reportFinding } from '../../fixtures/report.ts';
import { sarifErrors } from '../../fixtures/sarif-schema.ts';

/**
 * What GitHub asks of a log, property by property:
 * https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
 */
function logOf(report: AuditReport) {
  const log = JSON.parse(sarifReport(report, { rules: ALL_RULES }));
  expect(sarifErrors(log)).toEqual([]);
  return log;
}

const EVIL = ['', ' ', '../../etc/passwd', '/a/../../b.har', 'C:\\a\\..\\b.har', 'a:b', '{0} [x](1)', '%zz'];
const LONG = 'long '.repeat(1_000);

/** A report in which one text stands wherever a text may. */
function full(text: string): AuditReport {
  return auditReport({
    session: { name: text, startedAt: text, endedAt: text, source: 'har', steps: [] },
    exchanges: [
      ...ALL_RULES.map(({ id }, index) =>
        reportExchange({ id, url: text, method: text, entry: { file: text, index, line: index } }),
      ),
      reportExchange({ id: 'live', entry: null, at: text }),
    ],
    findings: [
      ...ALL_RULES.map((rule) => reportFinding({ ...rule, ruleId: rule.id, exchange: rule.id, what: text })),
      reportFinding({ ruleId: text, title: text, why: text, fix: text, what: text, evidence: [text] }),
      reportFinding({ exchange: 'live', references: [{ title: text, url: text }] }),
    ],
  });
}

const FULL = [...EVIL, LONG].map((text) => [text.slice(0, 20), logOf(full(text))] as const);
const texts = fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'binary', maxLength: 40 }));

describe.each(FULL)('code scanning takes a log of all rules, with “%s” in it', (_text, log) => {
  const [run] = log.runs;

  it('of one run of version 2.1.0, which names its schema and its tool', () => {
    expect(log).toMatchObject({ $schema: expect.stringMatching(/^https:/), version: '2.1.0' });
    expect(log.runs).toHaveLength(1);
    expect(run.tool.driver).toMatchObject({
      name: 'Aud-it',
      semanticVersion: expect.stringMatching(/^\d+\.\d+/),
    });
    expect(run.results).not.toHaveLength(0);
  });

  it('each rule has an id, descriptions and help, within their lengths', () => {
    const ids = run.tool.driver.rules.map(({ id }: { readonly id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of run.tool.driver.rules) {
      for (const [told, max] of [
        [rule.id, Number.POSITIVE_INFINITY],
        [rule.name, 255],
        [rule.shortDescription.text, 1024],
        [rule.fullDescription.text, 1024],
        [rule.help.text, Number.POSITIVE_INFINITY],
        [rule.help.markdown, Number.POSITIVE_INFINITY],
      ]) {
        expect(told.trim()).not.toBe('');
        expect(told.length).toBeLessThanOrEqual(max);
      }
      expect(['note', 'warning', 'error']).toContain(rule.defaultConfiguration.level);
      expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
      expect(['very-high', 'high', 'medium', 'low']).toContain(rule.properties.precision);
      expect(['error', 'warning', 'recommendation']).toContain(rule.properties['problem.severity']);
    }
  });

  it('each result has a rule, a level, a message, and what makes it the same in the next log', () => {
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(['note', 'warning', 'error']).toContain(result.level);
      expect(result.message.text.trim()).not.toBe('');
      expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[\w-]{22}:1$/);
    }
  });

  it('each result has one place: a file, whose URI is relative or absolute, and a region with both its ends', () => {
    for (const { locations, relatedLocations = [] } of run.results) {
      expect(locations).toHaveLength(1);
      for (const { physicalLocation } of [...locations, ...relatedLocations]) {
        const { artifactLocation, region } = physicalLocation;
        expect(artifactLocation.uri).toMatch(/^(?:file:\/\/\/|(?!\/))[\w\-.~/!$&'()*+,;=%@:]+$/);
        expect(artifactLocation.uri.replace(/^(?:\.\.\/)+/, '')).not.toMatch(/(?:^|\/)\.\.?(?:\/|$)/);
        const { startLine, startColumn, endLine, endColumn } = region;
        expect(startLine).toBeGreaterThanOrEqual(1);
        expect({ startColumn, endLine, endColumn }).toEqual({
          ...{ startColumn: 1, endLine: startLine, endColumn: 2 },
        });
      }
    }
  });

  it('its times are times, and none ends before it began', () => {
    const { startTimeUtc = null, endTimeUtc = null } = run.invocations[0];
    for (const time of [startTimeUtc, endTimeUtc]) if (time !== null) expect(time).toMatch(/^\d{4}-.*Z$/);
  });
});

describe('code scanning takes a log', () => {
  it('whatever a file is called', () => {
    fc.assert(
      fc.property(texts, (name) => {
        const [{ results }] = logOf(
          auditReport({ exchanges: [reportExchange({ entry: { file: name, index: 0 } })] }),
        ).runs;
        const { uri } = results[0].locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^(?:file:\/\/\/|(?!\/))[\w\-.~/!$&'()*+,;=%@:]+$/);
        expect(URL.canParse(uri, 'file:///checkout/')).toBe(true);
      }),
    );
  });

  it('of no more results than it keeps: the worst of them, and says how many are left out', () => {
    const ids = Array.from({ length: 5_010 }, (_, index) => String(index));
    const report = auditReport({
      exchanges: ids.map((id) => reportExchange({ id, url: `https://h${id}.example/` })),
      findings: ids.map((exchange, index) =>
        reportFinding({ exchange, severity: index >= 5_000 ? 'error' : 'notice' }),
      ),
    });
    const [{ results, invocations }] = logOf(report).runs;
    expect(results).toHaveLength(5_000);
    expect(results.slice(0, 11).map(({ level }: { readonly level: string }) => level)).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      'note',
    ]);
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: expect.stringMatching(/^10 more problems are left out/) } },
    ]);
    expect(logOf(auditReport()).runs[0].invocations[0]).not.toHaveProperty('toolExecutionNotifications');
  });

  it('of no more places and octets than it takes, gzipped', () => {
    const ids = Array.from({ length: 60_000 }, (_, index) => String(index));
    const text = sarifReport(
      auditReport({
        exchanges: ids.map((id) => reportExchange({ id, url: `https://h${Number(id) % 600}.example/` })),
        findings: ids.map((exchange) => reportFinding({ exchange })),
      }),
      { rules: ALL_RULES },
    );
    const [{ results }] = JSON.parse(text).runs;
    let related = 0;
    for (const { relatedLocations = [] } of results) {
      expect(relatedLocations.length).toBeLessThanOrEqual(99);
      related += relatedLocations.length;
    }
    expect(related).toBe(50_000);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });
});
