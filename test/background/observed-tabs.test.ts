import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ObservedTabs } from '../../src/background/observed-tabs.ts';
import { SessionStorage } from '../fixtures/session-storage.ts';

const browser = vi.hoisted(() => ({
  storage: { session: {} },
  tabs: {
    get: (_tab: number): Promise<object> => Promise.resolve({}),
    query: (): Promise<readonly object[]> => Promise.resolve([]),
  },
}));
vi.mock('webextension-polyfill', () => ({ default: browser }));

const STORED_AT = 'observed-tabs';

/** No window is private. */
const STORES = { isPrivate: () => false, isOf: () => true };
const ORDINARY = { isPrivate: false, cookies: null };

let storage: SessionStorage;
/** The URLs of the tabs that are open. */
let open: Map<number, string>;

beforeEach(() => {
  vi.useFakeTimers();
  storage = new SessionStorage();
  open = new Map([
    [1, 'https://app.example/start'],
    [2, 'https://other.example/'],
  ]);
  browser.storage.session = storage;
  browser.tabs.get = (tab) =>
    open.has(tab)
      ? Promise.resolve({ url: open.get(tab) })
      : Promise.reject(new Error(`No tab with id: ${tab}.`));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function stored(): unknown {
  return JSON.parse(storage.items.get(STORED_AT) ?? 'null');
}

/** Firefox's event page has a `localStorage`, Chromium's worker has none. */
function inFirefox(): Map<string, string> {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
  });
  return items;
}

describe('who looks', () => {
  it('a tab is observed for as long as one of its DevTools is open', async () => {
    const changed = vi.fn();
    const tabs = new ObservedTabs(changed, STORES);
    expect(tabs.isEmpty()).toBe(true);
    await tabs.add(1);
    await tabs.add(1);
    tabs.remove(1);
    expect(tabs.has(1)).toBe(true);
    tabs.remove(1);
    expect(tabs.has(1)).toBe(false);
    expect(tabs.isEmpty()).toBe(true);
    await storage.settled();
    expect(stored()).toEqual([]);
    expect(changed).toHaveBeenCalled();
  });

  it('a tab that was never added is removed without harm', () => {
    const tabs = new ObservedTabs(() => undefined, STORES);
    tabs.remove(7);
    expect(tabs.isEmpty()).toBe(true);
  });

  it('a full or missing storage does not end the observing', async () => {
    vi.spyOn(storage, 'set').mockRejectedValue(new Error('QuotaExceededError'));
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.add(1);
    expect(tabs.has(1)).toBe(true);
  });
});

describe('over the background’s sleep', () => {
  it('who looked is taken back, and dropped after five seconds if it does not come back', async () => {
    await storage.set({ [STORED_AT]: [1, 2] });
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.restore();
    expect([tabs.has(1), tabs.has(2)]).toEqual([true, true]);
    await tabs.add(1);
    vi.advanceTimersByTime(4_999);
    expect(tabs.has(2)).toBe(true);
    vi.advanceTimersByTime(1);
    expect([tabs.has(1), tabs.has(2)]).toEqual([true, false]);
    await storage.settled();
    expect(stored()).toEqual([1]);
  });

  it('who came back before it was read is not counted twice', async () => {
    await storage.set({ [STORED_AT]: [1] });
    const tabs = new ObservedTabs(() => undefined, STORES);
    const restored = tabs.restore();
    await tabs.add(1);
    await restored;
    tabs.remove(1);
    expect(tabs.has(1)).toBe(false);
  });

  it.each([null, 'some', [null, '1', {}], { 1: true }])('what is stored as %j is nobody', async (value) => {
    await storage.set({ [STORED_AT]: value });
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.restore();
    expect(tabs.isEmpty()).toBe(true);
  });

  it('its service worker’s requests belong to a tab again, though it sent none since', async () => {
    await storage.set({ [STORED_AT]: [1] });
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.restore();
    expect(tabs.tabsOf(-1, 'https://app.example', 'https://api.example/things', ORDINARY)).toEqual([1]);
  });

  it('a tab that was closed meanwhile is dropped', async () => {
    open.delete(2);
    await storage.set({ [STORED_AT]: [2] });
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.restore();
    vi.advanceTimersByTime(5_000);
    expect(tabs.isEmpty()).toBe(true);
  });
});

describe('whether to listen at the top level', () => {
  it('Chromium’s worker always may: what it registers it can take back', () => {
    expect(ObservedTabs.mayBeObserving()).toBe(true);
  });

  it('Firefox’s event page only while somebody looks: it would be woken for ever', async () => {
    inFirefox();
    expect(ObservedTabs.mayBeObserving()).toBe(false);
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.add(1);
    expect(ObservedTabs.mayBeObserving()).toBe(true);
    tabs.remove(1);
    expect(ObservedTabs.mayBeObserving()).toBe(false);
  });
});

describe('whose request it is', () => {
  it('a tab’s own requests belong to it, if somebody looks', async () => {
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.add(1);
    expect(tabs.tabsOf(1, 'https://any.example', 'https://api.example/things', ORDINARY)).toEqual([1]);
    expect(tabs.tabsOf(2, 'https://app.example', 'https://api.example/things', ORDINARY)).toEqual([]);
  });

  it('those of a service worker belong to every observed tab with a page of its origin', async () => {
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.add(1);
    await tabs.add(2);
    tabs.addOrigin(2, 'https://app.example');
    expect(tabs.tabsOf(-1, 'https://app.example', 'https://api.example/things', ORDINARY)).toEqual([1, 2]);
    expect(tabs.tabsOf(-1, 'https://stranger.example', 'https://api.example/things', ORDINARY)).toEqual([]);
    expect(tabs.tabsOf(-1, null, 'https://api.example/things', ORDINARY)).toEqual([]);
  });

  it('not to a tab that was closed while all is recorded', async () => {
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.record({ of: 'all' });
    for (const tab of [1, 2]) tabs.addOrigin(tab, 'https://app.example');
    tabs.closed(1);
    expect(tabs.tabsOf(-1, 'https://app.example', 'https://api.example/things', ORDINARY)).toEqual([2]);
    await tabs.add(2);
    tabs.closed(2);
    expect(tabs.tabsOf(-1, 'https://app.example', 'https://api.example/things', ORDINARY)).toEqual([2]);
  });

  it('origins are bounded, and forgotten with their tab', async () => {
    const tabs = new ObservedTabs(() => undefined, STORES);
    await tabs.add(1);
    for (let n = 0; n < 1_000; n++) tabs.addOrigin(1, `https://o${n}.example`);
    expect(tabs.tabsOf(-1, 'https://o50.example', 'https://api.example/things', ORDINARY)).toEqual([1]);
    expect(tabs.tabsOf(-1, 'https://o500.example', 'https://api.example/things', ORDINARY)).toEqual([]);
    tabs.remove(1);
    tabs.addOrigin(1, 'https://late.example');
    await tabs.add(1);
    expect(tabs.tabsOf(-1, 'https://o50.example', 'https://api.example/things', ORDINARY)).toEqual([]);
    expect(tabs.tabsOf(-1, 'https://late.example', 'https://api.example/things', ORDINARY)).toEqual([]);
  });
});
