import { signal } from '@preact/signals';

/** This machine's clock, in ms since the epoch: moves once a second while anybody looks, and stands still in a hidden panel. */
export interface Clock {
  readonly now: { readonly value: number };
  readonly stop: () => void;
}

const TICK_MS = 1_000;

/**
 * @param now ms since the epoch
 * @param every calls back every so many ms, until what it returns is called
 * @param visibility says whether the panel is in sight, and calls back when that changes
 */
export function createClock(options: {
  readonly now: () => number;
  readonly every: (ms: number, callback: () => void) => () => void;
  readonly visibility: {
    readonly isVisible: () => boolean;
    readonly onChange: (callback: () => void) => void;
  };
}): Clock {
  const now = signal(options.now());
  const tick = (): void => {
    now.value = options.now();
  };
  let stop: (() => void) | null = null;
  const settle = (): void => {
    const isVisible = options.visibility.isVisible();
    if (isVisible && stop === null) {
      tick();
      stop = options.every(TICK_MS, tick);
    } else if (!isVisible) {
      stop?.();
      stop = null;
    }
  };
  options.visibility.onChange(settle);
  settle();
  return { now, stop: () => stop?.() };
}

/** The clock of the document that this runs in; made when it is asked for first. */
export function documentClock(): Clock {
  clock ??= createClock({
    now: Date.now,
    every: (ms, callback) => {
      const timer = setInterval(callback, ms);
      return () => clearInterval(timer);
    },
    visibility: {
      isVisible: () => document.visibilityState === 'visible',
      onChange: (callback) => document.addEventListener('visibilitychange', callback),
    },
  });
  return clock;
}

let clock: Clock | null = null;
