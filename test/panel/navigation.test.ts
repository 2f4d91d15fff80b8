import { describe, expect, it } from 'vitest';
import { PageBegin } from '../../src/panel/navigation.ts';

const NOW = 1_000_000;

/** Pages that answer one after the other; the last one goes on answering. An Error is a page that is on its way out. */
function begins(...answers: readonly unknown[]) {
  const left = [...answers];
  let pauses = 0;
  const begin = new PageBegin({
    evaluate: async () => {
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    pause: async () => {
      pauses++;
    },
  });
  return { navigated: () => begin.navigated(NOW), pauses: () => pauses };
}

describe('a navigation', () => {
  it.each([
    ['Chromium, with the value', [900_000, 999_500]],
    [
      'Firefox, with a list',
      [
        [900_000, null],
        [999_500, null],
      ],
    ],
  ])('began when the page says so: %s', async (_browser, answers) => {
    expect(await begins(...answers).navigated()).toBe(999_500);
  });

  it('is not told by the page before, which may still answer', async () => {
    const page = begins(900_000, 900_000, new Error('gone'), 900_000, 999_500);
    expect(await page.navigated()).toBe(999_500);
    expect(page.pauses()).toBe(3);
  });

  it.each([undefined, null, 'now', Number.NaN, NOW + 1, 0, {}])(
    'began now where the page says what can’t be: %s',
    async (told) => {
      expect(await begins(900_000, told).navigated()).toBe(NOW);
    },
  );

  it('began now where the page never answers, and asking ends', async () => {
    const page = begins(new Error('gone'));
    expect(await page.navigated()).toBe(NOW);
    expect(page.pauses()).toBe(20);
  });
});
