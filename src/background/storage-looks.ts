import type { Fingerprint } from '../core/model/token.ts';

/** Reading a page's storage stops the page for a moment. */
const AT_MOST_EVERY_MS = 5_000;
/** Tokens that were asked about and not found are not asked about again; more than these are forgotten. */
const MAX_ASKED = 2_000;

/** When to look into a page's storage: it may say what a token is that no response was seen to issue. */
export class StorageLooks {
  readonly #last = new Map<number, number>();
  readonly #asked = new Set<Fingerprint>();

  /**
   * @param at ms since the epoch
   * @param unknown tokens that nobody was seen to issue
   * @returns true where it is time to look; it is then taken for done
   */
  isDue(tab: number | null, at: number, unknown: readonly Fingerprint[]): boolean {
    if (tab === null) return false;
    const news = unknown.filter((token) => !this.#asked.has(token));
    if (news.length === 0 || at - (this.#last.get(tab) ?? Number.NEGATIVE_INFINITY) < AT_MOST_EVERY_MS)
      return false;
    this.#last.set(tab, at);
    if (this.#asked.size >= MAX_ASKED) this.#asked.clear();
    for (const token of news) this.#asked.add(token);
    return true;
  }
}
