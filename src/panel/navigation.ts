/** A redirect chain may take its time before a page is there. In ms. */
const LONGEST = 60_000;

/** How often, and how long after each other in ms, a page is asked that may still be the one before. */
const ASKED_AT_MOST = 20;
const ASK_AGAIN_MS = 50;

/** The inspected page, as a panel can reach it. */
export interface InspectedPage {
  /** Evaluates source in the page: Firefox answers with a list of the value and the error, Chromium with the value. */
  readonly evaluate: (source: string) => Promise<unknown>;
  readonly pause: (ms: number) => Promise<void>;
}

/** Tells when the page that is inspected began to be loaded, by its own clock (High Resolution Time §5, `timeOrigin`). */
export class PageBegin {
  readonly #page: InspectedPage;
  #shown: Promise<unknown>;

  constructor(page: InspectedPage) {
    this.#page = page;
    this.#shown = this.#ask();
  }

  /**
   * When a navigation began, so that its own requests stay when the log before it goes. While a page takes the other's place,
   * the other may still answer: it is asked again.
   * @param now when the navigation was told, in ms since the epoch
   * @returns ms since the epoch; `now` where the page says nothing, or what can't be
   */
  async navigated(now: number): Promise<number> {
    const before = await this.#shown;
    for (let asked = 0; asked < ASKED_AT_MOST; asked++) {
      const told = await this.#ask();
      if (typeof told === 'number' && told !== before) {
        this.#shown = Promise.resolve(told);
        return told <= now && told >= now - LONGEST ? told : now;
      }
      await this.#page.pause(ASK_AGAIN_MS);
    }
    return now;
  }

  async #ask(): Promise<unknown> {
    try {
      const answer = await this.#page.evaluate('performance.timeOrigin');
      return Array.isArray(answer) ? answer[0] : answer;
    } catch {
      // The page is on its way out.
      return null;
    }
  }
}
