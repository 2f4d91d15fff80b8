import type { HttpExchange, UnseenReason } from '../model/exchange.ts';
import type { Fingerprint } from '../model/token.ts';

/** Two witnesses of one request differ by what it waited for a connection; a page's service worker lists it twice at once. */
export const SAME_REQUEST_MS = 10_000;
const LISTED_TWICE_MS = 300;

/** By how much the witnesses' clocks may differ. */
const CLOCKS_DIFFER_MS = 50;

/** A page may make more than these in {@link SAME_REQUEST_MS}: the oldest are forgotten. */
const MAX_REQUESTS = 2_000;

/** What a witness tells of a request, as far as another one can know it by that. */
export interface Told {
  readonly witness: HttpExchange['witness'];
  /** ms since the epoch. */
  readonly at: number;
  /** The token in its Authorization header. */
  readonly authorization: Fingerprint | null;
}

/** How likely two witnesses tell of the same request. */
export interface Match {
  /** They saw the same Authorization header, or both none. */
  readonly isSame: boolean;
  /** Between the times at which it began, in ms. */
  readonly distance: number;
}

/** Times are in ms since the epoch. */
export interface LoneRequest {
  readonly id: string;
  /** null where webRequest did not tell of it. */
  readonly sentAt: number | null;
  /** null where DevTools did not tell of it. */
  readonly listedAt: number | null;
  /** When its answer ended, as DevTools say. */
  readonly endedAt: number;
  readonly authorization: Fingerprint | null;
  /** What was counted as not seen of it. */
  readonly unseen: readonly UnseenReason[];
}

/**
 * The latest requests that are not found among the exchanges of webRequest: those that DevTools alone told of so far, and those of
 * which nothing was kept, for there was nothing in them by what one witness saw.
 */
export class LoneRequests {
  readonly #sent = new Latest();
  /** A page's requests are looked for here alone: mostly there are none. */
  readonly #onlyListed = new Latest();

  put(key: string, request: LoneRequest): void {
    this.delete(request.id);
    const latest = request.sentAt === null ? this.#onlyListed : this.#sent;
    latest.put(key, request);
  }

  delete(id: string): void {
    this.#sent.delete(id);
    this.#onlyListed.delete(id);
  }

  has(id: string): boolean {
    return this.#sent.has(id) || this.#onlyListed.has(id);
  }

  /**
   * Finds the request that the other witness told of.
   * @returns the likeliest; 'duplicate' where DevTools list one twice; null where there is none
   */
  find(
    key: string,
    told: Told,
  ): { readonly request: LoneRequest; readonly match: Match } | 'duplicate' | null {
    let best: { readonly request: LoneRequest; readonly match: Match } | null = null;
    let listedTwice = false;
    const isListed = told.witness === 'devtools';
    for (const request of [...(isListed ? this.#sent.of(key) : []), ...this.#onlyListed.of(key)]) {
      const began = request.listedAt ?? request.sentAt ?? told.at;
      // Nobody tells of it any more.
      if (began < told.at - SAME_REQUEST_MS) this.delete(request.id);
      const match = matchOf(told, { at: began, authorization: request.authorization });
      if (match === null) continue;
      if (isListed && request.listedAt !== null) listedTwice ||= isListedTwice(match);
      else if (
        (isListed || (match.isSame && isSentWhileListed(request, told.at))) &&
        isBetter(match, best?.match ?? null)
      )
        best = { request, match };
    }
    return best ?? (listedTwice ? 'duplicate' : null);
  }
}

/** webRequest tells of what DevTools told of: it left while that was under way. Else it is the page's next one. */
function isSentWhileListed({ listedAt, endedAt }: LoneRequest, at: number): boolean {
  return listedAt !== null && at >= listedAt - CLOCKS_DIFFER_MS && at <= endedAt + CLOCKS_DIFFER_MS;
}

/**
 * @param told by one witness
 * @param known of the other
 * @returns how well they match; null where they are two requests. There is one Authorization header at most (RFC 9110 §11.6.2):
 *   who saw another one saw another request
 */
export function matchOf(told: Told, known: Pick<Told, 'at' | 'authorization'>): Match | null {
  const distance = Math.abs(known.at - told.at);
  const isSame = told.authorization === known.authorization;
  if (!isSame && told.authorization !== null && known.authorization !== null) return null;
  return distance <= SAME_REQUEST_MS ? { isSame, distance } : null;
}

/** What DevTools tell of is what they told of before. */
export function isListedTwice({ isSame, distance }: Match): boolean {
  return isSame && distance <= LISTED_TWICE_MS;
}

/** What is refused without a token is often sent again at once with one: what was sent says more than when. */
export function isBetter(match: Match, than: Match | null): boolean {
  if (than === null) return true;
  return match.isSame === than.isSame ? match.distance < than.distance : match.isSame;
}

/** The latest requests by what two witnesses must agree on, oldest first. */
class Latest {
  readonly #byKey = new Map<string, Map<string, LoneRequest>>();
  readonly #keys = new Map<string, string>();

  of(key: string): Iterable<LoneRequest> {
    return this.#byKey.get(key)?.values() ?? [];
  }

  has(id: string): boolean {
    return this.#keys.has(id);
  }

  put(key: string, request: LoneRequest): void {
    const [oldest] = this.#keys.size >= MAX_REQUESTS ? this.#keys.keys() : [];
    if (oldest !== undefined) this.delete(oldest);
    this.#keys.set(request.id, key);
    const others = this.#byKey.get(key) ?? new Map<string, LoneRequest>();
    this.#byKey.set(key, others.set(request.id, request));
  }

  delete(id: string): void {
    const key = this.#keys.get(id);
    if (key === undefined) return;
    this.#keys.delete(id);
    const others = this.#byKey.get(key);
    others?.delete(id);
    if (others?.size === 0) this.#byKey.delete(key);
  }
}
