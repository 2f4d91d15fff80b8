import { describe, expect, it, vi } from 'vitest';
import { StartGate } from '../../src/background/start-gate.ts';

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Everything that is due now is done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what comes while the background starts', () => {
  it('waits, and is done in the order in which it came, whatever one of it waits for', async () => {
    const opened = deferred();
    const never = deferred();
    const done: string[] = [];
    const gate = new StartGate(() => opened.promise, vi.fn());
    gate.whenOpen(() => {
      done.push('wakes');
      return never.promise;
    });
    gate.whenOpen(() => void done.push('the request that woke it'));
    await settled();
    expect([done, gate.isOpen]).toEqual([[], false]);
    opened.resolve();
    await settled();
    gate.whenOpen(() => void done.push('its answer'));
    expect(done).toEqual(['wakes', 'the request that woke it', 'its answer']);
    expect(gate.isOpen).toBe(true);
  });

  it('what fails is counted, and ends nothing else', async () => {
    const failed = vi.fn();
    const gate = new StartGate(() => Promise.reject(new Error('no storage')), failed);
    const task = vi.fn();
    gate.whenOpen(() => Promise.reject(new Error('late')));
    gate.whenOpen(() => {
      throw new Error('at once');
    });
    gate.whenOpen(task);
    await settled();
    expect(task).toHaveBeenCalledOnce();
    expect(failed).toHaveBeenCalledTimes(3);
  });
});

it('what is held waits for that too, with all that comes after it, in order', async () => {
  const known = deferred();
  const done: string[] = [];
  const gate = new StartGate(() => Promise.resolve(), vi.fn());
  gate.whenOpen(() => void done.push('first'));
  await settled();
  gate.hold(() => known.promise);
  gate.whenOpen(() => void done.push('its request'));
  gate.whenOpen(() => void done.push('its answer'));
  await settled();
  expect([done, gate.isOpen]).toEqual([['first'], true]);
  known.resolve();
  await settled();
  gate.whenOpen(() => void done.push('last'));
  expect(done).toEqual(['first', 'its request', 'its answer', 'last']);
});
