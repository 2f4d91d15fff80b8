import * as v from 'valibot';
import type { StoredEntry } from '../core/model/sdk.ts';
import { STORAGE_KEYS } from '../core/syntax/sdk-keys.ts';

/** What a page may hand over at most. Libraries keep a dozen entries of a few kilobytes. */
const MAX_KEYS = 2_000;
const MAX_ENTRIES = 64;
const MAX_KEY_LENGTH = 1_024;
const MAX_VALUE_LENGTH = 65_536;
const MAX_LENGTH = 1_048_576;

/**
 * An expression that the inspected page evaluates: to a JSON text of its origin and of what client libraries keep in its
 * `localStorage` and `sessionStorage`. Nothing else in them is read. (What is in IndexedDB, as Firebase has it by default,
 * in a worker or in memory can't be read so.)
 */
export const READ_STORAGE = `(() => {
  const wanted = new RegExp(${JSON.stringify(STORAGE_KEYS.map(({ key }) => `(?:${key.source})`).join('|'))});
  const entries = [];
  for (const area of ['local', 'session']) {
    try {
      const storage = window[area + 'Storage'];
      const count = Math.min(storage.length, ${MAX_KEYS});
      for (let index = 0; index < count && entries.length < ${MAX_ENTRIES}; index++) {
        const key = storage.key(index);
        if (key === null || key.length > ${MAX_KEY_LENGTH} || !wanted.test(key)) continue;
        const value = storage.getItem(key);
        if (value !== null && value.length <= ${MAX_VALUE_LENGTH}) entries.push({ area, key, value });
      }
    } catch {}
  }
  return JSON.stringify({ origin: location.origin, entries });
})()`;

/** What a page's storage holds of client libraries. */
export interface PageStorage {
  readonly origin: string;
  readonly entries: readonly StoredEntry[];
}

const storedEntry: v.GenericSchema<unknown, StoredEntry> = v.object({
  area: v.picklist(['local', 'session']),
  key: v.pipe(v.string(), v.maxLength(MAX_KEY_LENGTH)),
  value: v.pipe(v.string(), v.maxLength(MAX_VALUE_LENGTH)),
});

const storageSchema: v.GenericSchema<unknown, PageStorage> = v.object({
  origin: v.pipe(v.string(), v.maxLength(MAX_KEY_LENGTH)),
  entries: v.pipe(v.array(storedEntry), v.maxLength(MAX_ENTRIES)),
});

/**
 * Reads what {@link READ_STORAGE} gave. The page is asked about itself, and may lie or send anything.
 * @returns null for what is too long or of another form
 */
export function readPageStorage(answer: unknown): PageStorage | null {
  if (typeof answer !== 'string' || answer.length > MAX_LENGTH) return null;
  try {
    const result = v.safeParse(storageSchema, JSON.parse(answer));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
