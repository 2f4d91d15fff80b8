import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { Audit, AuditChange, AuditCounts } from '../core/audit.ts';
import type { HeardServer } from '../core/learn/clock-skew.ts';
import type { Lesson } from '../core/model/knowledge.ts';
import type { ExchangeRecord, TokenRecord } from '../core/model/record.ts';
import { lessonSchema, recordSchema, tokenSchema, unseenSchema } from './session-schemas.ts';

/**
 * The browsers hold 10 MB of `storage.session`, in memory, never on disk, and each refuses more with an error of its
 * own. Below that, the oldest exchanges give way.
 */
const BUDGET = 7_000_000;
const RELIEF = 1_000_000;
/** What was learned outlives the exchanges that taught it, as long as it leaves them room. */
const LESSONS_BUDGET = 2_000_000;

/**
 * What is new or wrong is written at once, for the background may be stopped at any moment. But a write costs the browser
 * as much as a request does: what only repeats what is known is gathered over the pause, and so is everything after this
 * many writes in a second.
 */
const AT_ONCE = 20;
const SECOND_MS = 1_000;
const PAUSE_MS = 250;

const COUNTS = 'counts';
const CLOCK = 'clock';

type Stored = ExchangeRecord | TokenRecord | Lesson;

/** Keeps the session over the background's sleep: a change is written at once, many in one write where they come fast. */
export class SessionStore {
  readonly #audit: Audit;
  readonly #pauseMs: number;
  /** What is kept, oldest first: a token stands where it was used last, after every exchange that it travelled on. */
  readonly #sizes = new Map<string, number>();
  #size = 0;
  #sizeOfLessons = 0;
  #lessons = 0;
  #waiting = new Map<string, unknown>();
  /** What waits and was not weighed yet. */
  readonly #unweighed = new Set<string>();
  /** What was kept last of how far this machine's clock is off. */
  #clockSkewMs = 0;
  #writing = false;
  /** Something waits that is to be written at once. */
  #urgent = false;
  /** Ends a pause that only gathers what is not urgent; null while there is none. */
  #endPause: (() => void) | null = null;
  #secondBegan = Number.NEGATIVE_INFINITY;
  #writesInSecond = 0;

  /** @param pauseMs the least time between two writes once they come fast, in ms */
  constructor(audit: Audit, pauseMs = PAUSE_MS) {
    this.#audit = audit;
    this.#pauseMs = pauseMs;
  }

