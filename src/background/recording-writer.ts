import type { Archive } from '../archive/archive.ts';
import type { Audit } from '../core/audit.ts';
import type { Lesson } from '../core/model/knowledge.ts';
import type { NamedPart, RecordedSession, SessionPart } from '../core/model/session.ts';
import type { JudgedExchange } from '../core/report/audit-report.ts';
import { exchangeParts, lessonParts, SessionRedaction } from '../core/report/recorded-session.ts';
import { isPrivate } from '../core/syntax/withheld.ts';

/** Exchanges in one write: a write holds up the background for no longer than a request may wait. */
const BATCH = 250;

/** How often all that was written is redacted anew, at most, because a token named another person. */
const MAX_REWRITES = 20;

/** What is known of a part that was written. */
interface Written {
  readonly bytes: number;
  readonly sightings: number;
  readonly verdict: 'error' | 'warning' | null;
}

export interface WriterResult {
  readonly kept: RecordedSession['kept'];
  /** Exchanges for which there was no room. */
  readonly refused: number;
}

/**
 * Turns what an audit says of a session's exchanges into its parts on the disk, as far as they changed. Redacted by what
 * the whole session told so far: where a token names a person later, what was written before is written anew.
 */
export class RecordingWriter {
  readonly #audit: Audit;
  readonly #archive: Archive;
  readonly #written = new Map<string, Written>();
  readonly #redaction = new SessionRedaction();
  /** Client and resource parts as they were written: most changes leave them as they are. */
  readonly #lessons = new Map<string, string>();
  readonly #identifiers = new Set<string>();
  readonly #hosts = new Set<string>();
  readonly #dirty = new Set<string>();
  readonly #refused = new Set<string>();
  #rewrites = 0;
  #isRewriteDue = false;

  constructor(audit: Audit, archive: Archive) {
    this.#audit = audit;
    this.#archive = archive;
  }

  /** Takes note of what the disk has already, after the background was stopped. */
  resume(parts: readonly SessionPart[]): void {
    for (const value of parts) {
      const bytes = JSON.stringify(value).length;
      if (value.part === 'words') this.#note({ key: `w:${value.id}`, value, bytes });
      else if (value.part === 'exchange') this.#note({ key: `x:${value.exchange.id}`, value, bytes });
      else if (value.part === 'token') this.#note({ key: `t:${value.token.fingerprint}`, value, bytes });
    }
  }

  /** An exchange is new or was judged anew. */
  changed(id: string): void {
    this.#dirty.add(id);
  }

  get isDirty(): boolean {
    return this.#dirty.size > 0;
  }

  has(id: string): boolean {
    return this.#written.has(`x:${id}`);
  }

