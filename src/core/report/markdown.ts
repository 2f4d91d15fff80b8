import { printable } from './printable.ts';

/**
 * Text that came from the network, in Markdown (CommonMark 0.31 and GitHub's): it must not become a heading, a link, a
 * picture, HTML, or call for a person (`@name`) or an issue (`#1`), which a backslash does not prevent everywhere. So what
 * is not a plain word stands in a code span, where nothing is special but the backtick.
 */

/** Letters, digits and the punctuation of a sentence. A host with its port is such a word. */
const PLAIN = /^[“‘("'§]*[\p{L}\p{N}]+(?:[.,;:’'“”"()?!-]+[\p{L}\p{N}]+)*[.,;:?!)’”"']*$/u;
/** What GitHub makes a link of by itself. */
const LINK = /^[("']*(?:www\.|https?:|mailto:|xmpp:)/i;

/** @returns a sentence as Markdown text on one line, without line breaks and controls */
export function prose(text: string): string {
  return oneLine(text)
    .split(' ')
    .map((word) =>
      word === '' || word === '–' || (PLAIN.test(word) && !LINK.test(word)) ? word : code(word),
    )
    .join(' ');
}

/** @returns a value as a code span (CommonMark 0.31 §6.1) on one line */
export function code(text: string): string {
  const line = oneLine(text);
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const padded = /^`|`$|^ .* $/.test(line) || line === '' ? ` ${line} ` : line;
  return `${fence}${padded}${fence}`;
}

/** @returns lines as a fenced code block (CommonMark 0.31 §4.5) */
export function fence(text: string): string {
  const lines = text.split('\n').map(printable);
  const runs = text.match(/`+/g) ?? [];
  const marks = '`'.repeat(Math.max(2, ...runs.map(({ length }) => length)) + 1);
  return [marks, ...lines, marks].join('\n');
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ')).trim();
}
