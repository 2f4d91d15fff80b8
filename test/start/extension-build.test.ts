import { expect, it } from 'vitest';
import { firstError } from './extension-build.ts';

it('tells a bundler’s first error and its place', () => {
  const first = new Error(
    '\u001b[31m[transform] \u001b[0mUnexpected token\n  ╭─[ src/a.ts:5:11 ]\n5 │ const x = ;',
  );
  const all = Object.assign(new Error('Build failed with 1 error:\n'), { errors: [first] });
  expect(firstError(all)).toBe('[transform] Unexpected token, src/a.ts:5:11');
});

it('tells any other error as it is', () => {
  expect(firstError(new Error('No such plugin'))).toBe('No such plugin');
  expect(firstError(Object.assign(new Error('Nothing'), { errors: [] }))).toBe('Nothing');
});
