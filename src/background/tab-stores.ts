import browser, { type WebRequest } from 'webextension-polyfill';

/** What a tab that was closed sends on its way out may come later than that it was closed. In ms. */
const FORGET_AFTER_MS = 60_000;

/** What a browser tells of where a request comes from: Firefox both, Chromium neither. */
type Details = Pick<WebRequest.OnSendHeadersDetailsType, 'tabId'> & {
  readonly incognito?: boolean;
  readonly cookieStoreId?: string;
};

/** Where a request comes from: null is what can't be told. */
export interface RequestStore {
  readonly isPrivate: boolean | null;
  /** Firefox's containers have one each. */
  readonly cookies: string | null;
}

/**
 * Which tabs are private, and which share their cookies: where the extension is allowed in private windows, it sees
 * these too. A tab that is not known is taken for a private one.
 */
export class TabStores {
  /** null: it can't be told. */
  readonly #private = new Map<number, boolean | null>();
  /** Told by the tabs' own requests: the tabs themselves say it only to who has the permission `cookies`. */
  readonly #cookies = new Map<number, string>();

  /** Learns of all tabs that are open. Never rejects: of what the browser does not tell nothing is known. */
  async learn(): Promise<void> {
    const open = await browser.tabs.query({}).catch(() => []);
    for (const tab of open) this.created(tab);
    const ids = new Set(open.map(({ id }) => id));
    for (const tab of this.#private.keys()) if (!ids.has(tab)) this.closed(tab);
  }

  /** Learns of all tabs where this one is not known. One that isn't there is then known as one that can't be told. */
  async learnOf(tab: number): Promise<void> {
    if (this.knows(tab)) return;
    await this.learn();
    if (this.knows(tab)) return;
    this.#private.set(tab, null);
    this.closed(tab);
  }

  created({ id, incognito }: { readonly id?: number; readonly incognito?: boolean }): void {
    if (id !== undefined) this.#private.set(id, incognito === true);
  }

  closed(tab: number): void {
    setTimeout(() => {
      this.#private.delete(tab);
      this.#cookies.delete(tab);
    }, FORGET_AFTER_MS);
  }

  knows(tab: number): boolean {
    return tab === -1 || this.#private.has(tab);
  }

  isPrivate(tab: number): boolean {
    return this.#private.get(tab) !== false;
  }

  /** Of a service worker's request Chromium tells nothing: with a private tab open, it may be of that. */
  mayBePrivate({ isPrivate }: RequestStore): boolean {
    return isPrivate ?? [...this.#private.values()].includes(true);
  }

  of({ tabId, incognito, cookieStoreId }: Details): RequestStore {
    if (tabId !== -1 && incognito !== undefined) this.#private.set(tabId, incognito);
    if (tabId !== -1 && cookieStoreId !== undefined) this.#cookies.set(tabId, cookieStoreId);
    return {
      isPrivate: incognito ?? (tabId === -1 ? null : this.isPrivate(tabId)),
      cookies: cookieStoreId ?? null,
    };
  }

  /** Whether a tab may have sent it, or its service worker. */
  isOf(tab: number, { isPrivate, cookies }: RequestStore): boolean {
    if (isPrivate !== null && this.isPrivate(tab) !== isPrivate) return false;
    const own = this.#cookies.get(tab);
    return own === undefined || cookies === null || own === cookies;
  }
}
