import type { AuditReport, ReportExchange, ReportFinding } from '../core/model/report.ts';
import { parseUrl } from '../core/syntax/url.ts';

/** What became of a problem from one session to the next. */
export interface ComparedFinding {
  readonly change: 'new' | 'fixed' | 'still';
  readonly identity: {
    readonly ruleId: string;
    readonly method: string;
    /** The URL without its parameters. */
    readonly endpoint: string;
  };
  readonly title: string;
  readonly outcome: ReportFinding['outcome'];
  readonly severity: ReportFinding['severity'];
  /** How often it was found before, and after. */
  readonly before: number;
  readonly after: number;
}

const SEVERITIES: readonly string[] = ['error', 'warning', 'notice'];

/** Compares two sessions by rule and endpoint. The worst comes first. */
export function compareReports(
  before: AuditReport,
  after: AuditReport,
): { readonly findings: readonly ComparedFinding[] } {
  const then = problemsOf(before);
  const now = problemsOf(after);
  const findings = [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [then.get(key), now.get(key)];
    const told = is ?? was;
    if (told === undefined) return [];
    const { identity, worst } = told;
    const change =
      was === undefined ? ('new' as const) : is === undefined ? ('fixed' as const) : ('still' as const);
    const { title, outcome, severity } = worst;
    return [{ change, identity, title, outcome, severity, before: was?.count ?? 0, after: is?.count ?? 0 }];
  });
  return { findings: findings.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1)) };
}

interface Problem {
  readonly identity: ComparedFinding['identity'];
  worst: ReportFinding;
  count: number;
}

function problemsOf({ exchanges, findings }: AuditReport): ReadonlyMap<string, Problem> {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const problems = new Map<string, Problem>();
  for (const finding of findings) {
    const identity = identityOf(finding, byId.get(finding.exchange));
    const key = JSON.stringify([identity.ruleId, identity.method, identity.endpoint]);
    const known = problems.get(key);
    if (known === undefined) problems.set(key, { identity, worst: finding, count: 1 });
    else {
      known.count++;
      if (rank(finding) < rank(known.worst)) known.worst = finding;
    }
  }
  return problems;
}

function identityOf({ ruleId }: ReportFinding, at: ReportExchange | undefined): ComparedFinding['identity'] {
  const url = at === undefined ? null : parseUrl(at.url);
  const endpoint = url === null ? '' : `${url.protocol}//${url.host}${url.pathname}`;
  return { ruleId, method: at?.method ?? '', endpoint };
}

function rank({ outcome, severity }: Pick<ReportFinding, 'outcome' | 'severity'>): number {
  return SEVERITIES.indexOf(severity) + (outcome === 'failed' ? 0 : SEVERITIES.length);
}

function nameOf({ identity }: ComparedFinding): string {
  return `${identity.ruleId} ${identity.endpoint} ${identity.method}`;
}
