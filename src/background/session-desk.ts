import browser, { type Runtime } from 'webextension-polyfill';
import { IndexedDbArchive } from '../archive/indexed-db-archive.ts';
import type { Audit } from '../core/audit.ts';
import type { SessionScope } from '../core/model/session.ts';
import { siteOfUrl } from '../core/record/session-scope.ts';
import {
  type FromSessions,
  readFromSessions,
  type ScopeChoice,
  type ToSessions,
} from '../session-messages.ts';
import { Recorder } from './recorder.ts';
import type { TabStores } from './tab-stores.ts';

const MARKER = 'recording';
const ALARM = 'recording';

/**
 * Both browsers stop a background that is idle for 30 s, and Firefox then misses requests. Calls of the extension's API keep
 * Chromium's awake, alarms Firefox's; an alarm also wakes one that was stopped all the same.
 */
const KEEP_AWAKE_MS = 15_000;

/** Panels and popups are told no oftener than people can follow. */
const TELL_AFTER_MS = 200;

interface Visitor {
  readonly port: Runtime.Port;
  tab: number | null;
  site: string | null;
  isPrivate: boolean;
  isGone: boolean;
}

/** Where popup, panel and sessions page come with what they want of recorded sessions. */
export class SessionDesk {
  readonly recorder: Recorder;
  readonly #visitors = new Set<Visitor>();
  readonly #whenReady: (task: () => void | Promise<void>) => void;
  readonly #stores: Pick<TabStores, 'learn' | 'learnOf' | 'isPrivate'>;
  #isTellingDue = false;
  #awake: ReturnType<typeof setInterval> | null = null;

  constructor(
    audit: Audit,
    {
      whenReady,
      observe,
      stores,
    }: {
      readonly whenReady: (task: () => void | Promise<void>) => void;
      /** What is to be observed from now on. */
      readonly observe: (scope: SessionScope | null) => void;
      readonly stores: Pick<TabStores, 'learn' | 'learnOf' | 'isPrivate'>;
    },
  ) {
    this.#whenReady = whenReady;
    this.#stores = stores;
    this.recorder = new Recorder(audit, {
      archive: new IndexedDbArchive(),
      now: Date.now,
      newId: () => crypto.randomUUID(),
      source: browser.runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chrome',
      version: browser.runtime.getManifest().version,
      marker: {
        get: async () => {
          const stored: unknown = (await browser.storage.session.get(MARKER))[MARKER];
          return typeof stored === 'string' ? stored : null;
        },
        set: (id) =>
          id === null
            ? browser.storage.session.remove(MARKER)
            : browser.storage.session.set({ [MARKER]: id }),
      },
      after: (ms, callback) => {
        setTimeout(callback, ms);
      },
      scopeChanged: (scope) => {
        this.#keepAwake(scope !== null);
        observe(scope);
      },
      stateChanged: () => this.#tellSoon(),
    });
    // That it wakes us is all: a recording that was stopped goes on.
    browser.alarms.onAlarm.addListener(() => undefined);
  }

  connect(port: Runtime.Port): void {
    const visitor: Visitor = { port, tab: null, site: null, isPrivate: false, isGone: false };
    port.onMessage.addListener((message) => {
      const told = readFromSessions(message);
      if (told !== null) this.#whenReady(() => this.#serve(visitor, told));
    });
    // Not before what it said earlier, which may still wait.
    port.onDisconnect.addListener(() => {
      this.#whenReady(() => {
        visitor.isGone = true;
        this.#visitors.delete(visitor);
      });
    });
  }

  async #serve(visitor: Visitor, told: FromSessions): Promise<void> {
    const { recorder } = this;
    switch (told.type) {
      case 'sessions/watch':
        visitor.tab = told.tab;
        visitor.isPrivate = await this.#isPrivate(told.tab);
        visitor.site = told.tab === null || visitor.isPrivate ? null : await siteOfTab(told.tab);
        if (visitor.isGone) return;
        this.#visitors.add(visitor);
        this.#tell(visitor);
        return;
      case 'sessions/start': {
        const scope = await this.#scopeOf(told.scope, visitor.tab);
        if (scope === null) return;
        await this.#stores.learn();
        await recorder.start(told.name, scope);
        return;
      }
      case 'sessions/continue': {
        const scope = await this.#scopeOf(visitor.site === null ? 'all' : 'site', visitor.tab);
        if (scope === null) return;
        await this.#stores.learn();
        await recorder.continue(told.id, scope);
        return;
      }
      case 'sessions/pause':
        return recorder.pause();
      case 'sessions/resume':
        await this.#stores.learn();
        return recorder.resume();
      case 'sessions/stop':
        return recorder.stop();
      case 'sessions/step':
        return recorder.step(told.kind, told.note);
      case 'sessions/rename':
        return recorder.rename(told.id, told.name);
      case 'sessions/delete':
        return recorder.remove(told.id);
      case 'sessions/flush':
        return recorder.flush();
      case 'sessions/open-page':
        await browser.tabs.create({ url: browser.runtime.getURL('src/sessions/sessions.html') });
    }
  }

  async #isPrivate(tab: number | null): Promise<boolean> {
    if (tab === null) return false;
    await this.#stores.learnOf(tab);
    return this.#stores.isPrivate(tab);
  }

  async #scopeOf(choice: ScopeChoice, tab: number | null): Promise<SessionScope | null> {
    // Not even a name or a site of a private window's goes to the disk.
    if (await this.#isPrivate(tab)) return null;
    if (choice === 'all') return { of: 'all' };
    if (tab === null) return null;
    if (choice === 'tab') return { of: 'tab', tab };
    const site = await siteOfTab(tab);
    return site === null ? null : { of: 'site', site };
  }

  #tellSoon(): void {
    if (this.#isTellingDue) return;
    this.#isTellingDue = true;
    setTimeout(() => {
      this.#isTellingDue = false;
      for (const visitor of this.#visitors) this.#tell(visitor);
    }, TELL_AFTER_MS);
  }

  #tell({ port, site, isPrivate }: Visitor): void {
    const state = { type: 'sessions/state', ...this.recorder.state(), site, isPrivate } satisfies ToSessions;
    try {
      port.postMessage(state);
    } catch {
      // It was closed, and its port has not said so yet.
    }
  }

  #keepAwake(isRecording: boolean): void {
    if (isRecording === (this.#awake !== null)) return;
    if (this.#awake !== null) clearInterval(this.#awake);
    this.#awake = isRecording
      ? setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_AWAKE_MS)
      : null;
    // Chromium takes 30 s for anything less.
    if (isRecording) browser.alarms.create(ALARM, { periodInMinutes: KEEP_AWAKE_MS / 60_000 });
    else void browser.alarms.clear(ALARM);
    const text = isRecording ? 'rec' : '';
    browser.action.setBadgeText({ text }).catch(() => undefined);
  }
}

async function siteOfTab(tab: number): Promise<string | null> {
  return browser.tabs.get(tab).then(
    ({ url }) => siteOfUrl(url ?? ''),
    () => null,
  );
}
