import { describe, expect, it } from 'vitest';
import type { ReportFinding } from '../../src/core/model/report.ts';
import type { FindingSelection } from '../../src/testing/audit-session.ts';
import { auditMatchers } from '../../src/testing/matchers.ts';
import { selectFindings } from '../../src/testing/select-findings.ts';
import { finding, reportWith } from './report-with.ts';

declare module 'vitest' {
  // As docs/browser-tests.md has it.
  interface Matchers<T> {
    toHaveNoFindings(selection?: FindingSelection): Promise<T>;
  }
}

const FINDINGS: readonly ReportFinding[] = [
  finding({ ruleId: 'token-in-url', severity: 'error' }),
  finding({ ruleId: 'expired-token', severity: 'warning' }),
  finding({ ruleId: 'audience-missing', severity: 'notice' }),
  finding({ ruleId: 'audience-mismatch', severity: 'error', outcome: 'cantTell' }),
  finding({
    ruleId: 'unsecured-jwt',
    severity: 'error',
    accepted: { reason: 'a test', until: '2030-01-01' },
  }),
];
const REPORT = reportWith(FINDINGS);
const ids = (findings: readonly ReportFinding[]) => findings.map(({ ruleId }) => ruleId);

describe('findings that count', () => {
  it('are all that failed, but for what is accepted', () => {
    expect(ids(selectFindings(REPORT, {}))).toEqual(['token-in-url', 'expired-token', 'audience-missing']);
  });

  it.each([
    [{ atOrAbove: 'warning' }, ['token-in-url', 'expired-token']],
    [{ atOrAbove: 'error' }, ['token-in-url']],
    [{ rules: ['expired-token', 'unsecured-jwt'] }, ['expired-token']],
    [{ ignore: ['expired-token'] }, ['token-in-url', 'audience-missing']],
    [
      { ignore: ({ severity }: ReportFinding) => severity === 'error' },
      ['expired-token', 'audience-missing'],
    ],
  ] as const)('can be narrowed: %j', (selection, expected) => {
    expect(ids(selectFindings(REPORT, selection))).toEqual(expected);
  });
});

describe('toHaveNoFindings', () => {
  it('passes and fails by what is selected, for a report as for an audit', async () => {
    const audit = {
      report: async () => REPORT,
      findings: async () => [],
      write: async () => undefined,
      stop: async () => REPORT,
      step: () => undefined,
    };
    for (const subject of [REPORT, audit]) {
      expect((await auditMatchers.toHaveNoFindings(subject)).pass).toBe(false);
      expect((await auditMatchers.toHaveNoFindings(subject, { rules: ['missing-pkce'] })).pass).toBe(true);
    }
  });

  it('works in an assertion library', async () => {
    expect.extend(auditMatchers);
    await expect(reportWith([])).toHaveNoFindings();
    await expect(REPORT).not.toHaveNoFindings();
    const failing = expect(REPORT).toHaveNoFindings({ atOrAbove: 'error' });
    await expect(failing).rejects.toThrow(/it has 1 finding[\s\S]*token-in-url/);
  });

  it('says what to do, of what counts only', async () => {
    const { message } = await auditMatchers.toHaveNoFindings(REPORT, { atOrAbove: 'warning' });
    expect(message()).toContain('it has 2 findings');
    expect(message()).toContain('GET  https://api.example/things');
    expect(message()).toContain('Fix  Do it so.');
    expect(message()).not.toContain('audience-missing');
  });

  it.each([undefined, null, 'report', 7, {}, { report: 1 }, []])(
    'refuses what is no audit: %j',
    async (value) => {
      const match: unknown = Reflect.get(auditMatchers, 'toHaveNoFindings');
      if (typeof match !== 'function') throw new Error('It is not there.');
      await expect(match(value)).rejects.toThrow(TypeError);
    },
  );
});
