import { useEffect, useRef } from 'preact/hooks';
import { EXAMPLES, FIELD_MEANINGS, HELP_WORDS, KEYS } from '../list/list-words.ts';
import { FIELDS } from '../list/query.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

/** The keys of the panel, and what can be typed into its filter. */
export function KeyHelp() {
  const { store } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = store.help.value;
  /** That it closed is told later: who opened it again meanwhile keeps it. */
  const isClosedByUs = useRef(false);

  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else if (dialog.current?.open === true) {
      isClosedByUs.current = true;
      dialog.current.close();
    }
  }, [isOpen]);

  const close = (): void => {
    store.help.value = false;
  };
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => {
        if (!isClosedByUs.current) close();
        isClosedByUs.current = false;
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          close();
        }
        // DevTools would open its drawer on Escape; the list would move.
        event.stopPropagation();
      }}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) close();
      }}
    >
      {isOpen && (
        <div class="help-page">
          <div class="help-head">
            <h2 id="help-title">{HELP_WORDS.title}</h2>
            <button
              type="button"
              class="tool"
              data-action="close-help"
              title={HELP_WORDS.close}
              aria-label={HELP_WORDS.close}
              onClick={close}
            >
              <Icon name="close" />
            </button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keys. */}
          <section class="help-body" tabIndex={0} aria-labelledby="help-title">
            <h3>{HELP_WORDS.keys}</h3>
            <dl class="help-pairs">
              {KEYS.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
            <h3>{HELP_WORDS.filter}</h3>
            <p class="muted">{HELP_WORDS.everyLanguage}</p>
            <dl class="help-pairs">
              {EXAMPLES.map(({ text, means }) => (
                <div key={text}>
                  <dt>
                    <code dir="ltr">{text}</code>
                  </dt>
                  <dd>{means}</dd>
                </div>
              ))}
            </dl>
            <h3>{HELP_WORDS.fields}</h3>
            <dl class="help-pairs">
              {FIELDS.map((field) => (
                <div key={field}>
                  <dt>
                    <code dir="ltr">{field}:</code>
                  </dt>
                  <dd>{FIELD_MEANINGS[field]}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      )}
    </dialog>
  );
}
