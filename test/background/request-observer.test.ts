import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpExchange } from '../../src/core/model/exchange.ts';

type Listener = (details: object) => void;

/** The browser's webRequest events, by name: a test fires them. */
const listeners = vi.hoisted(() => new Map<string, Listener>());

vi.mock('webextension-polyfill', () => {
  const event = (name: string) => ({
    addListener: (listener: Listener) => void listeners.set(name, listener),
    removeListener: () => void listeners.delete(name),
    hasListener: () => listeners.has(name),
  });
  const names = ['onBeforeRequest', 'onSendHeaders', 'onBeforeRedirect', 'onCompleted', 'onErrorOccurred'];
  return {
    default: {
      runtime: { getURL: () => 'chrome-extension://aud-it/' },
      webRequest: Object.fromEntries(names.map((name) => [name, event(name)])),
    },
  };
});

const { RequestObserver } = await import('../../src/background/request-observer.ts');

const WATCHED = 1;
const tabs = {
  tabsOf: ({ tabId }: { readonly tabId: number }) => (tabId === WATCHED ? [WATCHED] : []),
  addOrigin: () => undefined,
};

function fire(name: string, details: object): void {
  const common = {
    requestId: '7',
    url: 'https://api.example/x',
    method: 'POST',
    type: 'xmlhttprequest',
    timeStamp: 1,
  };
  listeners.get(name)?.({ ...common, tabId: WATCHED, requestHeaders: [], ...details });
}

const BODY = { requestBody: { formData: { id_token: ['secret'] } } };

describe('the request observer', () => {
  let seen: HttpExchange[] = [];
  let redirects: HttpExchange[] = [];
  let answers: (readonly [string, number])[] = [];
  /** The ids of what was observed before the background slept, by their beginning. */
  let known = new Map<string, string>();
  let tasks: (() => void)[] | null = null;

  beforeEach(() => {
    seen = [];
    redirects = [];
    answers = [];
    known = new Map();
    tasks = null;
    const witness = {
      observed: (exchange: HttpExchange) => void seen.push(exchange),
      leftOut: () => undefined,
      answered: (exchange: HttpExchange, status: number) => void answers.push([exchange.id, status]),
      redirected: (exchange: HttpExchange) => void redirects.push(exchange),
      knownAs: (_: HttpExchange, prefix: string) => known.get(prefix) ?? null,
    };
    const later = (task: () => void): void => {
      if (tasks === null) task();
      else tasks.push(task);
    };
    const stores = { of: () => ({ isPrivate: false, cookies: null }), mayBePrivate: () => false };
    new RequestObserver(Object.assign(Object.create(null), tabs), witness, later, stores).start();
  });

  it('joins a request’s body and headers', () => {
    fire('onBeforeRequest', BODY);
    fire('onSendHeaders', {});
    expect(seen).toMatchObject([
      { tab: WATCHED, requestBody: { form: 'fields', fields: [{ name: 'id_token' }] } },
    ]);
  });

  it('a request that the browser sends anew by itself is one; where it was redirected to, another', () => {
    fire('onSendHeaders', {});
    fire('onSendHeaders', { timeStamp: 40 });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    fire('onBeforeRedirect', { redirectUrl: 'https://api.example/x', statusCode: 307 });
    fire('onSendHeaders', { timeStamp: 50 });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
  });

  it('does not even read what a tab sends that nobody looks at', () => {
    const read = vi.fn(() => ({ id_token: ['secret'] }));
    fire('onBeforeRequest', {
      tabId: 2,
      requestBody: {
        get formData() {
          return read();
        },
      },
    });
    fire('onSendHeaders', { tabId: 2 });
    expect(read).not.toHaveBeenCalled();
    expect(seen).toEqual([]);
  });

  it('forgets the body of a request that failed', () => {
    fire('onBeforeRequest', BODY);
    fire('onErrorOccurred', {});
    fire('onSendHeaders', {});
    expect(seen).toMatchObject([{ requestBody: { form: 'none' } }]);
  });

  it('keeps the request that woke the background until it is known which tabs are observed', () => {
    const waiting: (() => void)[] = [];
    tasks = waiting;
    fire('onBeforeRequest', BODY);
    fire('onSendHeaders', {});
    expect(seen).toEqual([]);
    for (const task of waiting) task();
    expect(seen).toMatchObject([{ requestBody: { form: 'fields' } }]);
  });

  it('knows the end of a request that was sent before the background slept', () => {
    known.set('w7.', 'w7.1.1');
    fire('onCompleted', { timeStamp: 30_000, statusCode: 403 });
    expect(answers).toEqual([['w7.1.1', 403]]);
    fire('onBeforeRedirect', { timeStamp: 30_000, redirectUrl: 'https://app.example/', statusCode: 302 });
    expect(redirects.map(({ id }) => id)).toEqual(['w7.1.1']);
    fire('onCompleted', { requestId: '8', timeStamp: 30_000, statusCode: 200 });
    fire('onCompleted', { tabId: 2, statusCode: 200 });
    expect(answers).toHaveLength(1);
  });

  it('tells of a redirect whose sending was not told', () => {
    fire('onBeforeRedirect', { redirectUrl: 'https://app.example/#id_token=x', statusCode: 302 });
    expect(redirects).toHaveLength(1);
    fire('onBeforeRedirect', {
      url: 'http://api.example/x',
      redirectUrl: 'https://api.example/x',
      statusCode: 307,
    });
    expect(redirects).toHaveLength(1);
    fire('onBeforeRedirect', { tabId: 2, redirectUrl: 'https://app.example/#id_token=x', statusCode: 302 });
    expect(redirects).toHaveLength(1);
  });
});
