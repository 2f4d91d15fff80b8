import type { HttpExchange } from '../model/exchange.ts';
import type { Finding } from '../model/finding.ts';
import type { Destination } from '../model/knowledge.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type {
  Classification,
  DecodedToken,
  Fingerprint,
  RecordedSighting,
  SightingLocation,
  SignatureState,
} from '../model/token.ts';
import type { AuditRow } from '../model/view.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { remembering } from '../syntax/remember.ts';
import { parseUrl, placeOf, webOrigin } from '../syntax/url.ts';

/** A token as the session knows it. */
export interface TokenEntry {
  readonly decoded: DecodedToken;
  readonly raw: string;
  classification: Classification;
  signature: SignatureState;
  /** Its HMAC was made with a secret that everybody knows. */
  readonly guessableSecret: boolean;
  readonly places: {
    readonly location: SightingLocation;
    readonly name: string;
    readonly scheme: string | null;
  }[];
  /** The exchanges that it travelled on, oldest first. */
  readonly exchanges: string[];
  /** The origins that it was sent to. */
  readonly visits: Map<string, Visit>;
}

/** When a token went to an origin: by the order of its exchanges. */
export interface Visit {
  readonly first: number;
  /** The first requests that handed it over in a body. */
  readonly handOffs: readonly number[];
  /** The first places at this origin that took it, and when each did for the first time. */
  readonly places: readonly { readonly place: string; readonly first: number }[];
}

/** An exchange with its verdicts. */
export interface ExchangeEntry {
  record: ExchangeRecord;
  findings: readonly Finding[];
  row: AuditRow | null;
  /** As what its destination is held. */
  role: Destination['role'];
  topics: readonly string[];
}

/** Two witnesses of one request differ by what it waited for a connection; a page's service worker lists it twice at once. */
const SAME_REQUEST_MS = 10_000;
const LISTED_TWICE_MS = 300;

/** One token at more origins is told of by the first ones. */
const MAX_VISITS = 64;
const MAX_HAND_OFFS = 16;
const MAX_PLACES = 8;
const BODIES: ReadonlySet<SightingLocation> = new Set([
  'form_body',
  'multipart_body',
  'json_body',
  'text_body',
]);

/** Where the session's exchanges and tokens are kept and found: by id, by what they depend on, by witness. */
export class Ledger {
  readonly exchanges = new Map<string, ExchangeEntry>();
  readonly tokens = new Map<Fingerprint, TokenEntry>();
  readonly #byTopic = new Map<string, Set<string>>();
  readonly #byRequest = new Map<string, string[]>();

  put(entry: ExchangeEntry): void {
    const { record } = entry;
    if (!this.exchanges.has(record.id)) {
      const key = requestKey(record.tab, record.method, record.urlHash);
      const ids = this.#byRequest.get(key) ?? [];
      this.#byRequest.set(key, ids);
      ids.push(record.id);
    }
    this.exchanges.set(record.id, entry);
  }

  /** Notes where the tokens of an exchange went. */
  visit({ url, order, sightings }: ExchangeRecord): void {
    const origin = webOrigin(url);
    const parsed = parseUrl(url);
    if (origin === null || parsed === null) return;
    const place = placeOf(parsed);
    for (const { token, location } of sightings) {
      // A redirect hands its token to where it leads: that is the next request's.
      if (location === 'redirect') continue;
      const visits = this.tokens.get(token)?.visits;
      const visit = visits?.get(origin) ?? { first: order, handOffs: [], places: [] };
      if (visits === undefined || (visits.size >= MAX_VISITS && !visits.has(origin))) continue;
      const isHandOff =
        BODIES.has(location) && !visit.handOffs.includes(order) && visit.handOffs.length < MAX_HAND_OFFS;
      visits.set(origin, {
        first: Math.min(visit.first, order),
        handOffs: isHandOff ? [...visit.handOffs, order] : visit.handOffs,
        places:
          visit.places.length >= MAX_PLACES || visit.places.some((other) => other.place === place)
            ? visit.places
            : [...visit.places, { place, first: order }],
      });
    }
  }

