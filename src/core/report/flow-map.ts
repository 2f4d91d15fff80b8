import type { AuditReport } from '../model/report.ts';
import type { TokenKind } from '../model/token.ts';
import { parseUrl } from '../syntax/url.ts';
import { html, table } from './html.ts';
import { KINDS, plural, roleWords, SEVERITIES } from './report-words.ts';

/** Tokens on their way from a page to a host. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly role: string;
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
    error: 'error',
    warning: 'warning',
    notice: 'notice',
    cantTell: "can't tell",
    passed: 'no problem found',
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
    const from = initiator ?? 'opened directly';
    const to = parseUrl(url)?.host ?? url;
    const key = JSON.stringify([from, to, role]);
    const known = flows.get(key) ?? {
      flow: { from, to, role: roleWords(role), kinds: [], requests: 0, verdict: 'passed' as const },
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
    ...[`<code>${html(from)}</code>`, `<code>${html(to)}</code>`, html(role), html(kindWords(kinds))],
    ...[String(requests), `<span class="${verdict}">${html(WORDS[verdict])}</span>`],
  ]);
  const more = flows.length - shown.length;
  return `<h2>Where the tokens went</h2>
${picture(flows)}
${table('All flows', ['from', 'to', 'which is', 'tokens', 'requests', 'worst'], rows)}${more > 0 ? `\n<p class="quiet">and ${more} more</p>` : ''}`;
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
  const left = [...new Set(drawn.map(({ from }) => from))];
  const right = [...new Set(drawn.map(({ to }) => to))];
  const rows = Math.max(left.length, right.length);
  const height = rows * ROW + 10;
  const top = (index: number, of: readonly string[]) =>
    Math.round(((index + 0.5) * (rows * ROW)) / of.length - BOX.height / 2 + 5);
  const middle = (name: string, of: readonly string[]) => top(of.indexOf(name), of) + BOX.height / 2;
  const start = BOX.width + 1;
  const end = WIDTH - BOX.width - 1;
  const half = (start + end) / 2;
  const ends = new Map<string, number>();
  const lines = drawn.map((flow) => {
    const y = [middle(flow.from, left), middle(flow.to, right)] as const;
    // The words stand where lines have parted: before the host, one above the other where several end.
    const before = ends.get(flow.to) ?? 0;
    ends.set(flow.to, before + 1);
    const words = `${kindWords(flow.kinds)} × ${flow.requests}`;
    const line = `<path class="${flow.verdict}" d="M${start} ${y[0]} C${half} ${y[0]} ${half} ${y[1]} ${end} ${y[1]}"><title>${html(`${flow.from} → ${flow.to}: ${words}, ${WORDS[flow.verdict]}`)}</title></path>`;
    const label = `<text class="label" text-anchor="end" x="${end - 6}" y="${y[1] - 6 - before * 12}">${html(cut(kindWords(flow.kinds), 36))} × ${flow.requests}</text>`;
    return { line, label };
  });
  const boxes = (names: readonly string[], x: number) =>
    names.map(
      (name, index) =>
        `<rect x="${x}" y="${top(index, names)}" width="${BOX.width}" height="${BOX.height}" rx="6"/><text x="${x + 10}" y="${top(index, names) + 20}">${html(cut(name.replace(/^https?:\/\//, ''), 40))}</text>`,
    );
  const more = flows.length - drawn.length;
  return `<svg class="map" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${html(`Map of ${plural(drawn.length, 'flow')} of tokens from pages to hosts${more > 0 ? `, the worst of ${flows.length}` : ''}; the table below says the same.`)}">
${[...lines.map(({ line }) => line), ...lines.map(({ label }) => label)].join('\n')}
${[...boxes(left, 1), ...boxes(right, WIDTH - BOX.width - 1)].join('\n')}
</svg>`;
}

function kindWords(kinds: readonly TokenKind[]): string {
  return kinds.length === 0 ? 'request of the protocol' : kinds.map((kind) => KINDS[kind]).join(', ');
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
