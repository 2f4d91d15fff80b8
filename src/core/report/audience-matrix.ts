import type { AudienceMatrix } from '../model/map.ts';
import type { RowVerdict } from '../model/view.ts';
import { byWorst, filterWord, type TabFacts, verdictOn, worse } from './tab-facts.ts';

const MAX_AUDIENCES = 40;
const MAX_HOSTS = 30;
/** Audiences of one token that are counted; no real one has more. */
const MAX_OF_TOKEN = 16;
/** Pairs that are counted at all: a hostile page makes up as many as it likes. */
const MAX_PAIRS = 20_000;

interface Pair {
  readonly audience: string;
  readonly host: string;
  count: number;
  verdict: RowVerdict;
}

/**
 * Counts which audiences' tokens went to which hosts. Where there are too many, those with the worst verdicts stay, then
 * those that are met oftenest; both lists are then in alphabetical order.
 */
export function buildMatrix({ exchanges, tokenOf }: TabFacts): AudienceMatrix {
  const pairs: Pairs = { byHost: new Map(), all: [] };
  for (const { record, row, findings } of exchanges) {
    if (row === null) continue;
    for (const { token, location } of record.sightings) {
      if (location === 'redirect' || location === 'response_body') continue;
      const facts = tokenOf(token);
      // A refresh token goes to whom issued it; what was asked for with it is for others.
      if (facts === null || facts.kind === 'refresh_token') continue;
      const verdict = verdictOn(token, findings);
      for (const audience of facts.audiences.slice(0, MAX_OF_TOKEN)) {
        count(pairs, audience.slice(0, 256), row.host, verdict);
      }
    }
  }
  const audiences = pick(pairs.all, ({ audience }) => audience, MAX_AUDIENCES);
  const hosts = pick(pairs.all, ({ host }) => host, MAX_HOSTS);
  const audienceAt = new Map(audiences.kept.map((name, index) => [name, index]));
  const hostAt = new Map(hosts.kept.map((name, index) => [name, index]));
  return {
    audiences: audiences.kept,
    hosts: hosts.kept,
    cells: pairs.all.flatMap((pair) => {
      const audience = audienceAt.get(pair.audience);
      const host = hostAt.get(pair.host);
      if (audience === undefined || host === undefined) return [];
      const filter = `${filterWord('host', pair.host)} ${filterWord('aud', pair.audience)}`;
      return [{ audience, host, count: pair.count, verdict: pair.verdict, filter }];
    }),
    audiencesLeftOff: audiences.leftOff,
    hostsLeftOff: hosts.leftOff,
  };
}

interface Pairs {
  readonly byHost: Map<string, Map<string, Pair>>;
  readonly all: Pair[];
}

function count({ byHost, all }: Pairs, audience: string, host: string, verdict: RowVerdict): void {
  const ofHost = byHost.get(host) ?? new Map<string, Pair>();
  byHost.set(host, ofHost);
  const known = ofHost.get(audience);
  if (known !== undefined) {
    known.count++;
    known.verdict = worse(known.verdict, verdict) ?? verdict;
  } else if (all.length < MAX_PAIRS) {
    const pair = { audience, host, count: 1, verdict };
    ofHost.set(audience, pair);
    all.push(pair);
  }
}

function pick(
  pairs: Iterable<Pair>,
  nameOf: (pair: Pair) => string,
  most: number,
): { readonly kept: readonly string[]; readonly leftOff: number } {
  const sums = new Map<string, { count: number; verdict: RowVerdict }>();
  for (const pair of pairs) {
    const sum = sums.get(nameOf(pair)) ?? { count: 0, verdict: pair.verdict };
    sum.count += pair.count;
    sum.verdict = worse(sum.verdict, pair.verdict) ?? pair.verdict;
    sums.set(nameOf(pair), sum);
  }
  const ranked = [...sums].sort(
    ([aName, a], [bName, b]) =>
      byWorst(a.verdict, b.verdict) || b.count - a.count || (aName < bName ? -1 : 1),
  );
  const kept = ranked.slice(0, most).map(([name]) => name);
  return { kept: kept.sort(), leftOff: Math.max(0, ranked.length - most) };
}
