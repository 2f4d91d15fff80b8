import browser from 'webextension-polyfill';
import { webOrigin } from '../core/syntax/url.ts';

const STORED_AT = 'observed-tabs';

/** How long a tab that was observed before the background stopped may take to say that it still is. */
const RETURN_WITHIN_MS = 5_000;

/**
 * Which tabs somebody looks at: those whose DevTools are open. Told by the devtools pages' ports, kept over the
 * background's sleep, and readable without waiting in Firefox, where it decides whether listeners are registered at all.
 */
export class ObservedTabs {
  readonly #ports = new Map<number, number>();
  readonly #origins = new Map<number, Set<string>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
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

  has(tab: number): boolean {
    return this.#ports.has(tab);
  }

  isEmpty(): boolean {
    return this.#ports.size === 0;
  }

  /** A page of this origin runs in the tab: what its service worker asks for, the tab asks for. */
  addOrigin(tab: number, origin: string): void {
    if (!this.#ports.has(tab)) return;
    const origins = this.#origins.get(tab) ?? new Set();
    if (origins.size < 100) this.#origins.set(tab, origins.add(origin));
  }

  /** The tabs that a request belongs to. Service and shared workers have none of their own: then those of their origin. */
  tabsOf(tab: number, initiator: string | null): readonly number[] {
    if (tab !== -1) return this.#ports.has(tab) ? [tab] : [];
    if (initiator === null) return [];
    return [...this.#ports.keys()].filter((observed) => this.#origins.get(observed)?.has(initiator) === true);
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
    this.#origins.delete(tab);
    this.#store();
  }

  #store(): void {
    const tabs = [...this.#ports.keys()];
    if (typeof localStorage !== 'undefined')
      localStorage.setItem(STORED_AT, tabs.length > 0 ? 'some' : 'none');
    // Full or gone: then the devtools pages, which connect again, tell what was observed.
    browser.storage.session.set({ [STORED_AT]: tabs }).catch(() => undefined);
    this.#changed();
  }
}
