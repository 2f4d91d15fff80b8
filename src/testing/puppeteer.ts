import type { AuditOptions, AuditSession } from './audit-session.ts';
import { CdpRequests } from './cdp-requests.ts';
import { type CdpSession, isCdpSession } from './cdp-session.ts';
import type { Ticket } from './exchange-queue.ts';
import {
  isPuppeteerContext,
  type PuppeteerContext,
  type PuppeteerFrame,
  type PuppeteerLike,
  type PuppeteerPage,
  type PuppeteerRequest,
  type PuppeteerResponse,
  type PuppeteerTarget,
} from './puppeteer-types.ts';
import { Recorder } from './recorder.ts';
import { hearServiceWorkers } from './service-workers.ts';
import {
  exchangeOf,
  headersOf,
  isBodyWorthReading,
  isHttpUrl,
  originOfPage,
  type ToldRequest,
  type ToldResponse,
} from './told-request.ts';
import { hearWebSockets } from './web-sockets.ts';

/**
 * Audits what a Puppeteer browser context sends from now on: all its pages with their frames and workers, and in Chromium its
 * WebSockets, service workers and shared workers.
 * @param target a context, or a page, which stands for its whole context
 * @returns once it listens. Rejects where the target is none, `jwks` is no key set, or the configuration is wrong
 */
export async function auditPuppeteer(
  target: PuppeteerLike,
  options: AuditOptions = {},
): Promise<AuditSession> {
  const context = 'browserContext' in target ? target.browserContext() : target;
  if (!isPuppeteerContext(context))
    throw new TypeError('auditPuppeteer expects a page or a browser context.');
  const isFirefox = /firefox/i.test(await context.browser().version());
  const recorder = new Recorder(options, { source: isFirefox ? 'firefox' : 'chrome' });
  await new ContextListener(context, recorder, !isFirefox).start();
  return recorder;
}

/** Source that gives the scopes of the service workers of a page's origin: none where it may have none. */
const SERVICE_WORKERS = `(navigator.serviceWorker?.getRegistrations() ?? Promise.resolve([]))
  .then((all) => all.map(({ scope }) => scope), () => [])`;

interface UnderWay {
  readonly told: ToldRequest;
  readonly ticket: Ticket;
}

class ContextListener {
  readonly #context: PuppeteerContext;
  readonly #recorder: Recorder;
  readonly #isChromium: boolean;
  readonly #heard = new WeakSet<PuppeteerPage>();
  readonly #serviceWorkers = new Set<string>();
  readonly #underWay = new WeakMap<PuppeteerRequest, UnderWay>();

  constructor(context: PuppeteerContext, recorder: Recorder, isChromium: boolean) {
    this.#context = context;
    this.#recorder = recorder;
    this.#isChromium = isChromium;
  }

