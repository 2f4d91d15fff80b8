import type { HttpExchange } from '../core/model/exchange.ts';

/** A request that began, and is not told of in full yet. */
export interface Ticket {
  /** Tells of it, once or again with more. */
  readonly told: (exchange: HttpExchange) => void;
  /** It is no exchange after all. */
  readonly dropped: () => void;
}

interface Waiting {
  readonly early: () => HttpExchange;
  state: 'waiting' | 'told' | 'taken' | 'dropped';
  exchange: HttpExchange | null;
}

/** Requests that may wait for the ones before them: one that is never answered must not hold up a session. */
const MAX_WAITING = 1_000;

/**
 * Requests are told of in the order in which they are answered, and judged in the order in which they began: where a token
 * went before is part of the verdict.
 */
export class ExchangeQueue {
  readonly #take: (exchange: HttpExchange, again: boolean) => void;
  #waiting: Waiting[] = [];
  #whenEmpty: (() => void)[] = [];

  /** @param take gets each exchange; `again` where it got an earlier state of the same one before */
  constructor(take: (exchange: HttpExchange, again: boolean) => void) {
    this.#take = take;
  }

  /** How many requests were told of in full by nobody yet. */
  get unfinished(): number {
    return this.#waiting.filter(({ state }) => state === 'waiting').length;
  }

  /** @param early what is known at its beginning, for when nothing more comes */
  begin(early: () => HttpExchange): Ticket {
    const waiting: Waiting = { early, state: 'waiting', exchange: null };
    this.#waiting.push(waiting);
    if (this.#waiting.length > MAX_WAITING) this.#takeEarly(1);
    return {
      told: (exchange) => {
        if (waiting.state === 'dropped') return;
        if (waiting.state === 'taken') return this.#take(exchange, true);
        waiting.exchange = exchange;
        waiting.state = 'told';
        this.#advance();
      },
      dropped: () => {
        if (waiting.state !== 'waiting') return;
        waiting.state = 'dropped';
        this.#advance();
      },
    };
  }

  /** Resolves once nothing waits, or after so many ms. */
  async settled(withinMs: number): Promise<void> {
    if (this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#whenEmpty.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Takes all that waits as far as it is known. */
  flush(): void {
    this.#takeEarly(this.#waiting.length);
  }

  #advance(): void {
    const open = this.#waiting.findIndex(({ state }) => state === 'waiting');
    this.#takeEarly(open === -1 ? this.#waiting.length : open);
  }

  #takeEarly(count: number): void {
    for (const waiting of this.#waiting.splice(0, count)) {
      if (waiting.state === 'dropped') continue;
      waiting.state = 'taken';
      this.#take(waiting.exchange ?? waiting.early(), false);
    }
    if (this.#waiting.length > 0) return;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}
