import browser from 'webextension-polyfill';
import type { SessionScope } from '../core/model/session.ts';
import { isInScope } from '../core/record/session-scope.ts';
import { webOrigin } from '../core/syntax/url.ts';
import type { RequestStore, TabStores } from './tab-stores.ts';

const STORED_AT = 'observed-tabs';

/** How long a tab that was observed before the background stopped may take to say that it still is. */
const RETURN_WITHIN_MS = 5_000;

/**
 * Which tabs somebody looks at: those whose DevTools are open, and those in the scope of a recording, which takes no private ones. Told by the devtools pages' ports, kept over the
 * background's sleep, and readable without waiting in Firefox, where it decides whether listeners are registered at all.
 */
export class ObservedTabs {
  readonly #ports = new Map<number, number>();
  readonly #origins = new Map<number, Set<string>>();
  readonly #changed: () => void;
  readonly #stores: Pick<TabStores, 'isPrivate' | 'isOf'>;
  #scope: SessionScope | null = null;

  constructor(changed: () => void, stores: Pick<TabStores, 'isPrivate' | 'isOf'>) {
    this.#changed = changed;
    this.#stores = stores;
  }

  /**
   * Whether to listen before anything could be read from storage. Firefox remembers a listener of the top level for
   * ever, so it is registered only while observing, which `localStorage` tells; Chromium's worker has none, and forgets
   * a listener that is taken away again.
   */
  static mayBeObserving(): boolean {
    return typeof localStorage === 'undefined' || localStorage.getItem(STORED_AT) === 'some';
  }

  /** Takes back what was observed before the background stopped; who does not come back is dropped. */
  async restore(): Promise<void> {
    const stored: unknown = (await browser.storage.session.get(STORED_AT))[STORED_AT];
    const tabs = Array.isArray(stored) ? stored.filter((tab) => typeof tab === 'number') : [];
    const awaited = tabs.filter((tab) => !this.#ports.has(tab));
    for (const tab of awaited) this.#ports.set(tab, 0);
    await Promise.all(awaited.map((tab) => this.#learnOrigin(tab)));
    this.#store();
    if (awaited.length === 0) return;
    setTimeout(() => {
      for (const tab of awaited) if (this.#ports.get(tab) === 0) this.#drop(tab);
    }, RETURN_WITHIN_MS);
  }

  async add(tab: number): Promise<void> {
    this.#ports.set(tab, (this.#ports.get(tab) ?? 0) + 1);
    this.#store();
    await this.#learnOrigin(tab);
  }

  remove(tab: number): void {
    const ports = this.#ports.get(tab) ?? 0;
    if (ports > 1) this.#ports.set(tab, ports - 1);
    else this.#drop(tab);
  }

  /** The tab was closed: its pages' service workers ask for nothing in its name any more. */
  closed(tab: number): void {
    if (!this.#ports.has(tab)) this.#origins.delete(tab);
  }

  has(tab: number): boolean {
    return this.#ports.has(tab);
  }

  /** True also for a tab that a recording takes; of a site's, once a page of the site was seen there. */
  isWatched(tab: number): boolean {
    const origins = [...(this.#origins.get(tab) ?? []), ''];
    return this.#ports.has(tab) || origins.some((origin) => this.#isRecorded(tab, origin, origin));
  }

  isEmpty(): boolean {
    return this.#ports.size === 0 && this.#scope === null;
  }

  /** Takes what is observed for a recording, also where no DevTools are open. Resolves once open tabs are known. */
  async record(scope: SessionScope | null): Promise<void> {
    this.#scope = scope;
    for (const tab of this.#origins.keys())
      if (scope === null && !this.#ports.has(tab)) this.#origins.delete(tab);
    this.#store();
    if (scope === null) return;
    const open =
      scope.of === 'tab' ? [scope.tab] : (await browser.tabs.query({})).flatMap(({ id }) => id ?? []);
    await Promise.all(open.map((tab) => this.#learnOrigin(tab)));
  }

  /** A page of this origin runs in the tab: what its service worker asks for, the tab asks for. */
  addOrigin(tab: number, origin: string): void {
    if (!this.#ports.has(tab) && !this.#isRecorded(tab, origin, origin)) return;
    const origins = this.#origins.get(tab) ?? new Set();
    if (origins.size < 100) this.#origins.set(tab, origins.add(origin));
  }

  /**
   * The tabs that a request belongs to. Service and shared workers have none of their own: then those of their origin that
   * share its store.
   */
  tabsOf(tab: number, initiator: string | null, url: string, store: RequestStore): readonly number[] {
    if (tab !== -1) return this.#ports.has(tab) || this.#isRecorded(tab, initiator, url) ? [tab] : [];
    if (initiator === null) return [];
    const tabs = [...this.#origins].filter(([, origins]) => origins.has(initiator)).map(([known]) => known);
    return tabs.filter(
      (known) =>
        this.#stores.isOf(known, store) &&
        (this.#ports.has(known) || this.#isRecorded(known, initiator, url)),
    );
  }

  #isRecorded(tab: number, initiator: string | null, url: string): boolean {
    return (
      this.#scope !== null && !this.#stores.isPrivate(tab) && isInScope(this.#scope, { tab, initiator, url })
    );
  }

  async #learnOrigin(tab: number): Promise<void> {
    const origin = await browser.tabs.get(tab).then(
      ({ url }) => webOrigin(url ?? ''),
      () => null,
    );
    if (origin !== null) this.addOrigin(tab, origin);
  }

  #drop(tab: number): void {
    this.#ports.delete(tab);
    if (this.#scope === null) this.#origins.delete(tab);
    this.#store();
  }

  #store(): void {
    const tabs = [...this.#ports.keys()];
    if (typeof localStorage !== 'undefined')
      localStorage.setItem(STORED_AT, this.isEmpty() ? 'none' : 'some');
    // Full or gone: then the devtools pages, which connect again, tell what was observed.
    browser.storage.session.set({ [STORED_AT]: tabs }).catch(() => undefined);
    this.#changed();
  }
}
