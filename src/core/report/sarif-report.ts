import type { RuleMetadata, Severity } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { parseUrl } from '../syntax/url.ts';
import { language, t } from '../text.ts';
import { type FindingIdentity, identifier, identityHash, identityKey } from './finding-identity.ts';
import { exchangesOf, sortFindings } from './group-findings.ts';
import { prose } from './markdown.ts';
import { printable, printableJson } from './printable.ts';
import { SEVERITIES } from './report-words.ts';

// What GitHub's code scanning takes: https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support

/** Problems that are listed, worst first: it rejects a log of more than 25,000, and keeps 5,000. */
const MAX_RESULTS = 5_000;
/** Requests of one and the same problem that are named: it takes 1,000 locations of a result, and shows 100. */
const MAX_RELATED = 99;
/** Of all problems together: it takes 10 MB, gzipped. */
const MAX_RELATED_OF_ALL = 50_000;
const MAX_NAME = 255;
const MAX_DESCRIPTION = 1_024;

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' };
const PROBLEMS: Readonly<Record<Severity, string>> = {
  ...{ error: 'error', warning: 'warning', notice: 'recommendation' },
};

/**
 * Writes what failed for code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). Requests with the
 * same problem are one result, whose fingerprint holds from one log-in to the next. What could not be told is no
 * result: it is counted.
 * @param rules every rule that was asked
 */
