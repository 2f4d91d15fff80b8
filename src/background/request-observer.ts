import browser, { type WebRequest } from 'webextension-polyfill';
import type { HttpBody, HttpExchange } from '../core/model/exchange.ts';
import { bodyOf, fromWebRequest, initiatorOf } from '../observe/web-request.ts';
import type { ObservedTabs } from './observed-tabs.ts';

/** Requests that never leave (blocked, answered from a cache) leave their body behind: the oldest are dropped. */
const MAX_WAITING_BODIES = 500;

const FILTER: WebRequest.RequestFilter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };

/**
 * Listens to requests while somebody looks, and only then: {@link start} and {@link stop} may be called at any time,
 * `start` at the background's top level too.
 */
export class RequestObserver {
  readonly #tabs: ObservedTabs;
  readonly #observed: (exchange: HttpExchange) => void;
  readonly #bodies = new Map<string, HttpBody>();
  readonly #ownOrigin = new URL(browser.runtime.getURL('')).origin;

  constructor(tabs: ObservedTabs, observed: (exchange: HttpExchange) => void) {
    this.#tabs = tabs;
    this.#observed = observed;
  }

  start(): void {
    if (browser.webRequest.onSendHeaders.hasListener(this.#onSendHeaders)) return;
    browser.webRequest.onBeforeRequest.addListener(this.#onBeforeRequest, FILTER, ['requestBody']);
    browser.webRequest.onSendHeaders.addListener(this.#onSendHeaders, FILTER, ['requestHeaders']);
  }

  stop(): void {
    browser.webRequest.onBeforeRequest.removeListener(this.#onBeforeRequest);
    browser.webRequest.onSendHeaders.removeListener(this.#onSendHeaders);
    this.#bodies.clear();
  }

  readonly #onBeforeRequest = (details: WebRequest.OnBeforeRequestDetailsType): undefined => {
    if (details.requestBody === undefined || details.requestBody === null) return;
    if (this.#bodies.size >= MAX_WAITING_BODIES) {
      const [oldest] = this.#bodies.keys();
      if (oldest !== undefined) this.#bodies.delete(oldest);
    }
    this.#bodies.set(details.requestId, bodyOf(details.requestBody));
  };

  readonly #onSendHeaders = (details: WebRequest.OnSendHeadersDetailsType): void => {
    const body = this.#bodies.get(details.requestId) ?? null;
    this.#bodies.delete(details.requestId);
    const initiator = initiatorOf(details);
    if (initiator === this.#ownOrigin) return;
    for (const tab of this.#tabs.tabsOf(details.tabId, initiator)) {
      const page = details.type === 'main_frame' ? new URL(details.url).origin : initiator;
      if (details.tabId !== -1 && page !== null) this.#tabs.addOrigin(tab, page);
      this.#observed(fromWebRequest(details, body, tab));
    }
  };
}
