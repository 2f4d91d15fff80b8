import type { AppMap, MapFlow, MapParty, PartyRole } from '../../core/model/map.ts';
import type { RowVerdict } from '../../core/model/view.ts';
import { edgesAcross, edgesBeside } from './edges.ts';
import { METRICS } from './metrics.ts';

/** Below this width (CSS px) the cards stand in one stack. */
export const COLUMNS_FROM = 620;

/** Cards of one layer; the rest is one card that says how many it stands for. */
export const MAX_CARDS: Readonly<Record<Layer, number>> = { server: 6, client: 8, receiver: 16 };
/** Lines of one card. */
export const MAX_LINES = 8;

/** Who gives tokens out, who has them, who gets them. */
export type Layer = 'server' | 'client' | 'receiver';
export type Tone = 'error' | 'warning' | 'plain';

export interface Card {
  readonly id: string;
  readonly layer: Layer;
  /** null for the card that stands for the rest of its layer. */
  readonly party: MapParty | null;
  /** How many parties it stands for. */
  readonly parties: number;
  readonly tone: Tone;
  readonly lines: readonly CardLine[];
  readonly linesLeftOff: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Flows of one kind that a party takes part in, whoever the other is. */
export interface CardLine {
  readonly says: MapFlow['says'];
  readonly kind: MapFlow['kind'];
  readonly count: number;
  readonly verdict: RowVerdict | null;
  readonly filter: string;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly tone: Tone;
  readonly count: number;
  /** An SVG path from card to card. */
  readonly path: string;
  /** Its width, by its count. */
  readonly stroke: number;
}

export interface Layout {
  readonly direction: 'columns' | 'stack';
  readonly width: number;
  readonly height: number;
  readonly cards: readonly Card[];
  readonly edges: readonly Edge[];
}

const LAYERS: readonly Layer[] = ['server', 'client', 'receiver'];
const LAYER_OF: Readonly<Record<PartyRole, Layer>> = {
  server: 'server',
  client: 'client',
  backend: 'receiver',
  api: 'receiver',
  unknown: 'receiver',
  third_party: 'receiver',
};
const ROLES: readonly PartyRole[] = ['server', 'client', 'backend', 'api', 'unknown', 'third_party'];

/**
 * Places the parties of a map: servers before the apps, those who get tokens behind them, so that each flow goes from one
 * layer to the next. The same map at the same width always looks the same.
 * @param width the room there is, in CSS pixels
 */
export function layoutMap(map: AppMap, width: number): Layout {
  const direction = width >= COLUMNS_FROM ? 'columns' : 'stack';
  const { groupOf, drafts } = group(map);
  const joined = joinFlows(map.flows, groupOf);
  const cards = place(order(drafts, joined), direction, width);
  const byId = new Map(cards.map((card) => [card.id, card]));
  return {
    direction,
    width,
    height: Math.max(...cards.map(({ y, height }) => y + height), 0) + METRICS.padding,
    cards,
    edges: direction === 'columns' ? edgesAcross(joined, byId) : edgesBeside(joined, byId),
  };
}

type Draft = Omit<Card, 'x' | 'y' | 'width' | 'height'>;

export function toneOf(verdict: RowVerdict | null): Tone {
  return verdict === 'error' || verdict === 'warning' ? verdict : 'plain';
}

const TONES: readonly Tone[] = ['error', 'warning', 'plain'];

function worseTone(a: Tone, b: Tone): Tone {
  return TONES.indexOf(a) <= TONES.indexOf(b) ? a : b;
}

/** Puts the least of a layer (no problem, few requests) into one card where there are too many. */
function group(map: AppMap): {
  readonly groupOf: ReadonlyMap<string, string>;
  readonly drafts: readonly Draft[];
} {
  const groupOf = new Map<string, string>();
  const drafts = LAYERS.flatMap((layer) => {
    const parties = map.parties.filter(({ role }) => LAYER_OF[role] === layer);
    const weigh = new Map(parties.map((party) => [party.id, weightOf(party, map.flows)]));
    const most = MAX_CARDS[layer];
    const ranked = [...parties].sort((a, b) => {
      const [x, y] = [weigh.get(a.id), weigh.get(b.id)];
      if (x === undefined || y === undefined) return 0;
      return TONES.indexOf(x.tone) - TONES.indexOf(y.tone) || y.count - x.count || (a.id < b.id ? -1 : 1);
    });
    const kept = new Set(ranked.slice(0, parties.length > most ? most - 1 : most));
    const rest = parties.filter((party) => !kept.has(party));
    for (const { id } of kept) groupOf.set(id, id);
    for (const { id } of rest) groupOf.set(id, `rest:${layer}`);
    const shown = parties.filter((party) => kept.has(party)).map((party) => draft(layer, [party], map.flows));
    return rest.length === 0 ? shown : [...shown, draft(layer, rest, map.flows)];
  });
  return { groupOf, drafts };
}

function weightOf(
  { id }: MapParty,
  flows: readonly MapFlow[],
): { readonly tone: Tone; readonly count: number } {
  let tone: Tone = 'plain';
  let count = 0;
  for (const flow of flows) {
    if (flow.from !== id && flow.to !== id) continue;
    tone = worseTone(tone, toneOf(flow.verdict));
    count += flow.count;
  }
  return { tone, count };
}

function draft(layer: Layer, parties: readonly MapParty[], flows: readonly MapFlow[]): Draft {
  const ids = new Set(parties.map(({ id }) => id));
  const [first] = parties;
  const isOne = parties.length === 1 && first !== undefined;
  const lines = new Map<string, CardLine>();
  let tone: Tone = 'plain';
  for (const flow of flows) {
    const isIssued = flow.says === 'issued' && ids.has(flow.from);
    if (layer === 'client' || !(isIssued || (flow.says !== 'issued' && ids.has(flow.to)))) continue;
    tone = worseTone(tone, toneOf(flow.verdict));
    const key = `${flow.says} ${flow.kind}`;
    const known = lines.get(key);
    const verdict =
      known === undefined || TONES.indexOf(toneOf(flow.verdict)) < TONES.indexOf(toneOf(known.verdict))
        ? flow.verdict
        : known.verdict;
    lines.set(key, {
      ...{ says: flow.says, kind: flow.kind, verdict },
      count: (known?.count ?? 0) + flow.count,
      filter: isOne ? flow.filter : '',
    });
  }
  const all = [...lines.values()].sort(
    (a, b) => TONES.indexOf(toneOf(a.verdict)) - TONES.indexOf(toneOf(b.verdict)),
  );
  return {
    id: isOne ? first.id : `rest:${layer}`,
    ...{ layer, tone },
    party: isOne ? first : null,
    parties: parties.length,
    lines: all.slice(0, MAX_LINES),
    linesLeftOff: Math.max(0, all.length - MAX_LINES),
  };
}

/** All flows from one card to another. */
export interface Joined {
  readonly from: string;
  readonly to: string;
  tone: Tone;
  count: number;
}

function joinFlows(flows: readonly MapFlow[], groupOf: ReadonlyMap<string, string>): readonly Joined[] {
  const joined = new Map<string, Joined>();
  for (const flow of flows) {
    const from = groupOf.get(flow.from);
    const to = groupOf.get(flow.to);
    if (from === undefined || to === undefined || from === to) continue;
    const key = JSON.stringify([from, to]);
    const known = joined.get(key);
    if (known === undefined) joined.set(key, { from, to, tone: toneOf(flow.verdict), count: flow.count });
    else {
      known.tone = worseTone(known.tone, toneOf(flow.verdict));
      known.count += flow.count;
    }
  }
  return [...joined.values()];
}

/** Each layer by role, then by where its neighbours stand, so that few edges cross; the rest stands last. */
function order(drafts: readonly Draft[], joined: readonly Joined[]): readonly Draft[] {
  const clients = drafts.filter(({ layer }) => layer === 'client');
  const at = new Map(clients.map(({ id }, index) => [id, index]));
  const middle = (id: string): number => {
    const near = joined.flatMap(({ from, to }) =>
      from === id ? (at.get(to) ?? []) : to === id ? (at.get(from) ?? []) : [],
    );
    return near.length === 0 ? 0 : near.reduce((sum, index) => sum + index, 0) / near.length;
  };
  const roleAt = ({ party }: Draft): number => (party === null ? ROLES.length : ROLES.indexOf(party.role));
  const seenAt = new Map(drafts.map(({ id }, index) => [id, index]));
  return [...drafts].sort(
    (a, b) =>
      LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer) ||
      roleAt(a) - roleAt(b) ||
      (a.layer === 'client' ? 0 : middle(a.id) - middle(b.id)) ||
      (seenAt.get(a.id) ?? 0) - (seenAt.get(b.id) ?? 0),
  );
}

