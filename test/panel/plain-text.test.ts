import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, line, linkTarget, visible } from '../../src/panel/plain-text.ts';

describe('text from the network', () => {
  test.each([
    ['a bidi override', 'abc\u202egpj.exe', 'abc\\u{202e}gpj.exe'],
    ['bidi isolates and marks', '\u2066a\u2069\u200f', '\\u{2066}a\\u{2069}\\u{200f}'],
    ['controls', 'a\u0000b\u001b[31m\u007f\u0085', 'a\\u{0000}b\\u{001b}[31m\\u{007f}\\u{0085}'],
    ['line breaks', 'a\r\nb\u2028c', 'a\\u{000d}\\u{000a}b\\u{2028}c'],
    ['what has no width', 'a\u200bb\ufeffc\u00ad', 'a\\u{200b}b\\u{feff}c\\u{00ad}'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['lone surrogates', 'a\ud800b', 'a\\u{d800}b'],
    ['blank letters', '\u3164', '\\u{3164}'],
  ])('shows %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('stays as it is where all of it is seen', () => {
    const text = 'Grüße, שלום, 你好, 🎟 <b onclick="x">&amp;</b>';
    expect(visible(text)).toBe(text);
  });

  test('has nothing hidden afterwards, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });

  test('is cut between characters, and what was left off is counted', () => {
    expect(cut('abc', 3)).toEqual({ shown: 'abc', leftOff: 0 });
    expect(cut('abcdef', 4)).toEqual({ shown: 'abcd', leftOff: 2 });
    expect(cut('ab🎟cd', 3)).toEqual({ shown: 'ab', leftOff: 4 });
    expect(line('x'.repeat(100_000))).toHaveLength(300);
  });
});

describe('links', () => {
  test('go to http and https only', () => {
    expect(linkTarget('https://openid.net/specs/a.html#b')).toBe('https://openid.net/specs/a.html#b');
    expect(linkTarget('http://localhost/')).toBe('http://localhost/');
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'JaVaScRiPt:x',
      '/relative',
      '',
      '\u0001javascript:x',
    ]) {
      expect(linkTarget(url)).toBeNull();
    }
  });
});

test('no source of the panel or the popup writes markup', () => {
  for (const folder of ['panel', 'panel/components', 'popup']) {
    const url = new URL(`../../src/${folder}/`, import.meta.url);
    for (const name of readdirSync(url).filter((entry) => /\.tsx?$/.test(entry))) {
      const source = readFileSync(new URL(name, url), 'utf8');
      expect(source, name).not.toMatch(
        /innerHTML\s*[=:]|outerHTML|insertAdjacentHTML|dangerouslySet|document\.write/,
      );
    }
  }
});
