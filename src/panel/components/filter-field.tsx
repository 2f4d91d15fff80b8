import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CHIPS, FIELD_MEANINGS, LIST_WORDS, wrongTerm } from '../list/list-words.ts';
import { type Field, MAX_LENGTH } from '../list/query.ts';
import { type Suggestion, suggest, valuesIn } from '../list/suggest.ts';
import { afterFrame } from '../next-frame.ts';
import { line } from '../plain-text.ts';
import { formatNumber, KINDS } from '../words.ts';
import { Icon } from './icon.tsx';
import { inOrder } from './in-order.tsx';
import { usePanel } from './panel-context.ts';

const NONE: readonly Suggestion[] = [];
const OPTION = 'suggestion-';

/** Where one types what the list shows (ARIA combobox with a list): it filters with each letter, and suggests how to go on. */
export function FilterField() {
  const { store } = usePanel();
  const input = useRef<HTMLInputElement>(null);
  const suggestions = useSignal(NONE);
  /** The suggestion that the arrow keys chose; -1 for none. */
  const chosen = useSignal(-1);
  /** The values of a field are counted once while suggestions are open. */
  const counted = useRef(new Map<Field, ReadonlyMap<string, number>>());
  /** Suggestions that are due: the rows that a letter leaves are painted before. */
  const due = useRef<(() => void) | null>(null);
  const focus = store.focus.value;
  const query = store.query.value;
  const isWrong = store.parsed.value.wrong.length > 0;
  const offered = suggestions.value;
  const isOpen = offered.length > 0;

  useEffect(() => {
    if (focus?.on !== 'filter') return;
    input.current?.focus();
    input.current?.select();
    // Once: the field comes anew with its view, whoever has the focus then.
    store.focus.value = null;
  }, [focus, store]);

  function close(): void {
    due.current = null;
    suggestions.value = NONE;
    chosen.value = -1;
    counted.current.clear();
  }

  function openSoon(text: string, caret: number): void {
    const mine = (): void => open(text, caret);
    due.current = mine;
    afterFrame(() => {
      if (due.current === mine) mine();
    });
  }

  function open(text: string, caret: number): void {
    due.current = null;
    suggestions.value = suggest(text, caret, (field) => {
      const known = counted.current.get(field) ?? valuesIn(field, store.every());
      counted.current.set(field, known);
      return known;
    });
    chosen.value = -1;
  }

  function take({ text, caret, value }: Suggestion): void {
    const field = input.current;
    if (field === null) return;
    store.setQuery(text);
    field.value = text;
    field.setSelectionRange(caret, caret);
    field.focus();
    if (value === null) open(text, caret);
    else close();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { key } = event;
    // Who types faster than we suggest chooses among what is due.
    if (key === 'ArrowDown' || key === 'ArrowUp') due.current?.();
    if (key === 'Escape') due.current = null;
    const offered = suggestions.peek();
    const isOpen = offered.length > 0;
    const taken = key === 'Enter' ? offered[chosen.value] : undefined;
    const way = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (way !== 0 && isOpen) {
      // From the field to the first or the last, and round.
      const places = offered.length + 1;
      chosen.value = ((chosen.value + 1 + way + places) % places) - 1;
    } else if (key === 'ArrowDown' && input.current !== null) {
      open(query, input.current.selectionStart ?? query.length);
      if (suggestions.value.length === 0) store.focus.value = { on: 'list' };
    } else if (taken !== undefined) take(taken);
    else if (key === 'Enter') {
      close();
      store.focus.value = { on: 'list' };
    } else if (key === 'Escape' && isOpen) close();
    else if (key === 'Escape' && query !== '') store.setQuery('');
    else if (key === 'Escape') store.focus.value = { on: 'list' };
    else return;
    event.preventDefault();
    // DevTools would open its drawer on Escape.
    event.stopPropagation();
  }

  return (
    <search class="filter-field">
      <Icon name="filter" />
      <input
        type="text"
        ref={input}
        role="combobox"
        aria-label={LIST_WORDS.filter}
        aria-expanded={isOpen}
        aria-controls="suggestions"
        aria-autocomplete="list"
        aria-invalid={isWrong}
        {...(chosen.value >= 0 ? { 'aria-activedescendant': `${OPTION}${chosen.value}` } : {})}
        {...(isWrong ? { 'aria-describedby': 'filter-wrong' } : {})}
        autocomplete="off"
        spellcheck={false}
        maxLength={MAX_LENGTH}
        placeholder={LIST_WORDS.filterHint}
        value={query}
        dir="auto"
        data-filter-text
        onInput={({ currentTarget }) => {
          store.setQuery(currentTarget.value);
          if (currentTarget.value === '') close();
          else openSoon(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length);
        }}
        onKeyDown={onKey}
        onBlur={close}
      />
      {query !== '' && (
        <button
          type="button"
          class="tool small"
          data-action="clear-filter"
          title={LIST_WORDS.clearFilter}
          aria-label={LIST_WORDS.clearFilter}
          onClick={() => {
            store.setQuery('');
            input.current?.focus();
          }}
        >
          <Icon name="close" size={12} />
        </button>
      )}
      <div
        role="listbox"
        id="suggestions"
        class="suggestions"
        hidden={!isOpen}
        aria-label={LIST_WORDS.suggestions}
        // The field keeps the focus, and with it its suggestions.
        onPointerDown={(event) => event.preventDefault()}
      >
        {offered.map((suggestion, index) => (
          <Offer
            key={suggestion.text}
            suggestion={suggestion}
            index={index}
            isChosen={index === chosen.value}
            onTake={take}
          />
        ))}
      </div>
      <span class="unseen" role="status">
        {LIST_WORDS.suggested(offered.length)}
      </span>
    </search>
  );
}

function Offer({
  suggestion,
  index,
  isChosen,
  onTake,
}: {
  readonly suggestion: Suggestion;
  readonly index: number;
  readonly isChosen: boolean;
  readonly onTake: (suggestion: Suggestion) => void;
}) {
  const { field, value, count } = suggestion;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox has the focus and takes the keys.
    <div
      role="option"
      id={`${OPTION}${index}`}
      class="suggestion"
      aria-selected={isChosen}
      data-suggestion={value ?? `${field}:`}
      onClick={() => onTake(suggestion)}
    >
      <bdi class="suggestion-text" dir="ltr">
        {value === null ? `${field}:` : line(value)}
      </bdi>
      <span class="suggestion-more">
        {count === null ? FIELD_MEANINGS[field] : `${explained(field, value ?? '')}${formatNumber(count)}`}
      </span>
    </div>
  );
}

/** What the list calls a value that is typed by its id. */
function explained(field: Field, value: string): string {
  const names: Readonly<Record<string, string>> = field === 'kind' ? KINDS : field === 'is' ? CHIPS : {};
  const name = Object.hasOwn(names, value) ? names[value] : undefined;
  return name === undefined ? '' : `${name} · `;
}

/** Says which part of the filter was not followed. */
export function WrongTerms() {
  const { wrong } = usePanel().store.parsed.value;
  return (
    <div class="wrong-terms" id="filter-wrong" role="status" data-wrong={wrong.length}>
      {wrong.slice(0, 3).map((each) => (
        <p key={`${each.wrong} ${each.text}`}>
          <Icon name="warning" />
          <bdi>{inOrder(line(wrongTerm(each)))}</bdi>
        </p>
      ))}
    </div>
  );
}
