import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import * as v from 'valibot';
import type { NamedPart, RecordedSession, SessionPart } from '../core/model/session.ts';
import {
  ARCHIVE_LIMIT,
  type Archive,
  type ArchiveList,
  type ArchiveParts,
  type ArchiveRoom,
} from './archive.ts';
import { partSchema, sessionSchema } from './part-schemas.ts';

const NAME = 'aud-it';
const VERSION = 1;

/** So many parts are read at once. */
const AT_ONCE = 500;

/** Read as unknown, always: a disk may give back anything. */
interface Schema extends DBSchema {
  sessions: { key: string; value: { readonly id: string; readonly session: unknown } };
  parts: {
    key: [session: string, key: string];
    value: { readonly session: string; readonly key: string; readonly value: unknown };
  };
}

/**
 * Sessions in IndexedDB, which the browser keeps over its own end. Nothing is created before something is written. Of a
 * nearly full disk a browser may evict it, which is rare; `navigator.storage.persist()` would not help: Chromium refuses
 * it to an extension without a word, Firefox asks the person. The permission `unlimitedStorage` would, and has Firefox ask
 * for one thing more when the extension is installed (https://developer.chrome.com/docs/extensions/mv3/storage-and-cookies).
 */
export class IndexedDbArchive implements Archive {
  #open: Promise<IDBPDatabase<Schema>> | null = null;

  async list(): Promise<ArchiveList> {
    const db = await this.#existing();
    const sessions: RecordedSession[] = [];
    const unreadable: string[] = [];
    for (const { id, session } of (await db?.getAll('sessions')) ?? []) {
      const read = v.safeParse(sessionSchema, session);
      if (read.success) sessions.push(read.output);
      else unreadable.push(id);
    }
    return { sessions: sessions.sort((a, b) => b.startedAt - a.startedAt), unreadable };
  }

  async session(id: string): Promise<RecordedSession | null> {
    const db = await this.#existing();
    const read = v.safeParse(sessionSchema, (await db?.get('sessions', id))?.session);
    return read.success ? read.output : null;
  }

  async parts(id: string): Promise<ArchiveParts> {
    const parts: SessionPart[] = [];
    let unreadable = 0;
    // What is written meanwhile brings the facts that its exchanges speak of: these are read after them.
    for (const range of [exchangesOf(id), factsOf(id)]) {
      for await (const value of this.#values(range)) {
        const read = v.safeParse(partSchema, value);
        if (read.success) parts.push(read.output);
        else unreadable++;
      }
    }
    return { parts, unreadable };
  }

  /**
   * The values of a range, some at a time: others have their turn between, and what was read is not held twice. Of 100,000 at
   * once, the page stood still for seconds.
   */
  async *#values(range: IDBKeyRange): AsyncGenerator<unknown> {
    const db = await this.#existing();
    for (let rest: IDBKeyRange | null = range; db !== null && rest !== null; ) {
      const rows: Schema['parts']['value'][] = await db.getAll('parts', rest, AT_ONCE);
      for (const { value } of rows) yield value;
      const last = rows.length < AT_ONCE ? undefined : rows.at(-1);
      rest = last === undefined ? null : after(last, range);
    }
  }

  async write(session: RecordedSession, parts: readonly NamedPart[]): Promise<void> {
    const db = await this.#database();
    // The browser answers when the disk has it: a crash after that loses nothing.
    const transaction = db.transaction(['sessions', 'parts'], 'readwrite', { durability: 'strict' });
    const { id } = session;
    await Promise.all([
      transaction.objectStore('sessions').put({ id, session }),
      ...parts.map(({ key, value }) => transaction.objectStore('parts').put({ session: id, key, value })),
      transaction.done,
    ]);
  }

  async remove(id: string): Promise<void> {
    const db = await this.#existing();
    if (db === null) return;
    const transaction = db.transaction(['sessions', 'parts'], 'readwrite');
    await Promise.all([
      transaction.objectStore('sessions').delete(id),
      transaction.objectStore('parts').delete(rangeOf(id)),
      transaction.done,
    ]);
  }

  async room(): Promise<ArchiveRoom> {
    const { sessions } = await this.list();
    const used = sessions.reduce((sum, { kept }) => sum + kept.bytes, 0);
    // The browser counts more than we do: indexes, and what it has not cleaned up yet.
    const { usage = 0, quota = Number.POSITIVE_INFINITY } = await navigator.storage.estimate();
    return { used, limit: Math.min(ARCHIVE_LIMIT, used + Math.max(0, quota - usage) / 2) };
  }

  /** @returns null where nothing was ever written */
  async #existing(): Promise<IDBPDatabase<Schema> | null> {
    if (this.#open !== null) return this.#open;
    const known = await indexedDB.databases();
    return known.some(({ name }) => name === NAME) ? this.#database() : null;
  }

  #database(): Promise<IDBPDatabase<Schema>> {
    this.#open ??= openDB<Schema>(NAME, VERSION, {
      upgrade: (db) => {
        db.createObjectStore('sessions', { keyPath: 'id' });
        db.createObjectStore('parts', { keyPath: ['session', 'key'] });
      },
      // A newer version of the extension wants to change it, or the browser closed it: opened again when it is needed.
      blocking: (_current, _blocked, event) => {
        this.#open = null;
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: () => {
        this.#open = null;
      },
    }).catch((error: unknown) => {
      this.#open = null;
      throw error;
    });
    return this.#open;
  }
}

/** Above all strings that begin so comes the same with the next character. */
const EXCHANGES = { from: 'x:', to: 'x;' } as const;

function exchangesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, EXCHANGES.from], [id, EXCHANGES.to], false, true);
}

/** Tokens, words, clients and resources: all that stands before the exchanges. */
function factsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, EXCHANGES.from], false, true);
}

function after({ session, key }: Schema['parts']['value'], range: IDBKeyRange): IDBKeyRange {
  return IDBKeyRange.bound([session, key], range.upper, true, true);
}

/** All parts of a session: arrays sort after every string (Indexed Database API 3.0 §2.4). */
function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}
