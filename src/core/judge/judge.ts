import type {
  Case,
  Finding,
  MessageCase,
  MessageRule,
  Rule,
  RuleMetadata,
  Severity,
  Verdict,
} from '../model/finding.ts';
import type { SightingLocation } from '../model/token.ts';
import { t } from '../text.ts';
import { MESSAGE_RULES, RULES } from './rules/index.ts';

/** @returns the findings of one sighting, worst first. A rule that throws can't tell, and says so. */
export function judge(subject: Case, exchange: string, rules: readonly Rule[] = RULES): readonly Finding[] {
  const token = subject.token.fingerprint;
  return rules
    .filter((rule) => looksAt(rule, subject.sighting.location))
    .flatMap((rule) => findingOf(rule, () => rule.judge(subject), exchange, token))
    .sort(worstFirst);
}

/** Where a token stands without the app having sent it there: what rules say of requests doesn't hold. */
const NOT_SENT_BY_THE_APP: ReadonlySet<SightingLocation> = new Set(['cookie', 'redirect', 'response_body']);

function looksAt({ looksAlsoAt = [] }: Rule, place: SightingLocation): boolean {
  return !NOT_SENT_BY_THE_APP.has(place) || looksAlsoAt.includes(place);
}

/** @returns the findings of a request of the protocol itself, worst first. */
export function judgeMessage(
  subject: MessageCase,
  exchange: string,
  rules: readonly MessageRule[] = MESSAGE_RULES,
): readonly Finding[] {
  return rules.flatMap((rule) => findingOf(rule, () => rule.judge(subject), exchange, null)).sort(worstFirst);
}

function findingOf(
  rule: RuleMetadata,
  verdictOf: () => Verdict,
  exchange: string,
  token: Finding['token'],
): readonly Finding[] {
  const { id: ruleId, title, why, fix, references } = rule;
  const common = { ruleId, exchange, token, title, why, fix, references };
  const verdict = run(verdictOf);
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

function run(verdictOf: () => Verdict): Verdict {
  try {
    return verdictOf();
  } catch (error) {
    return { outcome: 'cantTell', because: t`The rule itself failed: ${String(error).slice(0, 200)}` };
  }
}

/** Orders findings: what failed by severity, then what can't be told, then what is accepted by design. */
export function worstFirst(a: Finding, b: Finding): number {
  return rank(a) - rank(b);
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

function rank({ outcome, severity, accepted }: Finding): number {
  const group = accepted !== undefined ? 2 : outcome === 'failed' ? 0 : 1;
  return SEVERITIES.indexOf(severity) + group * SEVERITIES.length;
}
