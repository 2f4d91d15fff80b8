import browser, { type WebRequest } from 'webextension-polyfill';
import type { HttpBody, HttpExchange } from '../core/model/exchange.ts';
import { bodyOf, fromWebRequest, initiatorOf, redirected } from '../observe/web-request.ts';
import type { ObservedTabs } from './observed-tabs.ts';

/** Requests of which no end is told (blocked, answered from a cache, endless) stay behind: the oldest are dropped. */
const MAX_UNDER_WAY = 2_000;

const FILTER: WebRequest.RequestFilter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };

export interface RequestWitness {
  /** A request leaves. */
  readonly observed: (exchange: HttpExchange) => void;
  /** It was answered. @param status the HTTP status */
  readonly answered: (exchange: HttpExchange, status: number) => void;
  /** It was answered with a redirect, which the exchange now tells of. */
  readonly redirected: (exchange: HttpExchange) => void;
}

/**
 * Listens to requests while somebody looks, and only then: {@link start} and {@link stop} may be called at any time,
 * `start` at the background's top level too.
 */
export class RequestObserver {
  readonly #tabs: ObservedTabs;
  readonly #witness: RequestWitness;
  readonly #bodies = new Map<string, HttpBody>();
  readonly #underWay = new Map<string, readonly HttpExchange[]>();
  readonly #ownOrigin = new URL(browser.runtime.getURL('')).origin;

  constructor(tabs: ObservedTabs, witness: RequestWitness) {
    this.#tabs = tabs;
    this.#witness = witness;
  }

  start(): void {
    if (browser.webRequest.onSendHeaders.hasListener(this.#onSendHeaders)) return;
    browser.webRequest.onBeforeRequest.addListener(this.#onBeforeRequest, FILTER, ['requestBody']);
    browser.webRequest.onSendHeaders.addListener(this.#onSendHeaders, FILTER, ['requestHeaders']);
    browser.webRequest.onBeforeRedirect.addListener(this.#onBeforeRedirect, FILTER);
    browser.webRequest.onCompleted.addListener(this.#onCompleted, FILTER);
  }

  stop(): void {
    browser.webRequest.onBeforeRequest.removeListener(this.#onBeforeRequest);
    browser.webRequest.onSendHeaders.removeListener(this.#onSendHeaders);
    browser.webRequest.onBeforeRedirect.removeListener(this.#onBeforeRedirect);
    browser.webRequest.onCompleted.removeListener(this.#onCompleted);
    this.#bodies.clear();
    this.#underWay.clear();
  }

  readonly #onBeforeRequest = (details: WebRequest.OnBeforeRequestDetailsType): undefined => {
    if (details.requestBody === undefined || details.requestBody === null) return;
    keep(this.#bodies, details.requestId, bodyOf(details.requestBody));
  };

  readonly #onSendHeaders = (details: WebRequest.OnSendHeadersDetailsType): void => {
    const body = this.#bodies.get(details.requestId) ?? null;
    this.#bodies.delete(details.requestId);
    const initiator = initiatorOf(details);
    if (initiator === this.#ownOrigin) return;
    const tabs = this.#tabs.tabsOf(details.tabId, initiator);
    if (tabs.length === 0) return;
    const exchanges = tabs.map((tab) => fromWebRequest(details, body, tab));
    keep(this.#underWay, details.requestId, exchanges);
    const page = details.type === 'main_frame' ? new URL(details.url).origin : initiator;
    for (const [index, exchange] of exchanges.entries()) {
      const tab = tabs[index];
      if (tab !== undefined && details.tabId !== -1 && page !== null) this.#tabs.addOrigin(tab, page);
      this.#witness.observed(exchange);
    }
  };

  readonly #onBeforeRedirect = (details: WebRequest.OnBeforeRedirectDetailsType): void => {
    const exchanges = this.#underWay.get(details.requestId) ?? [];
    // The next hop bears the same id.
    this.#underWay.delete(details.requestId);
    for (const exchange of exchanges) this.#witness.redirected(redirected(exchange, details));
  };

  readonly #onCompleted = (details: WebRequest.OnCompletedDetailsType): void => {
    const exchanges = this.#underWay.get(details.requestId) ?? [];
    this.#underWay.delete(details.requestId);
    for (const exchange of exchanges) this.#witness.answered(exchange, details.statusCode);
  };
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  const [oldest] = map.size >= MAX_UNDER_WAY ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
