import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { VIEW_WORDS } from '../view-words.ts';
import { CopyButton } from './copy-button.tsx';
import { usePanel } from './panel-context.ts';
import { Untrusted } from './untrusted.tsx';

/** The token itself: it comes to the panel only once a person asks for it, and leaves it with the click that hides it. */
export function RawToken({ token }: { readonly token: string }) {
  const { views, askForRaw } = usePanel();
  const asked = useSignal(false);
  const raw = views.raw.value?.token === token ? views.raw.value : null;
  useEffect(() => () => views.hideRaw(), [views]);
  if (raw === null) {
    return (
      <div class="raw-token" data-raw="hidden">
        <button
          type="button"
          class="button"
          data-action="show-token"
          onClick={() => {
            asked.value = true;
            askForRaw(token);
          }}
        >
          {VIEW_WORDS.raw.show}
        </button>
        <p class="muted">{asked.value ? VIEW_WORDS.raw.waiting : VIEW_WORDS.raw.warning}</p>
      </div>
    );
  }
  return (
    <div class="raw-token" data-raw="shown">
      {raw.raw === null ? (
        <p class="muted">{VIEW_WORDS.raw.gone}</p>
      ) : (
        <p class="code">
          <Untrusted text={raw.raw} />
        </p>
      )}
      <p class="raw-actions">
        {raw.raw !== null && <CopyButton text={raw.raw} label={VIEW_WORDS.raw.copy} />}
        <button
          type="button"
          class="button"
          data-action="hide-token"
          onClick={() => {
            asked.value = false;
            views.hideRaw();
          }}
        >
          {VIEW_WORDS.raw.hide}
        </button>
      </p>
    </div>
  );
}
