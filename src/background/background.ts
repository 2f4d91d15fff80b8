/**
 * The background: the only writer of the session. Wiring and nothing else; listeners are registered before anything is
 * awaited, so that whatever woke us is heard.
 */
import '../language.ts';

import browser, { type Runtime } from 'webextension-polyfill';
import { Audit, type AuditChange } from '../core/audit.ts';
import type { Configuration } from '../core/model/configuration.ts';
import type { HttpExchange } from '../core/model/exchange.ts';
import { webOrigin } from '../core/syntax/url.ts';
import { withhold } from '../core/syntax/withheld.ts';
import {
  type FromDevtools,
  PORTS,
  readFromDevtools,
  readFromPanel,
  readFromPopup,
  type ToPopup,
} from '../messages.ts';
import { mayTeachByResponse } from '../observe/teaching.ts';
import { currentAccess } from './access.ts';
import { Badge } from './badge.ts';
import { ConfigurationReader } from './configuration-reader.ts';
import { CookieLooks } from './cookie-looks.ts';
import { DevtoolsPorts } from './devtools-ports.ts';
import { IssuerDesk } from './issuer-desk.ts';
import { ObservedTabs } from './observed-tabs.ts';
import { PanelFeed } from './panel-feed.ts';
import { Popups } from './popups.ts';
import { RequestObserver } from './request-observer.ts';
import { SessionDesk } from './session-desk.ts';
import { SessionStore } from './session-store.ts';
import { StartGate } from './start-gate.ts';
import { StorageLooks } from './storage-looks.ts';
import { TabStores } from './tab-stores.ts';

const audit = new Audit();
const store = new SessionStore(audit);
const badge = new Badge();
const feeds = new Set<PanelFeed>();
const stores = new TabStores();
const tabs = new ObservedTabs(() => settle(), stores);
const issuers = new IssuerDesk(audit, apply, (message) => {
  for (const feed of feeds) feed.tell(message);
});
const configured = new ConfigurationReader((configuration) => whenReady(() => configure(configuration)));
const popups = new Popups(tabs, stores);
const knownAs = (exchange: HttpExchange, prefix: string) => audit.knownAs(exchange, prefix);
const observer = new RequestObserver(
  popups,
  { observed: observe, leftOut: (request) => desk.recorder.leftOut(request), answered, redirected, knownAs },
  whenStoreKnown,
  stores,
);
const looks = new CookieLooks();
const storageLooks = new StorageLooks();
const desk = new SessionDesk(audit, {
  whenReady,
  observe: (scope) => void tabs.record(scope),
  stores,
});
const devtools = new DevtoolsPorts();
/** When each tab's log was cleared, in ms since the epoch: DevTools may tell later of what was made before. */
const cleared = new Map<number, number>();

if (ObservedTabs.mayBeObserving()) observer.start();
browser.runtime.onConnect.addListener((port) => {
  if (port.name === PORTS.devtools) connectDevtools(port);
  else if (port.name === PORTS.panel) connectPanel(port);
  else if (port.name === PORTS.popup) connectPopup(port);
  else if (port.name === PORTS.sessions) desk.connect(port);
});
browser.permissions.onAdded.addListener(() => void tellAccess());
browser.permissions.onRemoved.addListener(() => void tellAccess());

const gate = new StartGate(restore, () => audit.unseen('internal_error'));
// Before all that came meanwhile.
whenReady(wake);

async function restore(): Promise<void> {
  audit.configure(await configured.read(), Date.now());
  await stores.learn();
  await store.restore().catch(() => audit.unseen('internal_error'));
  await issuers.restore().catch(() => audit.unseen('internal_error'));
  await tabs.restore().catch(() => audit.unseen('internal_error'));
  await desk.recorder.restore();
}

async function wake(): Promise<void> {
  for (const id of audit.ids()) showOnBadge(id);
  settle();
  issuers.start();
  for (const tab of audit.tabs()) await clearIfGone(tab);
}

/** Everything that needs the session waits for it, in the order in which it came. */
function whenReady(task: () => void | Promise<void>): void {
  gate.whenOpen(task);
}

/** What is about a tab waits until it is known whether that is private. */
function whenStoreKnown(task: () => void, tab: number): void {
  if (!stores.knows(tab)) gate.hold(() => stores.learnOf(tab));
  whenReady(task);
}

