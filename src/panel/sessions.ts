import { type ReadonlySignal, signal } from '@preact/signals';
import { type FromSessions, readToSessions, type ToSessions } from '../session-messages.ts';
import { lastingPort, type PortLike } from './lasting-port.ts';

/** What a page knows of recorded sessions, and what it can ask for. */
export interface Sessions {
  /** null until the background spoke. */
  readonly state: ReadonlySignal<ToSessions | null>;
  readonly post: (message: FromSessions) => void;
}

/**
 * Joins a page to the background's desk for sessions.
 * @param tab the tab that a person looks at; null where there is none
 * @param open opens a port to the background
 * @param after calls back after `delay` ms
 */
export function connectSessions(options: {
  readonly tab: number | null;
  readonly open: () => PortLike;
  readonly after: (delay: number, callback: () => void) => void;
}): Sessions {
  const state = signal<ToSessions | null>(null);
  const port = lastingPort<FromSessions>({
    open: () => {
      const next = options.open();
      next.postMessage({ type: 'sessions/watch', tab: options.tab } satisfies FromSessions);
      return next;
    },
    onMessage: (message) => {
      state.value = readToSessions(message) ?? state.value;
    },
    onLost: () => {},
    after: options.after,
  });
  return { state, post: (message) => void port.post(message) };
}
