import { effect } from '@preact/signals';
import { type FromPanel, readToPanel, type WatchedView } from '../messages.ts';
import { lastingPort, type PortLike } from './lasting-port.ts';
import type { Store } from './store.ts';
import type { ViewName, Views } from './views.ts';

/** What a person may ask about issuers' keys. */
export interface KeyRequests {
  readonly approveIssuer: (issuer: string) => void;
  readonly checkAgain: (token: string) => void;
  readonly giveKeys: (issuer: string | null, keys: string) => void;
  readonly giveSecret: (issuer: string | null, secret: string, encoding: 'text' | 'base64url') => void;
}

/** What the panel asks of the background. */
export interface Connection extends KeyRequests {
  /** @param before ms since the epoch: forgets only what began earlier. */
  readonly clear: (before?: number) => void;
  /** Asks for a token itself: a person wants to see it. */
  readonly askForRaw: (token: string) => void;
  readonly openAccessPage: () => void;
}

/**
 * Joins the store to the background: what comes in goes to the store once it was read as a message; the chosen row goes
 * out whenever it changes. After the background stopped, says again which tab it is and which row is chosen.
 * @param tab the inspected tab.
 * @param open opens a port to the background.
 * @param after calls back after `delay` ms.
 */
export function connect(options: {
  readonly store: Store;
  readonly views: Views;
  readonly tab: number;
  readonly open: () => PortLike;
  readonly after: (delay: number, callback: () => void) => void;
}): Connection {
  const { store, views, tab, open, after } = options;
  let opened = false;

  const port = lastingPort<FromPanel>({
    open: () => {
      const next = open();
      next.postMessage({ type: 'panel/open', tab } satisfies FromPanel);
      const exchange = store.selected.peek();
      if (exchange !== null) next.postMessage({ type: 'panel/select', exchange } satisfies FromPanel);
      const view = watchedView(views.view.peek());
      if (view !== null) next.postMessage({ type: 'panel/watch', view } satisfies FromPanel);
      return next;
    },
    onMessage: (message) => {
      const read = readToPanel(message);
      if (read === null) store.receivedUnreadable();
      else {
        store.receive(read);
        views.receive(read);
      }
    },
    onLost: store.connectionLost,
    after,
  });

  effect(() => {
    const exchange = store.selected.value;
    // The first run only subscribes: nothing is chosen yet, or it was said on opening.
    if (opened) port.post({ type: 'panel/select', exchange });
    opened = true;
  });

  let watched = watchedView(views.view.peek());
  effect(() => {
    const view = watchedView(views.view.value);
    if (view !== watched) port.post({ type: 'panel/watch', view });
    watched = view;
  });

  return {
    askForRaw: (token) => {
      views.askedForRaw(token);
      port.post({ type: 'panel/raw-token', token });
    },
    clear: (before) => {
      port.post(before === undefined ? { type: 'panel/clear' } : { type: 'panel/clear', before });
    },
    approveIssuer: (issuer) => {
      port.post({ type: 'panel/approve-issuer', issuer });
    },
    checkAgain: (token) => {
      port.post({ type: 'panel/check-again', token });
    },
    giveKeys: (issuer, keys) => {
      port.post({ type: 'panel/give-keys', issuer, keys });
    },
    giveSecret: (issuer, secret, encoding) => {
      port.post({ type: 'panel/give-secret', issuer, secret, encoding });
    },
    openAccessPage: () => {
      port.post({ type: 'panel/open-access-page' });
    },
  };
}

/** The list is told of anyway; the other views only while one looks. */
function watchedView(view: ViewName): WatchedView | null {
  return view === 'requests' ? null : view;
}
