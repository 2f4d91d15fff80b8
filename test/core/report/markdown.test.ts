import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, code, prose } from '../../../src/core/report/markdown.ts';

describe('text from the network, in Markdown', () => {
  it('stays as it is where it is plain words', () => {
    expect(prose('This ID token was sent to api.shop.test:8080, which is not its audience.')).toBe(
      'This ID token was sent to api.shop.test:8080, which is not its audience.',
    );
  });

  it.each([
    ['a picture', '![x](https://evil.test/x.png)', '`![x](https://evil.test/x.png)`'],
    ['a link', '<https://evil.test>', '`<https://evil.test>`'],
    [
      'what becomes a link by itself',
      'https://evil.test www.evil.test',
      '`https://evil.test` `www.evil.test`',
    ],
    ['HTML', '<img src=x>', '`<img` `src=x>`'],
    ['a mention', '@octocat', '`@octocat`'],
    ['an issue', '#1 GH-26', '`#1` `GH-26`'],
    ['an item of a list', '1. x', '`1`. x'],
    ['a mention in quotes, at the end', '"@octocat".', '"`@octocat`".'],
    ['emphasis', '*a* _b_', '`*a*` `_b_`'],
    ['a heading on a line of its own', 'x\n# y', 'x `#` y'],
    ['an end of the code span', '`x`', '`` `x` ``'],
    ['a control', 'a\u0007b\u202e', '`a\\u0007b\\u202e`'],
  ])('can’t be %s', (_what, text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it('can’t end a cell of a table', () => {
    expect(cell(`${prose('a | b')} ${code('c|d')}`)).toBe('a `\\|` b `c\\|d`');
  });

  it('a code span ends where it should, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', ' ', 'a', '\n', '<', '\\') }), (text) => {
        const span = code(text);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        const inside = span.slice(fence.length, -fence.length);
        expect(span.endsWith(fence)).toBe(true);
        expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        expect(span).not.toContain('\n');
      }),
    );
  });
});
