import { effect } from '@preact/signals';
import { type FromPanel, readToPanel } from '../messages.ts';
import { lastingPort, type PortLike } from './lasting-port.ts';
import type { Store } from './store.ts';

/** What the panel asks of the background. */
export interface Connection {
  /** @param before ms since the epoch: forgets only what began earlier. */
  readonly clear: (before?: number) => void;
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
  readonly tab: number;
  readonly open: () => PortLike;
  readonly after: (delay: number, callback: () => void) => void;
}): Connection {
  const { store, tab, open, after } = options;
  let opened = false;

  const port = lastingPort<FromPanel>({
    open: () => {
      const next = open();
      next.postMessage({ type: 'panel/open', tab } satisfies FromPanel);
      const exchange = store.selected.peek();
      if (exchange !== null) next.postMessage({ type: 'panel/select', exchange } satisfies FromPanel);
      return next;
    },
    onMessage: (message) => {
      const read = readToPanel(message);
      if (read === null) store.receivedUnreadable();
      else store.receive(read);
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

  return {
    clear: (before) => {
      port.post(before === undefined ? { type: 'panel/clear' } : { type: 'panel/clear', before });
    },
    openAccessPage: () => {
      port.post({ type: 'panel/open-access-page' });
    },
  };
}
