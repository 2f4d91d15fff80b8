import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What asks the program to end from outside. */
export interface Stopping {
  /** Resolves with the first signal that asks to end. A second one ends at once. */
  readonly stopped: Promise<NodeJS.Signals>;
  /** Leaves the signals alone again. */
  release(): void;
}

/** Listens for Ctrl-C, termination and the terminal's end, so that everything can be closed first. */
export function listenForStop(): Stopping {
  const { promise, resolve } = withResolver<NodeJS.Signals>();
  let isAsked = false;
  const onSignal = (signal: NodeJS.Signals) => {
    // The browser's profile goes with the process: see test/browsers/temporary-profile.ts.
    if (isAsked) process.exit(exitCodeOf(signal));
    isAsked = true;
    resolve(signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    stopped: promise,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}

/** What a shell says of a program that a signal ended. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

function withResolver<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
