import type { ComponentChildren } from 'preact';
import { usePanel } from './panel-context.ts';

/**
 * A part of the details that can be folded. How it was left holds for the next request too.
 * @param name says which part it is, whatever request is shown.
 * @param level the heading's.
 * @param folded true where it is folded until someone opens it.
 */
export function Section({
  name,
  level,
  title,
  folded = false,
  children,
}: {
  readonly name: string;
  readonly level: 3 | 4;
  readonly title: ComponentChildren;
  readonly folded?: boolean;
  readonly children: ComponentChildren;
}) {
  const { folds } = usePanel().store;
  const Heading = level === 3 ? 'h3' : 'h4';
  return (
    <details
      class="section"
      data-section={name}
      open={folds.value.has(name) === folded}
      onToggle={(event) => {
        const changed = event.currentTarget.open === folded;
        if (changed === folds.value.has(name)) return;
        const next = new Set(folds.value);
        if (changed) next.add(name);
        else next.delete(name);
        folds.value = next;
      }}
    >
      <summary>
        <Heading>{title}</Heading>
      </summary>
      <div class="section-body">{children}</div>
    </details>
  );
}
