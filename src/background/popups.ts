import type { WebRequest } from 'webextension-polyfill';
import { webOrigin } from '../core/syntax/url.ts';
import { initiatorOf, type RequestOrigin } from '../observe/web-request.ts';
import type { ObservedTabs } from './observed-tabs.ts';
import type { RequestStore, TabStores } from './tab-stores.ts';

/** Tabs that were made since and did nothing yet, and log-ins under way: more than these are nobody's. */
const MAX_TABS = 64;

type Details = Pick<WebRequest.OnSendHeadersDetailsType, 'tabId' | 'type' | 'url'> & RequestOrigin;

/**
 * To which observed tabs a request belongs. An app may log in through a popup, which is a tab of its own: the documents
 * that it shows, from the authorization request to the one that comes back to the app, are told of as the app's. Its
 * other requests, and tabs that the app opens on its own pages, stay unobserved.
 */
export class Popups {
  readonly #tabs: Pick<ObservedTabs, 'has' | 'tabsOf' | 'addOrigin'>;
  readonly #stores: Pick<TabStores, 'of'>;
  readonly #new = new Set<number>();
  readonly #openers = new Map<number, { readonly tabs: readonly number[]; readonly origin: string }>();

  constructor(tabs: Pick<ObservedTabs, 'has' | 'tabsOf' | 'addOrigin'>, stores: Pick<TabStores, 'of'>) {
    this.#tabs = tabs;
    this.#stores = stores;
  }

  created(tab: number): void {
    const [oldest] = this.#new.size >= MAX_TABS ? this.#new : [];
    if (oldest !== undefined) this.#new.delete(oldest);
    this.#new.add(tab);
  }

  removed(tab: number): void {
    this.#new.delete(tab);
    this.#openers.delete(tab);
  }

  /** The tabs that a request belongs to; none where nobody looks. */
  tabsOf(details: Details): readonly number[] {
    const { tabId, type, url } = details;
    const initiator = initiatorOf(details);
    if (this.#tabs.has(tabId)) this.removed(tabId);
    const store = this.#stores.of(details);
    const own = this.#tabs.tabsOf(tabId, initiator, url, store);
    if (own.length > 0 || type !== 'main_frame' || tabId === -1) return own;
    return this.#openers.get(tabId)?.tabs ?? this.#opened(tabId, initiator, url, store);
  }

  /** A page of this origin runs in the tab. In a popup that is the end of the log-in, where it is the opener's. */
  addOrigin(tab: number, origin: string): void {
    if (this.#openers.get(tab)?.origin === origin) this.#openers.delete(tab);
    else this.#tabs.addOrigin(tab, origin);
  }

  #opened(tab: number, initiator: string | null, url: string, store: RequestStore): readonly number[] {
    if (!this.#new.delete(tab) || initiator === null || webOrigin(url) === initiator) return [];
    const tabs = this.#tabs.tabsOf(-1, initiator, url, store);
    if (tabs.length > 0 && this.#openers.size < MAX_TABS) this.#openers.set(tab, { tabs, origin: initiator });
    return tabs;
  }
}
