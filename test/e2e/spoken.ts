/** What a page says, and in which language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentDriver } from '../browsers/panel-driver.ts';

const LOCALES = join(import.meta.dirname, '../../public/_locales');

type Catalogue = Readonly<Record<string, { readonly message: string }>>;

function catalogue(locale: string): Catalogue {
  return JSON.parse(readFileSync(join(LOCALES, locale, 'messages.json'), 'utf8'));
}

/** Source of an expression: all text of a document, seen or read out, a piece each. */
const TEXTS = `(() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.data);
  for (const element of document.querySelectorAll('body *'))
    for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'alt', 'placeholder', 'title'])
      texts.push(element.getAttribute(name) ?? '');
  return [...new Set(texts.map((text) => text.replace(/\\s+/g, ' ').trim()).filter((text) => text !== ''))];
})()`;

const english = catalogue('en');

/**
 * What another language says otherwise, in two words or more, as patterns: anything may stand in the gaps. From four words on it is
 * looked for within a text, too.
 */
function sentencesUnlike(locale: string): readonly RegExp[] {
  const other = catalogue(locale);
  return Object.entries(english).flatMap(([key, { message }]) => {
    const words = message.replace(/\$\d/g, ' ').match(/\p{L}{2,}/gu)?.length ?? 0;
    if (other[key]?.message === message || words < 2) return [];
    const pattern = message
      .split(/\$[1-9]/)
      .map((piece) => piece.replaceAll('$$', '$').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+?');
    return [new RegExp(words < 4 ? `^${pattern}$` : `(?<!\\p{L})${pattern}(?!\\p{L})`, 'u')];
  });
}

/**
 * @param locale the language that a document should be in
 * @returns what it says in English all the same, with the English sentence
 */
export async function englishIn(document: DocumentDriver, locale: string): Promise<readonly string[]> {
  const texts = await document.evaluate<readonly string[]>(TEXTS);
  const sentences = sentencesUnlike(locale);
  return texts.flatMap((text) => {
    const found = sentences.find((sentence) => sentence.test(text));
    return found === undefined ? [] : [`${text} (${found.source})`];
  });
}
