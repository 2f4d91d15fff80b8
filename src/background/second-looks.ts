import { nextLookMs } from '../core/verify/second-look.ts';

/** Issuers and tokens that wait for another look: a hostile page may make as many as it likes. */
const MAX_ISSUERS = 100;
const MAX_TOKENS = 200;

interface Waiting {
  readonly tokens: Set<string>;
  /** When the issuer was asked last, in ms since the epoch. */
  askedAt: number;
  looks: number;
  isScheduled: boolean;
  cancel: () => void;
}

/**
 * The tokens whose issuer may publish other keys soon. All of one issuer are looked at together, a few times, ever later; and at
 * once when newer keys are there for another reason.
 */
export class SecondLooks {
  readonly #byIssuer = new Map<string, Waiting>();
  readonly #look: (issuer: string, tokens: readonly string[], newerThan: number) => void;
  readonly #after: (ms: number, callback: () => void) => () => void;

  /**
   * @param look looks at these tokens again, with keys that were asked for later than `newerThan` (ms since the epoch)
   * @param after calls back once; what it returns calls that off
   */
  constructor(
    look: (issuer: string, tokens: readonly string[], newerThan: number) => void,
    after: (ms: number, callback: () => void) => () => void,
  ) {
    this.#look = look;
    this.#after = after;
  }

  /** A token waits for keys that are newer than those of `askedAt` (ms since the epoch). */
  wait(issuer: string, token: string, askedAt: number): void {
    const waiting = this.#byIssuer.get(issuer);
    if (waiting !== undefined) {
      const isNew = !waiting.tokens.has(token);
      if (waiting.tokens.size < MAX_TOKENS) waiting.tokens.add(token);
      waiting.askedAt = Math.max(waiting.askedAt, askedAt);
      if (!isNew || waiting.isScheduled) return;
      // The looks were used up; a token that is new is worth some more.
      waiting.looks = 0;
      this.#schedule(issuer, waiting);
      return;
    }
    if (this.#byIssuer.size >= MAX_ISSUERS) return;
    const cancel = (): void => undefined;
    const fresh: Waiting = { tokens: new Set([token]), askedAt, looks: 0, isScheduled: true, cancel };
    this.#byIssuer.set(issuer, fresh);
    this.#schedule(issuer, fresh);
  }

  /** A token needs no more looks. */
  settled(issuer: string, token: string): void {
    const waiting = this.#byIssuer.get(issuer);
    if (waiting?.tokens.delete(token) !== true || waiting.tokens.size > 0) return;
    waiting.cancel();
    this.#byIssuer.delete(issuer);
  }

  /** Keys of this issuer were asked for at that time (ms since the epoch): those who wait for newer ones look at them. */
  keysCame(issuer: string, askedAt: number): void {
    const waiting = this.#byIssuer.get(issuer);
    if (waiting === undefined || askedAt <= waiting.askedAt) return;
    const before = waiting.askedAt;
    waiting.askedAt = askedAt;
    this.#look(issuer, [...waiting.tokens], before);
  }

  #schedule(issuer: string, waiting: Waiting): void {
    const ms = nextLookMs(waiting.looks);
    waiting.isScheduled = ms !== null;
    if (ms === null) return;
    waiting.cancel = this.#after(ms, () => {
      waiting.looks++;
      this.#schedule(issuer, waiting);
      this.#look(issuer, [...waiting.tokens], waiting.askedAt);
    });
  }
}
