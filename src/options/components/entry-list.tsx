import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { visible } from '../../panel/plain-text.ts';
import { OPTIONS } from '../words.ts';
import { idOf } from './field.tsx';
import { useOptions } from './options-context.ts';

interface EntryListProps<T> {
  /** The list's name in the file. */
  readonly name: 'clients' | 'resources' | 'acceptedByDesign';
  readonly words: {
    readonly none: string;
    readonly add: string;
    readonly name: (number: number) => string;
  };
  readonly entries: readonly T[];
  /** The member whose field takes the focus in a new entry. */
  readonly first: string;
  readonly onAdd: () => void;
  readonly onRemove: (entry: T) => void;
  /** @param path the entry's, as in the file: `clients[0]` */
  readonly children: (entry: T, path: string) => ComponentChildren;
}

/** Entries that one adds and takes away. The focus follows: into the new one, or back to the button. */
export function EntryList<T extends { readonly key: number }>({
  name,
  words,
  entries,
  first,
  onAdd,
  onRemove,
  children,
}: EntryListProps<T>) {
  const store = useOptions();
  const add = useRef<HTMLButtonElement>(null);
  const wished = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (wished.current === null) return;
    document.getElementById(wished.current)?.focus();
    wished.current = null;
  });
  return (
    <>
      {entries.length === 0 && <p class="none">{words.none}</p>}
      {entries.map((entry, index) => {
        const path = `${name}[${index}]`;
        const problem = store.problems.value.find((one) => one.path === path);
        return (
          <fieldset class="entry" key={entry.key} data-entry={path}>
            <legend>{words.name(index + 1)}</legend>
            <button
              type="button"
              class="link-button remove"
              aria-label={OPTIONS.removeThis(words.name(index + 1))}
              onClick={() => {
                onRemove(entry);
                add.current?.focus();
              }}
            >
              {OPTIONS.remove}
            </button>
            {children(entry, path)}
            {problem !== undefined && store.isTouched(path) && (
              <p class="problem" role="status">
                {visible(problem.text.charAt(0).toUpperCase() + problem.text.slice(1))}
              </p>
            )}
          </fieldset>
        );
      })}
      <button
        type="button"
        class="button"
        ref={add}
        data-add={name}
        onClick={() => {
          wished.current = idOf(`${name}[${entries.length}].${first}`);
          onAdd();
        }}
      >
        {words.add}
      </button>
    </>
  );
}
