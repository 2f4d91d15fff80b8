import type { HttpExchange, UnseenReason } from '../model/exchange.ts';
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
import {
  isBetter,
  isListedTwice,
  type LoneRequest,
  LoneRequests,
  type Match,
  matchOf,
  SAME_REQUEST_MS,
  type Told,
} from './lone-requests.ts';

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

/** A request that another witness told of before. */
export interface Witnessed {
  /** The id that it bears since. */
  readonly id: string;
  /** null where nothing was kept of it. */
  readonly entry: ExchangeEntry | null;
  /** What is known of who told of it when, where that is not in its record. */
  readonly told: Partial<Pick<ExchangeRecord, 'witness' | 'seenInDevtools' | 'listedAt' | 'sentAs'>>;
  /** What was counted as not seen of it; null where it was kept, and all is said. */
  readonly unseen: readonly UnseenReason[] | null;
}

/** A page that polls has thousands of one URL. */
const MAX_LOOKED_AT = 100;

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
  readonly #lone = new LoneRequests();
  /** The ids that webRequest gave to exchanges of which DevTools had told before. */
  readonly #otherIds = new Map<string, string>();

  put(entry: ExchangeEntry): void {
    const { record } = entry;
    const { id, listedAt = record.at, listedMs = 0, sentAs } = record;
    const key = requestKey(record.tab, record.method, record.urlHash);
    if (!this.exchanges.has(id)) {
      const ids = this.#byRequest.get(key) ?? [];
      this.#byRequest.set(key, ids);
      ids.push(id);
    }
    this.exchanges.set(id, entry);
    if (sentAs !== undefined) this.#otherIds.set(sentAs, id);
    if (record.witness !== 'devtools' || sentAs !== undefined) this.#lone.delete(id);
    else {
      const authorization = authorizationOf(record.sightings);
      const endedAt = listedAt + listedMs;
      this.#lone.put(key, { id, sentAt: null, listedAt, endedAt, authorization, unseen: [] });
    }
  }

  /** The exchange that a witness calls so; null where nothing was kept of it. */
  named(id: string): ExchangeEntry | null {
    return this.exchanges.get(this.#otherIds.get(id) ?? id) ?? null;
  }

  /** The latest exchange of a request whose id begins so; null where nothing was kept of it. */
  latest({ tab, method }: HttpExchange, urlHash: string, prefix: string): ExchangeEntry | null {
    const ids = (this.#byRequest.get(requestKey(tab, method, urlHash)) ?? []).slice(-MAX_LOOKED_AT);
    const id = ids.findLast((one) => one.startsWith(prefix));
    return id === undefined ? null : this.named(id);
  }

  /** Takes note of a request of which nothing is kept: its other witness may still tell of it. */
  pass(
    { id, witness, tab, method, at, response }: HttpExchange,
    urlHash: string,
    before: Witnessed | null,
    unseen: readonly UnseenReason[],
  ): void {
    if (witness === 'har') return;
    const known = before?.id ?? id;
    const isListed = witness === 'devtools';
    const listedAt = isListed ? at : (before?.told.listedAt ?? null);
    const sentAt = !isListed || before !== null ? at : null;
    const endedAt = at + (response?.tookMs ?? 0);
    this.#lone.put(requestKey(tab, method, urlHash), {
      id: known,
      sentAt,
      listedAt,
      endedAt,
      authorization: null,
      unseen: [...(before?.unseen ?? []), ...unseen],
    });
  }

  /** True for a request of which nothing was kept until now. */
  hasPassed(id: string): boolean {
    return this.#lone.has(id) && !this.exchanges.has(id);
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
   * Finds the request that another witness told of before.
   * @param sightings what this witness saw: one that saw another Authorization header saw another request
   * @returns 'duplicate' where DevTools lists one request twice; null where nobody told of it
   */
  witnessed(
    { witness, tab, method, at, id }: HttpExchange,
    urlHash: string,
    sightings: readonly RecordedSighting[],
  ): Witnessed | 'duplicate' | null {
    if (witness === 'har') return null;
    const key = requestKey(tab, method, urlHash);
    const told = { witness, at, authorization: authorizationOf(sightings) };
    const lone = this.#lone.find(key, told);
    const kept = witness === 'devtools' ? this.#sent(key, told) : null;
    const isDuplicate = lone === 'duplicate' || kept === 'duplicate';
    const request = lone === 'duplicate' ? null : lone;
    if (kept !== null && kept !== 'duplicate' && (request === null || isBetter(kept.match, request.match)))
      return { id: kept.entry.record.id, entry: kept.entry, told: {}, unseen: null };
    return request === null ? (isDuplicate ? 'duplicate' : null) : this.#met(request.request, id);
  }

  #met(request: LoneRequest, id: string): Witnessed {
    const entry = this.exchanges.get(request.id) ?? null;
    return {
      ...{ id: request.id, entry, unseen: entry === null ? request.unseen : null },
      told:
        request.listedAt === null
          ? { witness: 'web_request' }
          : { witness: 'devtools', seenInDevtools: true, listedAt: request.listedAt, sentAs: id },
    };
  }

  /** Finds among the exchanges what webRequest told of and DevTools did not yet. */
  #sent(
    key: string,
    told: Told,
  ): { readonly entry: ExchangeEntry; readonly match: Match } | 'duplicate' | null {
    const ids = this.#byRequest.get(key) ?? [];
    let best: { readonly entry: ExchangeEntry; readonly match: Match } | null = null;
    let listedTwice = false;
    // Newest first, and no further back than can matter: a page that polls has thousands of one URL.
    for (let index = ids.length - 1; index >= 0; index--) {
      const entry = this.exchanges.get(ids[index] ?? '');
      if (entry === undefined) continue;
      const { at, seenInDevtools, listedAt = at, sightings } = entry.record;
      if (at < told.at - SAME_REQUEST_MS) break;
      const authorization = authorizationOf(sightings);
      const match = matchOf(told, { at: seenInDevtools ? listedAt : at, authorization });
      if (match === null) continue;
      if (seenInDevtools) listedTwice ||= isListedTwice(match);
      else if (isBetter(match, best?.match ?? null)) best = { entry, match };
    }
    return best ?? (listedTwice ? 'duplicate' : null);
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
      const { tab, method, urlHash, sentAs } = entry.record;
      if (sentAs !== undefined) this.#otherIds.delete(sentAs);
      this.#lone.delete(id);
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
