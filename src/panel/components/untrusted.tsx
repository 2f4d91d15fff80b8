import { useState } from 'preact/hooks';
import { cut, SHOWN_AT_FIRST, SHOWN_AT_MOST, visible } from '../plain-text.ts';
import { WORDS } from '../words.ts';
import { inOrder } from './in-order.tsx';

/**
 * Text that comes from the network: a text node, isolated from the direction of what is around it, with nothing hidden, cut
 * to a length that one reads; a button shows the rest.
 */
export function Untrusted({ text }: { readonly text: string }) {
  const [whole, setWhole] = useState<string | null>(null);
  const showsWhole = whole === text;
  const { shown, leftOff } = cut(text, showsWhole ? SHOWN_AT_MOST : SHOWN_AT_FIRST);
  return (
    <>
      <bdi class="untrusted">{inOrder(visible(shown))}</bdi>
      {leftOff > 0 && (
        <>
          …{' '}
          {showsWhole ? (
            <span class="left-off">{WORDS.leftOff(leftOff)}</span>
          ) : (
            <button type="button" class="link-button" onClick={() => setWhole(text)}>
              {WORDS.showWhole(leftOff)}
            </button>
          )}
        </>
      )}
    </>
  );
}
