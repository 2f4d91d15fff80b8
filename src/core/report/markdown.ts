import { printable } from './printable.ts';

/** Letters, digits and the punctuation of a sentence. A host with its port is such a word. */
const PLAIN = /^[“‘„‚("'§]*[\p{L}\p{N}]+(?:[.,;:’'“”„"()?!-]+[\p{L}\p{N}]+)*[.,;:?!)’”“‘"'…-]*$/u;
/** What GitHub makes a link of by itself: a page, an issue. */
const LINK = /^[("']*(?:www\.|https?:|mailto:|xmpp:|gh-\d)/i;
/** What begins an item of a list, where it is the first word. */
const ITEM = /^\d+[.)]$/;

/**
 * A backslash does not prevent everywhere that a person (`@name`) or an issue (`#1`) is called: what is not a plain word
 * stands in a code span, where nothing is special but the backtick.
 * @returns a sentence as Markdown text on one line, without line breaks and controls
 */
export function prose(text: string): string {
  return oneLine(text)
    .split(' ')
    .map((word, index) => (isPlain(word) && !(index === 0 && ITEM.test(word)) ? word : quoted(word)))
    .join(' ');
}

function isPlain(word: string): boolean {
  return ['', '–', '×'].includes(word) || (PLAIN.test(word) && !LINK.test(word));
}

/** A word as code, without the punctuation of the sentence around it. */
function quoted(word: string): string {
  const [, before = '', inner = '', after = ''] = /^([“‘„‚("']*)(.*?)([.,;:?!’”“‘"'…]*)$/su.exec(word) ?? [];
  return inner === '' ? code(word) : `${before}${code(inner)}${after}`;
}

/** @returns a value as a code span (CommonMark 0.31 §6.1) on one line */
export function code(text: string): string {
  const line = oneLine(text);
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const padded = /^`|`$|^ .* $/.test(line) || line === '' ? ` ${line} ` : line;
  return `${fence}${padded}${fence}`;
}

/** @returns Markdown for a cell of a table (GitHub Flavored Markdown §4.10), where a pipe would end even a code span */
export function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

/** The first two lines of a table. @param columns words of ours */
export function tableHead(columns: readonly string[]): string {
  return `| ${columns.map((column) => cell(prose(column))).join(' | ')} |\n|${' --- |'.repeat(columns.length)}`;
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
