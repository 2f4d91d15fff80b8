import type { Fingerprint } from '../model/token.ts';
import { fingerprint } from '../syntax/fingerprint.ts';

/** Tokens that are remembered by their name, and the characters of all of them. */
const MAX_TOKENS = 256;
const MAX_CHARACTERS = 1_000_000;

/**
 * Names of the tokens that were seen last: an app sends the same ones again and again, and to hash one takes longer than all
 * else that is done about it.
 */
export class TokenNames {
  /** Two generations: what is used moves to the young one; when that is full, the old one is forgotten. */
  #young = new Map<string, Fingerprint>();
  #old = new Map<string, Fingerprint>();
  #characters = 0;

  /** @returns the token's fingerprint */
  of(raw: string): Fingerprint {
    const known = this.#young.get(raw);
    if (known !== undefined) return known;
    const name = this.#old.get(raw) ?? fingerprint(raw);
    if (this.#young.size >= MAX_TOKENS / 2 || this.#characters + raw.length > MAX_CHARACTERS / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#characters = 0;
    }
    this.#young.set(raw, name);
    this.#characters += raw.length;
    return name;
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#characters = 0;
  }
}
