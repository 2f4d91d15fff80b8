import { useSignal } from '@preact/signals';
import { LIST_WORDS } from '../list/list-words.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

/** What the person should know of the list as a whole: the sign-in was missed, or the log is full. */
export function ListNotices() {
  const { store, clear } = usePanel();
  const isDismissed = useSignal(false);
  const seen = store.coverage.value;
  if (seen === null) return null;
  const full = seen.unseen.find(({ reason }) => reason === 'log_full')?.count ?? 0;
  const isLate = seen.sawSignIn === false && seen.withToken > 0 && !isDismissed.value;
  return (
    <>
      {isLate && (
        <section class="banner" data-tone="notice" data-banner="late">
          <Icon name="notice" />
          <p class="banner-text">
            <strong>{LIST_WORDS.lateTitle}</strong> {LIST_WORDS.late}
          </p>
          <button
            type="button"
            class="tool"
            data-action="dismiss"
            title={LIST_WORDS.dismiss}
            aria-label={LIST_WORDS.dismiss}
            onClick={() => {
              isDismissed.value = true;
              store.focus.value = { on: 'list' };
            }}
          >
            <Icon name="close" />
          </button>
        </section>
      )}
      {full > 0 && (
        <section class="banner" data-tone="warning" data-banner="full">
          <Icon name="warning" />
          <p class="banner-text">
            <strong>{LIST_WORDS.fullTitle}</strong> {LIST_WORDS.full(full)}
          </p>
          <button type="button" class="button" data-action="clear-full" onClick={clear}>
            {LIST_WORDS.clear}
          </button>
        </section>
      )}
    </>
  );
}
