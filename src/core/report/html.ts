import { isolated } from '../syntax/isolated.ts';
import { language } from '../text.ts';
import { printable } from './printable.ts';
import { moreWords } from './report-words.ts';

/** Text for HTML, in an element or in a quoted attribute. What changes the direction of text is shown, not obeyed. */
export function html(text: string): string {
  return printable(text).replace(/[<>&"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence for HTML, in an element: what came from the network never changes the order of what stands beside it. */
export function said(sentence: string): string {
  return isolated(printable(sentence), language().direction)
    .map(({ text, isolate }) => (isolate === null ? html(text) : `<bdi dir="${isolate}">${html(text)}</bdi>`))
    .join('');
}

/** A link out, where it is one that a browser may follow; its words alone elsewhere. */
export function link(url: string, words: string): string {
  return /^https:\/\/[^\s]+$/i.test(url)
    ? `<a href="${html(url)}" rel="noopener noreferrer">${html(words)}</a>`
    : html(words);
}

/** How many a list leaves out, behind it; nothing where it is whole. */
export function left(count: number): string {
  return count > 0 ? `\n<p class="quiet">${html(moreWords(count))}</p>` : '';
}

/** @param head words of ours; @param rows cells of HTML */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (row: readonly string[], of: 'td' | 'th') =>
    row.map((cell) => (of === 'th' ? `<th scope="col">${html(cell)}</th>` : `<td>${cell}</td>`)).join('');
  const lines = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  return `<div class="wide"><table><caption>${html(caption)}</caption><thead><tr>${cells(head, 'th')}</tr></thead><tbody>
${lines}
</tbody></table></div>`;
}
