import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Access, AskedUrl, AuditDetail, AuditRow, Coverage } from '../core/model/view.ts';
import type { ToPanel } from '../messages.ts';
import { createListState, type ListState } from './list/list-state.ts';
import { createNewMarks } from './new-marks.ts';
import { SPLIT } from './split.ts';

/** The answer to keys that a person gave: why they were not taken, null where they were. */
type KeysTaken = Pick<Extract<ToPanel, { readonly type: 'audit/keys-taken' }>, 'issuer' | 'problem'>;

export type { Filter } from './list/list-state.ts';

/** `lost` from the moment that the background stopped until it speaks again. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

/** What the panel knows and shows. Made of signals: whoever reads one is drawn again when it changes. */
export interface Store extends Omit<ListState, 'book' | 'touch' | 'fold' | 'uncover'> {
  readonly connection: ReadonlySignal<ConnectionState>;
  /** The chosen row's id. */
  readonly selected: ReadonlySignal<string | null>;
  /** The line that has the focus within the list (roving tabindex): a row's id, or that of a group's head. */
  readonly active: ReadonlySignal<string | null>;
  /** True while the list scrolls on to its newest row. */
  readonly following: ReadonlySignal<boolean>;
  /** How many shown rows came since the list stopped following. */
  readonly newer: ReadonlySignal<number>;
  /** True while the list stands still; what comes meanwhile waits, and nothing of it is lost. */
  readonly paused: ReadonlySignal<boolean>;
  /** New rows that wait for the end of a pause. */
  readonly waiting: ReadonlySignal<number>;
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
  readonly focus: Signal<{ readonly on: 'list' | 'detail' | 'filter' } | null>;
  /** True while the list of keys is open. */
  readonly help: Signal<boolean>;
  /** Per cent of the room that the list gets. */
  readonly split: Signal<number>;
  /** Names of the sections that a person folded (or, for those folded at first, unfolded). */
  readonly folds: Signal<ReadonlySet<string>>;

  /** True for a row with a problem that came since the panel opened, and was not looked at. */
  readonly isNew: (id: string) => boolean;

  readonly receive: (message: ToPanel) => void;
  readonly receivedUnreadable: () => void;
  readonly connectionLost: () => void;
  readonly select: (id: string | null) => void;
  /** Chooses a row wherever it is: changes what hides it, scrolls to it, and goes to its details. */
  readonly reveal: (id: string) => void;
  /** Moves the focus to a line of the list. Where a row is chosen already, the choice goes along to rows. */
  readonly moveTo: (index: number) => void;
  /** Folds a group of rows, or unfolds it; the focus goes to its head where it was within. */
  readonly fold: (key: string, isFolded: boolean) => void;
  /** Follows the newest row, or stops; where the list is in another order, goes to the newest row. */
  readonly follow: (isFollowing: boolean) => void;
  readonly pause: (isPaused: boolean) => void;
}

/** A piece of so many rows has others behind it, as a rule: a long list is on its way. */
const LARGE = 1_000;
/** Frames for which large pieces are gathered, where they go on coming. */
const GATHERED = 4;

/**
 * Makes the panel's state; it needs no browser.
 * @param schedule calls back once, at the next animation frame: rows are taken in one go per frame, however many messages they came in.
 * @param openedAt ms since the epoch: problems of requests from then on are marked as new.
 */
