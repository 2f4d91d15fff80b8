/** A page that asks without end must not fill our memory: the oldest messages give way. */
const MAX_MESSAGES = 1_000;

interface Told<Message> {
  readonly message: Message;
  /** ms since the epoch */
  readonly at: number;
}

/** What was told a moment ago: it may have been lost with the background that it was told to. */
export class RecentlyTold<Message> {
  readonly #forMs: number;
  #told: Told<Message>[] = [];

  /** @param forMs how long a message is kept, in ms */
  constructor(forMs: number) {
    this.#forMs = forMs;
  }

  /** @param at now, in ms since the epoch */
  note(message: Message, at: number): void {
    this.#told.push({ message, at });
    if (this.#told.length > MAX_MESSAGES || this.#isOld(this.#told[0], at)) this.#drop(at);
  }

  /**
   * @param now ms since the epoch
   * @returns what was told within the time, oldest first
   */
  messages(now: number): readonly Message[] {
    this.#drop(now);
    return this.#told.map(({ message }) => message);
  }

  #drop(now: number): void {
    this.#told = this.#told.slice(-MAX_MESSAGES).filter((told) => !this.#isOld(told, now));
  }

  #isOld(told: Told<Message> | undefined, now: number): boolean {
    return told !== undefined && now - told.at > this.#forMs;
  }
}
