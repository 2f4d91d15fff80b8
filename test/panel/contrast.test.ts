import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/panel/theme.css', import.meta.url), 'utf8');

/** The colours of a block as [light, dark], by name. */
function colours(selector: string): ReadonlyMap<string, readonly [string, string]> {
  const block = css.split(`${selector} {`)[1]?.split('\n}')[0] ?? '';
  const found = block.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [light, dark] as const]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = ['text', 'muted', 'accent', 'error', 'warning', 'notice', 'cant-tell', 'passed'];
const plain = TEXTS.flatMap((text) =>
  ['ground', 'bar', 'hover'].map((ground) => [text, ground, 4.5] as const),
);
const chosen = [
  ['on-selected', 'selected', 4.5],
  ['on-chosen', 'chosen', 4.5],
  // The edge of a control, and the focus ring (WCAG 2.2, 1.4.11).
  ['control-line', 'ground', 3],
  ['accent', 'bar', 3],
] as const;
/** Chromium's tones stand on its selected rows; on Firefox's they turn white. */
const tones = TEXTS.slice(3).map((tone) => [tone, 'selected', 4.5] as const);

describe.each([
  ['Chromium', ':root', [...plain, ...chosen, ...tones]],
  ['Firefox', ':root[data-browser="firefox"]', [...plain, ...chosen]],
])('the colours for %s', (_, selector, pairs) => {
  const palette = colours(selector);
  test.each(pairs)('%s on %s reach WCAG AA', (text, ground, least) => {
    for (const theme of [0, 1] as const) {
      const pair = [palette.get(text)?.[theme] ?? '', palette.get(ground)?.[theme] ?? ''] as const;
      expect(
        contrast(...pair),
        `${theme === 0 ? 'light' : 'dark'}: ${pair.join(' on ')}`,
      ).toBeGreaterThanOrEqual(least);
    }
  });
});
