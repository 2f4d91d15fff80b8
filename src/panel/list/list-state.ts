import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { AuditRow, RowVerdict } from '../../core/model/view.ts';
import type { Column, Widths } from './columns.ts';
import { matcher } from './matcher.ts';
import { DEFAULTS, type Preferences } from './preferences.ts';
import { type Query, readQuery } from './query.ts';
import { EVERY_VERDICT, RowBook, type VerdictCounts } from './row-book.ts';
import type { Grouping, Line } from './row-groups.ts';
import { BY_TIME, comparing, endsWithNewest, type Sort } from './row-order.ts';

/** Which verdicts are shown: the two that are chosen with one click, or others. */
export type Filter = 'problems' | 'all';

export const PROBLEMS: ReadonlySet<RowVerdict> = new Set(['error', 'warning', 'notice']);

/** The list as it is shown: its rows under filter, order and grouping. Made of signals; it needs no browser. */
export interface ListState {
  /** What was typed to filter. */
  readonly query: ReadonlySignal<string>;
  readonly parsed: ReadonlySignal<Query>;
  readonly verdicts: ReadonlySignal<ReadonlySet<RowVerdict>>;
  /** `some` where verdicts were chosen one by one. */
  readonly filter: ReadonlySignal<Filter | 'some'>;
  readonly sort: Signal<Sort>;
  readonly grouping: Signal<Grouping>;
  readonly hidden: Signal<ReadonlySet<Column>>;
  readonly widths: Signal<Widths>;
  readonly preserve: Signal<boolean>;
  /** True while the menu of columns and order is open. */
  readonly menu: Signal<boolean>;
  /** True where the newest row stands at the end, so that the list can follow it. */
  readonly canFollow: ReadonlySignal<boolean>;
  /** Rows that the query leaves, whichever verdicts are shown. */
  readonly counts: ReadonlySignal<{
    readonly problems: number;
    readonly all: number;
    readonly verdicts: VerdictCounts;
  }>;
  /** All rows, whatever is filtered. */
  readonly total: ReadonlySignal<number>;
  /** The rows that are shown, in order. The same array often: read it, don't keep it. */
  readonly rows: () => readonly AuditRow[];
  /** Every row. */
  readonly every: () => readonly AuditRow[];
  readonly row: (id: string) => AuditRow | undefined;
  /** Lines: the shown rows, and the heads of their groups. */
  readonly length: () => number;
  readonly lineAt: (index: number) => Line | undefined;
  /** The line of a row or a head, -1 where it is not there. */
  readonly indexOf: (id: string | null) => number;
  readonly headAt: (index: number) => number;

  readonly setQuery: (text: string) => void;
  readonly setFilter: (filter: Filter) => void;
  readonly toggleVerdict: (verdict: RowVerdict) => void;
  readonly fold: (key: string, isFolded: boolean) => void;
  /** Changes whatever hides a row, so that it is shown. */
  readonly uncover: (row: AuditRow) => void;
  readonly preferences: ReadonlySignal<Preferences>;
  readonly prefer: (preferences: Preferences) => void;
  /** Says that the book's rows changed. */
  readonly touch: () => void;
  readonly book: RowBook;
}

export function createListState(): ListState {
  /** Counts the changes of the book, which is no signal itself. */
  const version = signal(0);
  const query = signal('');
  const verdicts = signal(PROBLEMS);
  const sort = signal(BY_TIME);
  const grouping = signal<Grouping>(DEFAULTS.grouping);
  const hidden = signal<ReadonlySet<Column>>(new Set(DEFAULTS.hidden));
  const widths = signal(DEFAULTS.widths);
  const preserve = signal(DEFAULTS.preserve);
  const parsed = computed(() => readQuery(query.value));
  const matches = computed(() => matcher(parsed.value));
  const compare = computed(() => comparing(sort.value));
  const arrangement = computed(() => ({
    compare: compare.value,
    matches: matches.value,
    verdicts: verdicts.value,
    grouping: grouping.value,
  }));
  const book = new RowBook(arrangement.peek());

  /** The book under the arrangement of now: rearranged when it is asked, so that a batch of changes costs one pass. */
  const arranged = (): RowBook => {
    version.value;
    book.arrange(arrangement.value);
    return book;
  };
  const touch = (): void => {
    version.value += 1;
  };

  return {
    ...{ query, parsed, verdicts, sort, grouping, hidden, widths, preserve, book, touch },
    menu: signal(false),
    filter: computed(() => presetOf(verdicts.value)),
    canFollow: computed(() => endsWithNewest(sort.value) && grouping.value === 'none'),
    counts: computed(() => {
      const { counts } = arranged();
      const problems = [...PROBLEMS].reduce((sum, verdict) => sum + counts[verdict], 0);
      return {
        problems,
        all: problems + counts.cantTell + counts.accepted + counts.passed,
        verdicts: { ...counts },
      };
    }),
    total: computed(() => arranged().all.length),
    rows: () => arranged().shown,
    every: () => book.all,
    row: (id) => arranged().get(id),
    length: () => arranged().length,
    lineAt: (index) => arranged().lineAt(index),
    indexOf: (id) => arranged().indexOf(id),
    headAt: (index) => arranged().headAt(index),
    setQuery(text) {
      query.value = text;
    },
    setFilter(next) {
      verdicts.value = next === 'all' ? EVERY_VERDICT : PROBLEMS;
    },
    toggleVerdict(verdict) {
      const next = new Set(verdicts.peek());
      if (!next.delete(verdict)) next.add(verdict);
      verdicts.value = next;
    },
    fold(key, isFolded) {
      book.fold(key, isFolded);
      touch();
    },
    uncover(row) {
      batch(() => {
        if (!matches.peek()(row)) query.value = '';
        if (!verdicts.peek().has(row.verdict)) verdicts.value = EVERY_VERDICT;
      });
      book.unfold(row);
      touch();
    },
    preferences: computed(() => ({
      hidden: [...hidden.value],
      widths: widths.value,
      grouping: grouping.value,
      preserve: preserve.value,
    })),
    prefer(preferences) {
      batch(() => {
        hidden.value = new Set(preferences.hidden);
        widths.value = preferences.widths;
        grouping.value = preferences.grouping;
        preserve.value = preferences.preserve;
      });
    },
  };
}

function presetOf(verdicts: ReadonlySet<RowVerdict>): Filter | 'some' {
  const is = (preset: ReadonlySet<RowVerdict>): boolean =>
    verdicts.size === preset.size && [...preset].every((verdict) => verdicts.has(verdict));
  return is(PROBLEMS) ? 'problems' : is(EVERY_VERDICT) ? 'all' : 'some';
}
