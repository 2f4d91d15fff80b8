import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assembleReport } from '../../src/core/report/assemble-report.ts';
import { readToPanel } from '../../src/messages.ts';
import { readToSessions } from '../../src/session-messages.ts';
import { AT } from '../fixtures/case.ts';
import { exchange } from '../fixtures/exchange.ts';
import { FakePort, fakeBrowser } from '../fixtures/fake-browser.ts';
import { jwt } from '../fixtures/jwt.ts';
import { MemoryArchive } from '../fixtures/memory-archive.ts';

const holder = vi.hoisted(() => ({ browser: {}, archive: {} }));
vi.mock('webextension-polyfill', () => ({
  get default() {
    return holder.browser;
  },
}));
vi.mock('../../src/archive/indexed-db-archive.ts', () => ({
  IndexedDbArchive: function archive() {
    return holder.archive;
  },
}));

/** Two tabs of an app, and a private one of the same app. */
const [TAB, OTHER, PRIVATE] = [1, 2, 9];
const APP = 'https://app.example';
const API = 'https://api.example/things';
const TOKEN = jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'the-app', sub: 'ada' });

let browser: ReturnType<typeof fakeBrowser>;
let archive: MemoryArchive;
let open: Map<number, { readonly id: number; readonly url: string; readonly incognito: boolean }>;
let requests: number;

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers({ now: AT, toFake: ['Date', 'setTimeout', 'setInterval'] });
  browser = fakeBrowser();
  archive = new MemoryArchive();
  requests = 0;
  open = new Map();
  for (const id of [TAB, OTHER, PRIVATE]) opened(id, id === PRIVATE);
  browser.tabs.get = async (id) => {
    const tab = open.get(id);
    if (tab === undefined) throw new Error(`No tab with id: ${id}.`);
    return tab;
  };
  browser.tabs.query = async () => [...open.values()];
  Object.assign(holder, { browser, archive });
  await import('../../src/background/background.ts');
  await settled();
});

afterEach(() => {
  vi.useRealTimers();
});

function opened(id: number, incognito: boolean): object {
  const tab = { id, url: `${APP}/`, incognito };
  open.set(id, tab);
  return tab;
}

/** All that can be done now is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A page asks; Firefox tells more than Chromium. */
async function send(told: object): Promise<void> {
  browser.webRequest.onSendHeaders.fire({
    ...{ requestId: `${++requests}`, tabId: TAB, type: 'xmlhttprequest', initiator: APP },
    ...{ url: API, method: 'GET', timeStamp: Date.now() },
    requestHeaders: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }],
    ...told,
  });
  await settled();
}

function connect(name: string, ...messages: readonly object[]): FakePort {
  const port = new FakePort(name);
  browser.runtime.onConnect.fire(port);
  for (const message of messages) port.onMessage.fire(message);
  return port;
}

async function record(scope: 'tab' | 'site' | 'all', tab = TAB): Promise<FakePort> {
  const port = connect('sessions', { type: 'sessions/watch', tab });
  await settled();
  port.onMessage.fire({ type: 'sessions/start', name: 'A walk', scope });
  await settled();
  vi.advanceTimersByTime(10);
  return port;
}

/** Ends the recording. @returns what is on the disk of it */
async function recorded(port: FakePort): Promise<object> {
  port.onMessage.fire({ type: 'sessions/stop' });
  await settled();
  const [session] = (await archive.list()).sessions;
  if (session === undefined) throw new Error('Nothing was recorded.');
  const { parts } = await archive.parts(session.id);
  const report = assembleReport(session, parts, 0);
  return {
    urls: report.exchanges.map(({ url }) => url),
    clients: report.clients.map(({ clientId }) => clientId),
    counted: report.coverage.exchanges,
    unseen: report.coverage.unseen,
  };
}

const NOTHING = { urls: [], clients: [], counted: 0, unseen: [] };
const leftOut = (count: number) => [{ reason: 'private_window', count }];

async function shownIn(tab: number): Promise<number> {
  const panel = connect('panel', { type: 'panel/open', tab });
  await settled();
  const told = panel.told.map((message) => readToPanel(message));
  return told.flatMap((message) => (message?.type === 'audit/rows' ? message.rows : [])).length;
}

