import type { Severity } from '../model/finding.ts';
import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { t } from '../text.ts';
import {
  baselineSentence,
  endpointOf,
  exchangesOf,
  type FindingGroup,
  groupFindings,
  sortFindings,
  verdictSentence,
  whereOf,
} from './group-findings.ts';
import { printable } from './printable.ts';
import { moreWords, recordedWords, SEVERITY_WORDS, UNSEEN } from './report-words.ts';

/** A request with one and the same problem is listed this often; the rest is counted. */
const MAX_LISTED = 20;

/**
 * Writes a report for people to read in a terminal. What came from the network is escaped: a terminal obeys control
 * codes (ECMA-48), and bidirectional marks make text read as what it is not.
 * @param colour true where the terminal shows it
 */
export function textReport(report: AuditReport, { colour }: { readonly colour: boolean }): string {
  const paint = painter(colour);
  const { failed, accepted, untold } = sortFindings(report);
  const exchanges = exchangesOf(report);
  const sections = [
    header(report, paint),
    ...groupFindings(failed).map((group) => failedSection(group, exchanges, paint)),
    ...acceptedSection(groupFindings(accepted), exchanges, paint),
    ...untoldSection(groupFindings(untold), exchanges, paint),
    ...unseenSection(report, paint),
    summary(report, paint),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Style = Severity | 'bold' | 'dim' | 'good';
type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, string>> = {
  error: '1;31',
  warning: '1;33',
  notice: '1;36',
  bold: '1',
  dim: '2',
  good: '1;32',
};

function painter(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

function header({ tool, session, coverage }: AuditReport, paint: Paint): readonly string[] {
  const seen = recordedWords(coverage, session.startedAt);
  return [paint('bold', printable(`Aud-it ${tool.version}: ${session.name}`)), printable(seen)];
}

type Exchanges = ReadonlyMap<string, ReportExchange>;

function failedSection(
  { ruleId, severity, first, findings }: FindingGroup,
  exchanges: Exchanges,
  paint: Paint,
): string[] {
  const title = `${paint(severity, SEVERITY_WORDS[severity].toUpperCase())}  ${paint('bold', printable(first.title))}`;
  return [
    `${title}  ${paint('dim', printable(ruleId))}`,
    ...requests(findings, exchanges, paint),
    `  ${paint('bold', t`Why`)}  ${printable(first.why)}`,
    `  ${paint('bold', t`Fix`)}  ${printable(first.fix)}`,
    ...first.references.map(({ title: name, url }) =>
      paint('dim', `  ${t`See`}  ${printable(name)}: ${printable(url)}`),
    ),
  ];
}

/** Each request with what happened; what happened to several is said once. */
function requests(findings: readonly ReportFinding[], exchanges: Exchanges, paint: Paint): string[] {
  const shown = findings.slice(0, MAX_LISTED);
  const places = shown.map(({ exchange }) => placeOf(exchanges.get(exchange)));
  const widths = [0, 1].map((column) => Math.max(0, ...places.map((cells) => (cells[column] ?? '').length)));
  const lines = shown.flatMap(({ what, exchange }, index) => {
    const cells = (places[index] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const isSaid = index > 0 && shown[index - 1]?.what === what && shown[index - 1]?.exchange !== exchange;
    return [`  ${cells.join('  ').trimEnd()}`, ...(isSaid ? [] : [`    ${printable(what)}`])];
  });
  const more = findings.length - shown.length;
  return more > 0 ? [...lines, paint('dim', `  ${moreWords(more)}`)] : lines;
}

/** Method, where it went, and which entry of which file it is. */
function placeOf(exchange: ReportExchange | undefined): readonly string[] {
  if (exchange === undefined) return [];
  return [exchange.method, endpointOf(exchange.url), whereOf(exchange)].map(printable);
}

/** Where the first of them went, and how many there are beside it. */
function placesOf(same: readonly ReportFinding[], exchanges: Exchanges): string {
  const [, where = ''] = placeOf(exchanges.get(same[0]?.exchange ?? ''));
  return same.length > 1 ? `${where} ${moreWords(same.length - 1)}` : where;
}

function untoldSection(
  all: readonly FindingGroup[],
  exchanges: Exchanges,
  paint: Paint,
): readonly string[][] {
  if (all.length === 0) return [];
  return [
    [
      paint('bold', t`Can't tell`),
      ...all.flatMap(({ ruleId, findings }) => {
        const byReason = new Map<string, ReportFinding[]>();
        for (const finding of findings) {
          byReason.set(finding.what, [...(byReason.get(finding.what) ?? []), finding]);
        }
        return [...byReason].slice(0, MAX_LISTED).map(([what, same]) => {
          return `  ${printable(ruleId)}: ${printable(what)} ${paint('dim', `(${placesOf(same, exchanges)})`)}`;
        });
      }),
    ],
  ];
}

function acceptedSection(
  all: readonly FindingGroup[],
  exchanges: Exchanges,
  paint: Paint,
): readonly string[][] {
  if (all.length === 0) return [];
  return [
    [
      paint('bold', t`Accepted by design`),
      ...all.flatMap(({ ruleId, findings }) => {
        const byReason = new Map<string, ReportFinding[]>();
        for (const finding of findings) {
          const { reason = '', until = '' } = finding.accepted ?? {};
          const key = t`${reason} (until ${until})`;
          byReason.set(key, [...(byReason.get(key) ?? []), finding]);
        }
        return [...byReason].slice(0, MAX_LISTED).map(([why, same]) => {
          return `  ${printable(ruleId)}: ${printable(why)} ${paint('dim', `(${placesOf(same, exchanges)})`)}`;
        });
      }),
    ],
  ];
}

function unseenSection({ coverage }: AuditReport, paint: Paint): readonly string[][] {
  if (coverage.unseen.length === 0) return [];
  const width = Math.max(...coverage.unseen.map(({ count }) => String(count).length));
  const lines = coverage.unseen.map(
    ({ reason, count }) => `  ${String(count).padStart(width)}  ${UNSEEN[reason]}`,
  );
  return [[paint('bold', t`Not seen`), ...lines]];
}

function summary(report: AuditReport, paint: Paint): readonly string[] {
  const [worst] = groupFindings(sortFindings(report).failed);
  const style = worst?.severity ?? (report.coverage.withToken === 0 ? 'bold' : 'good');
  const since = baselineSentence(report);
  return [...(since === null ? [] : [paint('dim', printable(since))]), paint(style, verdictSentence(report))];
}
