import { Redactor } from './redact-text.ts';

const NOBODY_KNOWN = new Redactor(new Set(), []);
const WORD = /[^\s"'“”„<>(),;=&#?]+/g;

/**
 * What a person wrote of a session, its name or a note: their own words, without what they pasted and should not have
 * (tokens, keys, values of a URL's parameters, addresses of people). Plain words stay as they are.
 * @param isToken tells a token that was seen, which may look like a word
 */
export function redactedNote(text: string, isToken: (word: string) => boolean): string {
  const without = text.replace(WORD, (word) =>
    isToken(word) || isToken(word.replace(/[.:!]+$/, '')) ? '…' : word,
  );
  return NOBODY_KNOWN.text(without);
}
