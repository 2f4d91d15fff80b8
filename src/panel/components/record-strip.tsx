import { type Signal, useSignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { SESSION_WORDS } from '../session-words.ts';
import type { Sessions } from '../sessions.ts';
import { Icon } from './icon.tsx';
import { Recorder } from './recorder.tsx';

/** The panel's part in recording: a button in its toolbar, and the strip that it opens. */
export interface PanelRecorder {
  readonly sessions: Sessions;
  readonly isOpen: Signal<boolean>;
}

export const RecorderContext = createContext<PanelRecorder | null>(null);

export function RecordButton() {
  const recorder = useContext(RecorderContext);
  const fallback = useSignal(false);
  const isOpen = recorder?.isOpen ?? fallback;
  const state = recorder?.sessions.state.value?.current?.state ?? 'idle';
  return (
    <button
      type="button"
      class="tool record-button"
      data-action="record"
      data-state={state}
      title={SESSION_WORDS.record}
      aria-label={SESSION_WORDS.record}
      aria-expanded={isOpen.value}
      onClick={() => {
        isOpen.value = !isOpen.value;
      }}
    >
      <Icon name="record" />
    </button>
  );
}

export function RecordStrip() {
  const recorder = useContext(RecorderContext);
  if (recorder === null || !recorder.isOpen.value) return null;
  return (
    <div class="record-strip">
      <Recorder sessions={recorder.sessions} />
    </div>
  );
}