export function createStore(options: {
  readonly schedule: (callback: () => void) => void;
  readonly openedAt: number;
}): Store {
  const list = createListState();
  const { book } = list;
  const marks = createNewMarks(options.openedAt);
  const connection = signal<ConnectionState>('connecting');
  const selected = signal<string | null>(null);
  const active = signal<string | null>(null);
  const following = signal(true);
  /** The order of the newest row when the list stopped following. */
  const stoppedAt = signal(Number.POSITIVE_INFINITY);
  const paused = signal(false);
  const waiting = signal(0);
  const detail = signal<AuditDetail | null | undefined>(undefined);
  const coverage = signal<Coverage | null>(null);
  const access = signal<Access | null>(null);
  const asked = signal<readonly AskedUrl[]>([]);
  const keysTaken = signal<KeysTaken | null>(null);
  const unreadable = signal(0);
  const wanted = signal<{ readonly id: string } | null>(null);
  const focus = signal<{ readonly on: 'list' | 'detail' | 'filter' } | null>(null);

  let pending = new Map<string, AuditRow>();
  let resetPending = false;
  let scheduled = false;
  /** Since the last frame a large piece came that has rows to follow. */
  let growing = false;
  let gathered = 0;
  /** The next reset repeats what is known: it is the background's answer to a new connection. */
  let snapshotDue = true;

  function flush(): void {
    // Each older piece moves every line of the list: a few are taken together.
    if (growing && !resetPending && gathered < GATHERED) {
      growing = false;
      gathered += 1;
      options.schedule(flush);
      return;
    }
    scheduled = false;
    growing = false;
    gathered = 0;
    if (paused.peek() && !resetPending) return;
    const taken = pending;
    pending = new Map();
    batch(() => {
      if (resetPending) {
        resetPending = false;
        if (snapshotDue) marks.remember(book.all.filter(({ failed }) => failed.length > 0));
        else forget(taken);
        snapshotDue = false;
        book.clear();
      }
      for (const row of taken.values()) marks.saw(book.get(row.id), row, selected.value);
      book.put(taken.values());
      waiting.value = 0;
      list.touch();
    });
  }

  function forget(kept: ReadonlyMap<string, AuditRow>): void {
    marks.forget();
    if (selected.value !== null && !kept.has(selected.value)) select(null);
    setFollowing(true);
  }

  function takeRows(message: Extract<ToPanel, { type: 'audit/rows' }>): void {
    if (message.reset) {
      pending.clear();
      resetPending = true;
    }
    growing ||= message.rows.length >= LARGE;
    const waits = paused.peek() && !resetPending;
    let news = 0;
    for (const row of message.rows) {
      if (waits && !pending.has(row.id) && book.get(row.id) === undefined) news += 1;
      pending.set(row.id, row);
    }
    if (waits) {
      waiting.value += news;
      return;
    }
    if (scheduled) return;
    scheduled = true;
    options.schedule(flush);
  }

  function setFollowing(isFollowing: boolean): void {
    if (following.peek() === isFollowing) return;
    stoppedAt.value = book.newest;
    following.value = isFollowing;
  }

  function select(id: string | null): void {
    batch(() => {
      if (selected.value !== id) detail.value = undefined;
      selected.value = id;
      if (id === null) return;
      active.value = id;
      // What one looks at must not run away under newer rows.
      setFollowing(list.indexOf(id) === list.length() - 1);
      if (marks.looked(id)) list.touch();
    });
  }

  return {
    ...list,
    connection,
    selected,
    active,
    following,
    newer: computed(() => {
      if (following.value || !list.canFollow.value) return 0;
      list.rows();
      return book.countNewer(stoppedAt.value);
    }),
    paused,
    waiting,
    detail,
    coverage,
    access,
    asked,
    keysTaken,
    unreadable,
    wanted,
    focus,
    help: signal(false),
    split: signal<number>(SPLIT.atFirst),
    folds: signal<ReadonlySet<string>>(new Set()),
    isNew: (id) => {
      list.rows();
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
        list.setFilter(next);
        if (selected.value !== null) wanted.value = { id: selected.value };
      });
    },
    select,
    reveal(id) {
      batch(() => {
        const row = book.get(id);
        if (row !== undefined) list.uncover(row);
        select(id);
        wanted.value = { id };
        focus.value = { on: 'detail' };
      });
    },
    moveTo(index) {
      const line = list.lineAt(index);
      if (line === undefined) return;
      batch(() => {
        active.value = line.id;
        if (selected.value !== null && line.line === 'row') select(line.id);
        setFollowing(index === list.length() - 1);
        wanted.value = { id: line.id };
        focus.value = { on: 'list' };
      });
    },
    fold(key, isFolded) {
      batch(() => {
        const row = book.get(active.peek() ?? '');
        list.fold(key, isFolded);
        // Its row is folded away: the head of the group stands for it.
        const line = row === undefined ? undefined : list.lineAt(list.indexOf(row.id));
        if (line?.line === 'group') active.value = line.id;
      });
    },
    follow(isFollowing) {
      const newest = isFollowing && !list.canFollow.peek() ? book.newestShown() : undefined;
      batch(() => {
        if (newest === undefined) setFollowing(isFollowing);
        else {
          list.uncover(newest);
          wanted.value = { id: newest.id };
        }
      });
    },
    pause(isPaused) {
      paused.value = isPaused;
      if (!isPaused && !scheduled) {
        scheduled = true;
        options.schedule(flush);
      }
    },
  };
}
