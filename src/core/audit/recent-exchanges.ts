import { extract } from '../extract/extract.ts';
import type { HttpExchange } from '../model/exchange.ts';
import type { Lesson } from '../model/knowledge.ts';
import type { Fingerprint } from '../model/token.ts';
import { fingerprint } from '../syntax/fingerprint.ts';

/** Long enough for a token response's body to be read, and for a page to come to rest so that it can be. */
const WITHIN_MS = 30_000;

/** In characters of one request, and of all that is kept: what is longer is a document, and stays unsearched. */
const MAX_LENGTH = 16_384;
const MAX_TOTAL = 524_288;
const MAX_EXCHANGES = 256;

/** Requests that are searched in one session: a page that has tokens issued all the time makes no more work than that. */
const MAX_SEARCHES = 1_000_000;

/** A request that may turn out to carry a token, and its place in the order of requests. */
export interface RecentExchange {
  readonly exchange: HttpExchange;
  readonly order: number;
}

/**
 * The last requests, as they were told. An opaque token looks like nothing: in a parameter of any name it is found only
 * once it is known to have been issued, and the response that issued it is read later than the page uses it. Then these
 * are searched once more. In memory only, and bounded in time, number and length.
 */
export class RecentExchanges {
  #kept: (RecentExchange & { readonly length: number })[] = [];
  #total = 0;
  #searched = 0;

  /** @param order of the request among all */
  add(told: HttpExchange, order: number): void {
    const exchange = requestOf(told);
    const length = lengthOf(exchange);
    if (length > MAX_LENGTH) return;
    this.#kept.push({ exchange, order, length });
    this.#total += length;
    let gone = 0;
    for (const oldest of this.#kept) {
      const isOver = this.#kept.length - gone > MAX_EXCHANGES || this.#total > MAX_TOTAL;
      if (!isOver && oldest.exchange.at >= exchange.at - WITHIN_MS) break;
      this.#total -= oldest.length;
      gone++;
    }
    if (gone > 0) this.#kept.splice(0, gone);
  }

  /**
   * @param lessons that are new
   * @returns the requests that carry an opaque token which one of these lessons tells of, oldest first
   */
  carrying(lessons: readonly Lesson[]): readonly RecentExchange[] {
    const names = new Set<Fingerprint>();
    const lengths = new Set<number>();
    let since = Number.POSITIVE_INFINITY;
    for (const lesson of lessons) {
      if (lesson.learned !== 'provenance' && lesson.learned !== 'storage') continue;
      if (lesson.opaqueLength === undefined) continue;
      names.add(lesson.token);
      lengths.add(lesson.opaqueLength);
      since = Math.min(since, lesson.at);
    }
    if (names.size === 0) return [];
    const has = (raw: string): boolean => lengths.has(raw.length) && names.has(fingerprint(raw));
    return this.#kept.filter(({ exchange }) => {
      // Of one file's entries those from before are not searched: most token responses stand before all uses. Live, the
      // witnesses' clocks differ, and a page has kept a token since nobody knows when.
      if (exchange.witness === 'har' && exchange.at < since) return false;
      if (this.#searched >= MAX_SEARCHES) return false;
      this.#searched++;
      return extract(exchange, { lengths, has }).sightings.some(({ raw }) => has(raw));
    });
  }

  /** Takes the status of a response. */
  answered(id: string, status: number): void {
    const index = this.#kept.findLastIndex(({ exchange }) => exchange.id === id);
    const kept = this.#kept[index];
    if (kept === undefined || kept.exchange.response !== null) return;
    const response = { status, headers: [], body: { form: 'none' } } as const;
    this.#kept[index] = { ...kept, exchange: { ...kept.exchange, response } };
  }

  /** Forgets a tab's, as far as they began before a time in ms since the epoch. */
  forget(tab: number, before: number): void {
    this.#kept = this.#kept.filter(({ exchange }) => exchange.tab !== tab || exchange.at >= before);
    this.#total = this.#kept.reduce((sum, { length }) => sum + length, 0);
  }
}

/** What of an exchange can carry a token: its request, and where its response redirects to. */
function requestOf(exchange: HttpExchange): HttpExchange {
  const { response } = exchange;
  if (response === null) return exchange;
  const headers = response.headers.filter(({ name }) => name.toLowerCase() === 'location');
  return { ...exchange, response: { status: response.status, headers, body: { form: 'none' } } };
}

function lengthOf({ url, requestHeaders, requestBody, response, sentMessages }: HttpExchange): number {
  let length = url.length + (requestBody.form === 'text' ? requestBody.text.length : 0);
  for (const { name, value } of requestHeaders) length += name.length + value.length;
  for (const { value } of response?.headers ?? []) length += value.length;
  if (requestBody.form === 'fields')
    for (const { name, value } of requestBody.fields) length += name.length + value.length;
  for (const message of sentMessages ?? []) length += message.length;
  return length;
}
