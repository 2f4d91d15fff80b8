import type { RuleMetadata, Severity } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { parseUrl } from '../syntax/url.ts';
import { language, t } from '../text.ts';
import { type FindingIdentity, identifier, identityHash, identityKey } from './finding-identity.ts';
import { exchangesOf, sortFindings } from './group-findings.ts';
import { markdownText } from './markdown.ts';
import { printable, printableJson } from './printable.ts';

/**
 * Requests with one and the same problem that are named. GitHub takes 1,000 locations of a result and shows 100
 * (https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support).
 */
const MAX_RELATED = 99;

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
  const all = rulesOf(report, rules);
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
        invocations: [invocationOf(report)],
        results: problemsOf(report).map((problem) => resultOf(problem, indexes, report)),
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
function rulesOf(report: AuditReport, rules: readonly RuleMetadata[]): readonly RuleMetadata[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { ruleId: id, severity, title, why, fix, references } of report.findings) {
    if (!known.has(id)) known.set(id, { id, severity, title, why, fix, references });
  }
  return [...known.values()];
}

function ruleOf({ id, severity, title, why, fix, references }: RuleMetadata): JsonObject {
  // As a browser writes them: nothing in them ends a link.
  const links = references.flatMap(({ title: words, url }) => {
    const parsed = parseUrl(url);
    return parsed?.protocol === 'https:' ? [{ title: words, url: parsed.href }] : [];
  });
  const [first] = links;
  const list = links.map((link) => `- [${markdownText(link.title)}](<${link.url}>)`);
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: `${why} ${fix}`,
      markdown: [
        markdownText(why),
        `**${markdownText(t`Fix`)}:** ${markdownText(fix)}`,
        list.join('\n'),
      ].join('\n\n'),
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

function invocationOf({ session, coverage }: AuditReport): JsonObject {
  return {
    executionSuccessful: true,
    ...(session.startedAt === null ? {} : { startTimeUtc: session.startedAt }),
    ...(session.endedAt === null ? {} : { endTimeUtc: session.endedAt }),
    properties: {
      exchanges: coverage.exchanges,
      withToken: coverage.withToken,
      unseen: coverage.unseen.map(({ reason, count }) => ({ reason, count })),
    },
  };
}

interface Problem {
  readonly identity: FindingIdentity;
  readonly first: ReportFinding;
  readonly exchanges: ReportExchange[];
  count: number;
}

/** The findings that failed, by what makes them one problem. */
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
  return [...problems.values()];
}

function resultOf(
  { identity, first, exchanges, count }: Problem,
  indexes: ReadonlyMap<string, number>,
  report: AuditReport,
): JsonObject {
  const { ruleId, severity, what, evidence, accepted } = first;
  const [at, ...others] = exchanges;
  const hash = identityHash(identity);
  return {
    ruleId,
    ruleIndex: indexes.get(ruleId) ?? -1,
    ...{ kind: 'fail', level: LEVELS[severity] },
    message: { text: [what, ...evidence].map(embedded).join(' ') },
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
  return {
    ...(id === undefined ? {} : { id }),
    physicalLocation: {
      artifactLocation: { uri: entry === null ? 'live-session' : fileUri(entry.file) },
      region: { startLine: entry?.line ?? 1, startColumn: 1 },
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
  const parts = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .split('/')
    .map(encodeSafely);
  const drive = /^[a-z]%3A$/i.test(parts[0] ?? '') ? [(parts[0] ?? '').replace('%3A', ':')] : null;
  if (drive !== null) return `file:///${[...drive, ...parts.slice(1)].join('/')}`;
  return path.startsWith('/') ? `file://${parts.join('/')}` : parts.join('/');
}

/** Half a character can't be encoded: it is written as in JSON. */
function encodeSafely(text: string): string {
  return encodeURIComponent(printable(text));
}
