import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageKey, messageOf } from '../src/core/text.ts';
import { sourceTexts } from './fixtures/source-text.ts';

const LOCALES = join(import.meta.dirname, '../public/_locales');

/** What no source file says: the manifest's words, and what a catalogue says of itself. */
const APART = {
  language: 'en',
  direction: 'ltr',
  description:
    'Is this token meant for this API? Tells ID tokens from access tokens in live traffic, and checks each against the request it travels on.',
};

/** Rooms in which all that is said to people goes through `t`, so that it can be said in their language. */
const TRANSLATED: readonly string[] = ['core/text.ts', 'devtools', 'options', 'panel', 'popup', 'sessions'];

/** What looks like a sentence to a program, and is none: names, code, formats. */
const NO_SENTENCE: readonly RegExp[] = [
  /^Aud-it$/,
  // A parameter of a request, as the standard writes it.
  /^PKCE $/,
  // The path of an SVG.
  /^M.*C/,
];

const texts = sourceTexts();

function english(): Record<string, { readonly message: string }> {
  const messages: Record<string, { readonly message: string }> = {};
  for (const [key, message] of Object.entries(APART)) messages[key] = { message };
  for (const { pieces, isTranslated } of texts)
    if (isTranslated) messages[messageKey(pieces)] = { message: messageOf(pieces) };
  return Object.fromEntries(Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function catalogue(locale: string): Record<string, { readonly message: string }> {
  return JSON.parse(readFileSync(join(LOCALES, locale, 'messages.json'), 'utf8'));
}

function gapsOf(message: string): readonly string[] {
  return (message.replaceAll('$$', '').match(/\$\d/g) ?? []).sort();
}

describe('the English catalogue', () => {
  it('is what the source says', async () => {
    await expect(`${JSON.stringify(english(), null, 2)}\n`).toMatchFileSnapshot(
      '../public/_locales/en/messages.json',
    );
  });

  it('leaves no more gaps than the browsers fill', () => {
    expect(Object.values(english()).filter(({ message }) => gapsOf(message).length > 9)).toEqual([]);
  });
});

describe.each(readdirSync(LOCALES).filter((locale) => locale !== 'en'))('the catalogue “%s”', (locale) => {
  const messages = catalogue(locale);
  const all = Object.entries(english());

  it('says all of it', () => {
    const missing = all.filter(([key]) => (messages[key]?.message ?? '') === '');
    expect(Object.fromEntries(missing)).toEqual({});
  });

  it('says nothing else', () => {
    expect(Object.keys(messages).filter((key) => !all.some(([known]) => known === key))).toEqual([]);
  });

  it('has the same gaps in each', () => {
    const wrong = all.filter(
      ([key, { message }]) => `${gapsOf(messages[key]?.message ?? message)}` !== `${gapsOf(message)}`,
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});

describe('what is said to people', () => {
  it.each(TRANSLATED)('goes through the catalogues: %s', (room) => {
    const outside = texts.filter(
      ({ file, isTranslated, pieces }) =>
        !isTranslated &&
        (file === room || file.startsWith(`${room}/`)) &&
        !NO_SENTENCE.some((pattern) => pattern.test(pieces.join(''))),
    );
    expect(outside.map(({ file, line, pieces }) => `${file}:${line} ${pieces.join('…')}`)).toEqual([]);
  });
});
