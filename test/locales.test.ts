import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../src/core/report/redact-text.ts';
import { messageKey, messageOf } from '../src/core/text.ts';
import { sourceTexts } from './fixtures/source-text.ts';

const SRC = join(import.meta.dirname, '../src');
const LOCALES = join(import.meta.dirname, '../public/_locales');

/** What no source file says: the manifest's words, and what a catalogue says of itself. */
const APART = {
  language: 'en',
  direction: 'ltr',
  description:
    'Is this token meant for this API? Tells ID tokens from access tokens in live traffic, and checks each against the request it travels on.',
};

/** Rooms whose words stay English: the command line's, and those in tests. */
const ENGLISH_ONLY: readonly string[] = ['cli', 'testing'];

/** Rooms in which all that is said to people goes through `t`. */
const TRANSLATED = readdirSync(SRC)
  .filter((room) => !ENGLISH_ONLY.includes(room))
  .flatMap((room) => (room === 'core' ? readdirSync(join(SRC, room)).map((one) => `core/${one}`) : room));

/** What looks like a sentence to a program, and is none: names, code, formats. */
const NO_SENTENCE: readonly RegExp[] = [
  // Standards, by their section.
  /^OpenID (?:Connect|for) [\w .-]+ §[\w.]+$/,
  // Vendors, their products and libraries.
  /^(?:Amazon Cognito|AWS Amplify|Auth0 SPA SDK|Cloudflare Access|Firebase (?:App Check|Authentication)|GitHub Actions)$/,
  /^(?:GitLab CI\/CD|Google (?:IAP|Identity Services)|Login with Amazon|Microsoft (?:Entra, Okta|Graph)|Okta Auth JS)$/,
  /^(?:SAP Cloud Identity Services|Simple JWT)$/,
  // Code that a person is shown.
  /^(?:(?:const|await|import|export|new|\/\/) .*\n?)+.*[;,)]/,
  // What stands in PEM (RFC 7468).
  /^(?:RSA PUBLIC|PUBLIC|PRIVATE) KEY$|^TRUSTED CERTIFICATE$/,
  // A program for the page, SVG, a line with nothing but data.
  /^\(\(\) => \{/,
  /^<path class=/,
  // Why a message is none: for programmers.
  /^These are no packed rows\.$/,
  // Our name, among what is data or punctuation.
  /^[#\s*.:→]*Aud-it[\s*.:→]*$/,
  // A parameter of a request, as the standard writes it.
  /^PKCE $/,
  // The path of an SVG.
  /^M[\d\s.,xC-]+$/,
];

/** Files of facts: what stands in them is compared, and said to nobody. */
const FACTS: readonly string[] = ['core/verify/guessable-secrets.ts'];

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

function quotedIn(message: string): readonly string[] {
  return (message.match(/"[^"]*"?/g) ?? []).sort();
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

describe.each(readdirSync(LOCALES))('the catalogue “%s”, as Chromium reads it,', (locale) => {
  // It takes "$1$2" for a placeholder called "1" that nobody defined, and loads no part of the extension.
  it('has something between gaps', () => {
    const messages = Object.values(catalogue(locale)).map(({ message }) => message);
    expect(messages.filter((message) => /\$[\w@]+\$/.test(message))).toEqual([]);
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

  // A report redacts by quotation marks: between them stands what a token or a request said.
  it('has the same between straight quotation marks', () => {
    const wrong = all.filter(
      ([key, { message }]) => `${quotedIn(messages[key]?.message ?? message)}` !== `${quotedIn(message)}`,
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('has no words that a report takes for secrets', () => {
    const { text } = new Redactor(new Set(), []);
    const wrong = all.flatMap(([key, { message }]) => {
      const said = messages[key]?.message ?? message;
      return text(message) === message && text(said) !== said ? [[said, text(said)]] : [];
    });
    expect(wrong).toEqual([]);
  });
});

describe('what is said to people', () => {
  it.each(TRANSLATED)('goes through the catalogues: %s', (room) => {
    const outside = texts.filter(
      ({ file, isTranslated, pieces }) =>
        !isTranslated &&
        !FACTS.includes(file) &&
        (file === room || file.startsWith(`${room}/`)) &&
        !NO_SENTENCE.some((pattern) => pattern.test(pieces.join(''))),
    );
    expect(outside.map(({ file, line, pieces }) => `${file}:${line} ${pieces.join('…')}`)).toEqual([]);
  });
});
