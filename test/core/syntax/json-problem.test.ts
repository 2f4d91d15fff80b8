import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonProblem } from '../../../src/core/syntax/json-problem.ts';

describe('what is wrong with a JSON text', () => {
  it.each([
    ['', 1, 1, /the file is empty/],
    ['{\n  "a": 1,\n}', 2, 9, /a comma before "}"/],
    ['[1, 2,]', 1, 6, /a comma before "\]"/],
    ['{\n  // why\n  "a": 1 }', 2, 3, /comments are no JSON/],
    ['{ "a": 1 /* x */ }', 1, 10, /comments are no JSON/],
    ["{ 'a': 1 }", 1, 3, /a name in double quotes, found "'"/],
    ['{ a: 1 }', 1, 3, /a name in double quotes, found "a"/],
    ['{ "a" 1 }', 1, 7, /expected ":", found "1"/],
    ['{ "a": 1 "b": 2 }', 1, 10, /expected "," or "}", found "\\""/],
    ['[1 2]', 1, 4, /expected "," or "\]", found "2"/],
    ['{ "a": undefined }', 1, 8, /expected a value, found "undefined"/],
    ['{ "a": tru }', 1, 8, /expected a value, found "tru"/],
    ['{ "a": 01 }', 1, 9, /expected "," or "}", found "1"/],
    ['{ "a": "x\n" }', 1, 10, /a double quote/],
    ['{ "a": "\\x" }', 1, 9, /a double quote/],
    ['{ "a": "x', 1, 10, /the end of the file/],
    ['{ "a": [1, 2', 1, 13, /expected "," or "\]", found the end of the file/],
    ['{} {}', 1, 4, /expected the end of the file/],
    ['{ "a": 1,\n  "a": 2 }', 2, 3, /"a" stands here a second time/],
    ['['.repeat(100), 1, 65, /deeper than 64/],
  ])('%j: line %i, column %i', (text, line, column, said) => {
    const problem = findJsonProblem(text);
    expect(problem).toMatchObject({ line, column });
    expect(problem?.text).toMatch(said);
  });

  it('is nothing where a parser takes it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonProblem(text)).toBeNull();
      }),
    );
  });

  it('is something where a parser refuses it', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('"', '{', '}', ',', '\\', '\u0001', 'x', '', '[', '1', ' '))
      .map(([text, at, sign]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + sign + text.slice(place + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (!isJson) expect(findJsonProblem(text)).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is found at once in a long text', () => {
    expect(findJsonProblem(`["${'a\\n'.repeat(80_000)}"]`)).toBeNull();
    expect(findJsonProblem(`[${'{},'.repeat(80_000)}]`)).toMatchObject({ line: 1 });
  });
});
