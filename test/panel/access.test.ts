import { expect, test } from 'vitest';
import { askForAccess } from '../../src/panel/access.ts';

const origins = ['https://*/*'];

test('asks before anything is awaited: browsers ask only straight from a click', () => {
  const asked: string[][] = [];
  const request = async (wish: { origins: string[] }): Promise<boolean> => {
    asked.push(wish.origins);
    return true;
  };
  void askForAccess({ request }, origins);
  expect(asked).toEqual([origins]);
});

test('says what came of it', async () => {
  expect(await askForAccess({ request: async () => true }, origins)).toBe('granted');
  expect(await askForAccess({ request: async () => false }, origins)).toBe('refused');
  expect(await askForAccess({ request: () => Promise.reject(new Error('no gesture')) }, origins)).toBe(
    'elsewhere',
  );
  expect(await askForAccess({}, origins)).toBe('elsewhere');
  expect(await askForAccess(undefined, origins)).toBe('elsewhere');
});
