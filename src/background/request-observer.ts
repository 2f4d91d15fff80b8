import browser, { type WebRequest } from 'webextension-polyfill';
import type { HttpExchange } from '../core/model/exchange.ts';
import { type Withheld, withheld } from '../core/syntax/withheld.ts';
import { bodyOf, fromWebRequest, idPrefix, initiatorOf, redirected } from '../observe/web-request.ts';
import { Bodies, MAX_UNDER_WAY, remainder } from './bodies.ts';
import type { Popups } from './popups.ts';
import type { TabStores } from './tab-stores.ts';

const FILTER: WebRequest.RequestFilter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };

export interface RequestWitness {
  /** A request leaves. */
  readonly observed: (exchange: HttpExchange) => void;
  /** A request of a private window, or that may be of one, leaves, and nobody looks at it. */
  readonly leftOut: (request: {
    readonly tab: number;
    readonly url: string;
    readonly initiator: string | null;
  }) => void;
  /** It was answered. @param status the HTTP status */
  readonly answered: (exchange: HttpExchange, status: number) => void;
  /** It was answered with a redirect, which the exchange now tells of. */
  readonly redirected: (exchange: HttpExchange) => void;
  /** The id under which a request was observed before the background slept; null where it was not. */
  readonly knownAs: (exchange: HttpExchange, prefix: string) => string | null;
}

/**
 * Listens to requests while somebody looks, and only then: {@link start} and {@link stop} may be called at any time,
 * `start` at the background's top level too.
 */
export class RequestObserver {
  readonly #tabs: Pick<Popups, 'tabsOf' | 'addOrigin'>;
  readonly #witness: RequestWitness;
  readonly #whenReady: (task: () => void, tab: number) => void;
  readonly #stores: Pick<TabStores, 'of' | 'mayBePrivate'>;
  readonly #bodies = new Bodies();
  readonly #underWay = new Map<string, readonly HttpExchange[]>();
  readonly #ownOrigin = new URL(browser.runtime.getURL('')).origin;

  /** @param whenReady runs a task about a tab once it is known again which are observed, and which store this one has: what woke us is not judged before */
  constructor(
    tabs: Pick<Popups, 'tabsOf' | 'addOrigin'>,
    witness: RequestWitness,
    whenReady: (task: () => void, tab: number) => void,
    stores: Pick<TabStores, 'of' | 'mayBePrivate'>,
  ) {
    this.#stores = stores;
    this.#tabs = tabs;
    this.#witness = witness;
    this.#whenReady = whenReady;
  }

