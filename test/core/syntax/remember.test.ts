import { describe, expect, it } from 'vitest';
import { remembering } from '../../../src/core/syntax/remember.ts';

describe('remembering', () => {
  const asked: string[] = [];
  const length = (text: string): number | null => {
    asked.push(text);
    return text === '' ? null : text.length;
  };

  it('asks once for each text, also where the answer is null', () => {
    asked.length = 0;
    const remembered = remembering(length, 4);
    expect([remembered('ab'), remembered('ab'), remembered(''), remembered('')]).toEqual([2, 2, null, null]);
    expect(asked).toEqual(['ab', '']);
  });

  it('keeps no more than it may, and goes on answering', () => {
    asked.length = 0;
    const remembered = remembering(length, 2);
    for (const text of ['a', 'bb', 'ccc', 'a']) expect(remembered(text)).toBe(text.length);
    expect(asked).toEqual(['a', 'bb', 'ccc', 'a']);
  });

  it('does not keep a long text', () => {
    asked.length = 0;
    const remembered = remembering(length, 2);
    const long = 'x'.repeat(513);
    expect([remembered(long), remembered(long)]).toEqual([513, 513]);
    expect(asked).toHaveLength(2);
  });
});
