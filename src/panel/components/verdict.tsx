import type { RowVerdict } from '../../core/model/view.ts';
import { VERDICTS } from '../words.ts';
import { Icon } from './icon.tsx';

/** A verdict: icon, word and colour, of which the word suffices. */
export function Verdict({ verdict }: { readonly verdict: RowVerdict }) {
  return (
    <span class="verdict" data-tone={verdict}>
      <Icon name={verdict} />
      <span class="word">{VERDICTS[verdict]}</span>
    </span>
  );
}
