import { type Archive, isNearlyFull } from '../archive/archive.ts';
import type { Audit, AuditChange } from '../core/audit.ts';
import type { HttpExchange, UnseenReason } from '../core/model/exchange.ts';
import type { RecordedSession, SessionScope } from '../core/model/session.ts';
import * as recording from '../core/record/recording.ts';
import { isInScope, wasActive } from '../core/record/session-scope.ts';
import { redactedNote } from '../core/report/redact-note.ts';
import { fingerprint } from '../core/syntax/fingerprint.ts';
import { fateOf } from '../core/syntax/withheld.ts';
import { t } from '../core/text.ts';
import type { ToSessions } from '../session-messages.ts';
import { currentOf } from './recorder-state.ts';
import { RecordingWriter } from './recording-writer.ts';

/** A change goes to the disk after this, together with what comes meanwhile: at most so much is lost in a crash. */
const WRITE_AFTER_MS = 400;

/** A sign of life while nothing happens: a crash is known to be later than the last one. */
const SIGN_OF_LIFE_MS = 10_000;

/** Less is no gap: the background starts in that time. */
const SHORTEST_GAP_MS = 50;

/** What the recorder needs of the browser. */
export interface RecorderSurroundings {
  readonly archive: Archive;
  readonly now: () => number;
  readonly newId: () => string;
  readonly source: RecordedSession['source'];
  readonly version: string;
  /** Which session is recorded, kept for as long as the browser runs: it tells a stopped background from a stopped browser. */
  readonly marker: {
    readonly get: () => Promise<string | null>;
    readonly set: (id: string | null) => Promise<void>;
  };
  readonly after: (ms: number, callback: () => void) => void;
  /** What is to be observed for the recording; null while nothing is. */
  readonly scopeChanged: (scope: SessionScope | null) => void;
  readonly stateChanged: () => void;
}