  /** Gives the audit back what was kept. What can't be read any more is left out, and counted. */
  async restore(): Promise<void> {
    const stored = await browser.storage.session.get(null);
    const exchanges: ExchangeRecord[] = [];
    const tokens: TokenRecord[] = [];
    const lessons: Lesson[] = [];
    const lost: string[] = [];
    const take = <T>(schema: v.GenericSchema<unknown, T>, key: string, into: T[]): void => {
      const result = v.safeParse(schema, stored[key]);
      if (result.success) into.push(result.output);
      else lost.push(key);
    };
    for (const key of Object.keys(stored)) {
      if (key.startsWith('x:')) take(recordSchema, key, exchanges);
      else if (key.startsWith('t:')) take(tokenSchema, key, tokens);
      else if (key.startsWith('l:')) {
        take(lessonSchema, key, lessons);
        this.#lessons = Math.max(this.#lessons, Number(key.slice(2)));
      }
    }
    this.#weigh(stored, exchanges);
    const heard = v.safeParse(heardSchema, stored[CLOCK]);
    const { clock } = this.#audit.knowledge;
    // Before anything is judged: else what had not expired yet, has now.
    if (heard.success) clock.restore(heard.output);
    this.#clockSkewMs = clock.skewMs;
    const counts = v.safeParse(countsSchema, stored[COUNTS]);
    this.#audit.restore({
      exchanges,
      tokens,
      lessons,
      counts: counts.success ? counts.output : { seen: [], unseen: [] },
    });
    if (lost.length > 0) this.#audit.unseen('internal_error', lost.length);
    await this.#remove(lost);
    // What was lost has been counted: it is not counted again after the next sleep.
    let poorer = lost.length > 0;
    for (const { id, sightings } of exchanges) {
      const record = this.#audit.record(id);
      if (record === null || record.sightings.length === sightings.length) continue;
      this.#put(`x:${id}`, record);
      poorer = true;
    }
    if (poorer) this.#keepCounts();
  }

  /** Browsers give back what they hold in an order of their own: it is weighed in the order in which it came. */
  #weigh(stored: Readonly<Record<string, unknown>>, exchanges: readonly ExchangeRecord[]): void {
    const weigh = (key: string): void => {
      if (Object.hasOwn(stored, key)) this.#resize(key, JSON.stringify(stored[key]).length);
    };
    for (const { id, sightings } of [...exchanges].sort((a, b) => a.order - b.order)) {
      weigh(`x:${id}`);
      for (const { token } of sightings) weigh(`t:${token}`);
    }
    for (const key of Object.keys(stored)) if (/^[xtl]:/.test(key) && !this.#sizes.has(key)) weigh(key);
  }

  /** Keeps what a change made new. */
  save({ exchanges, tokens, lessons }: AuditChange): void {
    this.#urgent ||=
      lessons.length > 0 ||
      [...tokens].some((name) => !this.#sizes.has(`t:${name}`)) ||
      [...exchanges].some((id) => (this.#audit.row(id)?.failed.length ?? 0) > 0);
    for (const lesson of lessons) this.#put(`l:${++this.#lessons}`, lesson);
    for (const id of exchanges) {
      const record = this.#audit.record(id);
      if (record !== null) this.#put(`x:${id}`, record);
    }
    for (const name of tokens) {
      const token = this.#audit.tokenRecord(name);
      if (token !== null) this.#put(`t:${name}`, token);
    }
    this.#keepCounts();
  }

  /** Forgets what the audit forgot. */
  async forget({
    exchanges,
    tokens,
  }: {
    readonly exchanges: readonly string[];
    readonly tokens: readonly string[];
  }): Promise<void> {
    await this.#remove([...exchanges.map((id) => `x:${id}`), ...tokens.map((name) => `t:${name}`)]);
    this.#keepCounts();
    this.#write();
  }

  #keepCounts(): void {
    this.#waiting.set(COUNTS, this.#audit.counts());
    const { clock } = this.#audit.knowledge;
    if (clock.skewMs !== this.#clockSkewMs) {
      this.#clockSkewMs = clock.skewMs;
      this.#waiting.set(CLOCK, clock.heard());
    }
    this.#write();
  }

  #put(key: string, value: Stored): void {
    this.#waiting.set(key, value);
    // A token is weighed after every exchange that it travelled on.
    if (key.startsWith('t:')) this.#unweighed.delete(key);
    this.#unweighed.add(key);
  }

  #weighWaiting(): void {
    for (const key of this.#unweighed) this.#resize(key, JSON.stringify(this.#waiting.get(key)).length);
    this.#unweighed.clear();
  }

  #resize(key: string, size: number): void {
    this.#count(key, size);
    // An exchange keeps its place when it is judged anew, a token moves to where it was used last.
    if (key.startsWith('t:')) this.#sizes.delete(key);
    this.#sizes.set(key, size);
  }

  #count(key: string, size: number): void {
    const more = size - (this.#sizes.get(key) ?? 0);
    this.#size += more;
    if (isLesson(key)) this.#sizeOfLessons += more;
  }

  #write(): void {
    if (this.#urgent) this.#endPause?.();
    if (this.#writing) return;
    this.#writing = true;
    void this.#drain();
  }

  /** Never rejects. */
  async #drain(): Promise<void> {
    while (this.#waiting.size > 0) {
      let batch: ReadonlyMap<string, unknown> = new Map();
      try {
        // Before the batch is taken: what gives way, or is forgotten meanwhile, is not written after all.
        this.#weighWaiting();
        if (this.#size > BUDGET || this.#sizeOfLessons > LESSONS_BUDGET) {
          await this.#makeRoom();
          this.#weighWaiting();
        }
        batch = this.#waiting;
        this.#waiting = new Map();
        this.#urgent = false;
        if (batch.size > 0) await browser.storage.session.set(Object.fromEntries(batch));
      } catch {
        this.#audit.unseen('log_full', [...batch.keys()].filter((key) => key !== COUNTS).length);
      }
      await this.#pause(this.#comesFast());
    }
    this.#writing = false;
  }

  /** @param whole false for a pause that ends where something urgent comes */
  async #pause(whole: boolean): Promise<void> {
    if (this.#pauseMs === 0 || (this.#urgent && !whole)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#pauseMs);
      if (whole) return;
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endPause = null;
  }

  /** Counts a write. */
  #comesFast(): boolean {
    const now = performance.now();
    if (now - this.#secondBegan >= SECOND_MS) {
      this.#secondBegan = now;
      this.#writesInSecond = 0;
    }
    return ++this.#writesInSecond > AT_ONCE;
  }

  /** Drops the oldest from what is kept; the panel shows it, and the audit knows it, until the background sleeps. */
  async #makeRoom(): Promise<void> {
    const isTaught = this.#sizeOfLessons > LESSONS_BUDGET;
    const lessons = this.#oldest(isLesson, isTaught ? this.#sizeOfLessons - LESSONS_BUDGET / 2 : 0);
    const others = this.#oldest(
      (key) => !isLesson(key),
      this.#size > BUDGET ? this.#size - BUDGET + RELIEF : 0,
    );
    this.#audit.unseen('log_full', lessons.length + others.filter((key) => key.startsWith('x:')).length);
    await this.#remove([...lessons, ...others]);
  }

  /** @returns the keys of the oldest of a sort that weigh so much together */
  #oldest(isOfSort: (key: string) => boolean, wanted: number): readonly string[] {
    const oldest: string[] = [];
    let freed = 0;
    for (const [key, size] of this.#sizes) {
      if (freed >= wanted) break;
      if (!isOfSort(key)) continue;
      oldest.push(key);
      freed += size;
    }
    return oldest;
  }

  async #remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#waiting.delete(key);
      this.#unweighed.delete(key);
      this.#count(key, 0);
      this.#sizes.delete(key);
    }
    if (keys.length > 0) await browser.storage.session.remove([...keys]);
  }
}

function isLesson(key: string): boolean {
  return key.startsWith('l:');
}

const countsSchema: v.GenericSchema<unknown, AuditCounts> = v.object({
  seen: v.array(v.object({ tab: v.nullable(v.number()), exchanges: v.number() })),
  unseen: v.array(unseenSchema),
});

const heardSchema: v.GenericSchema<unknown, readonly HeardServer[]> = v.array(
  v.tuple([v.string(), v.number()]),
);
