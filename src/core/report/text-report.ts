import type { UnseenReason } from '../model/exchange.ts';
import type { Severity } from '../model/finding.ts';
import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { parseUrl } from '../syntax/url.ts';
import { printable } from './printable.ts';

/** A request with one and the same problem is listed this often; the rest is counted. */
const MAX_LISTED = 20;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

/**
 * Writes a report for people to read in a terminal. What came from the network is escaped: a terminal obeys control
 * codes (ECMA-48), and bidirectional marks make text read as what it is not.
 * @param colour true where the terminal shows it
 */
export function textReport(report: AuditReport, { colour }: { readonly colour: boolean }): string {
  const paint = painter(colour);
  const failed = report.findings.filter(
    ({ outcome, accepted }) => outcome === 'failed' && accepted === undefined,
  );
  const accepted = report.findings.filter((finding) => finding.accepted !== undefined);
  const untold = report.findings.filter(({ outcome }) => outcome === 'cantTell');
  const exchanges = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  const sections = [
    header(report, paint),
    ...groups(failed).map((group) => failedSection(group, exchanges, paint)),
    ...untoldSection(groups(untold), exchanges, paint),
    ...acceptedSection(groups(accepted), exchanges, paint),
    ...unseenSection(report, paint),
    summary(failed, untold.length, accepted.length, report, paint),
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
  const when = session.startedAt === null ? '' : `, recorded ${session.startedAt}`;
  const seen = `${plural(coverage.exchanges, 'request')}, ${coverage.withToken} with a token${when}`;
  return [paint('bold', `Aud-it ${printable(tool.version)}: ${printable(session.name)}`), printable(seen)];
}

/** Findings of one rule at one severity. */
interface Group {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly findings: readonly ReportFinding[];
}

/** Worst first; in the order of their first request. */
function groups(findings: readonly ReportFinding[]): readonly Group[] {
  const byKey = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.ruleId}`;
    const group = byKey.get(key) ?? [];
    byKey.set(key, group);
    group.push(finding);
  }
  return [...byKey.values()]
    .flatMap((all) => all.slice(0, 1).map(({ ruleId, severity }) => ({ ruleId, severity, findings: all })))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

type Exchanges = ReadonlyMap<string, ReportExchange>;

function failedSection({ ruleId, severity, findings }: Group, exchanges: Exchanges, paint: Paint): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const title = `${paint(severity, severity.toUpperCase())}  ${paint('bold', printable(first.title))}`;
  return [
    `${title}  ${paint('dim', printable(ruleId))}`,
    ...requests(findings, exchanges, paint),
    `  ${paint('bold', 'Why')}  ${printable(first.why)}`,
    `  ${paint('bold', 'Fix')}  ${printable(first.fix)}`,
    ...first.references.map(({ title: name, url }) =>
      paint('dim', `  See  ${printable(name)}: ${printable(url)}`),
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
  return more > 0 ? [...lines, paint('dim', `  and ${more} more`)] : lines;
}

/** Method, where it went, and which entry of which file it is. */
function placeOf(exchange: ReportExchange | undefined): readonly string[] {
  if (exchange === undefined) return [];
  const url = parseUrl(exchange.url);
  const where = url === null ? exchange.url : `${url.protocol}//${url.host}${url.pathname}`;
  const { entry } = exchange;
  return [
    printable(exchange.method),
    printable(where),
    printable(entry === null ? exchange.at : `${entry.file} entry ${entry.index}`),
  ];
}

function untoldSection(all: readonly Group[], exchanges: Exchanges, paint: Paint): readonly string[][] {
  if (all.length === 0) return [];
  return [
    [
      paint('bold', "Can't tell"),
      ...all.flatMap(({ ruleId, findings }) => {
        const byReason = new Map<string, ReportFinding[]>();
        for (const finding of findings) {
          byReason.set(finding.what, [...(byReason.get(finding.what) ?? []), finding]);
        }
        return [...byReason].slice(0, MAX_LISTED).map(([what, same]) => {
          const [, where = ''] = placeOf(exchanges.get(same[0]?.exchange ?? ''));
          const more = same.length > 1 ? ` and ${same.length - 1} more` : '';
          return `  ${printable(ruleId)}: ${printable(what)} ${paint('dim', `(${where}${more})`)}`;
        });
      }),
    ],
  ];
}

function acceptedSection(all: readonly Group[], exchanges: Exchanges, paint: Paint): readonly string[][] {
  if (all.length === 0) return [];
  return [
    [
      paint('bold', 'Accepted by design'),
      ...all.flatMap(({ ruleId, findings }) => {
        const byReason = new Map<string, ReportFinding[]>();
        for (const finding of findings) {
          const { reason = '', until = '' } = finding.accepted ?? {};
          const key = `${reason} (until ${until})`;
          byReason.set(key, [...(byReason.get(key) ?? []), finding]);
        }
        return [...byReason].slice(0, MAX_LISTED).map(([why, same]) => {
          const [, where = ''] = placeOf(exchanges.get(same[0]?.exchange ?? ''));
          const more = same.length > 1 ? ` and ${same.length - 1} more` : '';
          return `  ${printable(ruleId)}: ${printable(why)} ${paint('dim', `(${where}${more})`)}`;
        });
      }),
    ],
  ];
}

const UNSEEN: Readonly<Record<UnseenReason, string>> = {
  no_permission: 'no access to the site',
  body_not_available: 'body not recorded',
  body_too_large: 'body too large to read',
  body_malformed: 'body could not be read',
  url_malformed: 'URL could not be read',
  header_malformed: 'header could not be read',
  token_too_large: 'token too large to read',
  too_many_tokens: 'more tokens in one request than are read',
  background_stopped: 'the browser had stopped the extension',
  log_full: 'the log was full',
  raw_token_forgotten: 'token no longer in memory',
  entry_malformed: 'entry of the HAR could not be read',
  har_sanitised:
    'HAR was sanitised: exported without Authorization and Cookie headers, so most tokens are not in it',
  record_unreadable: 'a record on the disk could not be read',
  internal_error: 'Aud-it made a mistake',
};

function unseenSection({ coverage }: AuditReport, paint: Paint): readonly string[][] {
  if (coverage.unseen.length === 0) return [];
  const width = Math.max(...coverage.unseen.map(({ count }) => String(count).length));
  const lines = coverage.unseen.map(
    ({ reason, count }) => `  ${String(count).padStart(width)}  ${UNSEEN[reason]}`,
  );
  return [[paint('bold', 'Not seen'), ...lines]];
}

function summary(
  failed: readonly ReportFinding[],
  untold: number,
  accepted: number,
  { coverage }: AuditReport,
  paint: Paint,
): readonly string[] {
  const counts = SEVERITIES.map((severity) => {
    const count = failed.filter((finding) => finding.severity === severity).length;
    return count === 0 ? null : paint(severity, plural(count, severity));
  }).filter((text) => text !== null);
  const told = [
    ...(untold === 0 ? [] : [`; ${plural(untold, 'thing')} could not be told`]),
    ...(accepted === 0 ? [] : [`; ${accepted} accepted by design`]),
  ].join('');
  if (counts.length > 0) return [`${counts.join(', ')}${told}.`];
  if (coverage.withToken === 0) return [`No token was seen${told}.`];
  return [`${paint('good', 'No problem was found')}${told}.`];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
