import type { AuditReport, ReportExchange } from '../model/report.ts';
import type { TokenKind } from '../model/token.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { html, left, table } from './html.ts';
import { KINDS, ROLES, SEVERITIES, SEVERITY_WORDS } from './report-words.ts';

/** Tokens on their way from a page to a host. */
export interface Flow {
  /** null where it was opened directly. */
  readonly from: string | null;
  readonly to: string;
  readonly role: ReportExchange['role'];
  readonly kinds: readonly TokenKind[];
  readonly requests: number;
  readonly verdict: 'error' | 'warning' | 'notice' | 'cantTell' | 'passed';
}

/** Flows that are drawn, the worst first: more make no picture. All are in the table, up to its own bound. */
const MAX_DRAWN = 14;
const MAX_LISTED = 200;

const ROW = 46;
const WIDTH = 960;
const BOX = { width: 300, height: 30 } as const;

const VERDICTS: readonly Flow['verdict'][] = [...SEVERITIES, 'cantTell', 'passed'];

const WORDS: Readonly<Record<Flow['verdict'], string>> = {
  ...{
    ...SEVERITY_WORDS,
    cantTell: t`can't tell`,
    passed: t`no problem found`,
  },
};

/** @returns which tokens went from which origin to which host, the worst first */
export function flowsOf(report: AuditReport): readonly Flow[] {
  const worst = new Map<string, Flow['verdict']>();
  for (const { exchange, outcome, severity, accepted } of report.findings) {
    const own = outcome === 'cantTell' ? 'cantTell' : accepted === undefined ? severity : 'passed';
    const known = worst.get(exchange) ?? 'passed';
    worst.set(exchange, isWorse(own, known) ? own : known);
  }
  const kinds = new Map(report.tokens.map(({ fingerprint, kind }) => [fingerprint, kind]));
  const flows = new Map<string, { flow: Flow; kinds: Set<TokenKind> }>();
  for (const { id, url, initiator, role, sightings } of report.exchanges) {
    const verdict = worst.get(id) ?? 'passed';
    if (sightings.length === 0 && verdict === 'passed') continue;
    const to = parseUrl(url)?.host ?? url;
    const key = JSON.stringify([initiator, to, role]);
    const known = flows.get(key) ?? {
      flow: { from: initiator, to, role, kinds: [], requests: 0, verdict: 'passed' as const },
      kinds: new Set<TokenKind>(),
    };
    for (const { token } of sightings) known.kinds.add(kinds.get(token) ?? 'opaque');
    const { flow } = known;
    flows.set(key, {
      kinds: known.kinds,
      flow: {
        ...flow,
        requests: flow.requests + 1,
        verdict: isWorse(verdict, flow.verdict) ? verdict : flow.verdict,
      },
    });
  }
  return [...flows.values()]
    .map(({ flow, kinds: own }) => ({ ...flow, kinds: [...own] }))
    .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || b.requests - a.requests);
}

function isWorse(a: Flow['verdict'], b: Flow['verdict']): boolean {
  return VERDICTS.indexOf(a) < VERDICTS.indexOf(b);
}

/** The map: a picture, and the same as a table for who can't see it. */
export function flowMap(report: AuditReport): string {
  const flows = flowsOf(report);
  if (flows.length === 0) return '';
  const shown = flows.slice(0, MAX_LISTED);
  const rows = shown.map(({ from, to, role, kinds, requests, verdict }) => [
    ...[`<code>${html(senderOf(from))}</code>`, `<code>${html(to)}</code>`],
    ...[html(ROLES[role]), html(kindWords(kinds))],
    ...[String(requests), `<span class="${verdict}">${html(WORDS[verdict])}</span>`],
  ]);
  const more = flows.length - shown.length;
  const columns = [t`from`, t`to`, t`which is`, t`tokens`, t`requests`, t`worst`];
  return `<h2>${html(t`Where the tokens went`)}</h2>
<div class="wide">${picture(flows)}</div>
${table(t`All flows`, columns, rows)}${left(more)}`;
}

/** What goes from one page to one host, whatever the host is to it, is one line. */
function linesOf(flows: readonly Flow[]): readonly Flow[] {
  const lines = new Map<string, Flow>();
  for (const flow of flows) {
    const key = JSON.stringify([flow.from, flow.to]);
    const known = lines.get(key);
    lines.set(
      key,
      known === undefined
        ? flow
        : {
            ...known,
            kinds: [...new Set([...known.kinds, ...flow.kinds])],
            requests: known.requests + flow.requests,
          },
    );
  }
  return [...lines.values()];
}

function picture(all: readonly Flow[]): string {
  const flows = linesOf(all);
  const drawn = flows.slice(0, MAX_DRAWN);
  const senders = [...new Set(drawn.map(({ from }) => senderOf(from)))];
  const right = [...new Set(drawn.map(({ to }) => to))];
  const rows = Math.max(senders.length, right.length);
  const height = rows * ROW + 10;
  const top = (index: number, of: readonly string[]) =>
    Math.round(((index + 0.5) * (rows * ROW)) / of.length - BOX.height / 2 + 5);
  const middle = (name: string, of: readonly string[]) => top(of.indexOf(name), of) + BOX.height / 2;
  const start = BOX.width + 1;
  const end = WIDTH - BOX.width - 1;
  const half = (start + end) / 2;
  const ends = new Map<string, number>();
  const lines = drawn.map((flow) => {
    const y = [middle(senderOf(flow.from), senders), middle(flow.to, right)] as const;
    // The words stand where lines have parted: before the host, one above the other where several end.
    const before = ends.get(flow.to) ?? 0;
    ends.set(flow.to, before + 1);
    const words = `${kindWords(flow.kinds)} × ${flow.requests}`;
    const line = `<path class="${flow.verdict}" d="M${start} ${y[0]} C${half} ${y[0]} ${half} ${y[1]} ${end} ${y[1]}"><title>${html(t`${senderOf(flow.from)} → ${flow.to}: ${words}, ${WORDS[flow.verdict]}`)}</title></path>`;
    const label = `<text class="label" text-anchor="end" x="${end - 6}" y="${y[1] - 6 - before * 12}">${html(cut(kindWords(flow.kinds), 36))} × ${flow.requests}</text>`;
    return { line, label };
  });
  const boxes = (names: readonly string[], x: number) =>
    names.map(
      (name, index) =>
        `<rect x="${x}" y="${top(index, names)}" width="${BOX.width}" height="${BOX.height}" rx="6"/><text x="${x + 10}" y="${top(index, names) + 20}">${html(cut(name.replace(/^https?:\/\//, ''), 40))}</text>`,
    );
  return `<svg class="map" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${html(mapLabel(drawn.length, flows.length))}">
${[...lines.map(({ line }) => line), ...lines.map(({ label }) => label)].join('\n')}
${[...boxes(senders, 1), ...boxes(right, WIDTH - BOX.width - 1)].join('\n')}
</svg>`;
}

function mapLabel(drawn: number, all: number): string {
  if (drawn < all)
    return t`Map of ${drawn} flows of tokens from pages to hosts, the worst of ${all}; the table below says the same.`;
  return drawn === 1
    ? t`Map of 1 flow of tokens from pages to hosts; the table below says the same.`
    : t`Map of ${drawn} flows of tokens from pages to hosts; the table below says the same.`;
}

function senderOf(from: Flow['from']): string {
  return from ?? t`opened directly`;
}

function kindWords(kinds: readonly TokenKind[]): string {
  return kinds.length === 0 ? t`request of the protocol` : kinds.map((kind) => KINDS[kind]).join(', ');
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
