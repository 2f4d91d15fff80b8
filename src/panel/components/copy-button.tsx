import { useEffect, useState } from 'preact/hooks';
import { copyText } from '../clipboard.ts';
import { isolatedLine } from '../plain-text.ts';
import { VIEW_WORDS } from '../view-words.ts';
import { Icon } from './icon.tsx';

/** How long the button says that it copied, in ms. */
const SAID_MS = 1_500;

type Said = 'copied' | 'refused' | null;

/** Copies a value. The answer is seen at the button, and read out. */
export function CopyButton({
  text,
  what,
  label,
}: {
  readonly text: string;
  /** The value's name, for the button's own: "Copy the issuer". */
  readonly what?: string;
  /** Where it is a button with words, not a pictogram. */
  readonly label?: string;
}) {
  const [said, setSaid] = useState<Said>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const name = what === undefined ? VIEW_WORDS.copyPlain : VIEW_WORDS.copy(what);
  const answer = said === 'copied' ? VIEW_WORDS.copied : said === 'refused' ? VIEW_WORDS.notCopied : '';
  return (
    <span class="copy-place" data-said={said ?? ''}>
      <button
        type="button"
        class={label === undefined ? 'copy' : 'button copy-named'}
        data-action="copy"
        {...(label === undefined ? { title: isolatedLine(name), 'aria-label': name } : {})}
        onClick={(event) => {
          // A value may stand in the summary of a section.
          event.preventDefault();
          setSaid(copyText(text) ? 'copied' : 'refused');
        }}
      >
        <Icon name={said === 'copied' ? 'done' : 'copy'} />
        {label !== undefined && <span>{said === null ? label : answer}</span>}
      </button>
      <span class="unseen" role="status">
        {answer}
      </span>
    </span>
  );
}
