import type { AuditReport, ReportExchange } from '../model/report.ts';
import { t } from '../text.ts';
import {
  baselineSentence,
  exchangesOf,
  type FindingGroup,
  groupFindings,
  sortFindings,
  verdictSentence,
  whereOf,
} from './group-findings.ts';
import { cell, code, tableHead, prose as text } from './markdown.ts';
import {
  ABOUT,
  CONFIDENCES,
  coverageWords,
  KINDS,
  moreWords,
  recordedWords,
  requestCount,
  SEVERITY_WORDS,
  SIGNATURES,
  UNSEEN,
} from './report-words.ts';

/** Requests of one rule that are listed; the rest is counted. GitHub cuts a comment at 65,536 characters. */
const MAX_LISTED = 20;
const MAX_TOKENS = 50;

/** Writes a report for merge requests, issues and wikis: CommonMark with tables. All data in it is escaped. */
export function markdownReport(report: AuditReport): string {
  const { failed, accepted, untold } = sortFindings(report);
  const exchanges = exchangesOf(report);
  const sections = [
    head(report),
    ...groupFindings(failed).map((group) => ruleSection(group, exchanges)),
    ...listSection(t`Accepted by design`, groupFindings(accepted), exchanges),
    ...listSection(t`Can't tell`, groupFindings(untold), exchanges),
    ...tokensSection(report),
    coverageSection(report),
    [`*${text(ABOUT)}*`],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head(report: AuditReport): readonly string[] {
  const { session, coverage, tool } = report;
  const since = baselineSentence(report);
  return [
    `# Aud-it: ${text(session.name)}`,
    '',
    `**${text(verdictSentence(report))}**`,
    '',
    `${text(recordedWords(coverage, session.startedAt))}. Aud-it ${text(tool.version)}.`,
    ...(since === null ? [] : ['', text(since)]),
    ...session.steps.flatMap(({ at, note }, index) => [
      ...(index === 0 ? [''] : []),
      `- ${text(at)} ${text(note)}`,
    ]),
  ];
}

type Exchanges = ReadonlyMap<string, ReportExchange>;

function ruleSection(
  { ruleId, severity, first, findings }: FindingGroup,
  exchanges: Exchanges,
): readonly string[] {
  const shown = findings.slice(0, MAX_LISTED);
  const more = findings.length - shown.length;
  return [
    `## ${text(SEVERITY_WORDS[severity].toUpperCase())}: ${text(first.title)}`,
    '',
    `${code(ruleId)}, ${text(requestCount(findings.length))}`,
    '',
    `**${text(t`Why`)}** ${text(first.why)}`,
    '',
    `**${text(t`Fix`)}** ${text(first.fix)}`,
    '',
    ...(first.fixFor === undefined
      ? []
      : [
          `**${text(t`In ${first.fixFor.sdk}`)}** ${text(first.fixFor.text)} ${text(first.fixFor.because)}`,
          '',
        ]),
    tableHead([t`request`, t`where`, t`what`]),
    ...shown.map(({ exchange, what }) => `| ${cells(exchanges.get(exchange))} | ${cell(text(what))} |`),
    ...(more > 0 ? ['', text(moreWords(more))] : []),
    ...(first.references.length === 0
      ? []
      : [
          '',
          `${text(t`See`)} ${first.references.map((one) => `${text(one.title)} ${code(one.url)}`).join(', ')}`,
        ]),
  ];
}

function cells(exchange: ReportExchange | undefined): string {
  if (exchange === undefined) return ' | ';
  return `${valueCell(`${exchange.method} ${exchange.url}`)} | ${valueCell(whereOf(exchange))}`;
}

function valueCell(value: string): string {
  return value === '' ? '' : cell(code(value));
}

function listSection(
  title: string,
  groups: readonly FindingGroup[],
  exchanges: Exchanges,
): readonly (readonly string[])[] {
  if (groups.length === 0) return [];
  const lines = groups.flatMap(({ ruleId, findings }) => {
    const shown = findings.slice(0, MAX_LISTED).map(({ exchange, what, accepted }) => {
      const at = exchanges.get(exchange);
      const where = at === undefined ? '' : ` ${code(`${at.method} ${at.url}`)}`;
      const until =
        accepted === undefined ? '' : ` (${text(t`until ${accepted.until}: ${accepted.reason}`)})`;
      return `- ${code(ruleId)}: ${text(what)}${where}${until}`;
    });
    const more = findings.length - shown.length;
    return more > 0 ? [...shown, `- ${code(ruleId)}: ${text(moreWords(more))}`] : shown;
  });
  return [[`## ${text(title)}`, '', ...lines]];
}

function tokensSection({ tokens }: AuditReport): readonly (readonly string[])[] {
  if (tokens.length === 0) return [];
  const shown = tokens.slice(0, MAX_TOKENS);
  const more = tokens.length - shown.length;
  return [
    [
      `## ${text(t`Tokens`)}`,
      '',
      tableHead([t`token`, t`issuer`, t`client`, t`audience`, t`scope`, t`signature`, t`requests`]),
      ...shown.map(({ kind, confidence, issuer, clientId, audience, scope, signature, usedIn }) => {
        const told = [issuer ?? '', clientId ?? '', audience.join(' '), scope.join(' ')].map(valueCell);
        return `| ${cell(text(KINDS[kind]))} (${text(CONFIDENCES[confidence])}) | ${told.join(' | ')} | ${text(SIGNATURES[signature.status])} | ${usedIn.length} |`;
      }),
      ...(more > 0 ? ['', text(moreWords(more))] : []),
    ],
  ];
}

function coverageSection({ coverage }: AuditReport): readonly string[] {
  return [
    `## ${text(t`Coverage`)}`,
    '',
    `- ${text(coverageWords(coverage))}`,
    ...coverage.unseen.map(({ reason, count }) => `- ${text(t`not seen: ${count} × ${UNSEEN[reason]}`)}`),
  ];
}
