import { printable } from './printable.ts';

/** Every character of ASCII that marks something up in CommonMark 0.31 or GitHub's dialect. */
const MARKS = /[\\`*_{}[\]<>()#+\-.!|~&:^$=]/g;

/**
 * Text for Markdown that is read as nothing but text: no link, no image, no HTML, no table cell, and on GitHub nobody is
 * called by "@".
 */
export function markdownText(text: string): string {
  return printable(text)
    .replace(MARKS, (mark) => (mark === '-' || mark === '.' || mark === '=' ? mark : `\\${mark}`))
    .replace(/^(\s*)([-=]|\d+\.)/, '$1\\$2')
    .replaceAll('@', '@<!-- -->');
}

/** Text as code, also within a table's cell. */
export function markdownCode(text: string): string {
  const one = printable(text);
  if (one === '') return '';
  const longest = Math.max(0, ...[...one.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(one) ? ' ' : '';
  return `${fence}${space}${one.replaceAll('|', '\\|')}${space}${fence}`;
}
