import { describe, expect, it } from 'vitest';
import { ReadBodies } from '../../src/devtools/read-bodies.ts';

describe('which bodies were read', () => {
  it('are told apart by name', () => {
    const read = new ReadBodies();
    read.note('one', 1_000);
    expect([read.has('one', 1_000), read.has('two', 1_000), read.has('old', 1)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('none of a log of thousands is read twice, and what comes is still read', () => {
    const read = new ReadBodies();
    for (let n = 0; n < 5_000; n++) {
      expect(read.has(`r${n}`, n)).toBe(false);
      read.note(`r${n}`, n);
    }
    for (let n = 0; n < 5_000; n++) expect(read.has(`r${n}`, n)).toBe(true);
    expect(read.has('next', 5_000)).toBe(false);
  });

  it('nor of thousands of one moment', () => {
    const read = new ReadBodies();
    for (let n = 0; n < 5_000; n++) read.note(`r${n}`, 7);
    for (let n = 0; n < 5_000; n++) expect(read.has(`r${n}`, 7)).toBe(true);
    expect(read.has('next', 8)).toBe(false);
  });
});
