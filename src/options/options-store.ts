import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  checkConfiguration,
  configurationText,
  problemLine,
  readConfiguration,
} from '../core/configure/read-configuration.ts';
import {
  type Configuration,
  type ConfigurationProblem,
  NO_CONFIGURATION,
} from '../core/model/configuration.ts';
import { type Draft, draftOf, fileOf, isSame } from './draft.ts';
import { OPTIONS } from './words.ts';

/** What was there before an import, saved and not yet saved. */
export interface Before {
  readonly saved: Configuration;
  readonly draft: Draft;
}

/** What the page says of what was last done. */
export type Notice =
  | { readonly tone: 'done' | 'error'; readonly text: string; readonly undo: Before | null }
  | { readonly tone: 'refused'; readonly text: string; readonly lines: readonly string[] };

/** Where the configuration is kept: `storage.local`. */
export interface Keeping {
  readonly read: () => Promise<unknown>;
  readonly write: (configuration: Configuration) => Promise<void>;
}

export interface OptionsStore {
  readonly draft: Signal<Draft>;
  /** All that is wrong with the draft, whether or not it is shown. */
  readonly problems: ReadonlySignal<readonly ConfigurationProblem[]>;
  readonly isChanged: ReadonlySignal<boolean>;
  /** True for a field that was left once, or of which somebody tried to save: what is wrong with it is shown. */
  readonly isTouched: (field: string) => boolean;
  readonly touch: (field: string) => void;
  readonly showsAll: ReadonlySignal<boolean>;
  readonly notice: Signal<Notice | null>;
  readonly load: () => Promise<void>;
  /** Somebody else kept another one: it is shown, unless there are changes here. */
  readonly keptElsewhere: (stored: unknown) => void;
  /** @returns false where something is wrong, which is shown then */
  readonly save: () => Promise<boolean>;
  readonly discard: () => void;
  readonly importFile: (name: string, text: string) => Promise<void>;
  readonly undo: (before: Before) => Promise<void>;
  /** @returns the text of the file; null where something is wrong, which is shown then */
  readonly exportText: () => string | null;
}

/** Makes the options page's state; it needs no browser. */
export function createOptionsStore(keeping: Keeping): OptionsStore {
  const saved = signal<Configuration>(NO_CONFIGURATION);
  const draft = signal<Draft>(draftOf(NO_CONFIGURATION));
  const touched = signal<ReadonlySet<string>>(new Set());
  const showsAll = signal(false);
  const notice = signal<Notice | null>(null);
  const reading = computed(() => checkConfiguration(fileOf(draft.value)));
  const isChanged = computed(() => !isSame(draft.value, draftOf(saved.value)));
  const settle = (): void => {
    touched.value = new Set();
    showsAll.value = false;
  };

  function show(configuration: Configuration): void {
    batch(() => {
      saved.value = configuration;
      draft.value = draftOf(configuration);
      settle();
    });
  }

  async function keep(configuration: Configuration, said: Notice): Promise<boolean> {
    try {
      await keeping.write(configuration);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      notice.value = { tone: 'error', text: OPTIONS.notSaved(why), undo: null };
      return false;
    }
    notice.value = said;
    return true;
  }

  function take(stored: unknown): void {
    const kept = stored === undefined ? { configuration: NO_CONFIGURATION } : checkConfiguration(stored);
    if ('configuration' in kept) show(kept.configuration);
    else notice.value = { tone: 'refused', text: OPTIONS.unreadable, lines: kept.problems.map(problemLine) };
  }

  /** @returns what is right to be kept; null where it is not, which is shown then */
  function checked(): Configuration | null {
    if ('configuration' in reading.value) return reading.value.configuration;
    showsAll.value = true;
    notice.value = null;
    return null;
  }

  return {
    draft,
    problems: computed(() => ('problems' in reading.value ? reading.value.problems : [])),
    isChanged,
    isTouched: (field) => showsAll.value || touched.value.has(field),
    touch(field) {
      if (!touched.value.has(field)) touched.value = new Set([...touched.value, field]);
    },
    showsAll,
    notice,
    async load() {
      take(await keeping.read());
    },
    keptElsewhere(stored) {
      const kept = stored === undefined ? { configuration: NO_CONFIGURATION } : checkConfiguration(stored);
      const isKnown = 'configuration' in kept && isSame(draftOf(kept.configuration), draftOf(saved.value));
      if (!isChanged.value && !isKnown) take(stored);
    },
    async save() {
      const configuration = checked();
      if (configuration === null) return false;
      const isKept = await keep(configuration, { tone: 'done', text: OPTIONS.saved, undo: null });
      if (!isKept) return false;
      // The form stays as it is: who types in it goes on typing.
      batch(() => {
        saved.value = configuration;
        settle();
      });
      return true;
    },
    discard() {
      show(saved.value);
      notice.value = null;
    },
    async importFile(name, text) {
      const read = readConfiguration(text);
      if ('problems' in read) {
        const { problems } = read;
        const lines = problems.map(problemLine);
        notice.value = { tone: 'refused', text: OPTIONS.refused(name, lines.length), lines };
        return;
      }
      const { configuration } = read;
      const said = OPTIONS.imported(name, configuration);
      const before = { saved: saved.value, draft: draft.value };
      if (await keep(configuration, { tone: 'done', text: said, undo: before })) show(configuration);
    },
    async undo(before) {
      const isBack = await keep(before.saved, { tone: 'done', text: OPTIONS.undone, undo: null });
      if (!isBack) return;
      show(before.saved);
      draft.value = before.draft;
    },
    exportText() {
      const configuration = checked();
      if (configuration === null) return null;
      notice.value = { tone: 'done', text: OPTIONS.exported, undo: null };
      return configurationText(configuration);
    },
  };
}
