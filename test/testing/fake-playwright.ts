import { EventEmitter } from 'node:events';
import type {
  PlaywrightContext,
  PlaywrightHeader,
  PlaywrightPage,
  PlaywrightRequest,
  PlaywrightResponse,
} from '../../src/testing/playwright-types.ts';

export interface ToldPlaywrightRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly postData?: string;
  readonly response?: Partial<PlaywrightResponse> | null | 'never';
  readonly redirectedFrom?: PlaywrightRequest;
  readonly pageUrl?: string;
  readonly workerUrl?: string;
  /** The browser closes before it tells them. */
  readonly losesHeaders?: true;
}

/** A request as Playwright tells it. */
export function playwrightRequest(told: ToldPlaywrightRequest): PlaywrightRequest {
  const headers = { ...told.headers };
  const { response = {}, workerUrl } = told;
  return {
    url: () => told.url,
    method: () => told.method ?? 'GET',
    resourceType: () => 'fetch',
    postData: () => told.postData ?? null,
    isNavigationRequest: () => false,
    headers: () => headers,
    headersArray: async () => {
      if (told.losesHeaders === true) throw new Error('Target closed');
      return arrayOf(headers);
    },
    response: () =>
      response === 'never'
        ? new Promise(() => undefined)
        : Promise.resolve(response === null ? null : playwrightResponse(response)),
    redirectedFrom: () => told.redirectedFrom ?? null,
    frame: () => {
      if (workerUrl !== undefined)
        throw new Error('Service Worker requests do not have an associated frame.');
      const url = told.pageUrl ?? 'https://app.example/';
      return { url: () => 'about:srcdoc', parentFrame: () => ({ url: () => url, parentFrame: () => null }) };
    },
    serviceWorker: () => (workerUrl === undefined ? null : { url: () => workerUrl }),
  };
}

function playwrightResponse(told: Partial<PlaywrightResponse>): PlaywrightResponse {
  return {
    status: () => 200,
    headersArray: async () => [{ name: 'Content-Type', value: 'application/json' }],
    text: async () => '{}',
    fromServiceWorker: () => false,
    ...told,
  };
}

function arrayOf(headers: Readonly<Record<string, string>>): PlaywrightHeader[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** A browser context whose events a test emits. */
export class FakeContext extends EventEmitter implements PlaywrightContext {
  readonly #browser: string;

  constructor(browser = 'chromium') {
    super();
    this.#browser = browser;
  }

  pages(): PlaywrightPage[] {
    return [];
  }

  browser(): { browserType(): { name(): string } } {
    return { browserType: () => ({ name: () => this.#browser }) };
  }

  request(told: ToldPlaywrightRequest): void {
    this.emit('request', playwrightRequest(told));
  }

  /** Opens a page. @returns what emits its events */
  open(url: string): EventEmitter {
    const events = new EventEmitter();
    this.emit('page', Object.assign(events, { url: () => url, context: () => this }));
    return events;
  }
}
