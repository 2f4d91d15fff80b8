import { describe, expect, test } from 'vitest';
import { suggest, valuesIn } from '../../../src/panel/list/suggest.ts';
import { problem, row } from '../rows.ts';

const ROWS = [row(1), row(2), row(3, { host: 'login.test' }), problem(4, { audiences: ['my api'] })];

function suggested(text: string, caret = text.length) {
  return suggest(text, caret, (field) => valuesIn(field, ROWS));
}

describe('suggestions', () => {
  test('are fields while a word is typed, each as it would be typed', () => {
    expect(suggested('h').map(({ text }) => text)).toEqual(['host:']);
    expect(suggested('a -h').map(({ text, caret }) => [text, caret])).toEqual([['a -host:', 8]]);
    expect(suggested('')).toHaveLength(12);
  });

  test('are a field’s values in the list, most frequent first, with their counts', () => {
    expect(suggested('host:').map(({ value, count }) => [value, count])).toEqual([
      ['api.shop.test', 3],
      ['login.test', 1],
    ]);
    expect(suggested('is:').map(({ value, count }) => [value, count])).toEqual([
      ['passed', 3],
      ['error', 1],
      ['failed', 1],
    ]);
  });

  test('go on where the caret is, and leave the rest', () => {
    expect(suggested('host:log aud:x', 8).map(({ text }) => text)).toEqual(['host:login.test  aud:x']);
    expect(suggested('-host:api.shop.test,lo').map(({ text }) => text)).toEqual([
      '-host:api.shop.test,login.test ',
    ]);
  });

  test('put quotes where a value needs them', () => {
    expect(suggested('aud:my').map(({ text }) => text)).toEqual(['aud:"my api" ']);
    expect(suggested('aud:"my a').map(({ text }) => text)).toEqual(['aud:"my api" ']);
  });

  test('are none for a field that is none', () => {
    expect(suggested('colour:')).toEqual([]);
  });
});
