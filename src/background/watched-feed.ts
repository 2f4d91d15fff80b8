import type { Audit } from '../core/audit.ts';
import type { ToPanel, WatchedView } from '../messages.ts';

/** A picture of the whole tab is made anew no oftener than this, in ms. */
const INTERVAL_MS = 1_000;
/** Of the background's time that pictures of a large session may take: the twentieth part. */
const SHARE = 20;

/** Tells a panel of the map or the timeline: at once when it is opened, then when something changed, while it is open. */
export class WatchedFeed {
  readonly #tab: number;
  readonly #audit: Pick<Audit, 'map' | 'timeline'>;
  readonly #send: (message: ToPanel) => void;
  #view: WatchedView | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #next = Number.NEGATIVE_INFINITY;

  constructor(tab: number, audit: Pick<Audit, 'map' | 'timeline'>, send: (message: ToPanel) => void) {
    this.#tab = tab;
    this.#audit = audit;
    this.#send = send;
  }

  watch(view: WatchedView | null): void {
    this.#view = view;
    this.close();
    if (view !== null) this.#tell(view);
  }

  changed(): void {
    if (this.#view === null || this.#timer !== null) return;
    const wait = Math.max(0, this.#next - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#view !== null) this.#tell(this.#view);
    }, wait);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tell(view: WatchedView): void {
    const began = performance.now();
    if (view === 'map') this.#send({ type: 'audit/map', map: this.#audit.map(this.#tab) });
    else this.#send({ type: 'audit/timeline', timeline: this.#audit.timeline(this.#tab) });
    const ended = performance.now();
    this.#next = ended + Math.max(INTERVAL_MS, (ended - began) * SHARE);
  }
}
