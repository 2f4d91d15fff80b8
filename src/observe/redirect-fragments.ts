import type { HttpExchange } from '../core/model/exchange.ts';
import { headerOf } from './har-entry.ts';

/** Redirects whose next request has not come yet; of more, the oldest are forgotten. */
const MAX_WAITING = 64;
/** A browser follows at once. */
const FOLLOWED_WITHIN_MS = 30_000;

/**
 * Recordings name a request without its fragment, which never leaves the browser; but the redirect that led there says it
 * (RFC 9110 §10.2.2), and authorization responses travel so (OAuth 2.0 Multiple Response Types §5). Gives the request what the
 * page saw.
 */
export class RedirectFragments {
  /** By where they lead, without the fragment. */
  readonly #waiting = new Map<string, { readonly fragment: string; readonly until: number }>();

  /** Takes exchanges in the order in which they began. @returns the exchange, with the fragment that a redirect gave it */
  follow(exchange: HttpExchange): HttpExchange {
    const { url, at, response } = exchange;
    const led = this.#waiting.size === 0 ? undefined : this.#waiting.get(url);
    if (led !== undefined) this.#waiting.delete(url);
    // Few are redirects: of the others no header is looked at.
    const isRedirect = response !== null && response.status >= 300 && response.status <= 399;
    const target = isRedirect
      ? redirectTarget(url, response.status, headerOf(response.headers, 'location'))
      : null;
    if (target !== null) {
      const [oldest] = this.#waiting.size >= MAX_WAITING ? this.#waiting.keys() : [];
      if (oldest !== undefined) this.#waiting.delete(oldest);
      const until = at + (response?.tookMs ?? 0) + FOLLOWED_WITHIN_MS;
      this.#waiting.set(target.url, { fragment: target.fragment, until });
    }
    return led === undefined || at > led.until ? exchange : { ...exchange, url: url + led.fragment };
  }
}

/**
 * @param location the value of the Location header
 * @returns where a response leads to, where that has a fragment: the URL without it, and the fragment with its `#`
 */
export function redirectTarget(
  from: string,
  status: number,
  location: string | null,
): { readonly url: string; readonly fragment: string } | null {
  if (status < 300 || status > 399 || !location?.includes('#') || !URL.canParse(location, from)) return null;
  const { href, hash: fragment } = new URL(location, from);
  return fragment === '' ? null : { url: href.slice(0, href.length - fragment.length), fragment };
}