  /** Says anew what an exchange depends on. */
  index(entry: ExchangeEntry, topics: readonly string[]): void {
    for (const topic of entry.topics) {
      const ids = this.#byTopic.get(topic);
      ids?.delete(entry.record.id);
      if (ids?.size === 0) this.#byTopic.delete(topic);
    }
    entry.topics = topics;
    for (const topic of topics) {
      const ids = this.#byTopic.get(topic) ?? new Set();
      this.#byTopic.set(topic, ids.add(entry.record.id));
    }
  }

  /** The exchanges that depend on any of these topics. */
  dependents(topics: Iterable<string>): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const topic of topics) for (const id of this.#byTopic.get(topic) ?? []) ids.add(id);
    return ids;
  }

  /**
   * Finds the record of a request that another witness told of before.
   * @param sightings what this witness saw: one that saw another Authorization header saw another request
   * @returns its entry; 'duplicate' where DevTools lists one request twice; null where nobody told of it
   */
  witnessed(
    exchange: HttpExchange,
    urlHash: string,
    sightings: readonly RecordedSighting[],
  ): ExchangeEntry | 'duplicate' | null {
    const authorization = authorizationOf(sightings);
    const ids = this.#byRequest.get(requestKey(exchange.tab, exchange.method, urlHash)) ?? [];
    let nearest: ExchangeEntry | null = null;
    let listedTwice = false;
    // Newest first, and no further back than can matter: a page that polls has thousands of one URL.
    for (let index = ids.length - 1; index >= 0; index--) {
      const entry = this.exchanges.get(ids[index] ?? '');
      if (entry === undefined) continue;
      if (entry.record.at < exchange.at - SAME_REQUEST_MS) break;
      const other = authorizationOf(entry.record.sightings);
      if (authorization !== null && other !== null && authorization !== other) continue;
      const distance = Math.abs(entry.record.at - exchange.at);
      const { seenInDevtools, listedAt = entry.record.at } = entry.record;
      if (seenInDevtools) listedTwice ||= Math.abs(listedAt - exchange.at) <= LISTED_TWICE_MS;
      else if (
        distance <= SAME_REQUEST_MS &&
        (nearest === null || distance < Math.abs(nearest.record.at - exchange.at))
      ) {
        nearest = entry;
      }
    }
    return nearest ?? (listedTwice ? 'duplicate' : null);
  }

  /** Forgets exchanges, and the tokens that travelled on no others. */
  forget(ids: Iterable<string>): {
    readonly exchanges: readonly string[];
    readonly tokens: readonly Fingerprint[];
  } {
    const exchanges: string[] = [];
    const tokens: Fingerprint[] = [];
    const gone = new Set(ids);
    for (const id of gone) {
      const entry = this.exchanges.get(id);
      if (entry === undefined) continue;
      this.index(entry, []);
      const { tab, method, urlHash } = entry.record;
      const key = requestKey(tab, method, urlHash);
      const others = (this.#byRequest.get(key) ?? []).filter((other) => !gone.has(other));
      if (others.length > 0) this.#byRequest.set(key, others);
      else this.#byRequest.delete(key);
      this.exchanges.delete(id);
      exchanges.push(id);
    }
    for (const [name, token] of this.tokens) {
      const kept = token.exchanges.filter((id) => !gone.has(id));
      if (kept.length === token.exchanges.length) continue;
      token.exchanges.splice(0, token.exchanges.length, ...kept);
      if (kept.length === 0) {
        this.tokens.delete(name);
        tokens.push(name);
        continue;
      }
      token.visits.clear();
      for (const id of kept) {
        const entry = this.exchanges.get(id);
        if (entry !== undefined) this.visit(entry.record);
      }
    }
    return { exchanges, tokens };
  }
}

/** The token in a request's Authorization header: there is one at most (RFC 9110 §11.6.2). */
function authorizationOf(sightings: readonly RecordedSighting[]): Fingerprint | null {
  return sightings.find(({ location }) => location === 'authorization_header')?.token ?? null;
}

/** Names a URL without its fragment, which only some witnesses show. */
export const hashUrl: (url: string) => string = remembering(
  (url) => fingerprint(url.replace(/#.*$/s, '')).slice(0, 22),
  128,
);

function requestKey(tab: number | null, method: string, urlHash: string): string {
  return `${tab} ${method} ${urlHash}`;
}
