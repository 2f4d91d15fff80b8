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
