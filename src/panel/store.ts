import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Access, AskedUrl, AuditDetail, AuditRow, Coverage } from '../core/model/view.ts';
import type { ToPanel } from '../messages.ts';
import { createNewMarks } from './new-marks.ts';
import { createRowBook, indexOfRow, isProblem } from './row-book.ts';
import { SPLIT } from './split.ts';

/** The answer to keys that a person gave: why they were not taken, null where they were. */
type KeysTaken = Pick<Extract<ToPanel, { readonly type: 'audit/keys-taken' }>, 'issuer' | 'problem'>;

export type Filter = 'problems' | 'all';

/** `lost` from the moment that the background stopped until it speaks again. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

/** What the panel knows and shows. Made of signals: whoever reads one is drawn again when it changes. */
export interface Store {
  readonly connection: ReadonlySignal<ConnectionState>;
  readonly filter: ReadonlySignal<Filter>;
  readonly counts: ReadonlySignal<{ readonly problems: number; readonly all: number }>;
  /** The chosen row's id. */
  readonly selected: ReadonlySignal<string | null>;
  /** The row that has the focus within the list (roving tabindex). */
  readonly active: ReadonlySignal<string | null>;
  /** True while the list scrolls on to its newest row. */
  readonly following: Signal<boolean>;
  /** The chosen row's detail; undefined until it came, null where the background has none. */
  readonly detail: ReadonlySignal<AuditDetail | null | undefined>;
  readonly coverage: ReadonlySignal<Coverage | null>;
  readonly access: ReadonlySignal<Access | null>;
  /** What Aud-it itself asked authorization servers for. */
  readonly asked: ReadonlySignal<readonly AskedUrl[]>;
  readonly keysTaken: ReadonlySignal<KeysTaken | null>;
  /** Messages that could not be read. */
  readonly unreadable: ReadonlySignal<number>;
  /** A row that should be scrolled into view: a new object for each wish. */
  readonly wanted: ReadonlySignal<{ readonly id: string } | null>;
  /** The part that should take the focus: a new object for each wish. */
  readonly focus: Signal<{ readonly on: 'list' | 'detail' } | null>;
  /** Per cent of the room that the list gets. */
  readonly split: Signal<number>;
  /** Names of the sections that a person folded (or, for those folded at first, unfolded). */
  readonly folds: Signal<ReadonlySet<string>>;

  /** The rows under the filter, oldest first. The same array throughout: read it, don't keep it. */
  readonly rows: () => readonly AuditRow[];
  readonly row: (id: string) => AuditRow | undefined;
  /** The index of a row under the filter, -1 where it is not there. */
  readonly indexOf: (id: string | null) => number;
  /** True for a row with a problem that came since the panel opened, and was not looked at. */
  readonly isNew: (id: string) => boolean;

  readonly receive: (message: ToPanel) => void;
  readonly receivedUnreadable: () => void;
  readonly connectionLost: () => void;
  readonly setFilter: (filter: Filter) => void;
  readonly select: (id: string | null) => void;
  /** Chooses a row wherever it is: drops the filter where that hides it, scrolls to it, and goes to its details. */
  readonly reveal: (id: string) => void;
  /** Moves the focus within the list. Where a row is chosen already, the choice goes along. */
  readonly moveTo: (index: number) => void;
}

/**
 * Makes the panel's state; it needs no browser.
 * @param schedule calls back once, at the next animation frame: rows are taken in one go per frame, however many messages they came in.
 * @param openedAt ms since the epoch: problems of requests from then on are marked as new.
 */
