/**
 * What comes while the background starts waits for it, in the order in which it came; what comes later runs at once. Nothing
 * overtakes: a request's end before its beginning would be lost.
 */
export class StartGate {
  readonly #failed: () => void;
  #opened: Promise<void>;
  #isOpen = false;
  /** How many things are waited for after the start. */
  #held = 0;

  /**
   * @param start what is waited for; where it fails, the rest goes on without it
   * @param failed told each time when something fails
   */
  constructor(start: () => Promise<void>, failed: () => void) {
    this.#failed = failed;
    this.#opened = start()
      .catch(failed)
      .then(() => {
        this.#isOpen = true;
      });
  }

  /** True once it was started. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Lets all that comes from now on wait for this too, still in its order. */
  hold(wait: () => Promise<void>): void {
    this.#held++;
    this.#opened = this.#opened
      .then(wait)
      .catch(this.#failed)
      .then(() => {
        this.#held--;
      });
  }

  /** What fails is counted, and ends nothing else. */
  readonly whenOpen = (task: () => void | Promise<void>): void => {
    const guarded = async (): Promise<void> => {
      try {
        await task();
      } catch {
        this.#failed();
      }
    };
    if (this.#isOpen && this.#held === 0) void guarded();
    else void this.#opened.then(guarded);
  };
}
