import type { RuleMetadata, Severity } from '../model/finding.ts';
import type { AuditReport, ReportFinding } from '../model/report.ts';
import { t } from '../text.ts';
import { identifier, identityKey } from './finding-identity.ts';
import { exchangesOf, whereOf } from './group-findings.ts';
import { printable } from './printable.ts';
import { moreWords, SEVERITIES, SEVERITY_WORDS } from './report-words.ts';

/** A test's name, by which build servers know it again: the same in every language. */
const NOTHING_FOUND = 'nothing found';

/** One and the same problem is listed with this many of its requests. */
const MAX_LISTED = 20;

/**
 * Writes the report for build servers: JUnit XML, as Ant wrote it first and GitLab, Jenkins and others read it. A rule is
 * a suite, a problem of one endpoint a test that failed; a rule that found nothing is a test that passed. What could not
 * be told or is accepted by design is skipped, so that it fails no build.
 * @param rules every rule that was asked
 * @param failOn what counts as failed; what is less severe passes, with a word
 */
export function junitReport(
  report: AuditReport,
  { rules, failOn }: { readonly rules: readonly RuleMetadata[]; readonly failOn: Severity | 'never' },
): string {
  const ids = new Set([...rules.map(({ id }) => id), ...report.findings.map(({ ruleId }) => ruleId)]);
  const problems = problemsOf(report);
  const suites = [...ids].map((id) => suite(id, problems.get(id) ?? [], failOn));
  const totals = counts(suites.flatMap(({ cases }) => cases));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="aud-it" ${totals} errors="0">`,
    ...suites.flatMap(({ id, cases }) => [
      `  <testsuite name="${xml(id)}" ${counts(cases)} errors="0"${timestamp(report)}>`,
      ...cases.map(({ text }) => text),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Problem {
  readonly name: string;
  readonly findings: ReportFinding[];
  readonly places: string[];
}

interface TestCase {
  readonly result: 'passed' | 'failure' | 'skipped';
  readonly text: string;
}

/** The findings of each rule, by what makes them one problem. */
function problemsOf(report: AuditReport): ReadonlyMap<string, readonly Problem[]> {
  const exchanges = exchangesOf(report);
  const identityOf = identifier(report);
  const byRule = new Map<string, Map<string, Problem>>();
  for (const finding of report.findings) {
    const identity = identityOf(finding);
    const ofRule = byRule.get(finding.ruleId) ?? new Map<string, Problem>();
    byRule.set(finding.ruleId, ofRule);
    // What failed and what could not be told are two tests, though they be of one endpoint.
    const key = `${finding.outcome} ${finding.severity} ${finding.accepted !== undefined} ${identityKey(identity)}`;
    const problem = ofRule.get(key) ?? {
      name: `${identity.method} ${identity.endpoint}`,
      ...{ findings: [], places: [] },
    };
    ofRule.set(key, problem);
    problem.findings.push(finding);
    const exchange = exchanges.get(finding.exchange);
    if (exchange !== undefined && problem.places.length < MAX_LISTED) problem.places.push(whereOf(exchange));
  }
  return new Map([...byRule].map(([rule, ofRule]) => [rule, [...ofRule.values()]]));
}

function suite(
  id: string,
  problems: readonly Problem[],
  failOn: Severity | 'never',
): { readonly id: string; readonly cases: readonly TestCase[] } {
  if (problems.length === 0) {
    return { id, cases: [{ result: 'passed', text: testCase(id, NOTHING_FOUND, '') }] };
  }
  return { id, cases: problems.map((problem) => caseOf(id, problem, failOn)) };
}

function caseOf(id: string, { name, findings, places }: Problem, failOn: Severity | 'never'): TestCase {
  const [first] = findings;
  if (first === undefined) return { result: 'passed', text: testCase(id, name, '') };
  const { outcome, severity, title, what, why, fix, accepted, references } = first;
  if (outcome === 'cantTell') {
    return { result: 'skipped', text: testCase(id, name, `<skipped message="${xml(what)}"/>`) };
  }
  if (accepted !== undefined) {
    const text = t`Accepted by design until ${accepted.until}: ${accepted.reason}`;
    return { result: 'skipped', text: testCase(id, name, `<skipped message="${xml(text)}"/>`) };
  }
  const more = findings.length - places.length;
  const lines = [
    ...[what, t`Why: ${why}`, t`Fix: ${fix}`],
    ...references.map((reference) => t`See: ${reference.title} ${reference.url}`),
    ...places.map((place) => t`At: ${place}`),
    ...(more > 0 ? [moreWords(more)] : []),
  ].map(xml);
  const body = lines.join('\n');
  const fails = failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
  return fails
    ? {
        result: 'failure',
        text: testCase(id, name, `<failure type="${severity}" message="${xml(title)}">${body}</failure>`),
      }
    : {
        result: 'passed',
        text: testCase(
          id,
          name,
          `<system-out>${xml(`${SEVERITY_WORDS[severity]}: ${title}`)}\n${body}</system-out>`,
        ),
      };
}

function testCase(id: string, name: string, inner: string): string {
  const start = `    <testcase classname="aud-it.${xml(id)}" name="${xml(name)}" time="0"`;
  return inner === '' ? `${start}/>` : `${start}>${inner}</testcase>`;
}

function counts(cases: readonly TestCase[]): string {
  const count = (wanted: TestCase['result']) => cases.filter(({ result }) => result === wanted).length;
  return `tests="${cases.length}" failures="${count('failure')}" skipped="${count('skipped')}"`;
}

/** Without a zone, as the schema of Ant's report has it: UTC. */
function timestamp({ session }: AuditReport): string {
  const at = session.startedAt === null ? null : /^[\d-]+T[\d:]+/.exec(session.startedAt);
  return at === null ? '' : ` timestamp="${xml(at[0])}"`;
}

/** Text and attribute values, without what XML 1.0 §2.2 forbids even as a reference. */
function xml(text: string): string {
  return printable(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
