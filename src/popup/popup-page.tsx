import { AccessBanner } from '../panel/components/access-banner.tsx';
import { Icon } from '../panel/components/icon.tsx';
import { Recorder } from '../panel/components/recorder.tsx';
import type { Sessions } from '../panel/sessions.ts';
import { WORDS } from '../panel/words.ts';
import type { PopupView } from './popup-view.ts';

export interface PopupPageProps {
  readonly view: PopupView;
  /** True after the browser's user said no. */
  readonly refused: boolean;
  /** How DevTools opens: F12, or as a Mac has it. */
  readonly keys: string;
  readonly onAllow: () => void;
  readonly onOptions: () => void;
  /** null on the page that only asks for access. */
  readonly sessions: Sessions | null;
}

export function PopupPage({ view, refused, keys, onAllow, onOptions, sessions }: PopupPageProps) {
  const isRecording = sessions?.state.value?.current != null;
  return (
    <main class="popup">
      <h1>
        <img src="/icons/icon-32.png" width="16" height="16" alt="" />
        {WORDS.name}
      </h1>
      {view.access !== null && <AccessBanner access={view.access} refused={refused} onAllow={onAllow} />}
      {view.granted && <p data-access="granted">{WORDS.access.granted}</p>}
      {view.tab !== null && !isRecording && <TabStatus view={view} keys={keys} />}
      {sessions !== null && <Recorder sessions={sessions} />}
      {view.tab !== null && (
        <p>
          <button type="button" class="link-button" data-action="options" onClick={onOptions}>
            {WORDS.popup.options}
          </button>
        </p>
      )}
    </main>
  );
}

function TabStatus({ view, keys }: { readonly view: PopupView; readonly keys: string }) {
  const { tab, errors } = view;
  const watching = tab === 'watching';
  return (
    <div class="status" data-observing={watching} data-errors={errors ?? ''} role="status">
      <p class="state" data-state={tab}>
        <span class="lamp" />
        {tab === 'connecting'
          ? WORDS.popup.connecting
          : watching
            ? WORDS.popup.watching
            : WORDS.popup.notWatching}
      </p>
      {errors !== null && (
        <p class="errors" data-tone={errors > 0 ? 'error' : 'passed'}>
          <Icon name={errors > 0 ? 'error' : 'passed'} />
          {WORDS.popup.errors(errors)}
        </p>
      )}
      {tab !== 'connecting' && (
        <p class="muted">{watching ? WORDS.popup.see(keys) : WORDS.popup.open(keys)}</p>
      )}
    </div>
  );
}
