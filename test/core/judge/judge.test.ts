import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/core/judge/judge.ts';
import type { Rule, Severity, Verdict } from '../../../src/core/model/finding.ts';
import { caseOf } from '../../fixtures/case.ts';

function rule(id: string, severity: Severity, verdict: () => Verdict): Rule {
  return { id, severity, title: id, why: 'Why.', fix: 'Fix.', references: [], judge: verdict };
}

const failed = (): Verdict => ({ outcome: 'failed', what: 'It happened.', evidence: ['Seen.'] });

function findings(...rules: readonly Rule[]) {
  return judge(caseOf({}), 'x1', rules);
}

describe('judge', () => {
  it('a rule that passed or does not apply says nothing', () => {
    expect(
      findings(
        rule('a', 'error', () => ({ outcome: 'passed' })),
        rule('b', 'error', () => ({ outcome: 'inapplicable' })),
      ),
    ).toEqual([]);
  });

  it('a finding bears the rule’s words, the exchange and the token', () => {
    expect(findings(rule('a', 'warning', failed))).toEqual([
      {
        ruleId: 'a',
        outcome: 'failed',
        severity: 'warning',
        exchange: 'x1',
        token: 'a-fingerprint',
        title: 'a',
        what: 'It happened.',
        why: 'Why.',
        fix: 'Fix.',
        evidence: ['Seen.'],
        references: [],
      },
    ]);
  });

  it('a verdict may be milder than its rule', () => {
    const [finding] = findings(
      rule('a', 'error', () => ({
        ...failed(),
        outcome: 'failed',
        severity: 'notice',
        what: '',
        evidence: [],
      })),
    );
    expect(finding?.severity).toBe('notice');
  });

  it('orders what failed by severity, then what can’t be told', () => {
    const ids = findings(
      rule('untold', 'error', () => ({ outcome: 'cantTell', because: 'Who knows.' })),
      rule('notice', 'notice', failed),
      rule('error', 'error', failed),
      rule('warning', 'warning', failed),
    ).map(({ ruleId }) => ruleId);
    expect(ids).toEqual(['error', 'warning', 'notice', 'untold']);
  });

  it('a rule that throws can’t tell, says so, and stops no other', () => {
    const thrower = rule('thrower', 'error', () => {
      throw new Error('a bug');
    });
    expect(findings(thrower, rule('next', 'error', failed))).toMatchObject([
      { ruleId: 'next', outcome: 'failed' },
      {
        ruleId: 'thrower',
        outcome: 'cantTell',
        severity: 'notice',
        what: 'The rule itself failed: Error: a bug',
      },
    ]);
  });

  it('says nothing of a good access token at its API', () => {
    expect(judge(caseOf({ exp: { id: 'exp', outcome: 'passed', text: '' } }), 'x1')).toEqual([]);
  });
});
