import type { ComponentChildren } from 'preact';

/**
 * Stands in a sentence where something else than text does. Unicode assigns no character to it, and `visible` escapes it: no
 * value from the network can hold it.
 */
export const SLOT = '\ufff0';

/** A sentence in the middle of which elements stand, wherever the language puts them. */
export function Filled({
  text,
  tone = '',
  children,
}: {
  readonly text: string;
  /** A class for the words around the elements. */
  readonly tone?: string;
  readonly children: ComponentChildren;
}) {
  const [before = '', after = ''] = text.split(SLOT);
  return (
    <>
      {before !== '' && <span class={tone}>{before}</span>}
      {children}
      {after !== '' && <span class={tone}>{after}</span>}
    </>
  );
}