/** Records one session at a time: a window on the audit, written to the disk as it goes, redacted. */
export class Recorder {
  readonly #audit: Audit;
  readonly #outside: RecorderSurroundings;
  #session: RecordedSession | null = null;
  #writer: RecordingWriter;
  #interrupted: RecordedSession | null = null;
  #room: { readonly used: number; readonly limit: number } | null = null;
  #problem: string | null = null;
  #revision = 0;
  #isWriteDue = false;
  /** Counts the times that signs of life began: those of an earlier time end. */
  #signs = 0;
  /** Commands and writes, one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(audit: Audit, outside: RecorderSurroundings) {
    this.#audit = audit;
    this.#outside = outside;
    this.#writer = new RecordingWriter(audit, outside.archive);
  }

  get scope(): SessionScope | null {
    return this.#session?.state === 'recording' ? this.#session.scope : null;
  }

  /** Goes on where the background was stopped, says so, and ends what the browser's end has ended. Never rejects. */
  restore(): Promise<void> {
    return this.#do(async () => {
      const { archive, marker } = this.#outside;
      const { sessions } = await archive.list();
      const current = await marker.get();
      for (const session of sessions) {
        if (session.state !== 'ended' && session.id !== current) {
          await archive.write(recording.interrupt(session), []);
        }
      }
      await this.#findInterrupted();
      if (sessions.length > 0) this.#room = await archive.room();
      const session = sessions.find(({ id, state }) => id === current && state !== 'ended');
      if (session !== undefined) await this.#takeUp(session);
    });
  }

  async #takeUp(session: RecordedSession): Promise<void> {
    const { parts } = await this.#outside.archive.parts(session.id);
    this.#writer.resume(parts);
    this.#session = session;
    let lastSign = session.lastSign;
    for (const id of this.#audit.ids()) {
      if (!this.#isMine(id)) continue;
      // What the memory still had of the time before the stop was recorded after all.
      lastSign = Math.max(lastSign, this.#audit.record(id)?.at ?? 0);
      this.#writer.changed(id);
    }
    const now = this.#outside.now();
    if (session.state === 'recording') {
      if (now - lastSign > SHORTEST_GAP_MS) this.#session = recording.withGap(session, lastSign, now);
      this.#beginSigns();
    }
    this.#outside.scopeChanged(this.scope);
    await this.#write(false);
  }

  /** Observes an exchange, and counts for the session what that showed and what not. */
  watch(exchange: HttpExchange, observe: () => AuditChange): AuditChange {
    const session = this.#session;
    const scope = this.scope;
    if (session === null || scope === null) return observe();
    if (!isInScope(scope, exchange) || !wasActive(session, exchange.at)) return observe();
    const fate = fateOf(scope, exchange.id);
    if (fate === 'copy') return observe();
    const before = this.#audit.coverage(exchange.tab);
    const change = observe();
    const after = this.#audit.coverage(exchange.tab);
    const fresh = after.exchanges - before.exchanges;
    if (fate === 'left_out') {
      this.#leaveOut(session, fresh);
      return change;
    }
    this.#session = { ...session, exchanges: session.exchanges + fresh };
    for (const { reason, count } of after.unseen) {
      const known = before.unseen.find((one) => one.reason === reason)?.count ?? 0;
      if (count > known) this.#session = recording.withUnseen(this.#session, reason, count - known);
    }
    if (fresh > 0) this.#writeSoon();
    return change;
  }

  /** Counts what could not be seen of an exchange. */
  unseen(exchange: HttpExchange, reason: UnseenReason): void {
    const { scope } = this;
    if (this.#session === null || scope === null || !isInScope(scope, exchange)) return;
    if (fateOf(scope, exchange.id) !== 'kept') return;
    this.#session = recording.withUnseen(this.#session, reason, 1);
    this.#writeSoon();
  }

  /** Counts a request of a private window that nobody observed. */
  leftOut(request: Pick<HttpExchange, 'tab' | 'url' | 'initiator'>): void {
    const { scope } = this;
    if (this.#session !== null && scope !== null && isInScope(scope, request))
      this.#leaveOut(this.#session, 1);
  }

  #leaveOut(session: RecordedSession, count: number): void {
    this.#session = recording.withUnseen(session, 'private_window', count);
    if (count > 0) this.#writeSoon();
  }

  /** Takes what is new or was judged anew; what was recorded is also followed after the end. */
  changed({ exchanges }: AuditChange): void {
    if (this.#session === null) return;
    for (const id of exchanges) if (this.#isMine(id)) this.#writer.changed(id);
    if (this.#writer.isDirty) this.#writeSoon();
  }

  start(name: string, scope: SessionScope): Promise<void> {
    return this.#do(async () => {
      if (this.#session !== null && this.#session.state !== 'ended') return;
      const { archive, newId, now, source, version } = this.#outside;
      await this.#finish();
      this.#room = await archive.room();
      this.#writer = new RecordingWriter(this.#audit, archive);
      await this.#begin(
        recording.begin({ id: newId(), name: this.#redacted(name), scope, source, version, at: now() }),
      );
    });
  }

  /** Goes on with a session that the browser ended, or a person. */
  continue(id: string, scope: SessionScope): Promise<void> {
    return this.#do(async () => {
      if (this.#session !== null && this.#session.state !== 'ended') return;
      const { archive, now } = this.#outside;
      await this.#finish();
      const session = await archive.session(id);
      if (session === null) return;
      this.#room = await archive.room();
      this.#writer = new RecordingWriter(this.#audit, archive);
      this.#writer.resume((await archive.parts(id)).parts);
      await this.#begin(recording.continued(session, scope, now()));
      await this.#findInterrupted();
    });
  }

  async #begin(session: RecordedSession): Promise<void> {
    await this.#outside.archive.write(session, []);
    await this.#outside.marker.set(session.id);
    this.#session = session;
    this.#beginSigns();
    this.#outside.scopeChanged(this.scope);
    this.#revision++;
  }

  pause(): Promise<void> {
    return this.#turn(recording.pause);
  }

  resume(): Promise<void> {
    return this.#turn(recording.resume).then(() => this.#beginSigns());
  }

  stop(): Promise<void> {
    return this.#do(async () => {
      if (this.#session === null || this.#session.state === 'ended') return;
      this.#session = recording.stop(this.#session, this.#outside.now());
      this.#outside.scopeChanged(null);
      await this.#write(true);
      await this.#outside.marker.set(null);
    });
  }

  step(kind: 'step' | 'note', note: string): Promise<void> {
    return this.#turn((session, at) => recording.withStep(session, at, kind, this.#redacted(note)));
  }

  #redacted(note: string): string {
    return redactedNote(note, (word) => this.#audit.tokenRecord(fingerprint(word)) != null);
  }

  rename(id: string, told: string): Promise<void> {
    return this.#do(async () => {
      const { archive } = this.#outside;
      const name = this.#redacted(told);
      if (this.#session?.id === id) {
        this.#session = recording.renamed(this.#session, name);
        return this.#write(false);
      }
      const session = await archive.session(id);
      if (session !== null) await archive.write(recording.renamed(session, name), []);
      await this.#findInterrupted();
    });
  }

  remove(id: string): Promise<void> {
    return this.#do(async () => {
      if (this.#session?.id === id) {
        this.#session = null;
        this.#outside.scopeChanged(null);
        await this.#outside.marker.set(null);
      }
      const { archive } = this.#outside;
      await archive.remove(id);
      this.#room = await archive.room();
      await this.#findInterrupted();
    });
  }

  /** Writes whatever waits: before it is read, or forgotten in memory. Never rejects. */
  flush(): Promise<void> {
    return this.#do(() => this.#write(true));
  }

  state(): Omit<ToSessions, 'type' | 'site' | 'isPrivate'> {
    const room = this.#room;
    const interrupted = this.#interrupted;
    return {
      current: currentOf(this.#session),
      interrupted:
        interrupted === null
          ? null
          : { id: interrupted.id, name: interrupted.name, lastSign: interrupted.lastSign },
      room: room === null || !isNearlyFull(room) ? 'enough' : room.used >= room.limit ? 'none' : 'scarce',
      problem: this.#problem,
      revision: this.#revision,
    };
  }

  #isMine(id: string): boolean {
    const session = this.#session;
    const record = this.#audit.record(id);
    if (session === null || session.scope === null || record === null) return false;
    if (fateOf(session.scope, record.id) !== 'kept') return false;
    return this.#writer.has(id) || (isInScope(session.scope, record) && wasActive(session, record.at));
  }

  #turn(how: (session: RecordedSession, at: number) => RecordedSession): Promise<void> {
    return this.#do(async () => {
      if (this.#session === null || this.#session.state === 'ended') return;
      this.#session = how(this.#session, this.#outside.now());
      this.#outside.scopeChanged(this.scope);
      await this.#write(false);
    });
  }

  /** What came in late for the session before. */
  async #finish(): Promise<void> {
    if (this.#session !== null && this.#writer.isDirty) await this.#write(true);
    this.#session = null;
  }

  async #write(whole: boolean): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    const room = this.#room ?? (await this.#outside.archive.room());
    const before = session.kept.bytes;
    const result = await this.#writer.write(
      (kept, refused) => {
        const signed = this.#signed(kept, refused);
        this.#room = { ...room, used: refused > 0 ? room.limit : room.used + kept.bytes - before };
        // A long write is followed as it goes.
        this.#outside.stateChanged();
        return signed;
      },
      room.limit - room.used,
      whole,
    );
    if (this.#session !== null) {
      const { kept } = result;
      this.#session = { ...recording.withUnseen(this.#session, 'log_full', result.refused), kept };
    }
    this.#problem = null;
    this.#revision++;
  }

  /** The session as it is written: with a sign of life. */
  #signed(kept: RecordedSession['kept'], refused: number): RecordedSession {
    const session = this.#session;
    if (session === null) throw new Error('The session was deleted.');
    const lastSign = session.state === 'recording' ? this.#outside.now() : session.lastSign;
    this.#session = { ...session, lastSign, kept };
    return recording.withUnseen(this.#session, 'log_full', refused);
  }

  #writeSoon(): void {
    if (this.#isWriteDue) return;
    this.#isWriteDue = true;
    this.#outside.after(WRITE_AFTER_MS, () => {
      this.#isWriteDue = false;
      void this.#do(() => this.#write(false));
    });
  }

  #beginSigns(): void {
    const run = ++this.#signs;
    const next = (): void => {
      this.#outside.after(SIGN_OF_LIFE_MS, () => {
        const session = this.#session;
        if (run !== this.#signs || session?.state !== 'recording') return;
        if (this.#outside.now() - session.lastSign >= SIGN_OF_LIFE_MS / 2) this.#writeSoon();
        next();
      });
    };
    next();
  }

  async #findInterrupted(): Promise<void> {
    const { sessions } = await this.#outside.archive.list();
    this.#interrupted = sessions.find(({ isInterrupted }) => isInterrupted) ?? null;
  }

  #do(task: () => Promise<void>): Promise<void> {
    const done = this.#last.then(task).catch((error: unknown) => {
      this.#problem = t`Sessions can't be kept: ${error instanceof Error ? error.message : String(error)}`;
    });
    this.#last = done.then(() => this.#outside.stateChanged());
    return this.#last;
  }
}
