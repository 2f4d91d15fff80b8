import type { HttpExchange } from '../core/model/exchange.ts';

/** An exchange that waits for its turn. */
export interface Waiting {
  readonly index: number;
  readonly line: number;
  readonly pageref: string | null;
  readonly exchange: HttpExchange;
}

/** So many wait, and so much of them in memory (UTF-16 code units of what they hold, about). */
const MAX_WAITING = 500;
const MAX_SIZE = 4_194_304;
const SIZE_OF_ONE = 2048;

/**
 * Puts exchanges into the order in which they began: tools write them in the order in which they ended, or by page. Small
 * files are put in order as a whole; of large ones, what is further out of place than the window is long stays so.
 */
export class StartOrder {
  readonly #emit: (one: Waiting) => void;
  #waiting: Waiting[] = [];
  /** How many at the beginning went already. */
  #gone = 0;
  #size = 0;

  constructor(emit: (one: Waiting) => void) {
    this.#emit = emit;
  }

  push(one: Waiting): void {
    let place = this.#waiting.length;
    while (place > this.#gone && isAfter(this.#waiting[place - 1], one)) place--;
    if (place === this.#waiting.length) this.#waiting.push(one);
    else this.#waiting.splice(place, 0, one);
    this.#size += sizeOf(one);
    while (this.#waiting.length - this.#gone > MAX_WAITING || this.#size > MAX_SIZE) this.#first();
  }

  end(): void {
    while (this.#waiting.length > this.#gone) this.#first();
  }

  #first(): void {
    const one = this.#waiting[this.#gone];
    this.#gone++;
    // Taking each from the front would move all others.
    if (this.#gone > MAX_WAITING) {
      this.#waiting = this.#waiting.slice(this.#gone);
      this.#gone = 0;
    }
    if (one === undefined) return;
    this.#size -= sizeOf(one);
    this.#emit(one);
  }
}

function isAfter(a: Waiting | undefined, b: Waiting): boolean {
  return a !== undefined && (a.exchange.at - b.exchange.at || a.index - b.index) > 0;
}

function sizeOf({ exchange: { url, requestBody, response } }: Waiting): number {
  const length = (body: HttpExchange['requestBody'] | undefined) =>
    body?.form === 'text' ? body.text.length : 0;
  return SIZE_OF_ONE + url.length + length(requestBody) + length(response?.body);
}
