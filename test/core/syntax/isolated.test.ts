import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolated, MAX_PIECES, type Piece } from '../../../src/core/syntax/isolated.ts';

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A sentence as its pieces: `[value]` for what programs say, `{words}` for others of another direction. */
function marked(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, isolate }) => (isolate === null ? text : isolate === 'ltr' ? `[${text}]` : `{${text}}`))
    .join('');
}

/** Sentences as an attacker would have them: quotation marks, letters of both directions, digits and punctuation. */
const hostile = fc.string({
  unit: fc.constantFrom('"', 'a', 'א', 'ع', ' ', '1', '/', '.', ',', '(', ')', '“', '”', '🎟', '\ud800'),
  maxLength: 300,
});
const direction = fc.constantFrom('ltr' as const, 'rtl' as const);

describe('a sentence from left to right', () => {
  it.each([
    ['nothing of another direction', 'It is for "https://api.test/", sent to api.test.', null],
    ['values in quotation marks', 'It is for "אב", "גד" and 2 more.', 'It is for "[אב]", "[גד]" and 2 more.'],
    ['a value with both directions', 'Its "iss" is "אב/api".', 'Its "[iss]" is "[אב/api]".'],
    ['words beside quotation marks', 'Login of “אב גד” at אב.test.', 'Login of “{אב גד}” at {אב.test}.'],
    ['a list without quotation marks', 'אב, גד (הו)', '{אב}, {גד} ({הו})'],
    ['a number behind it', 'אב × 5', '{אב} × 5'],
    ['an apostrophe within a word', 'the ד״ר’ש token', 'the {ד״ר’ש} token'],
    ['a quotation mark that nothing closes', 'It says "אב', 'It says "{אב}'],
  ])('isolates %s', (_, sentence, expected) => {
    expect(marked(isolated(sentence, 'ltr'))).toBe(expected ?? sentence);
  });

  it('has nothing outside of isolates that could be written from right to left', () => {
    fc.assert(
      fc.property(hostile, (sentence) => {
        for (const { text, isolate } of isolated(sentence, 'ltr'))
          if (isolate === null) expect(text).not.toMatch(RTL);
      }),
    );
  });
});

describe('a sentence from right to left', () => {
  it.each([
    [
      'hosts and URLs',
      'אב login.test גד https://api.test/ הו.',
      'אב {login.test} גד {https://api.test/} הו.',
    ],
    [
      'words that follow one another, together',
      'אב (OpenID Connect Core 1.0 §2)',
      'אב ({OpenID Connect Core} 1.0 §2)',
    ],
    ['values', 'אב "api.test/", "גד".', 'אב "[api.test/]", "[גד]".'],
    ['no number', 'אב 12 גד', null],
  ])('isolates %s', (_, sentence, expected) => {
    expect(marked(isolated(sentence, 'rtl'))).toBe(expected ?? sentence);
  });
});

describe('any sentence', () => {
  it('is its pieces, joined', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), direction, (sentence, way) => {
        expect(
          isolated(sentence, way)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sentence);
      }),
    );
  });

  it('has a bounded number of pieces', () => {
    fc.assert(
      fc.property(hostile, fc.nat(40), direction, (sentence, times, way) => {
        expect(isolated(sentence.repeat(times), way).length).toBeLessThanOrEqual(MAX_PIECES + 4);
      }),
    );
  });

  it.each([
    ['punctuation', `${'.'.repeat(200_000)}א`],
    ['opened brackets', `א${'('.repeat(200_000)}`],
    ['quotation marks', `א${'"'.repeat(200_000)}`],
    ['words', 'א b '.repeat(50_000)],
  ])('is told apart in no time, though it is made of %s', (_, sentence) => {
    const before = performance.now();
    isolated(sentence, 'ltr');
    expect(performance.now() - before).toBeLessThan(500);
  });
});
