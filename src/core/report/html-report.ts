import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { flowMap } from './flow-map.ts';
import {
  baselineSentence,
  exchangesOf,
  type FindingGroup,
  groupFindings,
  sortFindings,
  verdictSentence,
  whereOf,
} from './group-findings.ts';
import { html, link, table } from './html.ts';
import { STYLE } from './html-style.ts';
import { ABOUT, KINDS, plural, SIGNATURES, UNSEEN } from './report-words.ts';

/** Requests of one rule, and tokens, that are listed; the rest is counted, and in the JSON report. */
const MAX_LISTED = 100;

/**
 * Writes a report as one page that needs nothing else: a manager reads its beginning, an engineer acts on the rest. No
 * script; the policy in it forbids all but its own style, so that even data that got through would do nothing.
 */
export function htmlReport(report: AuditReport): string {
  const { failed, accepted, untold } = sortFindings(report);
  const exchanges = exchangesOf(report);
  const body = [
    head(report),
    summary(report),
    flowMap(report),
    ...(failed.length === 0 ? [] : ['<h2>What to fix</h2>']),
    ...groupFindings(failed).map((group) => ruleSection(group, exchanges)),
    ...others('Accepted by design', accepted, exchanges),
    ...others('What could not be told', untold, exchanges),
    tokens(report),
    coverage(report),
    `<footer><p>${html(ABOUT)}</p><p>Made by Aud-it ${html(report.tool.version)}.</p></footer>`,
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash()}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Aud-it: ${html(report.session.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}

/** Base64 with padding, as Content Security Policy 3 §2.3.1 compares it. */
function styleHash(): string {
  return `${fingerprint(STYLE).replaceAll('-', '+').replaceAll('_', '/')}=`;
}

function head(report: AuditReport): string {
  const { session, coverage: seen } = report;
  const from = session.startedAt === null ? '' : `Recorded ${moment(session.startedAt)}`;
  const to = session.endedAt === null ? '' : ` to ${moment(session.endedAt)}`;
  const since = baselineSentence(report);
  const steps = session.steps.map(({ at, note }) => `<li>${moment(at)} ${html(note)}</li>`).join('\n');
  return `<header>
<p class="quiet">Aud-it: which token is this, and was it meant for this API?</p>
<h1>${html(session.name)}</h1>
<p class="verdict">${html(verdictSentence(report))}</p>
<p class="quiet">${from}${to}${from === '' ? '' : '. '}${plural(seen.exchanges, 'request')}, ${seen.withToken} with a token, ${plural(report.tokens.length, 'token')}.</p>
${since === null ? '' : `<p>${html(since)}</p>\n`}${steps === '' ? '' : `<h2>Steps</h2>\n<ol>\n${steps}\n</ol>\n`}</header>`;
}

function moment(at: string): string {
  return `<time datetime="${html(at)}">${html(at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</time>`;
}

function summary(report: AuditReport): string {
  const { failed, accepted, untold } = sortFindings(report);
  const of = (severity: ReportFinding['severity']) =>
    failed.filter((finding) => finding.severity === severity).length;
  const card = (count: number, style: string, words: string) =>
    `<li><b class="${count === 0 ? 'quiet' : style}">${count}</b>${words}</li>`;
  return `<ul class="cards">
${card(of('error'), 'error', 'errors')}
${card(of('warning'), 'warning', 'warnings')}
${card(of('notice'), 'notice', 'notices')}
${card(accepted.length, 'good', 'accepted by design')}
${card(untold.length, 'quiet', 'could not be told')}
</ul>`;
}

type Exchanges = ReadonlyMap<string, ReportExchange>;

function ruleSection({ ruleId, severity, first, findings }: FindingGroup, exchanges: Exchanges): string {
  const references = first.references.map(({ title, url }) => link(url, title)).join(', ');
  return `<section class="rule ${severity}">
<span class="badge">${severity}</span>
<h3>${html(first.title)}</h3>
<p class="quiet"><code>${html(ruleId)}</code>, ${plural(findings.length, 'request')}</p>
<p><strong>Why</strong> ${html(first.why)}</p>
<p><strong>Fix</strong> ${html(first.fix)}</p>
${inLibrary(first)}${requests(findings, exchanges)}
${references === '' ? '' : `<p class="quiet">See ${references}</p>`}
</section>`;
}

/** What to change in the client library in use, where it could be told. */
function inLibrary({ fixFor }: ReportFinding): string {
  if (fixFor === undefined) return '';
  const code =
    fixFor.code === null ? '' : `<pre><code>${fixFor.code.split('\n').map(html).join('\n')}</code></pre>\n`;
  return `<p><strong>In ${html(fixFor.sdk)}</strong> ${html(fixFor.text)} <span class="quiet">${html(fixFor.because)}</span></p>\n${code}`;
}

function requests(findings: readonly ReportFinding[], exchanges: Exchanges): string {
  const shown = findings.slice(0, MAX_LISTED);
  const rows = shown.map(({ exchange, what, evidence, accepted }) => {
    const at = exchanges.get(exchange);
    const reasons = evidence.map((text) => `<li>${html(text)}</li>`).join('');
    const until =
      accepted === undefined ? '' : `<p>Accepted until ${html(accepted.until)}: ${html(accepted.reason)}</p>`;
    return [
      at === undefined ? '' : `<code>${html(at.method)} ${html(at.url)}</code>`,
      at === undefined ? '' : html(whereOf(at)),
      `${html(what)}${reasons === '' ? '' : `<ul class="quiet">${reasons}</ul>`}${until}`,
    ];
  });
  const more = findings.length - shown.length;
  return `${table('Requests', ['request', 'where', 'what'], rows)}${more > 0 ? `\n<p class="quiet">and ${more} more</p>` : ''}`;
}

function others(title: string, findings: readonly ReportFinding[], exchanges: Exchanges): readonly string[] {
  if (findings.length === 0) return [];
  const groups = groupFindings(findings).map(
    ({ ruleId, first, findings: own }) =>
      `<h3>${html(first.title)} <code class="quiet">${html(ruleId)}</code></h3>\n${requests(own, exchanges)}`,
  );
  return [`<h2>${html(title)}</h2>\n${groups.join('\n')}`];
}

function tokens({ tokens: all }: AuditReport): string {
  if (all.length === 0) return '';
  const shown = all.slice(0, MAX_LISTED);
  const code = (text: string) => (text === '' ? '' : `<code>${html(text)}</code>`);
  const rows = shown.map(({ kind, confidence, issuer, clientId, audience, scope, signature, usedIn }) => [
    ...[`${KINDS[kind]} <span class="quiet">${confidence}</span>`, code(issuer ?? ''), code(clientId ?? '')],
    ...[audience.map(code).join('<br>'), code(scope.join(' '))],
    `${SIGNATURES[signature.status]}${signature.text === null ? '' : `<br><span class="quiet">${html(signature.text)}</span>`}`,
    String(usedIn.length),
  ]);
  const more = all.length - shown.length;
  const columns = ['token', 'issuer', 'client', 'audience', 'scope', 'signature', 'requests'];
  return `<h2>Tokens</h2>
${table('Each token that was seen, by its fingerprint', columns, rows)}${more > 0 ? `\n<p class="quiet">and ${more} more</p>` : ''}`;
}

function coverage({ coverage: seen }: AuditReport): string {
  const rows = seen.unseen.map(({ reason, count }) => [html(UNSEEN[reason]), String(count)]);
  return `<h2>Coverage</h2>
<p>${plural(seen.exchanges, 'request')}, ${seen.withToken} with a token.</p>
${rows.length === 0 ? '<p>Nothing is known to have been missed.</p>' : table('What was not seen', ['why', 'how often'], rows)}`;
}
