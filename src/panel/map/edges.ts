import type { Card, Edge, Joined } from './layout.ts';
import { METRICS } from './metrics.ts';

function strokeOf(count: number): number {
  return Math.min(4, 1.25 + Math.log10(Math.max(1, count)) * 0.9);
}

/** Where the edges of one side of a card meet it: one below the other, by where they come from. */
function anchors(
  joined: readonly Joined[],
  cards: ReadonlyMap<string, Card>,
): (id: string, edge: Joined) => number {
  const ends = new Map<string, { edge: Joined; y: number }[]>();
  for (const edge of joined) {
    for (const [own, other] of [
      [edge.from, edge.to],
      [edge.to, edge.from],
    ] as const) {
      const [card, far] = [cards.get(own), cards.get(other)];
      if (card === undefined || far === undefined) continue;
      const side = `${own} ${far.x > card.x ? 'end' : 'start'}`;
      const list = ends.get(side) ?? [];
      list.push({ edge, y: far.y + far.height / 2 });
      ends.set(side, list);
    }
  }
  const at = new Map<string, number>();
  for (const [side, list] of ends) {
    const id = side.slice(0, side.lastIndexOf(' '));
    const card = cards.get(id);
    if (card === undefined) continue;
    const sorted = list
      .map((end, index) => ({ ...end, index }))
      .sort((a, b) => a.y - b.y || a.index - b.index);
    for (const [index, { edge }] of sorted.entries()) {
      const share = (index + 1) / (sorted.length + 1);
      at.set(JSON.stringify([id, edge.from, edge.to]), card.y + card.height * share);
    }
  }
  return (id, edge) => at.get(JSON.stringify([id, edge.from, edge.to])) ?? 0;
}

/** Between columns: curves from side to side. */
export function edgesAcross(joined: readonly Joined[], cards: ReadonlyMap<string, Card>): readonly Edge[] {
  const anchor = anchors(joined, cards);
  return joined.flatMap((edge) => {
    const [from, to] = [cards.get(edge.from), cards.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const forwards = to.x > from.x;
    const x1 = forwards ? from.x + from.width : from.x;
    const x2 = forwards ? to.x - 2 : to.x + to.width + 2;
    const y1 = anchor(edge.from, edge);
    const y2 = anchor(edge.to, edge);
    const bend = (x2 - x1) / 2;
    const path = `M${n(x1)} ${n(y1)}C${n(x1 + bend)} ${n(y1)} ${n(x2 - bend)} ${n(y2)} ${n(x2)} ${n(y2)}`;
    return [{ ...edge, path, stroke: strokeOf(edge.count) }];
  });
}

/** In a stack: arcs in the gutter, wider the farther they reach. */
export function edgesBeside(joined: readonly Joined[], cards: ReadonlyMap<string, Card>): readonly Edge[] {
  const order = [...cards.keys()];
  const anchor = anchors(joined, cards);
  return joined.flatMap((edge) => {
    const [from, to] = [cards.get(edge.from), cards.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const reach = Math.abs(order.indexOf(edge.from) - order.indexOf(edge.to));
    const x = METRICS.gutter - Math.min(METRICS.gutter - 6, 12 + reach * 6);
    const y1 = anchor(edge.from, edge);
    const y2 = anchor(edge.to, edge);
    const path = `M${n(from.x)} ${n(y1)}C${n(x)} ${n(y1)} ${n(x)} ${n(y2)} ${n(to.x - 2)} ${n(y2)}`;
    return [{ ...edge, path, stroke: strokeOf(edge.count) }];
  });
}

function n(length: number): string {
  return String(Math.round(length * 10) / 10);
}
