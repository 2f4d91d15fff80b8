/** A page that asks without end must not fill our memory. */
const MAX_READ = 1_000;

/**
 * Which responses' bodies were read, so that none is read twice: a log may hold thousands, and each reading costs the page. The oldest give
 * way; what began before them counts as read.
 */
export class ReadBodies {
  /** When each began, in ms since the epoch. */
  readonly #began = new Map<string, number>();
  #allBefore = Number.NEGATIVE_INFINITY;

  /**
   * @param name of the response
   * @param at when it began, in ms since the epoch
   */
  note(name: string, at: number): void {
    this.#began.set(name, at);
    if (this.#began.size <= MAX_READ) return;
    const times = [...this.#began.values()].sort((a, b) => a - b);
    this.#allBefore = Math.max(this.#allBefore, times[MAX_READ / 2] ?? 0);
    for (const [other, began] of this.#began) if (began < this.#allBefore) this.#began.delete(other);
    if (this.#began.size <= MAX_READ) return;
    // So many at one moment.
    this.#allBefore = at + 1;
    this.#began.clear();
  }

  has(name: string, at: number): boolean {
    return at < this.#allBefore || this.#began.has(name);
  }
}
