import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type EvaluateText, evaluateJson, until, waitInDocument, within } from './wait.ts';

const evaluate: EvaluateText = async (source) => runInThisContext(source);

describe('until', () => {
  it('asks again until there is an answer, whatever was thrown before', async () => {
    let asked = 0;
    const probe = async () => {
      asked += 1;
      if (asked === 1) throw new Error('not yet');
      return asked === 3 ? 'there' : undefined;
    };
    expect(await until('it', probe)).toBe('there');
  });

  it('says what was awaited, and what was in the way', async () => {
    const probe = async () => {
      throw new Error('no such frame');
    };
    await expect(until('the panel', probe, 30)).rejects.toThrow(
      'Waited 30 ms for the panel; last: no such frame',
    );
  });

  it('ends in time though a probe never answers', async () => {
    await expect(until('an answer', () => new Promise(() => {}), 30)).rejects.toThrow(
      'Waited 30 ms for an answer',
    );
  });
});

describe('within', () => {
  it('gives what the promise gives', async () => {
    expect(await within(1_000, 'it', Promise.resolve(1))).toBe(1);
  });

  it('rejects when time is up', async () => {
    await expect(within(5, 'it', new Promise(() => {}))).rejects.toThrow('Waited 5 ms for it');
  });
});

describe('evaluateJson', () => {
  it.each([
    ['({ a: [1, "x", null] })', { a: [1, 'x', null] }],
    ['Promise.resolve(2) // with a comment', 2],
    ['undefined', undefined],
  ])('%s', async (expression, value) => {
    expect(await evaluateJson(evaluate, expression)).toEqual(value);
  });

  it("rejects with the document's error", async () => {
    const expression = 'Promise.reject(new TypeError("no"))';
    await expect(evaluateJson(evaluate, expression)).rejects.toThrow(
      `TypeError: no, evaluating ${expression}`,
    );
  });
});

describe('waitInDocument', () => {
  it('resolves once the expression holds', async () => {
    const expression = '(globalThis.audItLooks = (globalThis.audItLooks ?? 0) + 1) === 3';
    await waitInDocument(evaluate, expression);
    expect(Reflect.get(globalThis, 'audItLooks')).toBe(3);
  });

  it('says what never held, and why', async () => {
    await expect(waitInDocument(evaluate, 'nowhere.to.be.found', 100)).rejects.toThrow(
      'Waited 100 ms for nowhere.to.be.found to hold; last: ReferenceError: nowhere is not defined',
    );
  });
});