describe.each([
  ['Chromium', {}, {}],
  ['Firefox', { incognito: false }, { incognito: true }],
])('a private window in %s', (_, ordinary, privately) => {
  it.each(['all', 'site'] as const)(
    'is no part of a recording of %j, which counts what it leaves out',
    async (scope) => {
      const port = await record(scope);
      await send({ ...privately, tabId: PRIVATE, url: 'https://secret.app.example/things' });
      await send({ ...ordinary });
      vi.advanceTimersByTime(1_000);
      expect(readToSessions(port.told.at(-1))?.current).toMatchObject({ leftOut: 1, exchanges: 1 });
      expect(await recorded(port)).toEqual({ ...NOTHING, urls: [API], counted: 1, unseen: leftOut(1) });
      expect(archive.everything.join('\n')).not.toContain('secret');
    },
  );

  it('is audited live, and neither what it sent nor what it taught reaches the disk', async () => {
    const port = await record('all');
    const devtools = connect('devtools', { type: 'devtools/observe', tab: PRIVATE });
    await settled();
    await send({ ...privately, tabId: PRIVATE, url: 'https://secret.example/things' });
    const authorize = 'https://login.example/authorize?client_id=the-app&response_type=code';
    await send({
      ...{ ...privately, tabId: PRIVATE, requestHeaders: [], type: 'main_frame' },
      url: `${authorize}&redirect_uri=https%3A%2F%2Fsecret.example%2Fcb`,
    });
    const listed = exchange({
      id: 'd1.1.9',
      witness: 'devtools',
      url: 'https://secret.example/listed',
      at: Date.now(),
    });
    devtools.onMessage.fire({ type: 'devtools/exchanges', exchanges: [listed] });
    await send({ ...ordinary });
    expect(await shownIn(PRIVATE)).toBeGreaterThan(1);
    expect(await recorded(port)).toEqual({ ...NOTHING, urls: [API], counted: 1, unseen: leftOut(3) });
    expect(archive.everything.join('\n')).not.toContain('secret');
  });

  it('starts no recording', async () => {
    for (const scope of ['tab', 'site', 'all'] as const) {
      const port = await record(scope, PRIVATE);
      expect(readToSessions(port.told.at(-1))).toMatchObject({ isPrivate: true, site: null, current: null });
    }
    expect(archive.everything).toEqual([]);
  });

  it('that is opened while all is recorded is left out from its first request on', async () => {
    const port = await record('all');
    browser.tabs.onCreated.fire(opened(10, true));
    await send({
      ...privately,
      tabId: 10,
      type: 'main_frame',
      initiator: APP,
      url: 'https://secret.example/',
    });
    // Nobody told of this one.
    opened(11, true);
    await send({ ...privately, tabId: 11, url: 'https://secret.example/things' });
    opened(12, false);
    await send({ ...ordinary, tabId: 12 });
    open.delete(PRIVATE);
    browser.tabs.onRemoved.fire(PRIVATE);
    await send({ ...privately, tabId: PRIVATE, url: 'https://secret.example/bye' });
    expect(await recorded(port)).toEqual({ ...NOTHING, urls: [API], counted: 1, unseen: leftOut(3) });
    expect(archive.everything.join('\n')).not.toContain('secret');
  });
});

describe('a service worker’s request', () => {
  const WORKER = { tabId: -1, url: 'https://api.example/worker' };

  /** Somebody looks at the other tab, and no private one is open, nor was a moment ago. */
  async function closePrivate(): Promise<void> {
    connect('devtools', { type: 'devtools/observe', tab: OTHER });
    await settled();
    open.delete(PRIVATE);
    browser.tabs.onRemoved.fire(PRIVATE);
    vi.advanceTimersByTime(60_000);
  }

  async function recordPages(): Promise<FakePort> {
    const port = await record('all');
    for (const tabId of [TAB, OTHER]) await send({ tabId, url: `https://api.example/${tabId}` });
    return port;
  }

  it('is recorded once, however many tabs share it', async () => {
    await closePrivate();
    const port = await record('all');
    await send(WORKER);
    expect(await shownIn(OTHER)).toBe(1);
    expect(await recorded(port)).toEqual({ ...NOTHING, urls: [WORKER.url], counted: 1 });
  });

  it('is recorded of the one tab that is, though another tab shares it', async () => {
    await closePrivate();
    const port = await record('tab');
    await send(WORKER);
    expect(await recorded(port)).toEqual({ ...NOTHING, urls: [WORKER.url], counted: 1 });
  });

  it('is left out by Chromium, which tells no window, while a private one is open', async () => {
    const port = await recordPages();
    await send(WORKER);
    expect(await recorded(port)).toMatchObject({ counted: 2, unseen: leftOut(1) });
    expect(archive.everything.join('\n')).not.toContain('worker');
  });

  it('belongs in Firefox to the tabs of its window’s kind', async () => {
    connect('devtools', { type: 'devtools/observe', tab: PRIVATE });
    const port = await recordPages();
    await send({ ...WORKER, incognito: true });
    await send({ ...WORKER, url: 'https://api.example/ordinary', incognito: false });
    expect(await shownIn(PRIVATE)).toBe(1);
    expect(await recorded(port)).toMatchObject({ counted: 3, unseen: leftOut(1) });
    expect(archive.everything.join('\n')).not.toContain('worker');
  });

  it('belongs in Firefox to the tabs of its container', async () => {
    for (const tab of [TAB, OTHER]) connect('devtools', { type: 'devtools/observe', tab });
    await settled();
    await send({ incognito: false, cookieStoreId: 'firefox-default' });
    await send({ tabId: OTHER, incognito: false, cookieStoreId: 'firefox-container-1' });
    await send({ ...WORKER, incognito: false, cookieStoreId: 'firefox-container-1' });
    expect([await shownIn(TAB), await shownIn(OTHER)]).toEqual([1, 2]);
  });
});
