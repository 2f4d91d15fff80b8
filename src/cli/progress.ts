/** Work that takes less is not worth a word, in ms; and how often a line is written anew. */
const PATIENCE_MS = 1000;
const PAUSE_MS = 200;

/** Tells a person at a terminal how far long work is. */
export class Progress {
  readonly #show: ((line: string | null) => void) | null;
  readonly #now: () => number;
  readonly #since: number;
  #last = 0;

  /**
   * @param show writes the line over the one before; null takes it away. null where nobody looks
   * @param now ms since the epoch
   */
  constructor(show: ((line: string | null) => void) | null, now: () => number) {
    this.#show = show;
    this.#now = now;
    this.#since = show === null ? 0 : now();
  }

  /** @param size what there is to read, in octets; 0 where nobody knows */
  reading(file: string, read: number, size: number): void {
    if (this.#show === null) return;
    const now = this.#now();
    if (now - this.#since < PATIENCE_MS || now - this.#last < PAUSE_MS) return;
    this.#last = now;
    const percent = size > 0 ? `${Math.min(100, Math.floor((100 * read) / size))} %, ` : '';
    const of = size > 0 ? ` of ${megabytes(size)}` : '';
    this.#show(`Reading ${file}: ${percent}${megabytes(read)}${of} MB`);
  }

  done(): void {
    if (this.#last > 0) this.#show?.(null);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
