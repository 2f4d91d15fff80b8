import type { ComponentChildren } from 'preact';
import { isolated } from '../../core/syntax/isolated.ts';
import { language } from '../../core/text.ts';

/**
 * A sentence in which values from the network stand, each with a direction of its own: nothing that a token or a request says
 * changes the order of what stands beside it. By elements, not by control characters: what one selects and copies is the text.
 * @param text without anything hidden (see `plain-text.ts`)
 */
export function inOrder(text: string): ComponentChildren {
  const pieces = isolated(text, language().direction);
  // Nearly always, and for each cell of the list.
  if (pieces.length === 1 && pieces[0]?.isolate === null) return text;
  return pieces.map((piece, index) =>
    piece.isolate === null ? (
      piece.text
    ) : (
      <bdi key={index} dir={piece.isolate}>
        {piece.text}
      </bdi>
    ),
  );
}
