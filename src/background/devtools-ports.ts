import type { Runtime } from 'webextension-polyfill';
import type { ToDevtools } from '../messages.ts';

/** The devtools pages of each observed tab. More than one may look at a tab: whoever came last is asked. */
export class DevtoolsPorts {
  readonly #ports = new Map<number, readonly Pick<Runtime.Port, 'postMessage'>[]>();

  add(tab: number, port: Pick<Runtime.Port, 'postMessage'>): void {
    this.#ports.set(tab, [...(this.#ports.get(tab) ?? []), port]);
  }

  remove(tab: number, port: Pick<Runtime.Port, 'postMessage'>): void {
    const others = (this.#ports.get(tab) ?? []).filter((other) => other !== port);
    if (others.length > 0) this.#ports.set(tab, others);
    else this.#ports.delete(tab);
  }

  /** Asks nothing where nobody is there. */
  ask(tab: number | null, question: ToDevtools): void {
    try {
      if (tab !== null) this.#ports.get(tab)?.at(-1)?.postMessage(question);
    } catch {
      // DevTools were closed, and their port has not said so yet.
    }
  }
}
