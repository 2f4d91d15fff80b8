import type { Browser, CDPSession } from 'puppeteer-core';
import { type EvaluateText, evaluateJson, until, within } from './wait.ts';

/** What changes when Chromium starts a worker anew. Its target does not tell: that may be used again. */
const START = 'performance.timeOrigin';

/** The longest that a worker may take to answer, in ms: one that is ending may never do. */
const LOOK_MS = 2_000;

/** The extension's service worker, while it runs. Nothing here starts it. */
export class ChromiumBackground {
  readonly #browser: Browser;
  readonly #origin: string;
  #session: Promise<CDPSession> | undefined;

  /** @param origin of the extension: `chrome-extension://…` */
  constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  async runs(): Promise<boolean> {
    return (await this.#targetId()) !== undefined;
  }

  /** @throws Error when the worker does not run */
  async evaluate<T>(expression: string): Promise<T> {
    const targets = (await this.runs()) ? this.#browser.targets() : [];
    const worker = targets.find((target) => this.#isOurs(target.type(), target.url()));
    if (!worker) throw new Error("The extension's service worker does not run");
    // A session of its own, ended at once: Chromium does not let a worker sleep while somebody inspects it.
    const session = await worker.createCDPSession();
    try {
      return await evaluateJson(evaluateOver(session), expression);
    } finally {
      await session.detach().catch(() => {});
    }
  }

  /** Ends the worker that runs now, if one does; whoever still needs it may start another one at once. */
  async kill(): Promise<void> {
    const session = await this.#browserSession();
    let killed: number | undefined;
    await until("the extension's service worker to be gone", async () => {
      const targetId = await this.#targetId();
      if (!targetId) return true;
      const start = await within(LOOK_MS, 'the service worker to answer', this.evaluate<number>(START));
      killed ??= start;
      if (start !== killed) return true;
      // Succeeds without effect while the worker is starting: then it's asked again.
      await session.send('Target.closeTarget', { targetId });
      return undefined;
    });
  }

  /** Asked of the browser itself: the driver's own list of targets lags behind. */
  async #targetId(): Promise<string | undefined> {
    const session = await this.#browserSession();
    const { targetInfos } = await session.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => this.#isOurs(type, url))?.targetId;
  }

  #isOurs(type: string, url: string): boolean {
    return type === 'service_worker' && url.startsWith(`${this.#origin}/`);
  }

  #browserSession(): Promise<CDPSession> {
    this.#session ??= this.#browser.target().createCDPSession();
    return this.#session;
  }
}

/** Evaluates over a protocol session. */
export function evaluateOver(session: CDPSession): EvaluateText {
  return async (expression) => {
    const answer = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    const failure = answer.exceptionDetails;
    if (failure) throw new Error(failure.exception?.description ?? failure.text);
    return String(answer.result.value);
  };
}
