import type { AppMap, MapFlow, MapParty, PartyRole } from '../model/map.ts';
import type { RowVerdict } from '../model/view.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';
import { buildMatrix } from './audience-matrix.ts';
import { type ClientGroup, groupClients } from './clients.ts';
import { filterWord, isServerRole, type JudgedRecord, type TabFacts, verdictOn, worse } from './tab-facts.ts';

/** Bounds: a hostile page makes up hosts as it likes. */
const MAX_PARTIES = 200;
const MAX_FLOWS = 2_000;
const MAX_ALSO = 8;

/**
 * Draws together who is who and which tokens went from whom to whom: a pure function of one tab's exchanges and of what
 * was learned. Parties and flows come in the order in which they were first seen.
 */
export function buildMap(facts: TabFacts): AppMap {
  return new MapBuilder(facts).build();
}

class MapBuilder {
  readonly #facts: TabFacts;
  readonly #parties = new Map<string, MapParty>();
  readonly #places = new Map<string, number>();
  readonly #senders = new Map<string | null, string>();
  readonly #beyond = new Set<string>();
  readonly #flows = new Map<string, { -readonly [Name in keyof MapFlow]: MapFlow[Name] }>();
  readonly #clients: ReturnType<typeof groupClients>;
  readonly #servers = new Set<string>();
  readonly #audiences = new Map<string, Set<string>>();

  constructor(facts: TabFacts) {
    this.#facts = facts;
    this.#clients = groupClients(facts.lessons);
    for (const lesson of facts.lessons) {
      if (lesson.learned === 'client') this.#servers.add(lesson.serverOrigin);
      if (lesson.learned !== 'resource' || lesson.host === null) continue;
      const known = this.#audiences.get(lesson.host) ?? new Set();
      if (known.size < MAX_ALSO) known.add(lesson.audience.slice(0, 256));
      this.#audiences.set(lesson.host, known);
    }
  }