export function sarifReport(
  report: AuditReport,
  { rules }: { readonly rules: readonly RuleMetadata[] },
): string {
  const problems = problemsOf(report);
  const listed = problems.slice(0, MAX_RESULTS);
  const all = rulesOf(listed, rules);
  const indexes = new Map(all.map(({ id }, index) => [id, index]));
  const log: JsonObject = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Aud-it',
            semanticVersion: semantic(report.tool.version),
            rules: all.map(ruleOf),
          },
        },
        // Where nothing is said, it is English (SARIF 2.1.0 §3.14.7).
        ...(language().tag === 'en' ? {} : { language: language().tag }),
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(report, problems.length - listed.length)],
        results: withinRoom(listed).map((problem) => resultOf(problem, indexes, report)),
        properties: {
          session: printable(report.session.name),
          couldNotBeTold: sortFindings(report).untold.length,
        },
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, null, 2))}\n`;
}

/** Semantic Versioning 2.0.0 §2; what is none would make the log invalid. */
function semantic(version: string): string {
  return /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version) ? version : '0.0.0';
}

/** What is known of each rule: of one that another version had, what its findings say. */
function rulesOf(problems: readonly Problem[], rules: readonly RuleMetadata[]): readonly RuleMetadata[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { first } of problems) {
    const { ruleId: id, severity, title, why, fix, references } = first;
    if (!known.has(id)) known.set(id, { id, severity, title, why, fix, references });
  }
  return [...known.values()];
}

/** A text that code scanning asks for: never empty, and no longer than it takes. */
function required(text: string, max: number): string {
  if (text.trim() === '') return t`(not told)`;
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

function ruleOf({ id, severity, title, why, fix, references }: RuleMetadata): JsonObject {
  // As a browser writes them: nothing in them ends a link.
  const links = references.flatMap(({ title: words, url }) => {
    const parsed = parseUrl(url);
    return parsed?.protocol === 'https:' ? [{ title: words, url: parsed.href }] : [];
  });
  const [first] = links;
  const list = links.map((link) => `- [${prose(link.title)}](<${link.url}>)`);
  return {
    id: ruleIdOf(id),
    name: required(
      id.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()),
      MAX_NAME,
    ),
    shortDescription: { text: required(title, MAX_DESCRIPTION) },
    fullDescription: { text: required(why, MAX_DESCRIPTION) },
    help: {
      text: required(`${why} ${fix}`, Number.POSITIVE_INFINITY),
      markdown: [prose(why), `**${prose(t`Fix`)}:** ${prose(fix)}`, list.join('\n')].join('\n\n'),
    },
    ...(first === undefined ? {} : { helpUri: first.url }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'oauth', 'openid-connect'],
      precision: 'high',
      'problem.severity': PROBLEMS[severity],
    },
  };
}

function ruleIdOf(id: string): string {
  return id.trim() === '' ? 'unknown' : id;
}

function invocationOf({ session, coverage }: AuditReport, leftOut: number): JsonObject {
  const [start, end] = [instant(session.startedAt), instant(session.endedAt)];
  const isBackwards = start !== null && end !== null && Date.parse(end) < Date.parse(start);
  return {
    executionSuccessful: true,
    ...(start === null ? {} : { startTimeUtc: start }),
    ...(end === null || isBackwards ? {} : { endTimeUtc: end }),
    ...(leftOut === 0
      ? {}
      : {
          toolExecutionNotifications: [
            {
              level: 'warning',
              message: {
                text: t`${leftOut} more problems are left out here, as code scanning keeps ${MAX_RESULTS}: the report as JSON lists all.`,
              },
            },
          ],
        }),
    properties: {
      exchanges: coverage.exchanges,
      withToken: coverage.withToken,
      unseen: coverage.unseen.map(({ reason, count }) => ({ reason, count })),
    },
  };
}

/** A moment as SARIF writes it (§3.9); null for what is none. */
function instant(at: string | null): string | null {
  return at !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(at) ? at : null;
}

interface Problem {
  readonly identity: FindingIdentity;
  readonly first: ReportFinding;
  readonly exchanges: ReportExchange[];
  count: number;
}

/** The findings that failed, by what makes them one problem; worst first. */
function problemsOf(report: AuditReport): readonly Problem[] {
  const exchanges = exchangesOf(report);
  const identityOf = identifier(report);
  const { failed, accepted } = sortFindings(report);
  const problems = new Map<string, Problem>();
  for (const finding of [...failed, ...accepted]) {
    const identity = identityOf(finding);
    const key = `${finding.severity} ${finding.accepted !== undefined} ${identityKey(identity)}`;
    const problem = problems.get(key) ?? { identity, first: finding, exchanges: [], count: 0 };
    problems.set(key, problem);
    problem.count++;
    const exchange = exchanges.get(finding.exchange);
    if (exchange !== undefined && problem.exchanges.length <= MAX_RELATED) problem.exchanges.push(exchange);
  }
  return [...problems.values()].sort(
    ({ first: a }, { first: b }) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

/** With no more requests named, all problems together, than the log has room for. */
function withinRoom(problems: readonly Problem[]): readonly Problem[] {
  let room = MAX_RELATED_OF_ALL;
  return problems.map((problem) => {
    const exchanges = problem.exchanges.slice(0, 1 + room);
    room -= Math.max(0, exchanges.length - 1);
    return { ...problem, exchanges };
  });
}

function resultOf(
  { identity, first, exchanges, count }: Problem,
  indexes: ReadonlyMap<string, number>,
  report: AuditReport,
): JsonObject {
  const { ruleId, severity, what, evidence, accepted } = first;
  const [at, ...others] = exchanges;
  const hash = identityHash(identity);
  const ruleIndex = indexes.get(ruleId);
  return {
    ruleId: ruleIdOf(ruleId),
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    ...{ kind: 'fail', level: LEVELS[severity] },
    message: { text: required([what, ...evidence].map(embedded).join(' '), Number.POSITIVE_INFINITY) },
    locations: [locationOf(at, identity)],
    ...(others.length === 0
      ? {}
      : { relatedLocations: others.map((other, index) => locationOf(other, identity, index + 1)) }),
    occurrenceCount: count,
    // The second is the one that GitHub compares.
    partialFingerprints: { 'audItProblem/v1': hash, primaryLocationLineHash: `${hash}:1` },
    ...(report.baseline === undefined ? {} : { baselineState: 'new' }),
    ...(accepted === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: t`${accepted.reason} (until ${accepted.until})`,
            },
          ],
        }),
  };
}

/** Brackets in a message make links (SARIF 2.1.0 §3.11.6). */
function embedded(text: string): string {
  return printable(text).replace(/[\\[\]]/g, '\\$&');
}

/**
 * The entry of the HAR that it was found in. What was seen live has no file: code scanning wants one all the same, so
 * it is named for the session.
 */
function locationOf(
  exchange: ReportExchange | undefined,
  { method, endpoint }: FindingIdentity,
  id?: number,
): JsonObject {
  const entry = exchange?.entry ?? null;
  const line = Math.max(1, entry?.line ?? 1);
  return {
    ...(id === undefined ? {} : { id }),
    physicalLocation: {
      artifactLocation: { uri: entry === null ? 'live-session' : fileUri(entry.file) || 'unnamed' },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 },
    },
    logicalLocations: [
      {
        name: printable(endpoint),
        fullyQualifiedName: `${printable(method)} ${printable(endpoint)}`,
        kind: 'resource',
      },
    ],
    message: {
      text: entry === null ? seenAt(exchange) : `log.entries[${entry.index}]`,
    },
  };
}

function seenAt(exchange: ReportExchange | undefined): string {
  return exchange === undefined ? t`seen at a moment unknown` : t`seen at ${exchange.at}`;
}

/** A path as a URI reference (RFC 3986 §4.1): relative to the checkout where it is relative. */
function fileUri(path: string): string {
  const parts = withoutDots(path.replaceAll('\\', '/').split('/')).map(encodeSafely);
  const [first = ''] = parts;
  if (/^[a-z]%3A$/i.test(first)) return `file:///${[first.replace('%3A', ':'), ...parts.slice(1)].join('/')}`;
  return path.startsWith('/') ? `file://${parts.join('/')}` : parts.join('/');
}

/** A URI of a file has no "." and ".." within (RFC 3986 §5.2.4); only a relative one begins with "..". */
function withoutDots(segments: readonly string[]): readonly string[] {
  const isAbsolute = segments[0] === '' || /^[a-z]:$/i.test(segments[0] ?? '');
  const kept: string[] = [];
  for (const segment of segments) {
    const last = kept.at(-1);
    if (segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (isAbsolute) kept.splice(Math.max(1, kept.length - 1));
    else if (last === undefined || last === '..') kept.push(segment);
    else kept.pop();
  }
  return kept;
}

/** Half a character can't be encoded: it is written as in JSON. */
function encodeSafely(text: string): string {
  return encodeURIComponent(printable(text));
}
