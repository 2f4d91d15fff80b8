import { expect, it } from 'vitest';
import { StorageLooks } from '../../src/background/storage-looks.ts';

it('looks once for a token of unknown origin, and not again and again', () => {
  const looks = new StorageLooks();
  expect(looks.isDue(1, 0, [])).toBe(false);
  expect(looks.isDue(null, 0, ['a'])).toBe(false);
  expect(looks.isDue(1, 0, ['a'])).toBe(true);
  expect(looks.isDue(1, 60_000, ['a'])).toBe(false);
  expect(looks.isDue(1, 60_000, ['a', 'b'])).toBe(true);
  expect(looks.isDue(1, 61_000, ['c'])).toBe(false);
  expect(looks.isDue(2, 61_000, ['d'])).toBe(true);
  expect(looks.isDue(1, 66_000, ['c'])).toBe(true);
});