  build(): AppMap {
    for (const exchange of this.#facts.exchanges) this.#exchange(exchange);
    this.#issued();
    return {
      parties: [...this.#parties.values()],
      flows: [...this.#flows.values()],
      partiesLeftOff: this.#beyond.size,
      matrix: buildMatrix(this.#facts),
    };
  }

  #exchange({ record, row, findings, role }: JudgedRecord): void {
    const { message, sightings, initiator } = record;
    if (message === null && sightings.length === 0) return;
    // A hundred thousand URLs take their time to parse: the row knows.
    const host = row?.host ?? parseUrl(record.url)?.host ?? '';
    if (host === '') return;
    if (message?.message === 'authorization_request' && isServerRole(role)) {
      const from = this.#client(this.#clients.byClientId.get(message.clientId), message.clientId);
      const to = this.#host('server', host);
      // The server's own pages pass its parameters on: that is no further login.
      if (initiator !== webOrigin(record.url))
        this.#flow(from, to, 'login', null, verdictOn(null, findings), () => filterWord('host', host));
    }
    const sent = sightings.filter(({ location }) => location !== 'redirect' && location !== 'response_body');
    if (sent.length === 0) return;
    const from = this.#knownSender(initiator);
    const to = this.#receiver(role, host, initiator, record.url);
    if (from === to) return;
    // One token in two places of a request is sent once.
    for (const token of new Set(sent.map((sighting) => sighting.token))) {
      const kind = this.#facts.tokenOf(token)?.kind ?? 'opaque';
      const filter = (): string => `${filterWord('host', host)} kind:${kind}`;
      this.#flow(from, to, 'sent', kind, verdictOn(token, findings), filter);
    }
  }

  /** What the responses that were seen gave out, and to whom. */
  #issued(): void {
    const here = new Map(this.#facts.exchanges.map((exchange) => [exchange.record.id, exchange]));
    for (const lesson of this.#facts.lessons) {
      if (lesson.learned !== 'provenance') continue;
      const exchange = here.get(lesson.issuedIn);
      const place = parseUrl(lesson.endpoint);
      if (exchange === undefined || place === null) continue;
      const { initiator } = exchange.record;
      const group =
        (lesson.clientId === null ? undefined : this.#clients.byClientId.get(lesson.clientId)) ??
        (lesson.deliveredTo === undefined ? undefined : this.#clients.byOrigin.get(lesson.deliveredTo)) ??
        (initiator === null ? undefined : this.#clients.byOrigin.get(initiator));
      const to = group === undefined ? this.#sender(initiator) : this.#client(group, '');
      // In a form post or a fragment it is delivered to the app itself: whose it was, the token says.
      const role = isServerRole(exchange.role) ? 'server' : exchange.role;
      if (role === 'client' && webOrigin(lesson.endpoint) !== initiator) continue;
      const from = this.#receiver(exchange.role, place.host, initiator, lesson.endpoint);
      if (from === to) continue;
      this.#flow(from, to, 'issued', lesson.issuedAs, null, () => filterWord('host', place.host));
    }
  }

  /** All requests of a page have one sender. */
  #knownSender(initiator: string | null): string {
    const known = this.#senders.get(initiator);
    if (known !== undefined) return known;
    const sender = this.#sender(initiator);
    this.#senders.set(initiator, sender);
    return sender;
  }

  #sender(initiator: string | null): string {
    if (initiator === null) return this.#party('client:', 'client', '', [], '');
    if (this.#servers.has(initiator) && !this.#clients.byOrigin.has(initiator))
      return this.#host('server', parseUrl(initiator)?.host ?? initiator);
    const group = this.#clients.byOrigin.get(initiator);
    if (group !== undefined) return this.#client(group, '');
    const host = parseUrl(initiator)?.host ?? initiator;
    return this.#party(`page:${initiator}`, 'client', host, [initiator], '');
  }

  #receiver(role: JudgedRecord['role'], host: string, initiator: string | null, url: string): string {
    if (isServerRole(role)) return this.#host('server', host);
    if (role === 'protected_resource') return this.#host('api', host);
    if (role === 'third_party') return this.#host('third_party', host);
    if (role === 'unknown') return this.#host('unknown', host);
    const origin = webOrigin(url) ?? '';
    const group = this.#clients.byOrigin.get(origin);
    // What comes from elsewhere is delivered to the app; what its own page sends there, its backend takes.
    return group !== undefined && initiator !== origin
      ? this.#client(group, '')
      : this.#host('backend', host);
  }

  #client(group: ClientGroup | undefined, clientId: string): string {
    const clientIds = group?.clientIds ?? [clientId];
    const origins = (group?.origins ?? []).slice(0, MAX_ALSO);
    const [first = ''] = clientIds;
    const name = clientIds.slice(0, MAX_ALSO).join(', ');
    return this.#party(`client:${first}`, 'client', name, origins, filterWord('client', first));
  }

  #host(role: Exclude<PartyRole, 'client'>, host: string): string {
    const id = `${role}:${host}`;
    if (this.#parties.has(id)) return id;
    const also = role === 'api' || role === 'unknown' ? [...(this.#audiences.get(host) ?? [])] : [];
    return this.#party(id, role, host, also, filterWord('host', host));
  }

  #party(id: string, role: PartyRole, name: string, also: readonly string[], filter: string): string {
    if (this.#parties.has(id) || this.#beyond.has(id)) return id;
    if (this.#parties.size < MAX_PARTIES) {
      this.#places.set(id, this.#parties.size);
      this.#parties.set(id, { id, role, name: name.slice(0, 512), also, filter });
    } else if (this.#beyond.size < MAX_FLOWS) this.#beyond.add(id);
    return id;
  }

  #flow(
    from: string,
    to: string,
    says: MapFlow['says'],
    kind: MapFlow['kind'],
    verdict: RowVerdict | null,
    filter: () => string,
  ): void {
    const [fromAt, toAt] = [this.#places.get(from), this.#places.get(to)];
    if (fromAt === undefined || toAt === undefined) return;
    const key = `${fromAt} ${toAt} ${says} ${kind}`;
    const known = this.#flows.get(key);
    if (known === undefined) {
      if (this.#flows.size < MAX_FLOWS)
        this.#flows.set(key, { from, to, says, kind, count: 1, verdict, filter: filter() });
      return;
    }
    known.count++;
    known.verdict = worse(known.verdict, verdict);
  }
}
