import type { AuditReport, ReportExchange, ReportFinding } from '../model/report.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { language, t } from '../text.ts';
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
import { html, left, link, said, table } from './html.ts';
import { STYLE } from './html-style.ts';
import {
  ABOUT,
  CONFIDENCES,
  coverageWords,
  KINDS,
  requestCount,
  SEVERITY_WORDS,
  SIGNATURES,
  tokenCount,
  UNSEEN,
} from './report-words.ts';

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
    ...(failed.length === 0 ? [] : [`<h2>${html(t`What to fix`)}</h2>`]),
    ...groupFindings(failed).map((group) => ruleSection(group, exchanges)),
    ...others(t`Accepted by design`, accepted, exchanges),
    ...others(t`What could not be told`, untold, exchanges),
    tokens(report),
    coverage(report),
    `<footer><p>${html(ABOUT)}</p><p>${html(t`Made by Aud-it ${report.tool.version}.`)}</p></footer>`,
  ];
  return `<!doctype html>
<html${languageOf()}>
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

/** The words that are not data are in the language that was set when it is rendered. */
function languageOf(): string {
  const { tag, direction } = language();
  return ` lang="${html(tag)}"${direction === 'rtl' ? ' dir="rtl"' : ''}`;
}

/** Base64 with padding, as Content Security Policy 3 §2.3.1 compares it. */
function styleHash(): string {
  return `${fingerprint(STYLE).replaceAll('-', '+').replaceAll('_', '/')}=`;
}

function head(report: AuditReport): string {
  const { session, coverage: seen } = report;
  const told = [
    ...recordedWhen(session),
    `${html(coverageWords(seen))}, ${html(tokenCount(report.tokens.length))}.`,
  ];
  const since = baselineSentence(report);
  const steps = session.steps.map(({ at, note }) => `<li>${moment(at)} ${said(note)}</li>`).join('\n');
  return `<header>