  /**
   * Writes what changed since the last time.
   * @param session as it is to be written with the first batch
   * @param left bytes that may be added
   * @param whole also redacts anew what needs it: before someone reads it
   * @returns what is kept now. Rejects where the disk does; what was not written then waits for the next time.
   */
  async write(
    session: (kept: RecordedSession['kept'], refused: number) => RecordedSession,
    left: number,
    whole: boolean,
  ): Promise<WriterResult> {
    let refused = 0;
    let room = left;
    do {
      const ids = this.#take();
      let written: readonly NamedPart[] = [];
      try {
        const judged = ids.flatMap((id) => this.#audit.judged(id) ?? []);
        const parts = this.#partsOf(judged);
        const added = parts.reduce((sum, { key, bytes }) => sum + bytes - this.#bytesOf(key), 0);
        const fits = added <= room;
        written = fits ? parts : [];
        if (!fits) refused += this.#refuse(judged);
        for (const part of written) this.#note(part);
        await this.#archive.write(session(this.kept(), refused), written);
        if (fits) room -= added;
      } catch (error) {
        for (const id of ids) this.#dirty.add(id);
        for (const { key } of written) {
          this.#written.delete(key);
          this.#lessons.delete(key);
        }
        throw error;
      }
      if (this.#isRewriteDue && (whole || this.#rewrites < MAX_REWRITES)) this.#rewriteAll();
    } while (this.#dirty.size > 0);
    return { kept: this.kept(), refused };
  }

  kept(): RecordedSession['kept'] {
    let [exchanges, errors, warnings, bytes] = [0, 0, 0, 0];
    for (const [key, written] of this.#written) {
      bytes += written.bytes;
      if (!key.startsWith('x:')) continue;
      exchanges++;
      if (written.verdict === 'error') errors++;
      else if (written.verdict === 'warning') warnings++;
    }
    return { exchanges, errors, warnings, bytes };
  }

  #take(): readonly string[] {
    const ids = [...this.#dirty].slice(0, BATCH);
    for (const id of ids) this.#dirty.delete(id);
    return ids;
  }

  /** @returns how many of these are not kept, and were not refused before */
  #refuse(judged: readonly JudgedExchange[]): number {
    const ids = judged.map(({ record }) => record.id).filter((id) => !this.has(id) && !this.#refused.has(id));
    for (const id of ids) this.#refused.add(id);
    return ids.length;
  }

  #rewriteAll(): void {
    this.#isRewriteDue = false;
    this.#rewrites++;
    for (const key of this.#written.keys()) if (key.startsWith('x:')) this.#dirty.add(key.slice(2));
  }

  #partsOf(judged: readonly JudgedExchange[]): readonly NamedPart[] {
    if (judged.length === 0) return [];
    const before = this.#written.size;
    for (const one of judged) if (this.#redaction.note(one)) this.#isRewriteDue ||= before > 0;
    // What a private window taught is no one's but its own.
    const lessons = this.#audit.lessons().filter((lesson) => !isPrivate(sourceOf(lesson)));
    this.#redaction.noteLessons(lessons);
    const redactor = this.#redaction.redactor();
    const parts = exchangeParts(judged, lessons, redactor).filter((part) => this.#isNews(part));
    const exchanges = new Set(judged.map(({ record }) => record.id));
    for (const { value } of parts) this.#noteNames(value);
    const belongs = {
      exchange: (id: string) => exchanges.has(id) || this.has(id),
      identifier: (id: string) => this.#identifiers.has(id),
      host: (host: string) => this.#hosts.has(host),
    };
    const learned = lessonParts(lessons, belongs, redactor).filter(({ key, value }) => {
      const text = JSON.stringify(value);
      if (this.#lessons.get(key) === text) return false;
      this.#lessons.set(key, text);
      return true;
    });
    return [...parts, ...learned];
  }

  /** Of what was recorded before the background stopped, the raw tokens may be gone: it is not made poorer. */
  #isNews({ key, value }: NamedPart): boolean {
    const written = this.#written.get(key);
    if (written === undefined || value.part === 'token') return true;
    return value.part === 'exchange' && value.exchange.sightings.length >= written.sightings;
  }

  #noteNames(value: SessionPart): void {
    if (value.part === 'token') {
      for (const audience of value.token.audience) this.#identifiers.add(audience);
      if (value.token.clientId !== null) this.#identifiers.add(value.token.clientId);
    } else if (value.part === 'exchange') {
      const host = /^[a-z]+:\/\/([^/?#]*)/.exec(value.exchange.url)?.[1];
      if (host !== undefined) this.#hosts.add(host);
    }
  }

  #bytesOf(key: string): number {
    return this.#written.get(key)?.bytes ?? 0;
  }

  #note({ key, value, bytes }: NamedPart): void {
    this.#noteNames(value);
    const isExchange = value.part === 'exchange';
    const severities = isExchange
      ? value.findings.flatMap(({ outcome, severity, accepted }) =>
          outcome === 'failed' && accepted === undefined ? [severity] : [],
        )
      : [];
    this.#written.set(key, {
      bytes,
      sightings: isExchange ? value.exchange.sightings.length : 0,
      verdict: severities.includes('error') ? 'error' : severities.includes('warning') ? 'warning' : null,
    });
  }
}

/** The id of the exchange that taught it; empty where none did. */
function sourceOf(lesson: Lesson): string {
  if (lesson.learned === 'provenance') return lesson.issuedIn;
  return 'learnedFrom' in lesson ? (lesson.learnedFrom ?? '') : '';
}
