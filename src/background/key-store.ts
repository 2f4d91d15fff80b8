import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { KeptKeys } from '../core/verify/key-fetcher.ts';
import { keptKeysSchema } from './key-schemas.ts';

const PREFIX = 'k:';

/** The session's log has most of the room: of keys this many characters are kept, the newest. */
const MAX_CHARACTERS = 1_000_000;
/** A key set of a size that no issuer has is fetched again after the sleep. */
const MAX_OF_ONE = 100_000;

/** Keeps fetched keys over the background's sleep, in `storage.session`: in memory, never on disk. */
export class KeyStore {
  readonly #sizes = new Map<string, number>();
  #size = 0;

  /** @returns what was kept and can be read */
  restore(stored: Readonly<Record<string, unknown>>): readonly KeptKeys[] {
    return Object.entries(stored).flatMap(([key, value]) => {
      if (!key.startsWith(PREFIX)) return [];
      const kept = v.safeParse(keptKeysSchema, value);
      if (!kept.success) return [];
      this.#note(key, JSON.stringify(value).length);
      return [kept.output];
    });
  }

  /** Keeps an answer. Where there is no room, it holds until the background sleeps. Never rejects. */
  keep(kept: KeptKeys): void {
    const key = `${PREFIX}${kept.issuer}`;
    const size = JSON.stringify(kept).length;
    if (size > MAX_OF_ONE) return;
    this.#note(key, size);
    const dropped: string[] = [];
    for (const [oldest, freed] of this.#sizes) {
      if (this.#size <= MAX_CHARACTERS) break;
      this.#sizes.delete(oldest);
      this.#size -= freed;
      dropped.push(oldest);
    }
    const { session } = browser.storage;
    if (dropped.length > 0) session.remove(dropped).catch(() => undefined);
    session.set({ [key]: kept }).catch(() => undefined);
  }

  #note(key: string, size: number): void {
    this.#size += size - (this.#sizes.get(key) ?? 0);
    this.#sizes.delete(key);
    this.#sizes.set(key, size);
  }
}
