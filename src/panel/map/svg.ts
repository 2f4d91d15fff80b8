import { visible } from '../plain-text.ts';
import { type Card, type CardLine, type Layout, type Tone, toneOf } from './layout.ts';
import { METRICS } from './metrics.ts';

/** What a card and its lines are called: words are the panel's. */
export interface SvgWords {
  readonly title: string;
  readonly role: (card: Card) => string;
  readonly name: (card: Card) => string;
  readonly line: (line: CardLine) => string;
  readonly more: (lines: number) => string;
}

/** Dark on white: a picture for a report or a chat, whatever theme it is made in. Text reaches WCAG 2.2 AA. */
const COLOURS: Readonly<Record<Tone, string>> = { error: '#b3261e', warning: '#7d4f00', plain: '#575b5f' };
const TEXT = '#1f1f1f';
const MUTED = '#575b5f';

/** Average widths of a character, in pixels: without a browser text is cut by them. */
const NAME_CHARACTER = 7;
const CHARACTER = 6.2;

/**
 * The map as an SVG 1.1 document of its own: shapes and text, nothing that runs, loads or links. What comes from the
 * network is cut and escaped.
 */
export function mapSvg(layout: Layout, words: SvgWords): string {
  const { width, height, cards, edges } = layout;
  const tones: readonly Tone[] = ['plain', 'warning', 'error'];
  const drawn = [...edges].sort((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" role="img">`,
    `<title>${escaped(words.title)}</title>`,
    `<defs>${tones.map((tone) => `<marker id="arrow-${tone}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8Z" fill="${COLOURS[tone]}"/></marker>`).join('')}</defs>`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...drawn.map(
      ({ path, tone, stroke }) =>
        `<path d="${path}" fill="none" stroke="${COLOURS[tone]}" stroke-width="${stroke.toFixed(2)}" marker-end="url(#arrow-${tone})"/>`,
    ),
    ...cards.map((card) => cardSvg(card, words)),
    '</svg>',
    '',
  ].join('\n');
}

function cardSvg(card: Card, words: SvgWords): string {
  const { x, y, width, height, tone, party, lines, linesLeftOff } = card;
  const { cardPadding, nameHeight, alsoHeight, lineHeight } = METRICS;
  const left = x + cardPadding + 4;
  const room = width - 2 * cardPadding - 4;
  let at = y + cardPadding + 13;
  const parts = [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#ffffff" stroke="${tone === 'plain' ? '#d3dcea' : COLOURS[tone]}"/>`,
    text(left, at, TEXT, cut(words.name(card), room / NAME_CHARACTER), ' font-weight="600"'),
  ];
  at += nameHeight;
  parts.push(text(left, at - 1, MUTED, cut(words.role(card), room / CHARACTER), ' font-size="11"'));
  at += alsoHeight;
  const [also] = party?.also ?? [];
  if (also !== undefined) {
    parts.push(text(left, at - 1, MUTED, cut(also, room / CHARACTER), ' font-size="11"'));
    at += alsoHeight;
  }
  at += 4;
  for (const line of lines) {
    const lineTone = toneOf(line.verdict);
    // Not by its colour alone: a cross and an exclamation mark say it too.
    const mark = lineTone === 'error' ? '✕ ' : lineTone === 'warning' ? '! ' : '';
    const colour = lineTone === 'plain' ? TEXT : COLOURS[lineTone];
    parts.push(text(left, at, colour, cut(`${mark}${words.line(line)}`, room / CHARACTER), ''));
    at += lineHeight;
  }
  if (linesLeftOff > 0) parts.push(text(left, at, MUTED, words.more(linesLeftOff), ''));
  return `<g>${parts.join('')}</g>`;
}

function text(x: number, y: number, fill: string, shown: string, more: string): string {
  return `<text x="${x}" y="${y}" fill="${fill}"${more}>${escaped(shown)}</text>`;
}

function cut(shown: string, characters: number): string {
  const all = [...visible(shown.slice(0, 512))];
  const most = Math.max(4, Math.floor(characters));
  return all.length > most ? `${all.slice(0, most - 1).join('')}…` : all.join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and attribute values (XML 1.0 §2.4); controls, which XML can't hold, were made visible before. */
function escaped(shown: string): string {
  return shown.replace(/[&<>"'\ufffe\uffff]/g, (character) => ENTITIES[character] ?? '\ufffd');
}