  async start(): Promise<void> {
    this.#context.on('targetcreated', this.#onTarget);
    this.#recorder.onStop(() => this.#context.off('targetcreated', this.#onTarget));
    const workers = this.#context.targets().filter((target) => target.type() !== 'page');
    const pages = await this.#context.pages();
    await Promise.all([
      ...workers.map((target) => this.#hearSharedWorker(target)),
      ...pages.map((page) => this.#hearPage(page)),
    ]);
  }

  readonly #onTarget = (target: PuppeteerTarget): void => {
    if (target.type() !== 'page') return void this.#hearSharedWorker(target);
    // A popup sends its first requests before Puppeteer has its page; in Firefox it tells of them all the same.
    if (this.#isChromium && shown(() => target.opener()) !== null) this.#recorder.unseen('not_shown_to_test');
    void this.#hearNewPages();
  };

  /** Not by the target's own page: in Firefox a frame is such a target too, and its page would tell all of it twice. */
  async #hearNewPages(): Promise<void> {
    const pages = await this.#context.pages().catch(() => []);
    const fresh = pages.filter((page) => !this.#heard.has(page) && !this.#recorder.isStopped);
    await Promise.all(fresh.map((page) => this.#hearPage(page)));
  }

  async #hearPage(page: PuppeteerPage): Promise<void> {
    if (this.#heard.has(page)) return;
    this.#heard.add(page);
    const onRequest = (request: PuppeteerRequest): void => this.#began(request, page);
    const onFailed = (request: PuppeteerRequest): void => this.#failed(request);
    const onResponse = (response: PuppeteerResponse): void => void this.#answered(response);
    page.on('request', onRequest);
    page.on('requestfailed', onFailed);
    page.on('response', onResponse);
    // Answers that are under way are still waited for; pages end by themselves.
    this.#recorder.onStop(() => page.off('request', onRequest));
    if (!this.#isChromium) this.#recorder.beforeReport(() => this.#countServiceWorkers(page));
    const session = this.#isChromium ? await sessionOf(page) : null;
    if (session === null) return;
    this.#endWithRecorder(session);
    await Promise.all([
      hearWebSockets(session, this.#recorder, () => originOfPage(page.url())),
      hearServiceWorkers(session, this.#recorder, this.#serviceWorkers),
    ]).catch(() => undefined);
  }

  /** Firefox tells a test nothing of service workers, not even that there are any; but the page knows. */
  async #countServiceWorkers(page: PuppeteerPage): Promise<void> {
    const scopes = await page.evaluate(SERVICE_WORKERS);
    for (const scope of Array.isArray(scopes) ? scopes : []) {
      if (typeof scope !== 'string' || this.#serviceWorkers.has(scope)) continue;
      this.#serviceWorkers.add(scope);
      this.#recorder.unseen('not_shown_to_test');
    }
  }

  async #hearSharedWorker(target: PuppeteerTarget): Promise<void> {
    if (target.type() !== 'shared_worker') return;
    const session = this.#isChromium ? await sessionOf(target) : null;
    if (session === null) return;
    this.#endWithRecorder(session);
    await new CdpRequests(session, this.#recorder, originOfPage(target.url())).start().catch(() => undefined);
  }

  #endWithRecorder(session: CdpSession): void {
    this.#recorder.onStop(() => void session.detach().catch(() => undefined));
  }

  #began(request: PuppeteerRequest, page: PuppeteerPage): void {
    if (!isHttpUrl(request.url()) || this.#underWay.has(request)) return;
    const told: ToldRequest = {
      id: this.#recorder.nextId(),
      at: this.#recorder.now(),
      method: request.method(),
      url: request.url(),
      headers: headersOf(request.headers()),
      postData: shown(() => request.postData()),
      resourceType: shown(() => request.resourceType()),
      pageOrigin: pageOriginOf(request, page),
    };
    const ticket = this.#recorder.begin(() => exchangeOf(told, null));
    this.#underWay.set(request, { told, ticket });
  }

  #failed(request: PuppeteerRequest): void {
    const underWay = this.#underWay.get(request);
    if (underWay === undefined) return;
    const told = { ...underWay.told, headers: headersOf(request.headers()) };
    underWay.ticket.told(exchangeOf(told, null));
  }

  async #answered(response: PuppeteerResponse): Promise<void> {
    const request = response.request();
    const underWay = this.#underWay.get(request);
    if (underWay === undefined) return;
    // It never left the browser: what its service worker sends itself is told of by that.
    if (this.#isChromium && shown(() => response.fromServiceWorker()) === true)
      return underWay.ticket.dropped();
    // The headers that were sent, cookies included, are known by now.
    const headers = headersOf(request.headers());
    const isPosted = underWay.told.postData === null && shown(() => request.hasPostData()) === true;
    const postData = isPosted
      ? ((await request.fetchPostData().catch(() => undefined)) ?? null)
      : underWay.told.postData;
    const told: ToldRequest = { ...underWay.told, headers, postData };
    underWay.ticket.told(exchangeOf(told, await toldResponse(response, told)));
  }
}

/** @returns null where Puppeteer can't tell it of this browser, or there is none */
function shown<T>(ask: () => T | undefined): T | null {
  try {
    return ask() ?? null;
  } catch {
    return null;
  }
}

async function sessionOf(target: Pick<PuppeteerTarget, 'createCDPSession'>): Promise<CdpSession | null> {
  const session = await target.createCDPSession().catch((): null => null);
  return session !== null && isCdpSession(session) ? session : null;
}

function pageOriginOf(request: PuppeteerRequest, page: PuppeteerPage): string | null {
  if (request.isNavigationRequest()) return null;
  let frame: PuppeteerFrame | null = shown(() => request.frame() ?? undefined);
  // A frame without a URL of its own (about:blank, srcdoc) has its parent's origin; a worker has no frame.
  while (frame !== null && originOfPage(frame.url()) === null) frame = frame.parentFrame();
  return originOfPage(frame?.url() ?? page.url());
}

async function toldResponse(response: PuppeteerResponse, request: ToldRequest): Promise<ToldResponse> {
  const status = response.status();
  const headers = headersOf(response.headers());
  if (!isBodyWorthReading(request, { status, headers }))
    return { status, headers, body: null, isBodyLost: false };
  const body = await response.text().catch((): null => null);
  return { status, headers, body, isBodyLost: body === null };
}
