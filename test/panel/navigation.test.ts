import { expect, test } from 'vitest';
import { navigationBegan } from '../../src/panel/navigation.ts';

test('a navigation began when the page says so, as far as that can be', () => {
  expect(navigationBegan(999_500, 1_000_000)).toBe(999_500);
  for (const told of [undefined, null, 'now', Number.NaN, 1_000_001, 0, {}]) {
    expect(navigationBegan(told, 1_000_000)).toBe(1_000_000);
  }
});