export function createStore(options: {
  readonly schedule: (callback: () => void) => void;
  readonly openedAt: number;
}): Store {
  const book = createRowBook();
  const marks = createNewMarks(options.openedAt);
  /** Counts the changes of the book and the marks, which are no signals themselves. */
  const version = signal(0);
  const connection = signal<ConnectionState>('connecting');
  const filter = signal<Filter>('problems');
  const selected = signal<string | null>(null);
  const active = signal<string | null>(null);
  const following = signal(true);
  const detail = signal<AuditDetail | null | undefined>(undefined);
  const coverage = signal<Coverage | null>(null);
  const access = signal<Access | null>(null);
  const asked = signal<readonly AskedUrl[]>([]);
  const keysTaken = signal<KeysTaken | null>(null);
  const unreadable = signal(0);
  const wanted = signal<{ readonly id: string } | null>(null);
  const focus = signal<{ readonly on: 'list' | 'detail' } | null>(null);

  let pending = new Map<string, AuditRow>();
  let resetPending = false;
  let scheduled = false;
  /** The next reset repeats what is known: it is the background's answer to a new connection. */
  let snapshotDue = true;

  const rows = (): readonly AuditRow[] => {
    version.value;
    return filter.value === 'problems' ? book.problems : book.all;
  };

  const indexOf = (id: string | null): number => {
    const row = id === null ? undefined : book.get(id);
    return row === undefined ? -1 : indexOfRow(rows(), row);
  };

  function flush(): void {
    scheduled = false;
    const taken = pending;
    pending = new Map();
    batch(() => {
      if (resetPending) {
        resetPending = false;
        if (snapshotDue) marks.remember(book.problems);
        else forget(taken);
        snapshotDue = false;
        book.clear();
      }
      for (const row of taken.values()) marks.saw(book.get(row.id), row, selected.value);
      book.put(taken.values());
      version.value += 1;
    });
  }

  function forget(kept: ReadonlyMap<string, AuditRow>): void {
    marks.forget();
    if (selected.value !== null && !kept.has(selected.value)) select(null);
    following.value = true;
  }

  function takeRows(message: Extract<ToPanel, { type: 'audit/rows' }>): void {
    if (message.reset) {
      pending.clear();
      resetPending = true;
    }
    for (const row of message.rows) pending.set(row.id, row);
    if (scheduled) return;
    scheduled = true;
    options.schedule(flush);
  }

  function select(id: string | null): void {
    batch(() => {
      if (selected.value !== id) detail.value = undefined;
      selected.value = id;
      if (id === null) return;
      active.value = id;
      // What one looks at must not run away under newer rows.
      following.value = indexOf(id) === rows().length - 1;
      if (marks.looked(id)) version.value += 1;
    });
  }

  return {
    connection,
    filter,
    counts: computed(() => {
      version.value;
      return { problems: book.problems.length, all: book.all.length };
    }),
    selected,
    active,
    following,
    detail,
    coverage,
    access,
    asked,
    keysTaken,
    unreadable,
    wanted,
    focus,
    split: signal<number>(SPLIT.atFirst),
    folds: signal<ReadonlySet<string>>(new Set()),
    rows,
    row: (id) => {
      version.value;
      return book.get(id);
    },
    indexOf,
    isNew: (id) => {
      version.value;
      return marks.isNew(id);
    },
    receive(message) {
      connection.value = 'open';
      switch (message.type) {
        case 'audit/rows':
          takeRows(message);
          break;
        case 'audit/detail':
          // An answer to an earlier choice comes too late.
          if (message.detail === null || message.detail.row.id === selected.value)
            detail.value = message.detail;
          break;
        case 'audit/coverage':
          coverage.value = message.coverage;
          break;
        case 'audit/access':
          access.value = message.access;
          break;
        case 'audit/asked':
          asked.value = message.asked;
          break;
        case 'audit/keys-taken':
          keysTaken.value = message;
          break;
      }
    },
    receivedUnreadable() {
      unreadable.value += 1;
    },
    connectionLost() {
      snapshotDue = true;
      connection.value = 'lost';
    },
    setFilter(next) {
      batch(() => {
        filter.value = next;
        if (selected.value !== null) wanted.value = { id: selected.value };
      });
    },
    select,
    reveal(id) {
      batch(() => {
        const row = book.get(id);
        if (row !== undefined && filter.value === 'problems' && !isProblem(row)) filter.value = 'all';
        select(id);
        wanted.value = { id };
        focus.value = { on: 'detail' };
      });
    },
    moveTo(index) {
      const row = rows()[index];
      if (row === undefined) return;
      batch(() => {
        active.value = row.id;
        if (selected.value !== null) select(row.id);
        following.value = index === rows().length - 1;
        wanted.value = { id: row.id };
        focus.value = { on: 'list' };
      });
    },
  };
}