function isGone(tab: number): Promise<boolean> {
  return browser.tabs.get(tab).then(
    () => false,
    () => true,
  );
}

/** Listens exactly while somebody looks. */
function settle(): void {
  if (!gate.isOpen) return;
  if (tabs.isEmpty()) {
    observer.stop();
    browser.tabs.onCreated.removeListener(onTabCreated);
    browser.tabs.onRemoved.removeListener(onTabRemoved);
    browser.tabs.onUpdated.removeListener(onNavigated);
  } else {
    observer.start();
    if (!browser.tabs.onCreated.hasListener(onTabCreated)) {
      browser.tabs.onCreated.addListener(onTabCreated);
      browser.tabs.onRemoved.addListener(onTabRemoved);
    }
    if (!browser.tabs.onUpdated.hasListener(onNavigated)) browser.tabs.onUpdated.addListener(onNavigated);
  }
}

function onTabCreated(tab: { readonly id?: number; readonly incognito?: boolean }): void {
  const { id } = tab;
  stores.created(tab);
  if (id !== undefined) popups.created(id);
}

function onTabRemoved(tab: number): void {
  popups.removed(tab);
  stores.closed(tab);
  tabs.closed(tab);
}

function onNavigated(tab: number): void {
  if (tabs.has(tab)) badge.show(tab);
}

function observe(exchange: HttpExchange, again = false): void {
  try {
    const change = desk.recorder.watch(exchange, () => audit.observe(exchange, again));
    apply(change);
    if (!again && storageLooks.isDue(exchange.tab, exchange.at, audit.tokensOfUnknownOrigin(change.tokens)))
      devtools.ask(exchange.tab, { type: 'devtools/read-storage' });
  } catch {
    // One request that we fail on must not end the observing of all others.
    audit.unseen('internal_error');
  }
}

function observeInDevtools(exchange: HttpExchange, tab: number | null, again = false): void {
  const isForgotten = tab !== null && exchange.at < (cleared.get(tab) ?? Number.NEGATIVE_INFINITY);
  if (isForgotten) return;
  const why = tab !== null && stores.isPrivate(tab) ? 'private' : null;
  observe({ ...exchange, tab, id: withhold(exchange.id, why) }, again);
}

/** What webRequest can't show is asked of DevTools, where it can teach something. */
function answered(exchange: HttpExchange, status: number): void {
  apply(audit.answered(exchange.id, status));
  const body = status >= 200 && status < 300 && mayTeachByResponse(exchange);
  // Only DevTools show bodies: without them what it says was not seen.
  if (body && exchange.tab !== null && !tabs.has(exchange.tab)) {
    desk.recorder.unseen(exchange, 'body_not_available');
  }
  const isLookDue = looks.isDue(exchange);
  // A challenge may say where the resource's metadata is (RFC 9728 §5.1).
  if (exchange.tab === null || (!body && !isLookDue && status !== 401)) return;
  const { id, method, url, at, tab } = exchange;
  const wanted = { exchange: id, method, url, at, body };
  devtools.ask(tab, { type: 'devtools/read', wanted });
}

function redirected(exchange: HttpExchange): void {
  if (exchange.response !== null) apply(audit.answered(exchange.id, exchange.response.status));
  observe(exchange, true);
}

let configurations = 0;

/** Everything is judged anew, while observing goes on; what is kept of it does not change by that. */
async function configure(configuration: Configuration): Promise<void> {
  const mine = ++configurations;
  for (const change of audit.configuring(configuration, Date.now())) {
    const { exchanges } = change;
    for (const feed of feeds) feed.update(exchanges);
    desk.recorder.changed(change);
    for (const id of exchanges) showOnBadge(id);
    await new Promise((resolve) => setTimeout(resolve, 0));
    // A newer one judges all of it.
    if (mine !== configurations) return;
  }
  issuers.verify([]);
}

/** Keeps and shows what a step changed, and verifies what now can be. */
function apply(change: AuditChange): void {
  // Also where nothing is new the panel's count of requests is.
  for (const feed of feeds) feed.update(change.exchanges);
  if (change.exchanges.size === 0 && change.tokens.size === 0 && change.lessons.length === 0) return;
  store.save(change);
  desk.recorder.changed(change);
  for (const id of change.exchanges) showOnBadge(id);
  issuers.verify(change.tokens);
}

