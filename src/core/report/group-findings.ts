import type { Severity } from '../model/finding.ts';
import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { SEVERITIES, severityCount } from './report-words.ts';

/** Findings of one rule at one severity. */
export interface FindingGroup {
  readonly ruleId: string;
  readonly severity: Severity;
  /** What they have in common: the first of them. */
  readonly first: ReportFinding;
  readonly findings: readonly ReportFinding[];
}

/** @returns the groups, worst first; in the order of their first request */
export function groupFindings(findings: readonly ReportFinding[]): readonly FindingGroup[] {
  const byKey = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.ruleId}`;
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [finding]);
    else group.push(finding);
  }
  return [...byKey.values()]
    .flatMap((all) =>
      all.slice(0, 1).map((first) => ({
        ...{ ruleId: first.ruleId, severity: first.severity },
        ...{ first, findings: all },
      })),
    )
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** The findings of a report by what is to be done about them. */
export interface SortedFindings {
  /** What is wrong. */
  readonly failed: readonly ReportFinding[];
  /** What is wrong, and accepted by design. */
  readonly accepted: readonly ReportFinding[];
  readonly untold: readonly ReportFinding[];
}

export function sortFindings({ findings }: AuditReport): SortedFindings {
  const failed = findings.filter(({ outcome }) => outcome === 'failed');
  return {
    failed: failed.filter(({ accepted }) => accepted === undefined),
    accepted: findings.filter(({ accepted }) => accepted !== undefined),
    untold: findings.filter(({ outcome, accepted }) => outcome === 'cantTell' && accepted === undefined),
  };
}

/** How many are wrong, by severity, worst first: those that are none left out. */
export function countBySeverity(
  failed: readonly ReportFinding[],
): readonly { readonly severity: Severity; readonly count: number }[] {
  return SEVERITIES.map((severity) => ({
    severity,
    count: failed.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
}

/** The report in one sentence: "2 errors, 1 warning; 3 things could not be told." */
export function verdictSentence(report: AuditReport): string {
  const { failed, accepted, untold } = sortFindings(report);
  const told = [
    whatWasFound(report, failed),
    ...(untold.length === 0 ? [] : [untoldCount(untold.length)]),
    ...(accepted.length === 0 ? [] : [t`${accepted.length} accepted by design`]),
  ];
  return `${told.join('; ')}.`;
}

function whatWasFound({ baseline, coverage }: AuditReport, failed: readonly ReportFinding[]): string {
  const counts = countBySeverity(failed)
    .map(({ severity, count }) => severityCount(severity, count))
    .join(', ');
  if (counts !== '') return baseline === undefined ? counts : t`${counts}, all new`;
  if (coverage.withToken === 0) return t`No token was seen`;
  return baseline === undefined ? t`No problem was found` : t`No new problem was found`;
}

function untoldCount(count: number): string {
  return count === 1 ? t`1 thing could not be told` : t`${count} things could not be told`;
}

/** What a report with a baseline leaves out, in one sentence; null where there is none. */
export function baselineSentence({ baseline }: AuditReport): string | null {
  if (baseline === undefined) return null;
  const { name, still, fixed } = baseline;
  return still === 1
    ? t`Only what is new since "${name}": 1 finding of then still there and left out, ${fixed} gone.`
    : t`Only what is new since "${name}": ${still} findings of then still there and left out, ${fixed} gone.`;
}

/** By id. */
export function exchangesOf(report: AuditReport): ReadonlyMap<string, ReportExchange> {
  return new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
}

/** A redacted URL without its query and fragment. */
export function endpointOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** Which entry of which file it is; when it was, where it was seen live. */
export function whereOf({ entry, at }: ReportExchange): string {
  return entry === null ? at : t`${entry.file} entry ${entry.index}`;
}
