import { useEffect, useRef } from 'preact/hooks';
import { COLUMNS, isFixed } from '../list/columns.ts';
import { COLUMN_NAMES, LIST_WORDS } from '../list/list-words.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

/** The button that opens, and what it opens: which columns there are, and in which order the rows. */
export function ViewMenu() {
  const { store } = usePanel();
  const popup = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = store.menu.value;

  useEffect(() => {
    if (isOpen) popup.current?.querySelector<HTMLElement>('input:enabled')?.focus();
  }, [isOpen]);

  const close = (): void => {
    store.menu.value = false;
  };
  return (
    <div
      class="view-menu"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) close();
      }}
    >
      <button
        type="button"
        class="tool"
        ref={button}
        data-action="view"
        title={LIST_WORDS.view}
        aria-label={LIST_WORDS.view}
        aria-expanded={isOpen}
        aria-controls="view-menu"
        // A press takes the focus away, which closes it: that must not open it again.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => {
          store.menu.value = !isOpen;
        }}
      >
        <Icon name="view" />
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/noStaticElementInteractions: its controls take the keys; Escape closes them all.
        <div
          class="popup"
          id="view-menu"
          ref={popup}
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            // DevTools would open its drawer on Escape.
            event.stopPropagation();
            close();
            button.current?.focus();
          }}
        >
          <ViewChoices />
        </div>
      )}
    </div>
  );
}

function ViewChoices() {
  const { store } = usePanel();
  const hidden = store.hidden.value;
  const sort = store.sort.value;
  return (
    <>
      <fieldset class="choices">
        <legend>{LIST_WORDS.columns}</legend>
        {COLUMNS.map((column) => (
          <label key={column}>
            <input
              type="checkbox"
              data-column={column}
              checked={isFixed(column) || !hidden.has(column)}
              disabled={isFixed(column)}
              onChange={({ currentTarget }) => {
                const next = new Set(hidden);
                if (currentTarget.checked) next.delete(column);
                else next.add(column);
                store.hidden.value = next;
              }}
            />{' '}
            {COLUMN_NAMES[column]}
          </label>
        ))}
        <button
          type="button"
          class="button"
          data-action="reset-columns"
          onClick={() => {
            store.hidden.value = new Set();
            store.widths.value = {};
          }}
        >
          {LIST_WORDS.resetColumns}
        </button>
      </fieldset>
      <div class="choices">
        <label>
          {LIST_WORDS.sortBy}{' '}
          <select
            data-choice="sort"
            value={sort.by}
            onChange={({ currentTarget }) => {
              const by = COLUMNS.find((column) => column === currentTarget.value);
              if (by !== undefined) store.sort.value = { ...sort, by };
            }}
          >
            {COLUMNS.map((column) => (
              <option key={column} value={column}>
                {COLUMN_NAMES[column]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            data-choice="descending"
            checked={sort.descending}
            onChange={({ currentTarget }) => {
              store.sort.value = { ...sort, descending: currentTarget.checked };
            }}
          />{' '}
          {LIST_WORDS.descending}
        </label>
      </div>
    </>
  );
}
