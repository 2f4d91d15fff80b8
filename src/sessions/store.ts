import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Archive, ArchiveList, ArchiveRoom } from '../archive/archive.ts';
import type { Configuration } from '../core/model/configuration.ts';
import type { AuditReport } from '../core/model/report.ts';
import type { RecordedSession } from '../core/model/session.ts';
import { assembleReport } from '../core/report/assemble-report.ts';
import { type ComparedFinding, compareReports } from '../core/report/compare-reports.ts';
import { t } from '../core/text.ts';
import { SESSION_WORDS } from '../panel/session-words.ts';
import type { Sessions } from '../panel/sessions.ts';
import { importFile } from './import-file.ts';
import { importedSession } from './imported-session.ts';

/** What a person looks at beside the list. */
export type View =
  | { readonly view: 'none' }
  | { readonly view: 'session'; readonly session: RecordedSession; readonly report: AuditReport }
  | {
      readonly view: 'comparison';
      readonly before: RecordedSession;
      readonly after: RecordedSession;
      readonly findings: readonly ComparedFinding[];
    };

/** What the sessions page knows and shows. */
export interface SessionsStore {
  readonly sessions: Sessions;
  /** null until the disk was read. */
  readonly list: ReadonlySignal<ArchiveList | null>;
  readonly room: ReadonlySignal<ArchiveRoom | null>;
  readonly view: ReadonlySignal<View>;
  /** The sessions that are to be compared: two at most, in the order of their recording. */
  readonly chosen: ReadonlySignal<readonly RecordedSession[]>;
  /** The file that is read, and how many octets of how many. */
  readonly importing: ReadonlySignal<{
    readonly name: string;
    readonly done: number;
    readonly total: number;
  } | null>;
  /** What went wrong, in lines for people. */
  readonly problems: ReadonlySignal<readonly string[]>;
  readonly reload: () => Promise<void>;
  readonly open: (id: string | null) => Promise<void>;
  readonly choose: (id: string, isChosen: boolean) => void;
  readonly compare: () => Promise<void>;
  readonly swap: () => void;
  readonly rename: (id: string, name: string) => void;
  readonly remove: (id: string) => void;
  readonly importFiles: (files: readonly File[]) => Promise<void>;
  /** Ends the import under way; the files that wait are not read, either. */
  readonly cancelImport: () => void;
  /** The report of a session as it is now. */
  readonly reportOf: (session: RecordedSession) => Promise<AuditReport>;
}

/** Of the time, reading the open session again takes no more than one in so many parts. */
const REST = 4;

/** @returns the task, which begins only when it is over: who calls it meanwhile gets the next one, together */
function oneByOne(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      running = task();
      return running;
    });
    return next;
  };
}

