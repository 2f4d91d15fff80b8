import type { Acceptance } from '../model/configuration.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { TokenKind } from '../model/token.ts';
import { isMatch } from '../syntax/host-pattern.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { worstFirst } from './judge.ts';
import { ALL_RULES } from './rules/index.ts';

/** What a person declared of findings. */
export interface FindingFacts {
  readonly severityOf: (ruleId: string) => Severity | 'off' | null;
  readonly acceptances: readonly Acceptance[];
  /** ms since the epoch: what had expired by then accepts nothing. */
  readonly at: number;
}

/** What a finding is on, as far as a person may accept it by that. */
export interface Subject {
  readonly issuer: string | null;
  /** The client_ids that the token, or the request of the protocol, is known to be of. */
  readonly clients: readonly string[];
  readonly kind: TokenKind | null;
}

/**
 * Findings as the configuration wants them: of rules that are off, none; others at the severity that was chosen; those of
 * a use that was accepted by design marked as accepted. Worst first, accepted ones last.
 * @param url where the request went
 */
export function configured(
  findings: readonly Finding[],
  url: string,
  subjectOf: (finding: Finding) => Subject,
  facts: FindingFacts,
): readonly Finding[] {
  return findings
    .flatMap((finding) => withSeverity(finding, facts.severityOf(finding.ruleId)))
    .map((finding) => withAcceptance(finding, url, subjectOf, facts))
    .sort(worstFirst);
}

const MILDEST_FIRST: readonly Severity[] = ['notice', 'warning', 'error'];
const OWN_SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  ALL_RULES.map(({ id, severity }) => [id, severity]),
);

/** What a rule itself holds milder than usual (weaker evidence, a use that a vendor documents) is not raised. */
function withSeverity(finding: Finding, chosen: Severity | 'off' | null): readonly Finding[] {
  if (chosen === 'off') return [];
  if (chosen === null || finding.outcome !== 'failed') return [finding];
  const own = OWN_SEVERITIES.get(finding.ruleId) ?? finding.severity;
  const isMilder = rank(finding.severity) < rank(own);
  return [
    { ...finding, severity: isMilder && rank(finding.severity) < rank(chosen) ? finding.severity : chosen },
  ];
}

function rank(severity: Severity): number {
  return MILDEST_FIRST.indexOf(severity);
}

function withAcceptance(
  finding: Finding,
  url: string,
  subjectOf: (finding: Finding) => Subject,
  { acceptances, at }: FindingFacts,
): Finding {
  if (acceptances.length === 0 || finding.outcome !== 'failed') return finding;
  const fitting = acceptances.filter((acceptance) =>
    isAccepted(acceptance, finding.ruleId, url, () => subjectOf(finding)),
  );
  const valid = fitting.find(({ end }) => at < end);
  if (valid !== undefined) {
    const { reason, until } = valid.use;
    return { ...finding, accepted: { reason, until } };
  }
  const [expired] = fitting;
  if (expired === undefined) return finding;
  const text = t`It was accepted by design until ${expired.use.until}; that has expired (acceptedByDesign[${expired.index}] of the configuration).`;
  return { ...finding, evidence: [...finding.evidence, text] };
}

function isAccepted({ use, host }: Acceptance, ruleId: string, url: string, subject: () => Subject): boolean {
  if (!use.rules.includes(ruleId)) return false;
  const place = host === null ? null : parseUrl(url);
  if (host !== null && (place === null || !isMatch(host, place))) return false;
  const { issuer, clients, kind } = subject();
  return (
    (use.issuer === undefined || use.issuer === issuer) &&
    (use.client === undefined || clients.includes(use.client)) &&
    (use.kind === undefined || use.kind === kind)
  );
}