function showOnBadge(id: string): void {
  const row = audit.row(id);
  const tab = audit.record(id)?.tab ?? null;
  if (row !== null && tab !== null) badge.update(tab, row);
}

function connectDevtools(port: Runtime.Port): void {
  let tab: number | null = null;
  port.onMessage.addListener((message) => {
    const told = readFromDevtools(message);
    const about = told?.type === 'devtools/observe' ? told.tab : (tab ?? -1);
    whenStoreKnown(() => {
      if (told === null) audit.unseen('internal_error');
      else if (told.type === 'devtools/observe' && tab === null) {
        tab = told.tab;
        devtools.add(tab, port);
        void tabs.add(tab);
      } else if (told.type === 'devtools/exchanges') {
        for (const exchange of told.exchanges) observeInDevtools(exchange, tab);
      } else if (told.type === 'devtools/storage') void learnStored(tab, told);
      else if (told.type === 'devtools/response') observeInDevtools(told.exchange, tab, true);
    }, about);
  });
  port.onDisconnect.addListener(() => {
    whenReady(() => {
      if (tab === null) return;
      devtools.remove(tab, port);
      tabs.remove(tab);
      return clearIfGone(tab);
    });
  });
}

/** A page speaks for its own origin only, and it may be gone by now. */
async function learnStored(
  tab: number | null,
  { origin, entries, at }: Extract<FromDevtools, { readonly type: 'devtools/storage' }>,
): Promise<void> {
  const page = tab === null ? undefined : await browser.tabs.get(tab).catch(() => undefined);
  if (tab === null || webOrigin(page?.url ?? '') !== origin) return;
  apply(audit.stored(origin, entries, at, withhold('storage', stores.isPrivate(tab) ? 'private' : null)));
}

/** What was found stays as long as the tab does. */
async function clearIfGone(tab: number): Promise<void> {
  if (!(await isGone(tab))) return;
  await clear(tab);
  cleared.delete(tab);
}

function connectPanel(port: Runtime.Port): void {
  let feed: PanelFeed | null = null;
  port.onMessage.addListener((message) => {
    const told = readFromPanel(message);
    whenReady(() => {
      switch (told?.type) {
        case 'panel/open':
          if (feed !== null) return;
          feed = new PanelFeed(told.tab, port, audit);
          feeds.add(feed);
          feed.reset();
          feed.tell(issuers.asked());
          void tellAccess();
          return;
        case 'panel/select':
          feed?.select(told.exchange);
          return;
        case 'panel/watch':
          feed?.watch(told.view);
          return;
        case 'panel/raw-token':
          feed?.rawToken(told.token);
          return;
        case 'panel/clear':
          if (feed !== null) void clear(feed.tab, told.before);
          return;
        case 'panel/approve-issuer':
        case 'panel/check-again':
        case 'panel/give-keys':
        case 'panel/give-secret':
          whenReady(() => issuers.take(told, port));
          return;
        case 'panel/open-access-page':
          void browser.tabs.create({ url: browser.runtime.getURL('src/popup/popup.html?access') });
      }
    });
  });
  port.onDisconnect.addListener(() => {
    whenReady(() => {
      if (feed === null) return;
      feed.close();
      feeds.delete(feed);
    });
  });
}

function connectPopup(port: Runtime.Port): void {
  port.onMessage.addListener((message) => {
    const told = readFromPopup(message);
    if (told === null) return;
    whenReady(async () => {
      const status: ToPopup = {
        type: 'audit/status',
        observing: tabs.isWatched(told.tab),
        errors: badge.count(told.tab),
        access: await currentAccess(),
      };
      post(port, status);
    });
  });
}

function post(port: Runtime.Port, message: ToPopup): void {
  try {
    port.postMessage(message);
  } catch {
    // It was closed, and its port has not said so yet.
  }
}

/** @param before ms since the epoch: forgets only what began earlier */
async function clear(tab: number, before?: number): Promise<void> {
  cleared.set(tab, before ?? Date.now());
  // What was recorded of it stays in the session.
  await desk.recorder.flush();
  const forgotten = audit.forget(tab, before);
  badge.clear(tab);
  for (const { id } of audit.rows(tab)) showOnBadge(id);
  for (const feed of feeds) if (feed.tab === tab) feed.reset();
  await store.forget(forgotten);
}

async function tellAccess(): Promise<void> {
  const access = await currentAccess();
  for (const feed of feeds) feed.access(access);
}
