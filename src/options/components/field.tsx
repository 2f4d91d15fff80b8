import type { ComponentChildren } from 'preact';
import { visible } from '../../panel/plain-text.ts';
import { problemAt } from '../draft.ts';
import { useOptions } from './options-context.ts';

/** Names the element of a field, by its path in the configuration. */
export function idOf(path: string): string {
  return `field-${path.replace(/[[\].]+/g, '-')}`;
}

interface FieldProps {
  /** As in the file: `clients[0].issuer`. */
  readonly path: string;
  readonly label: string;
  readonly hint?: string;
  /** True where the hint says what should not be missed. */
  readonly warns?: boolean;
}

/** A label, a control, a hint, and beside it what is wrong once the field was left or a save was tried. */
export function Field({
  path,
  label,
  hint,
  warns = false,
  children,
}: FieldProps & {
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string;
    readonly onBlur: () => void;
  }) => ComponentChildren;
}) {
  const store = useOptions();
  const problem = problemAt(store.problems.value, path);
  const shown = problem !== null && store.isTouched(path) ? problem : null;
  const id = idOf(path);
  return (
    <div class="field" data-field={path} data-invalid={shown !== null}>
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': shown !== null,
        'aria-describedby': `${id}-problem ${id}-hint`,
        onBlur: () => store.touch(path),
      })}
      <p class="problem" id={`${id}-problem`} aria-live="polite">
        {shown !== null && visible(shown)}
      </p>
      <p class="hint" id={`${id}-hint`} data-tone={warns ? 'warning' : ''}>
        {hint}
      </p>
    </div>
  );
}

/** One line of text. */
export function TextField({
  value,
  onInput,
  ...props
}: FieldProps & {
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          type="text"
          dir="auto"
          value={value}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A day, in the browser's own control. */
export function DayField({
  value,
  onInput,
  ...props
}: FieldProps & { readonly value: string; readonly onInput: (value: string) => void }) {
  return (
    <Field {...props}>
      {(control) => (
        <input
          {...control}
          type="date"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A list, a line for each. */
export function LinesField({
  value,
  onInput,
  ...props
}: FieldProps & { readonly value: string; readonly onInput: (value: string) => void }) {
  return (
    <Field {...props}>
      {(control) => (
        <textarea
          {...control}
          dir="auto"
          rows={Math.min(Math.max(value.split('\n').length, 2), 12)}
          value={value}
          spellcheck={false}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
