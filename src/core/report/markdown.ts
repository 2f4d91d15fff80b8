import { printable } from './printable.ts';

/** What marks something up in CommonMark 0.31 or GitHub's dialect, wherever in a line it stands. */
const MARKS = /[\\`*_{}[\]<>()#+!|~&:^$]/g;

/**
 * Text for Markdown that is read as nothing but text: no link, no image, no HTML, no table cell, and on GitHub nobody is
 * called by "@".
 */
export function markdownText(text: string): string {
  return printable(text)
    .replace(MARKS, '\\$&')
    .replace(/^(\s*\d*)([-=.])/, '$1\\$2')
    .replaceAll('@', '@<!-- -->');
}

/** Text as code. What would end the code or a table's cell is shown as text. */
export function markdownCode(text: string): string {
  const one = printable(text);
  if (one === '') return '';
  return /[\\|`]/.test(one) || one.trim() === '' ? markdownText(text) : `\`${one}\``;
}

/** The first two lines of a table. @param columns words of ours */
export function tableHead(columns: readonly string[]): string {
  return `| ${columns.map(markdownText).join(' | ')} |\n|${' --- |'.repeat(columns.length)}`;
}

/** Letters, digits and the punctuation of a sentence. A host with its port is such a word. */
const PLAIN = /^[“‘„‚("'§]*[\p{L}\p{N}]+(?:[.,;:’'“”„"()?!-]+[\p{L}\p{N}]+)*[.,;:?!)’”“‘"'…-]*$/u;
/** What GitHub makes a link of by itself. */
const LINK = /^[("']*(?:www\.|https?:|mailto:|xmpp:)/i;

/**
 * A backslash does not prevent everywhere that a person (`@name`) or an issue (`#1`) is called: what is not a plain word
 * stands in a code span, where nothing is special but the backtick.
 * @returns a sentence as Markdown text on one line, without line breaks and controls
 */
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
