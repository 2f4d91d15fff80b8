import type { HttpHeader } from '../core/model/exchange.ts';
import type { ReportSession } from '../core/model/report.ts';
import { headerOf } from '../observe/har-entry.ts';
import { redirectTarget } from '../observe/redirect-fragments.ts';
import type { AuditOptions, AuditSession } from './audit-session.ts';
import { isCdpSession, opensCdpSessions } from './cdp-session.ts';
import type {
  PlaywrightContext,
  PlaywrightFrame,
  PlaywrightPage,
  PlaywrightRequest,
  PlaywrightResponse,
  PlaywrightWebSocket,
} from './playwright-types.ts';
import { Recorder } from './recorder.ts';
import {
  exchangeOf,
  headersOf,
  isBodyWorthReading,
  isHttpUrl,
  originOfPage,
  type ToldRequest,
  type ToldResponse,
} from './told-request.ts';
import { hearWebSockets, ToldWebSocket } from './web-sockets.ts';

/**
 * Audits what a Playwright browser context sends from now on: all its pages, popups, frames and workers, and in Chromium its
 * service workers.
 * @param target a context, or a page, which stands for its whole context
 * @throws Error where the option `jwks` is no key set, or the configuration is wrong or can't be read
 */
export function auditPlaywright(
  target: PlaywrightContext | PlaywrightPage,
  options: AuditOptions = {},
): AuditSession {
  const context = 'context' in target ? target.context() : target;
  const browser = context.browser()?.browserType().name() ?? 'chromium';
  const recorder = new Recorder(options, { source: sourceOf(browser) });
  const listener = new ContextListener(context, recorder, browser === 'chromium');
  listener.start();
  return recorder;
}

function sourceOf(browser: string): ReportSession['source'] {
  if (browser === 'firefox' || browser === 'webkit') return browser;
  return 'chrome';
}

class ContextListener {
  readonly #context: PlaywrightContext;
  readonly #recorder: Recorder;
  readonly #isChromium: boolean;

  constructor(context: PlaywrightContext, recorder: Recorder, isChromium: boolean) {
    this.#context = context;
    this.#recorder = recorder;
    this.#isChromium = isChromium;
  }

  start(): void {
    this.#context.on('request', this.#onRequest);
    this.#context.on('page', this.#onPage);
    for (const page of this.#context.pages()) this.#onPage(page);
    this.#recorder.onStop(() => {
      this.#context.off('request', this.#onRequest);
      this.#context.off('page', this.#onPage);
    });
  }

  readonly #onRequest = (request: PlaywrightRequest): void => {
    if (!isHttpUrl(request.url())) return;
    const id = this.#recorder.nextId();
    const at = this.#recorder.now();
    const told = toldRequest(request, { id, at, headers: headersOf(request.headers()) });
    const ticket = this.#recorder.begin(() => exchangeOf(told, null));
    const isLostWorker = !this.#isChromium && told.headers.some(({ name }) => name === 'service-worker');
    if (isLostWorker) this.#recorder.unseen('not_shown_to_test');
    void this.#answered(request, told).then(
      (exchange) => (exchange === null ? ticket.dropped() : ticket.told(exchange)),
      () => ticket.told(exchangeOf(told, null)),
    );
  };

  /** @returns null for a request that never left the browser, and that its service worker makes itself if at all */
  async #answered(request: PlaywrightRequest, early: ToldRequest) {
    const [headers, response] = await Promise.all([
      request.headersArray().catch((): null => null),
      request.response().catch((): null => null),
    ]);
    if (headers === null) this.#recorder.unseen('not_shown_to_test');
    if (this.#isChromium && response?.fromServiceWorker() === true) return null;
    const url = early.url + (await fragmentOf(request));
    const told = { ...early, url, headers: headers ?? early.headers };
    return exchangeOf(told, response === null ? null : await toldResponse(response, told));
  }

  readonly #onPage = (page: PlaywrightPage): void => {
    const originOf = (): string | null => originOfPage(page.url());
    const hear = async (): Promise<void> => {
      const context: object = this.#context;
      if (!this.#isChromium || !opensCdpSessions(context)) throw new Error('It is no Chromium.');
      const session = await context.newCDPSession(page);
      if (!isCdpSession(session)) throw new Error('It is no session.');
      this.#recorder.onStop(() => void session.detach().catch(() => undefined));
      await hearWebSockets(session, this.#recorder, originOf);
    };
    hear().catch(() => this.#hearWithoutHandshakes(page, originOf));
  };

  #hearWithoutHandshakes(page: PlaywrightPage, originOf: () => string | null): void {
    const onWebSocket = (socket: PlaywrightWebSocket): void => {
      const told = new ToldWebSocket(this.#recorder, socket.url(), originOf());
      this.#recorder.unseen('not_shown_to_test');
      socket.on('framesent', ({ payload }) => {
        if (typeof payload === 'string' && !this.#recorder.isStopped) told.sent(payload);
      });
    };
    page.on('websocket', onWebSocket);
    this.#recorder.onStop(() => page.off('websocket', onWebSocket));
  }
}

function toldRequest(
  request: PlaywrightRequest,
  common: { readonly id: string; readonly at: number; readonly headers: readonly HttpHeader[] },
): ToldRequest {
  return {
    ...common,
    method: request.method(),
    url: request.url(),
    postData: request.postData(),
    resourceType: request.resourceType(),
    pageOrigin: pageOriginOf(request),
  };
}

function pageOriginOf(request: PlaywrightRequest): string | null {
  const worker = request.serviceWorker();
  if (worker !== null) return originOfPage(worker.url());
  if (request.isNavigationRequest()) return null;
  try {
    let frame: PlaywrightFrame | null = request.frame();
    // A frame without a URL of its own (about:blank, srcdoc) has its parent's origin.
    while (frame !== null && originOfPage(frame.url()) === null) frame = frame.parentFrame();
    return frame === null ? null : originOfPage(frame.url());
  } catch {
    return null;
  }
}

/** Playwright tells no fragment of a request; but the redirect that led to it may. @returns '' where there is none */
async function fragmentOf(request: PlaywrightRequest): Promise<string> {
  const from = request.redirectedFrom();
  if (from === null || request.url().includes('#')) return '';
  const response = await from.response().catch((): null => null);
  const headers = (await response?.headersArray().catch((): null => null)) ?? [];
  const target = redirectTarget(from.url(), response?.status() ?? 0, headerOf(headers, 'location'));
  return target?.url === request.url() ? target.fragment : '';
}

async function toldResponse(response: PlaywrightResponse, request: ToldRequest): Promise<ToldResponse> {
  const status = response.status();
  const headers = await response.headersArray().catch((): HttpHeader[] => []);
  if (!isBodyWorthReading(request, { status, headers }))
    return { status, headers, body: null, isBodyLost: false };
  const body = await response.text().catch((): null => null);
  return { status, headers, body, isBodyLost: body === null };
}
