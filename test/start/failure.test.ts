import { expect, it } from 'vitest';
import { Failure, firstLine, orFail } from './failure.ts';

it('tells the first line that says something, without colours', () => {
  expect(firstLine(new Error('\n\u001b[31m  No such file\u001b[39m\n  at x.ts'))).toBe('No such file');
  expect(firstLine('gone')).toBe('gone');
  expect(firstLine(new Error(''))).toBe('no reason was given');
});

it('says what failed, once', async () => {
  const inner = orFail('The page did not open', Promise.reject(new Error('refused\nby its host')));
  const outer = orFail('The walk failed', inner);
  await expect(outer).rejects.toEqual(new Failure('The page did not open: refused'));
  await expect(orFail('Nothing failed', Promise.resolve(1))).resolves.toBe(1);
});