function heightOf({ party, lines, linesLeftOff }: Draft): number {
  const { cardPadding, nameHeight, alsoHeight, lineHeight } = METRICS;
  const also = party === null ? 1 : 1 + Math.min(1, party.also.length);
  const shown = lines.length + (linesLeftOff > 0 ? 1 : 0);
  return 2 * cardPadding + nameHeight + also * alsoHeight + (shown > 0 ? 4 + shown * lineHeight : 0);
}

function place(drafts: readonly Draft[], direction: Layout['direction'], width: number): readonly Card[] {
  const { padding, columnGap, cardGap, cardWidth, gutter } = METRICS;
  if (direction === 'stack') {
    let y: number = padding;
    return drafts.map((one) => {
      const card = {
        ...one,
        x: gutter,
        y,
        width: Math.max(120, width - gutter - padding),
        height: heightOf(one),
      };
      y += card.height + cardGap;
      return card;
    });
  }
  const layers = LAYERS.map((layer) => drafts.filter((one) => one.layer === layer)).filter(
    ({ length }) => length > 0,
  );
  const gaps = Math.max(1, layers.length - 1);
  const room = width - 2 * padding;
  const cards = Math.min(cardWidth, Math.floor((room - columnGap * gaps) / layers.length));
  const gap = Math.min(200, Math.floor((room - cards * layers.length) / gaps));
  const left = Math.floor((width - cards * layers.length - gap * (layers.length - 1)) / 2);
  const heights = layers.map((layer) => layer.reduce((sum, one) => sum + heightOf(one) + cardGap, -cardGap));
  const tallest = Math.max(0, ...heights);
  return layers.flatMap((layer, index) => {
    // A short column stands beside the middle of a long one, but never out of sight.
    let y = padding + Math.min(160, Math.max(0, (tallest - (heights[index] ?? 0)) / 2));
    return layer.map((one) => {
      const card = { ...one, x: left + index * (cards + gap), y, width: cards, height: heightOf(one) };
      y += card.height + cardGap;
      return card;
    });
  });
}
