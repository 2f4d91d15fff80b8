/**
 * Text for people, in English where it is written and in the reader's language where there is a catalogue of it:
 *
 *     t`Its audience "${audience}" names no host.`
 *
 * Each template has one entry in `public/_locales/<language>/messages.json`, under {@link messageKey}. A whole sentence is
 * one template, for languages order their words differently; one and many are two templates.
 *
 * All that people read goes through it: a report that is rendered in the extension is in the reader's language, one that the
 * command line renders in English. What was found is said once, when it is found: a report keeps these words, whoever renders
 * it. What programs read never goes through it: names of fields and columns, ids, values of enumerations, names of tests. No
 * program may compare, group or parse text: a finding is the same one in every language.
 *
 * What a token or a request said stands in straight quotation marks, in every language: by them whoever redacts a sentence
 * tells it from our own words. Text of our own is quoted in the marks of the language.
 */

/** Gives the catalogue's text of a message, with these in its gaps; an empty one where it has none. At most nine. */
export type Translate = (key: string, gaps: readonly string[]) => string;

/** The Unicode private use area: no catalogue writes these. */
const FIRST_GAP = 0xe000;
const GAP = /[\ue000-\ue008]/;

/** The language of a text, as HTML asks for it. */
export interface Language {
  /** BCP 47 */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** That of numbers and times, where it says more than the tag: `de-AT`. */
  readonly locale?: string;
}

const ENGLISH: Language = { tag: 'en', direction: 'ltr' };

/** Literal text and, between two pieces, the index of the value that stands there. */
interface Compiled {
  readonly pieces: readonly string[];
  readonly order: readonly number[];
}

let translate: Translate | null = null;
let spoken = ENGLISH;
let compiled = new WeakMap<TemplateStringsArray, Compiled | null>();

/**
 * Sets the language of all text that is made from now on: once, before anything else of the program is loaded.
 * @param catalogue null for the English that the source is written in
 * @param language that of the catalogue
 */
export function speak(catalogue: Translate | null, language: Language = ENGLISH): void {
  translate = catalogue;
  spoken = language;
  compiled = new WeakMap();
}

/** The language in which text is made: for documents, which say what theirs is. */
export function language(): Language {
  return spoken;
}

/** The language of numbers and times beside the text, for `Intl`. */
export function locale(): string {
  return spoken.locale ?? spoken.tag;
}

/** The text of a template, in the language that was set. */
export function t(template: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const found = translate === null ? null : inCatalogue(template, translate);
  if (found === null) return inEnglish(template, values);
  let text = found.pieces[0] ?? '';
  for (const [index, value] of found.order.entries()) text += `${values[value]}${found.pieces[index + 1]}`;
  return text;
}

/** Checks are worded for every request: `String.raw` takes its time. */
function inEnglish(template: TemplateStringsArray, values: readonly (string | number)[]): string {
  let text = template[0] ?? '';
  for (let index = 1; index < template.length; index++) text += `${values[index - 1]}${template[index]}`;
  return text;
}

function inCatalogue(template: TemplateStringsArray, catalogue: Translate): Compiled | null {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const gaps = template.slice(1).map((_, index) => String.fromCharCode(FIRST_GAP + index));
  const text = catalogue(messageKey(template), gaps);
  const found =
    text === ''
      ? null
      : {
          pieces: text.split(GAP),
          order: [...text]
            .filter((character) => GAP.test(character))
            .map((gap) => gap.charCodeAt(0) - FIRST_GAP),
        };
  compiled.set(template, found);
  return found;
}

/**
 * The name of a template's entry in the catalogues: its first words, so that people find it, and a hash (32-bit FNV-1a)
 * of all of it. Letters, digits and `_` only, as the browsers ask.
 * @param template the literal pieces of the template
 */
export function messageKey(template: readonly string[]): string {
  const whole = template.join('\ue000');
  const words = whole.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let hash = 0x811c9dc5;
  for (let index = 0; index < whole.length; index++)
    hash = Math.imul(hash ^ whole.charCodeAt(index), 0x01000193) >>> 0;
  return [...words.slice(0, 6), hash.toString(16).padStart(8, '0')].join('_').slice(-60);
}

/**
 * The message of a template as a catalogue writes it: `$1` to `$9` where values stand, `$$` for a dollar sign.
 * @param template the literal pieces of the template
 */
export function messageOf(template: readonly string[]): string {
  return template
    .map((piece, index) => `${index === 0 ? '' : `$${index}`}${piece.replaceAll('$', '$$$$')}`)
    .join('');
}
