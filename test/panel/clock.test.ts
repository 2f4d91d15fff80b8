import { beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../src/panel/clock.ts';

let now: number;
let isVisible: boolean;
let ticks: Set<() => void>;
let changed: () => void;
let clock: Clock;

beforeEach(() => {
  [now, isVisible, ticks] = [1_000, true, new Set()];
  clock = createClock({
    now: () => now,
    every: (ms, callback) => {
      expect(ms).toBe(1_000);
      ticks.add(callback);
      return () => void ticks.delete(callback);
    },
    visibility: {
      isVisible: () => isVisible,
      onChange: (callback) => {
        changed = callback;
      },
    },
  });
});

function pass(ms: number): void {
  now += ms;
  for (const tick of ticks) tick();
}

function look(visible: boolean): void {
  isVisible = visible;
  changed();
}

describe('the panel’s clock', () => {
  it('moves once a second while anybody looks', () => {
    expect(clock.now.value).toBe(1_000);
    pass(1_000);
    expect(clock.now.value).toBe(2_000);
    expect(ticks.size).toBe(1);
  });

  it('stands still in a panel that is hidden, and is right at once when it is shown again', () => {
    look(false);
    expect(ticks.size).toBe(0);
    pass(60_000);
    expect(clock.now.value).toBe(1_000);
    look(true);
    expect(clock.now.value).toBe(61_000);
    look(true);
    expect(ticks.size).toBe(1);
  });

  it('ends', () => {
    clock.stop();
    expect(ticks.size).toBe(0);
  });
});
