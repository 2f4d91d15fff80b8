import type { HttpExchange } from '../model/exchange.ts';
import { webOrigin } from '../syntax/url.ts';

/** Servers whose clocks are heard. */
const MAX_SERVERS = 32;
/** What is less may be the way of the answer, or the second that `Date` is cut to. */
const LEAST_MS = 5_000;
/** A change of the estimate that is less changes no verdict. */
const STEP_MS = 5_000;
/** A clock that is off by more than ten years says nothing of this machine's. */
const MOST_MS = 3.2e11;

/** The origin of a server, and what this machine's clock lacks beside its own, in ms. */
export type HeardServer = readonly [origin: string, skewMs: number];

/**
 * How far this machine's clock is off, by the `Date` of servers' answers (RFC 9110 §6.6.1): the median over servers, so that one
 * whose own clock is wrong doesn't count.
 */
export class ClockSkew {
  readonly #byOrigin = new Map<string, number>();
  #skewMs = 0;

  /** Milliseconds to add to this machine's clock; 0 where it is right, or nobody said. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** How many servers said so. */
  get servers(): number {
    return this.#byOrigin.size;
  }

  /**
   * Takes what one answer says.
   * @param serverMs its `Date`, @param localMs this machine's clock at that time, both in ms since the epoch
   * @returns true where the estimate changed by so much that verdicts on times may
   */
  add(origin: string, serverMs: number, localMs: number): boolean {
    // `Date` is cut to the second.
    return this.#put(origin, serverMs + 500 - localMs) && this.#estimate();
  }

  /** What each server said, in ms: to be kept over the background's sleep. */
  heard(): readonly HeardServer[] {
    return [...this.#byOrigin];
  }

  /** Takes back what was kept. What was heard since is newer, and stays. */
  restore(kept: readonly HeardServer[]): void {
    for (const [origin, skewMs] of kept) if (!this.#byOrigin.has(origin)) this.#put(origin, skewMs);
    this.#estimate();
  }

  #put(origin: string, skewMs: number): boolean {
    if (!Number.isFinite(skewMs) || Math.abs(skewMs) > MOST_MS) return false;
    if (!this.#byOrigin.has(origin) && this.#byOrigin.size >= MAX_SERVERS) return false;
    this.#byOrigin.set(origin, skewMs);
    return true;
  }

  /** @returns true where it changed by so much that verdicts on times may */
  #estimate(): boolean {
    const all = [...this.#byOrigin.values()].sort((a, b) => a - b);
    // Of an even number the one that is nearer to no skew at all.
    const [low = 0, high = 0] = [all[Math.floor((all.length - 1) / 2)], all[Math.floor(all.length / 2)]];
    const median = low * high < 0 ? 0 : Math.abs(low) < Math.abs(high) ? low : high;
    const estimate = Math.abs(median) < LEAST_MS ? 0 : Math.round(median / 1_000) * 1_000;
    if (estimate === this.#skewMs || (estimate !== 0 && Math.abs(estimate - this.#skewMs) < STEP_MS))
      return false;
    this.#skewMs = estimate;
    return true;
  }
}

/** Of an answer that was longer under way nobody knows when its `Date` was written: a long poll would set the clock wrong. */
const MOST_TOOK_MS = 5_000;

/**
 * The `Date` of an answer beside this machine's clock at half of its way. Answers to POST only: others may come from a cache,
 * with the time at which they were made.
 */
export function datedAnswer({
  method,
  url,
  at,
  response,
}: HttpExchange): { readonly origin: string; readonly serverMs: number; readonly localMs: number } | null {
  if (method !== 'POST' || response === null) return null;
  const { tookMs = Number.NaN } = response;
  if (!(tookMs >= 0 && tookMs <= MOST_TOOK_MS)) return null;
  const date = response.headers.find(({ name }) => name.toLowerCase() === 'date')?.value;
  const serverMs = date === undefined ? Number.NaN : Date.parse(date);
  const origin = webOrigin(url);
  return origin === null || Number.isNaN(serverMs) ? null : { origin, serverMs, localMs: at + tookMs / 2 };
}
