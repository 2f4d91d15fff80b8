import type { HttpExchange } from '../core/model/exchange.ts';
import { webOrigin } from '../core/syntax/url.ts';

/** A host's cookies change seldom, and reading the network log takes time. */
const AGAIN_AFTER_MS = 20_000;

/** Origins that are remembered, of all tabs together. */
const MAX_ORIGINS = 1_000;

/**
 * Says for which requests the network log is asked what webRequest hides. Chromium shows it cookies and a WebSocket's
 * subprotocol only with `extraHeaders`, which cost a page's requests a tenth of their time more. Cookies go on every request to
 * their host: a look at some of them is enough.
 */
export class CookieLooks {
  readonly #looked = new Map<string, number>();

  /** @returns true for WebSockets, documents, and now and then for any other request to an origin */
  isDue({
    tab,
    method,
    url,
    at,
    destination,
  }: Pick<HttpExchange, 'tab' | 'method' | 'url' | 'at' | 'destination'>): boolean {
    // Preflights have no cookies (Fetch Standard §4.9).
    if (destination === 'asset' || method === 'OPTIONS') return false;
    const place = `${tab} ${webOrigin(url)}`;
    const last = this.#looked.get(place) ?? Number.NEGATIVE_INFINITY;
    const isAlways = destination === 'document' || /^wss?:/.test(url);
    if (!isAlways && at - last < AGAIN_AFTER_MS) return false;
    // The oldest first.
    this.#looked.delete(place);
    const [oldest] = this.#looked.size >= MAX_ORIGINS ? this.#looked.keys() : [];
    if (oldest !== undefined) this.#looked.delete(oldest);
    this.#looked.set(place, at);
    return true;
  }
}
