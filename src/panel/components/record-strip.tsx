import { type Signal, useSignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
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
  return recorder?.isOpen.value === true ? <OpenStrip recorder={recorder} /> : null;
}

/** Takes the focus to what is typed first, when it opens and when one form gives way to the other. Escape closes it. */
function OpenStrip({ recorder: { sessions, isOpen } }: { readonly recorder: PanelRecorder }) {
  const strip = useRef<HTMLDivElement>(null);
  const state = sessions.state.value;
  const form = state === null ? null : state.current === null ? 'start' : 'running';
  useEffect(() => {
    if (form !== null) strip.current?.querySelector<HTMLElement>('input')?.focus();
  }, [form]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its controls take the keys; Escape closes them all.
    <div
      class="record-strip"
      ref={strip}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        // DevTools would open its drawer on Escape.
        event.stopPropagation();
        isOpen.value = false;
        const opener = document.querySelector<HTMLElement>('.record-button');
        (opener ?? document.querySelector<HTMLElement>('.view-tab[aria-selected="true"]'))?.focus();
      }}
    >
      <Recorder sessions={sessions} />
    </div>
  );
}
