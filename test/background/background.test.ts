import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readToPanel } from '../../src/messages.ts';
import { AT } from '../fixtures/case.ts';
import { FakePort, fakeBrowser } from '../fixtures/fake-browser.ts';
import { jwt } from '../fixtures/jwt.ts';

const holder = vi.hoisted(() => ({ browser: {} }));
vi.mock('webextension-polyfill', () => ({
  get default() {
    return holder.browser;
  },
}));

const TAB = 1;
const TOKEN = jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'the-app', sub: 'ada' });

let browser: ReturnType<typeof fakeBrowser>;

beforeEach(() => {
  vi.resetModules();
  browser = fakeBrowser();
  holder.browser = browser;
});

/** All that can be done now is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function fire(name: keyof typeof browser.webRequest, told: object = {}): void {
  browser.webRequest[name].fire({
    ...{
      requestId: '7',
      tabId: TAB,
      type: 'xmlhttprequest',
      initiator: 'https://app.example',
      timeStamp: AT,
    },
    ...{ url: 'https://api.example/things', method: 'GET' },
    requestHeaders: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }],
    ...told,
  });
}

function connect(name: string, ...messages: readonly object[]): FakePort {
  const port = new FakePort(name);
  browser.runtime.onConnect.fire(port);
  for (const message of messages) port.onMessage.fire(message);
  return port;
}

/** What the panel shows of the tab, once it was opened now. */
async function shown(): Promise<object> {
  const panel = connect('panel', { type: 'panel/open', tab: TAB });
  await settled();
  const told = panel.told.map((message) => readToPanel(message));
  const rows = told.flatMap((message) => (message?.type === 'audit/rows' ? message.rows : []));
  const coverage = told.findLast((message) => message?.type === 'audit/coverage')?.coverage;
  return {
    rows: rows.map(({ id, status }) => [id, status]),
    exchanges: coverage?.exchanges,
    unseen: coverage?.unseen,
  };
}

/** As it was left when the background was stopped: this tab was looked at, and another one is gone since. */
async function wakeUp(): Promise<() => void> {
  const seen = [TAB, 2].map((tab) => ({ tab, exchanges: 0 }));
  await browser.storage.session.set({ counts: { seen, unseen: [] }, 'observed-tabs': [TAB] });
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { get } = browser.tabs;
  let asked = 0;
  // Who looks is found out first; whether a tab is gone takes the browser a while.
  browser.tabs.get = (tab) => (++asked === 1 ? get(tab) : answered.then(() => get(tab)));
  await import('../../src/background/background.ts');
  return answer;
}

describe('a background that was woken', () => {
  it('takes what comes in the order in which it comes, also while it still clears up', async () => {
    const clearedUp = await wakeUp();
    fire('onSendHeaders');
    await settled();
    fire('onCompleted', { statusCode: 401 });
    const devtools = connect('devtools', { type: 'devtools/observe', tab: TAB });
    await settled();
    fire('onSendHeaders', { requestId: '8', url: 'https://api.example/.well-known/openid-configuration' });
    fire('onCompleted', {
      ...{ requestId: '8', url: 'https://api.example/.well-known/openid-configuration', statusCode: 200 },
    });
    clearedUp();
    await settled();
    expect(await shown()).toEqual({
      rows: [
        [`w7.${AT}.${TAB}`, 401],
        [`w8.${AT}.${TAB}`, 200],
      ],
      exchanges: 2,
      unseen: [],
    });
    expect(devtools.told).toContainEqual(expect.objectContaining({ type: 'devtools/read' }));
  });

  it('a port that is closed before it was answered is no error, and is forgotten', async () => {
    const clearedUp = await wakeUp();
    connect('popup', { type: 'popup/open', tab: TAB }).close();
    const panel = connect('panel', { type: 'panel/open', tab: TAB });
    const post = vi.fn(panel.postMessage);
    Object.assign(panel, { postMessage: post });
    panel.close();
    clearedUp();
    await settled();
    post.mockClear();
    connect('devtools', { type: 'devtools/observe', tab: TAB });
    fire('onSendHeaders');
    expect(await shown()).toMatchObject({ exchanges: 1, unseen: [] });
    await vi.waitFor(() => expect(post).not.toHaveBeenCalled());
  });

  it('a page that is closed before its site was found is told of no session', async () => {
    (await wakeUp())();
    await settled();
    let found = (): void => undefined;
    const site = new Promise<object>((resolve) => {
      found = () => resolve({ url: 'https://app.example/' });
    });
    browser.tabs.get = () => site;
    const left = connect('sessions', { type: 'sessions/watch', tab: TAB });
    await settled();
    left.close();
    const post = vi.fn();
    Object.assign(left, { postMessage: post });
    found();
    await settled();
    const stays = connect('sessions', { type: 'sessions/watch', tab: null }, { type: 'sessions/flush' });
    await vi.waitFor(() => expect(stays.told).toHaveLength(2));
    expect(post).not.toHaveBeenCalled();
  });

  it('asks whichever DevTools still look at the tab', async () => {
    const clearedUp = await wakeUp();
    clearedUp();
    const first = connect('devtools', { type: 'devtools/observe', tab: TAB });
    const second = connect('devtools', { type: 'devtools/observe', tab: TAB });
    await settled();
    second.close();
    await settled();
    fire('onSendHeaders');
    fire('onCompleted', { statusCode: 401 });
    await settled();
    expect(first.told).toContainEqual(expect.objectContaining({ type: 'devtools/read' }));
  });
});
