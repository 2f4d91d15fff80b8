import type { Severity } from '../model/finding.ts';
import type { AuditReport, ReportFinding } from '../model/report.ts';
import { type FindingIdentity, identifier, identityKey } from './finding-identity.ts';
import { SEVERITIES } from './report-words.ts';

/** What became of one problem from a report to the next. */
export interface ComparedFinding {
  readonly change: 'new' | 'fixed' | 'still';
  readonly identity: FindingIdentity;
  readonly title: string;
  readonly outcome: ReportFinding['outcome'];
  readonly severity: Severity;
  /** How often it was found before, and after. */
  readonly before: number;
  readonly after: number;
}

export interface Comparison {
  readonly before: ComparedReport;
  readonly after: ComparedReport;
  /** What is new, then what is still there, then what is fixed; of these, the worst first. */
  readonly findings: readonly ComparedFinding[];
}

/** A report as far as a comparison tells of it. */
export interface ComparedReport {
  readonly name: string;
  readonly startedAt: string | null;
  readonly exchanges: number;
  readonly withToken: number;
}

/**
 * Compares two reports: by rule, endpoint and parties. What got worse (a warning that is an error now, something that
 * could not be told and now fails) is new. Synchronous and pure.
 */
export function compareReports(before: AuditReport, after: AuditReport): Comparison {
  const then = problemsOf(before);
  const now = problemsOf(after);
  const findings = [...new Set([...then.keys(), ...now.keys()])].flatMap((key) =>
    comparedFinding(then.get(key) ?? null, now.get(key) ?? null),
  );
  return {
    before: comparedReport(before),
    after: comparedReport(after),
    findings: findings.sort(
      (a, b) =>
        CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) || rank(a) - rank(b) || compareNames(a, b),
    ),
  };
}

/**
 * @returns the report with only the findings that are not in the baseline, or are worse there, and with what was left
 * out counted
 */
export function sinceBaseline(report: AuditReport, baseline: AuditReport): AuditReport {
  const then = problemsOf(baseline);
  const identityOf = identifier(report);
  const seen = new Set<string>();
  const findings = report.findings.filter((finding) => {
    const key = identityKey(identityOf(finding));
    seen.add(key);
    const known = then.get(key);
    return known === undefined || rank(finding) < known.rank;
  });
  return {
    ...report,
    findings,
    baseline: {
      name: baseline.session.name,
      still: report.findings.length - findings.length,
      fixed: [...then.keys()].filter((key) => !seen.has(key)).length,
    },
  };
}

const CHANGES: readonly ComparedFinding['change'][] = ['new', 'still', 'fixed'];

interface Problem {
  readonly identity: FindingIdentity;
  worst: ReportFinding;
  rank: number;
  count: number;
}

function problemsOf(report: AuditReport): ReadonlyMap<string, Problem> {
  const identityOf = identifier(report);
  const problems = new Map<string, Problem>();
  for (const finding of report.findings) {
    const identity = identityOf(finding);
    const key = identityKey(identity);
    const own = rank(finding);
    const known = problems.get(key);
    if (known === undefined) problems.set(key, { identity, worst: finding, rank: own, count: 1 });
    else {
      known.count++;
      if (own < known.rank) Object.assign(known, { worst: finding, rank: own });
    }
  }
  return problems;
}

/** Worst is lowest. What is accepted by design counts as what it is: accepting it makes it no other. */
function rank({ outcome, severity }: Pick<ReportFinding, 'outcome' | 'severity'>): number {
  return SEVERITIES.indexOf(severity) + (outcome === 'failed' ? 0 : SEVERITIES.length);
}

function comparedFinding(then: Problem | null, now: Problem | null): readonly ComparedFinding[] {
  const told = now ?? then;
  if (told === null) return [];
  const isWorse = then !== null && now !== null && now.rank < then.rank;
  const { title, outcome, severity } = told.worst;
  return [
    {
      change: then === null || isWorse ? 'new' : now === null ? 'fixed' : 'still',
      ...{ identity: told.identity, title, outcome, severity },
      before: then?.count ?? 0,
      after: now?.count ?? 0,
    },
  ];
}

function comparedReport({ session, coverage }: AuditReport): ComparedReport {
  const { name, startedAt } = session;
  return { name, startedAt, exchanges: coverage.exchanges, withToken: coverage.withToken };
}

function compareNames(a: ComparedFinding, b: ComparedFinding): number {
  const [one, other] = [identityKey(a.identity), identityKey(b.identity)];
  return one < other ? -1 : one > other ? 1 : 0;
}
