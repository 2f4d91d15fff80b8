/**
 * Our own words and what came from the network, told apart in a sentence for people, so that whoever shows it can keep the
 * direction of the one from changing the order of the other (Unicode Standard Annex #9, §2.4 Explicit Directional Isolates):
 * two audiences in Hebrew, one after the other, would else be read in the wrong order, and a path after them on the wrong side.
 */

/** A piece of a sentence. */
export interface Piece {
  readonly text: string;
  /**
   * null: our own words, in the direction of the sentence. `ltr`: what a token or a request said, read as programs read it.
   * `auto`: other words of another direction, as they begin.
   */
  readonly isolate: null | 'ltr' | 'auto';
}

/** Pieces of one sentence: an attacker's may have a thousand quotation marks. What comes after them is one piece. */
export const MAX_PIECES = 64;

/** What is written from right to left, unassigned code points included (DerivedBidiClass.txt: R and AL, by its defaults). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Letters: what else has a direction is written from left to right. */
const LETTER = /\p{L}/u;

/** Words, each with the punctuation of the sentence around it, or white space. */
const WORDS = /\s+|\S+/g;

/** What stands around a word: brackets, quotation marks; and behind it, what ends a clause. */
const BEFORE = new Set('(["\'“‘„‚«‹');
const BEHIND = new Set(')]"\'”’“‘»›.,:;!?…');

/**
 * The pieces of a sentence, in order: joined, they are the sentence. One piece, where nothing in it can be reordered.
 *
 * What stands between straight quotation marks is a value (see `text.ts`); beside them stand hosts and URLs, and what a
 * person named.
 * @param direction of the page that shows it
 */
export function isolated(sentence: string, direction: 'ltr' | 'rtl'): readonly Piece[] {
  if (direction === 'ltr' && !RIGHT_TO_LEFT.test(sentence)) return [{ text: sentence, isolate: null }];
  const parts = sentence.split('"', MAX_PIECES);
  const pieces = new Pieces();
  for (const [index, part] of parts.entries()) {
    if (index > 0) pieces.add('"', null);
    if (index % 2 === 1 && index < parts.length - 1) pieces.add(part, 'ltr');
    else addWords(part, direction, pieces);
    if (pieces.all.length >= MAX_PIECES) break;
  }
  pieces.add(sentence.slice(pieces.length), 'auto');
  return pieces.all;
}

/** Words of the other direction that follow one another are one piece: among themselves their order is theirs. */
function addWords(text: string, direction: 'ltr' | 'rtl', pieces: Pieces): void {
  let run = '';
  let space = '';
  const end = (): void => {
    pieces.add(run, 'auto');
    pieces.add(space, null);
    run = '';
    space = '';
  };
  for (const [word] of text.matchAll(WORDS)) {
    if (pieces.all.length >= MAX_PIECES) break;
    if (word.trim() === '') {
      space += word;
      continue;
    }
    const [before, inner, behind] = framed(word);
    if (!isForeign(inner, direction)) {
      end();
      pieces.add(word, null);
      continue;
    }
    if (before !== '' || run === '') end();
    pieces.add(before, null);
    run += space + inner;
    space = '';
    if (behind !== '') end();
    pieces.add(behind, null);
  }
  end();
}

/** A word without the punctuation before and behind it; it never has more than that. */
function framed(word: string): readonly [string, string, string] {
  let from = 0;
  while (from < word.length && BEFORE.has(word.charAt(from))) from++;
  let to = word.length;
  while (to > from && BEHIND.has(word.charAt(to - 1))) to--;
  return [word.slice(0, from), word.slice(from, to), word.slice(to)];
}

function isForeign(word: string, direction: 'ltr' | 'rtl'): boolean {
  return direction === 'ltr' ? RIGHT_TO_LEFT.test(word) : LETTER.test(word) && !RIGHT_TO_LEFT.test(word);
}

/** Gathers pieces; one of our own words that follows another becomes part of it. */
class Pieces {
  readonly all: Piece[] = [];
  /** Of all their text. */
  length = 0;

  add(text: string, isolate: Piece['isolate']): void {
    if (text === '') return;
    this.length += text.length;
    const last = this.all.at(-1);
    if (isolate === null && last?.isolate === null)
      this.all[this.all.length - 1] = { text: last.text + text, isolate };
    else this.all.push({ text, isolate });
  }
}
