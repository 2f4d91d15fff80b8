/** A port to the background that opens again whenever the background stopped: browsers stop it when they like. */

/** What is needed of a runtime port. */
export interface PortLike {
  readonly postMessage: (message: unknown) => void;
  readonly onMessage: { readonly addListener: (listener: (message: unknown) => void) => void };
  readonly onDisconnect: { readonly addListener: (listener: () => void) => void };
}

export interface PortEvents {
  /** Opens a port and says on it what the background must know. It may throw: the extension was updated or removed. */
  readonly open: () => PortLike;
  readonly onMessage: (message: unknown) => void;
  /** The port is gone. A new one follows. */
  readonly onLost: () => void;
  /** Calls back after `delay` ms. */
  readonly after: (delay: number, callback: () => void) => void;
}

export interface LastingPort<Message> {
  /** @returns false where no port is open: the message is dropped; `open` will say what matters. */
  readonly post: (message: Message) => boolean;
}

/** The first reconnect is immediate: the background sleeps, and connecting wakes it. After that it waits, 5 s at most. */
export function reconnectDelay(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(5_000, 250 * 2 ** (attempt - 1));
}

/** Opens the port and keeps it open. A message that arrives proves the connection and starts the delays afresh. */
export function lastingPort<Message>(events: PortEvents): LastingPort<Message> {
  let port: PortLike | null = null;
  let attempt = 0;

  function lost(): void {
    port = null;
    events.onLost();
    const delay = reconnectDelay(attempt);
    attempt += 1;
    if (delay === 0) open();
    else events.after(delay, open);
  }

  function open(): void {
    let opened: PortLike;
    try {
      opened = events.open();
    } catch {
      lost();
      return;
    }
    port = opened;
    opened.onMessage.addListener((message) => {
      attempt = 0;
      events.onMessage(message);
    });
    opened.onDisconnect.addListener(() => {
      if (port === opened) lost();
    });
  }

  open();
  return {
    post(message) {
      if (port === null) return false;
      try {
        port.postMessage(message);
        return true;
      } catch {
        // Closed already; its onDisconnect is on the way.
        return false;
      }
    },
  };
}