  start(): void {
    if (browser.webRequest.onSendHeaders.hasListener(this.#onSendHeaders)) return;
    browser.webRequest.onBeforeRequest.addListener(this.#onBeforeRequest, FILTER, ['requestBody']);
    browser.webRequest.onSendHeaders.addListener(this.#onSendHeaders, FILTER, ['requestHeaders']);
    browser.webRequest.onBeforeRedirect.addListener(this.#onBeforeRedirect, FILTER);
    browser.webRequest.onCompleted.addListener(this.#onCompleted, FILTER);
    browser.webRequest.onErrorOccurred.addListener(this.#onErrorOccurred, FILTER);
  }

  stop(): void {
    browser.webRequest.onBeforeRequest.removeListener(this.#onBeforeRequest);
    browser.webRequest.onSendHeaders.removeListener(this.#onSendHeaders);
    browser.webRequest.onBeforeRedirect.removeListener(this.#onBeforeRedirect);
    browser.webRequest.onCompleted.removeListener(this.#onCompleted);
    browser.webRequest.onErrorOccurred.removeListener(this.#onErrorOccurred);
    this.#bodies.clear();
    this.#underWay.clear();
  }

  readonly #onBeforeRequest = (details: WebRequest.OnBeforeRequestDetailsType): undefined => {
    const { requestBody } = details;
    if (requestBody === undefined || requestBody === null) return;
    this.#whenReady(() => {
      // What a tab sends that nobody looks at is not even read.
      if (this.#tabs.tabsOf(details).length === 0) return;
      this.#bodies.put(details.requestId, bodyOf(requestBody));
    }, details.tabId);
  };

  readonly #onSendHeaders = (details: WebRequest.OnSendHeadersDetailsType): void => {
    this.#whenReady(() => this.#sent(details), details.tabId);
  };

  #sent(details: WebRequest.OnSendHeadersDetailsType): void {
    const body = this.#bodies.take(details.requestId);
    const initiator = initiatorOf(details);
    if (initiator === this.#ownOrigin) return;
    const tabs = this.#tabs.tabsOf(details);
    const isPrivate = this.#isPrivate(details);
    if (tabs.length === 0) {
      const { tabId: tab, url } = details;
      if (isPrivate && (tab !== -1 || initiator !== null)) this.#witness.leftOut({ tab, url, initiator });
      return;
    }
    // A browser sends it anew by itself where a connection was lost, or HTTP authentication asked for: it is one request.
    const before = (this.#underWay.get(details.requestId) ?? []).filter(
      ({ url, method }) => url === details.url && method === details.method,
    );
    const exchanges = tabs.map((tab, index) => {
      const exchange = fromWebRequest(details, body, tab, whyWithheld(isPrivate, index));
      return { ...exchange, id: before.find((one) => one.tab === tab)?.id ?? exchange.id };
    });
    const held = exchanges.map((one) => ({ ...one, requestBody: remainder(one.requestBody) }));
    keep(this.#underWay, details.requestId, held);
    const page = details.type === 'main_frame' ? new URL(details.url).origin : initiator;
    for (const [index, exchange] of exchanges.entries()) {
      const tab = tabs[index];
      if (tab !== undefined && details.tabId !== -1 && page !== null)
        this.#tabs.addOrigin(details.tabId, page);
      this.#witness.observed(exchange);
    }
  }

  readonly #onBeforeRedirect = (details: WebRequest.OnBeforeRedirectDetailsType): void => {
    this.#whenReady(() => {
      // The next hop bears the same id.
      const underWay = this.#end(details.requestId);
      // Where its sending was not told (the browser answered it itself, or we were not there yet), the redirect still is.
      const exchanges = underWay.length > 0 ? underWay : this.#redirectOf(details);
      for (const exchange of exchanges) this.#witness.redirected(redirected(exchange, details));
    }, details.tabId);
  };

  #redirectOf(details: WebRequest.OnBeforeRedirectDetailsType): readonly HttpExchange[] {
    // An upgrade to https that the browser makes by itself (HSTS, RFC 6797 §8.3) sent nothing over http.
    const isUpgrade = details.redirectUrl === details.url.replace(/^(http|ws):/, '$1s:');
    return isUpgrade ? [] : this.#exchangesOf(details);
  }

  #exchangesOf(
    details: WebRequest.OnBeforeRedirectDetailsType | WebRequest.OnCompletedDetailsType,
  ): readonly HttpExchange[] {
    if (initiatorOf(details) === this.#ownOrigin) return [];
    const isPrivate = this.#isPrivate(details);
    return this.#tabs.tabsOf(details).map((tab, index) => {
      const why = whyWithheld(isPrivate, index);
      const exchange = fromWebRequest(details, null, tab, why);
      return { ...exchange, id: this.#witness.knownAs(exchange, idPrefix(details, why)) ?? exchange.id };
    });
  }

  #isPrivate(details: Parameters<TabStores['of']>[0]): boolean {
    return this.#stores.mayBePrivate(this.#stores.of(details));
  }

  readonly #onCompleted = (details: WebRequest.OnCompletedDetailsType): void => {
    this.#whenReady(() => {
      const underWay = this.#end(details.requestId);
      // What was sent before the background slept is known by its id alone.
      const exchanges =
        underWay.length > 0
          ? underWay
          : this.#exchangesOf(details).filter(
              (exchange) =>
                this.#witness.knownAs(exchange, idPrefix(details, withheld(exchange.id))) !== null,
            );
      for (const exchange of exchanges) this.#witness.answered(exchange, details.statusCode);
    }, details.tabId);
  };

  readonly #onErrorOccurred = (details: WebRequest.OnErrorOccurredDetailsType): void => {
    this.#whenReady(() => void this.#end(details.requestId), details.tabId);
  };

  /** @returns the exchanges of a request that ended, which are forgotten with its body */
  #end(requestId: string): readonly HttpExchange[] {
    const exchanges = this.#underWay.get(requestId) ?? [];
    this.#underWay.delete(requestId);
    this.#bodies.take(requestId);
    return exchanges;
  }
}

/** Of a request that belongs to several tabs, a recording keeps the first one's. */
function whyWithheld(isPrivate: boolean, index: number): Withheld | null {
  if (index > 0) return isPrivate ? 'private-copy' : 'copy';
  return isPrivate ? 'private' : null;
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  const [oldest] = map.size >= MAX_UNDER_WAY ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