/** Makes the page's state. Reads the disk itself; what is recorded is changed by the background alone. */
export function createSessionsStore(outside: {
  readonly archive: Archive;
  readonly sessions: Sessions;
  readonly version: string;
  /** What a person declared on the options page. */
  readonly configuration: () => Promise<Configuration>;
  readonly now: () => number;
  readonly newId: () => string;
  /** Lets the page draw. */
  readonly pause: () => Promise<void>;
}): SessionsStore {
  const { archive, sessions } = outside;
  const list = signal<ArchiveList | null>(null);
  const room = signal<ArchiveRoom | null>(null);
  const view = signal<View>({ view: 'none' });
  const chosenIds = signal<readonly string[]>([]);
  const importing = signal<{ name: string; done: number; total: number } | null>(null);
  const problems = signal<readonly string[]>([]);
  let cancel = new AbortController();
  /** The open session is not read again without need before: ms since the epoch. */
  let restUntil = 0;

  const chosen = computed(() =>
    (list.value?.sessions ?? [])
      .filter(({ id }) => chosenIds.value.includes(id))
      .sort((a, b) => a.startedAt - b.startedAt),
  );

  function complain(line: string): void {
    problems.value = [...problems.value, line].slice(-10);
  }

  async function guarded(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    }
  }

  async function reportOf(session: RecordedSession): Promise<AuditReport> {
    const { parts, unreadable } = await archive.parts(session.id);
    return assembleReport(session, parts, unreadable);
  }

  async function show(id: string): Promise<void> {
    const began = outside.now();
    const session = await archive.session(id);
    view.value =
      session === null ? { view: 'none' } : { view: 'session', session, report: await reportOf(session) };
    restUntil = outside.now() + REST * (outside.now() - began);
  }

  /** False for a large session that is recorded, or that likely did not change: reading it over and over would stop the page. */
  function isReadAgain(shown: RecordedSession, now: RecordedSession | undefined): boolean {
    if (now === undefined || now.state !== shown.state || outside.now() >= restUntil) return true;
    return now.state !== 'recording' && JSON.stringify(now) !== JSON.stringify(shown);
  }

  const reload = oneByOne(() =>
    guarded(async () => {
      const [read, left] = [await archive.list(), await archive.room()];
      const ids = new Set(read.sessions.map(({ id }) => id));
      batch(() => {
        list.value = read;
        room.value = left;
        chosenIds.value = chosenIds.value.filter((id) => ids.has(id));
      });
      const now = view.value;
      if (now.view === 'session') {
        const session = read.sessions.find(({ id }) => id === now.session.id);
        if (isReadAgain(now.session, session)) await show(now.session.id);
      } else if (now.view === 'comparison' && !(ids.has(now.before.id) && ids.has(now.after.id)))
        view.value = { view: 'none' };
    }),
  );

  async function compare(before: RecordedSession, after: RecordedSession): Promise<void> {
    const { findings } = compareReports(await reportOf(before), await reportOf(after));
    view.value = { view: 'comparison', before, after, findings };
  }

  async function take(file: File): Promise<void> {
    const { name } = file;
    const { signal: cancelled } = cancel;
    if (cancelled.aborted) return complain(SESSION_WORDS.page.failed(name, t`cancelled; it was not read`));
    importing.value = { name, done: 0, total: file.size };
    await outside.pause();
    const imported = await importFile({
      ...{ name, file, version: outside.version, pause: outside.pause, now: outside.now() },
      signal: cancelled,
      configuration: await outside.configuration(),
      progress: (done, total) => {
        importing.value = { name, done, total };
      },
    });
    if (imported.problem !== null) complain(SESSION_WORDS.page.failed(name, imported.problem));
    if (!imported.ok) return;
    const { session, parts } = importedSession(imported.report, { id: outside.newId(), at: outside.now() });
    const left = await archive.room();
    if (left.used + session.kept.bytes > left.limit) {
      complain(SESSION_WORDS.page.failed(name, SESSION_WORDS.page.noRoom));
      return;
    }
    await archive.write(session, parts);
  }

  return {
    ...{ sessions, list, room, view, chosen, importing, problems, reload, reportOf },
    open: (id) =>
      guarded(async () => {
        if (id === null) view.value = { view: 'none' };
        else await show(id);
      }),
    choose(id, isChosen) {
      const others = chosenIds.value.filter((other) => other !== id);
      // A third takes the place of the first.
      chosenIds.value = isChosen ? [...others, id].slice(-2) : others;
    },
    compare: () =>
      guarded(async () => {
        const [before, after] = chosen.value;
        if (before !== undefined && after !== undefined) await compare(before, after);
      }),
    swap() {
      const now = view.value;
      if (now.view === 'comparison') void guarded(() => compare(now.after, now.before));
    },
    rename: (id, name) => sessions.post({ type: 'sessions/rename', id, name }),
    remove: (id) => sessions.post({ type: 'sessions/delete', id }),
    async importFiles(files) {
      problems.value = [];
      cancel = new AbortController();
      for (const file of files) await guarded(() => take(file));
      importing.value = null;
      await reload();
    },
    cancelImport: () => cancel.abort(),
  };
}