<p class="quiet">${html(t`Aud-it: which token is this, and was it meant for this API?`)}</p>
<h1>${said(session.name)}</h1>
<p class="verdict">${said(verdictSentence(report))}</p>
<p class="quiet">${told.join(' ')}</p>
${since === null ? '' : `<p>${said(since)}</p>\n`}${steps === '' ? '' : `<h2>${html(t`Steps`)}</h2>\n<ol>\n${steps}\n</ol>\n`}</header>`;
}

/** Stand for times in a sentence that is escaped before the times' elements are put in. Nobody's text has them here. */
const START = '\ue010';
const END = '\ue011';

function recordedWhen({ startedAt, endedAt }: AuditReport['session']): readonly string[] {
  if (startedAt === null) return [];
  const sentence = endedAt === null ? t`Recorded ${START}.` : t`Recorded ${START} to ${END}.`;
  return [
    html(sentence)
      .replace(START, () => moment(startedAt))
      .replace(END, () => moment(endedAt ?? startedAt)),
  ];
}

function moment(at: string): string {
  return `<time datetime="${html(at)}">${html(at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</time>`;
}

function summary(report: AuditReport): string {
  const { failed, accepted, untold } = sortFindings(report);
  const of = (severity: ReportFinding['severity']) =>
    failed.filter((finding) => finding.severity === severity).length;
  const card = (count: number, style: string, words: string) =>
    `<li><b class="${count === 0 ? 'quiet' : style}">${count}</b>${html(words)}</li>`;
  return `<ul class="cards">
${card(of('error'), 'error', t`errors`)}
${card(of('warning'), 'warning', t`warnings`)}
${card(of('notice'), 'notice', t`notices`)}
${card(accepted.length, 'good', t`accepted by design`)}
${card(untold.length, 'quiet', t`could not be told`)}
</ul>`;
}

type Exchanges = ReadonlyMap<string, ReportExchange>;

function ruleSection({ ruleId, severity, first, findings }: FindingGroup, exchanges: Exchanges): string {
  const references = first.references.map(({ title, url }) => link(url, title)).join(', ');
  return `<section class="rule ${severity}">
<span class="badge">${html(SEVERITY_WORDS[severity])}</span>
<h3>${said(first.title)}</h3>
<p class="quiet"><code>${html(ruleId)}</code>, ${html(requestCount(findings.length))}</p>
<p><strong>${html(t`Why`)}</strong> ${said(first.why)}</p>
<p><strong>${html(t`Fix`)}</strong> ${said(first.fix)}</p>
${inLibrary(first)}${requests(findings, exchanges)}
${references === '' ? '' : `<p class="quiet">${html(t`See`)} ${references}</p>`}
</section>`;
}

/** What to change in the client library in use, where it could be told. */
function inLibrary({ fixFor }: ReportFinding): string {
  if (fixFor === undefined) return '';
  const code =
    fixFor.code === null ? '' : `<pre><code>${fixFor.code.split('\n').map(html).join('\n')}</code></pre>\n`;
  return `<p><strong>${said(t`In ${fixFor.sdk}`)}</strong> ${said(fixFor.text)} <span class="quiet">${said(fixFor.because)}</span></p>\n${code}`;
}

function requests(findings: readonly ReportFinding[], exchanges: Exchanges): string {
  const shown = findings.slice(0, MAX_LISTED);
  const rows = shown.map(({ exchange, what, evidence, accepted }) => {
    const at = exchanges.get(exchange);
    const reasons = evidence.map((text) => `<li>${said(text)}</li>`).join('');
    const until =
      accepted === undefined ? '' : `<p>${said(t`Accepted until ${accepted.until}: ${accepted.reason}`)}</p>`;
    return [
      at === undefined ? '' : `<code>${html(at.method)} ${html(at.url)}</code>`,
      at === undefined ? '' : said(whereOf(at)),
      `${said(what)}${reasons === '' ? '' : `<ul class="quiet">${reasons}</ul>`}${until}`,
    ];
  });
  const more = findings.length - shown.length;
  return `${table(t`Requests`, [t`request`, t`where`, t`what`], rows)}${left(more)}`;
}

function others(title: string, findings: readonly ReportFinding[], exchanges: Exchanges): readonly string[] {
  if (findings.length === 0) return [];
  const groups = groupFindings(findings).map(
    ({ ruleId, first, findings: own }) =>
      `<h3>${said(first.title)} <code class="quiet">${html(ruleId)}</code></h3>\n${requests(own, exchanges)}`,
  );
  return [`<h2>${html(title)}</h2>\n${groups.join('\n')}`];
}

function tokens({ tokens: all }: AuditReport): string {
  if (all.length === 0) return '';
  const shown = all.slice(0, MAX_LISTED);
  const code = (text: string) => (text === '' ? '' : `<code>${html(text)}</code>`);
  const rows = shown.map(({ kind, confidence, issuer, clientId, audience, scope, signature, usedIn }) => [
    ...[
      `${html(KINDS[kind])} <span class="quiet">${html(CONFIDENCES[confidence])}</span>`,
      code(issuer ?? ''),
      code(clientId ?? ''),
    ],
    ...[audience.map(code).join('<br>'), code(scope.join(' '))],
    `${html(SIGNATURES[signature.status])}${signature.text === null ? '' : `<br><span class="quiet">${said(signature.text)}</span>`}`,
    String(usedIn.length),
  ]);
  const more = all.length - shown.length;
  const columns = [t`token`, t`issuer`, t`client`, t`audience`, t`scope`, t`signature`, t`requests`];
  return `<h2>${html(t`Tokens`)}</h2>
${table(t`Each token that was seen, by its fingerprint`, columns, rows)}${left(more)}`;
}

function coverage({ coverage: seen }: AuditReport): string {
  const rows = seen.unseen.map(({ reason, count }) => [html(UNSEEN[reason]), String(count)]);
  return `<h2>${html(t`Coverage`)}</h2>
<p>${html(coverageWords(seen))}.</p>
${rows.length === 0 ? `<p>${html(t`Nothing is known to have been missed.`)}</p>` : table(t`What was not seen`, [t`why`, t`how often`], rows)}`;
}
