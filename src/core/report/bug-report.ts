import type { Finding } from '../model/finding.ts';
import type { Destination, ProvenanceLesson } from '../model/knowledge.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type { CheckedToken, SignatureState } from '../model/token.ts';
import { stringMember, stringsMember } from '../syntax/json.ts';
import { t } from '../text.ts';
import { identifiersOf, peopleIn } from './audit-report.ts';
import { code, fence, prose } from './markdown.ts';
import { Redactor } from './redact-text.ts';
import { CONFIDENCES, SEVERITY_WORDS, SIGNATURES } from './report-words.ts';

export interface BugReportFacts {
  readonly record: ExchangeRecord;
  readonly destination: Destination;
  readonly findings: readonly Finding[];
  readonly tokens: readonly {
    readonly token: CheckedToken;
    readonly provenance: ProvenanceLesson | null;
  }[];
}

/** Lines of evidence, and audiences: a hostile token names thousands. */
const MAX_LINES = 16;

/**
 * Writes each finding of a request as a bug report in Markdown, ready to be pasted: redacted as a report is, and with
 * everything that came from the network kept from being Markdown, HTML, a link or a mention.
 * @returns one a finding, in their order
 */
export function bugReports(facts: BugReportFacts): readonly string[] {
  if (facts.findings.length === 0) return [];
  const redactor = redactorOf(facts);
  return facts.findings.map((finding) => bugReport(finding, facts, redactor));
}

function bugReport(finding: Finding, { record, tokens }: BugReportFacts, redactor: Redactor): string {
  const said = (text: string): string => prose(redactor.text(text));
  const carried = tokens.find(({ token }) => token.fingerprint === finding.token);
  const asked = `${redactor.name(record.method)} ${redactor.url(record.url)}`;
  const lines = [
    `## ${prose(finding.title)}`,
    said(finding.what),
    [
      record.status === null
        ? line(t`Request:`, code(asked))
        : line(t`Request:`, t`${code(asked)}, answered with ${record.status}`),
      ...(record.initiator === null ? [] : [line(t`Sent by:`, code(redactor.url(record.initiator)))]),
      ...(carried === undefined ? [] : tokenLines(carried, redactor)),
      line(t`When:`, isoOf(record.at)),
      line(
        t`Rule:`,
        finding.outcome === 'failed'
          ? t`${code(finding.ruleId)} (${SEVERITY_WORDS[finding.severity]})`
          : t`${code(finding.ruleId)} (can’t tell)`,
      ),
    ].join('\n'),
    ...(finding.why === '' ? [] : [`### ${t`Why it matters`}`, prose(finding.why)]),
    ...(finding.fix === '' ? [] : [`### ${t`How to fix it`}`, prose(finding.fix)]),
    ...sdkLines(finding),
    ...(finding.evidence.length === 0
      ? []
      : [`### ${t`Evidence`}`, list(finding.evidence.slice(0, MAX_LINES).map((text) => `- ${said(text)}`))]),
    ...(finding.references.length === 0
      ? []
      : [
          `### ${t`References`}`,
          list(finding.references.map(({ title, url }) => `- [${prose(title)}](<${url}>)`)),
        ]),
    `_${t`Found by Aud-it. Secrets and names of people were left out.`}_`,
  ];
  return `${lines.join('\n\n')}\n`;
}

/** What to change in the client library that is in use, with its sample as code. */
function sdkLines({ fixFor }: Finding): readonly string[] {
  if (fixFor === undefined) return [];
  const text = `**${prose(fixFor.sdk)}:** ${prose(fixFor.text)}`;
  return fixFor.code === null ? [text] : [text, fence(fixFor.code)];
}

function tokenLines(
  { token, provenance }: BugReportFacts['tokens'][number],
  redactor: Redactor,
): readonly string[] {
  const claims = token.form === 'jwt' ? token.claims : {};
  const audiences = token.form === 'jwt' ? stringsMember(claims, 'aud') : (provenance?.resources ?? []);
  const issuer = stringMember(claims, 'iss');
  const named = audiences.slice(0, MAX_LINES).map((audience) => code(redactor.identifier(audience)));
  return [
    line(
      t`Token:`,
      t`${code(token.classification.kind)} (${CONFIDENCES[token.classification.confidence]}), fingerprint ${code(token.fingerprint.slice(0, 12))}`,
    ),
    ...(issuer === null ? [] : [line(t`Issuer:`, code(redactor.identifier(issuer)))]),
    ...(named.length === 0 ? [] : [line(t`Audience:`, named.join(', '))]),
    line(t`Signature:`, signatureWords(token.signature)),
  ];
}

function signatureWords({ status }: SignatureState): string {
  return status === 'unverifiable' ? t`unverifiable` : SIGNATURES[status];
}

/** One fact of the request or its token. */
function line(name: string, markdown: string): string {
  return `- **${name}** ${markdown}`;
}

function list(lines: readonly string[]): string {
  return lines.join('\n');
}

function redactorOf({ tokens, destination, record }: BugReportFacts): Redactor {
  const listed = new Set([destination.host]);
  const people = new Set<string>();
  if (record.message !== null && 'clientId' in record.message && record.message.clientId !== null)
    listed.add(record.message.clientId);
  for (const { token, provenance } of tokens) {
    if (provenance?.clientId != null) listed.add(provenance.clientId);
    for (const resource of provenance?.resources ?? []) listed.add(resource);
    if (token.form !== 'jwt') continue;
    for (const value of identifiersOf(token.header, token.claims)) listed.add(value);
    for (const value of peopleIn(token.claims)) people.add(value);
  }
  return new Redactor(listed, people);
}

/** ms since the epoch in ISO 8601; what is no date (a hostile HAR's) is said so. */
function isoOf(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : t`at no date`;
}
