import type { Case, Finding, Rule, Severity } from '../model/finding.ts';
import { RULES } from './rules/index.ts';

/** @returns the findings of one sighting, worst first. A rule that throws can't tell, and says so. */
export function judge(subject: Case, exchange: string, rules: readonly Rule[] = RULES): readonly Finding[] {
  return rules.flatMap((rule) => findingOf(rule, subject, exchange)).sort(worstFirst);
}

function findingOf(rule: Rule, subject: Case, exchange: string): readonly Finding[] {
  const { id: ruleId, title, why, fix, references } = rule;
  const common = { ruleId, exchange, token: subject.token.fingerprint, title, why, fix, references };
  const verdict = run(rule, subject);
  switch (verdict.outcome) {
    case 'passed':
    case 'inapplicable':
      return [];
    case 'cantTell':
      return [{ ...common, outcome: 'cantTell', severity: 'notice', what: verdict.because, evidence: [] }];
    case 'failed': {
      const { what, evidence } = verdict;
      return [{ ...common, outcome: 'failed', severity: verdict.severity ?? rule.severity, what, evidence }];
    }
  }
}

function run(rule: Rule, subject: Case): ReturnType<Rule['judge']> {
  try {
    return rule.judge(subject);
  } catch (error) {
    return { outcome: 'cantTell', because: `The rule itself failed: ${String(error).slice(0, 200)}` };
  }
}

/** Orders findings: what failed by severity, then what can't be told. */
export function worstFirst(a: Finding, b: Finding): number {
  return rank(a) - rank(b);
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

function rank({ outcome, severity }: Finding): number {
  return SEVERITIES.indexOf(severity) + (outcome === 'failed' ? 0 : SEVERITIES.length);
}
