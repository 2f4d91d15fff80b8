import type { Runtime } from 'webextension-polyfill';
import type { Audit } from '../core/audit.ts';
import type { Fingerprint } from '../core/model/token.ts';
import type { Access, AuditRow } from '../core/model/view.ts';
import { type ToPanel, type WatchedView, writeToPanel } from '../messages.ts';
import { WatchedFeed } from './watched-feed.ts';

/** A panel is told at once, and then no oftener than people can follow: to draw the list costs what many requests do. */
const INTERVAL_MS = 100;
/** Rows in one message: a panel takes so many in less than a frame. A long list arrives in pieces. */
const CHUNK = 5_000;
/** Rows in the first message: more than a panel shows at once, and no more, so that it can show them soon. */
const FIRST = 250;

/** Tells one open panel what its tab's audit says, and what changes about it. */
export class PanelFeed {
  readonly tab: number;
  readonly #port: Runtime.Port;
  readonly #audit: Audit;
  readonly #changed = new Set<string>();
  /** What the panel is to be told of after the first rows, oldest first: the end of it goes next. */
  #backlog: readonly AuditRow[] = [];
  /** How many rows of {@link #backlog} were not told of yet. */
  #left = 0;
  #selected: string | null = null;
  #detailIsOld = false;
  #lastSent = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #watched: WatchedFeed;

  constructor(tab: number, port: Runtime.Port, audit: Audit) {
    this.tab = tab;
    this.#port = port;
    this.#audit = audit;
    this.#watched = new WatchedFeed(tab, audit, (message) => this.#send(message));
  }

  /** Everything, from the beginning: the newest at once, for that is what a panel shows; the rest goes on from there. */
  reset(): void {
    this.#changed.clear();
    this.#backlog = this.#audit.rows(this.tab);
    const newest = this.#backlog.slice(-FIRST);
    this.#left = this.#backlog.length - newest.length;
    this.#send({ type: 'audit/rows', reset: true, rows: newest });
    this.#send({ type: 'audit/coverage', coverage: this.#audit.coverage(this.tab) });
    if (this.#left > 0) this.#goOn(0);
    this.#watched.changed();
  }

  /** @param view which of the larger views is looked at, if any */
  watch(view: WatchedView | null): void {
    this.#watched.watch(view);
  }

  /** A person asked for the token itself: it goes to this panel, once. */
  rawToken(token: Fingerprint): void {
    this.#send({ type: 'audit/raw-token', token, raw: this.#audit.rawToken(token, this.tab) });
  }

  select(exchange: string | null): void {
    this.#selected = exchange;
    this.#sendDetail();
  }

  access(access: Access): void {
    this.#send({ type: 'audit/access', access });
  }

  /** What is not of one tab. */
  tell(message: ToPanel): void {
    this.#send(message);
  }

  /** @param exchanges judged anew, of whatever tab */
  update(exchanges: ReadonlySet<string>): void {
    for (const id of exchanges) if (this.#audit.record(id)?.tab === this.tab) this.#changed.add(id);
    // What the chosen token did elsewhere stands in its detail too.
    if (exchanges.size > 0 && this.#selected !== null) this.#detailIsOld = true;
    if (exchanges.size > 0) this.#watched.changed();
    this.#goOn(Math.max(0, this.#lastSent + INTERVAL_MS - performance.now()));
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#watched.close();
  }

  /** @param wait in ms; what waits already goes when it was to go */
  #goOn(wait: number): void {
    this.#timer ??= setTimeout(() => this.#flush(), wait);
  }

  /** Sends a piece of what changed. Between two, the background observes and judges on. */
  #flush(): void {
    this.#timer = null;
    this.#lastSent = performance.now();
    const piece: AuditRow[] = [];
    for (const id of this.#changed) {
      if (piece.length >= CHUNK) break;
      this.#changed.delete(id);
      const row = this.#audit.row(id);
      if (row !== null) piece.push(row);
    }
    this.#takeBacklog(piece);
    if (piece.length > 0) this.#send({ type: 'audit/rows', reset: false, rows: piece });
    if (this.#detailIsOld) this.#sendDetail();
    this.#send({ type: 'audit/coverage', coverage: this.#audit.coverage(this.tab) });
    if (this.#changed.size > 0 || this.#left > 0) this.#goOn(0);
  }

  /** Fills a piece with what waits, as it is now: since the reset it may have changed, or been forgotten. */
  #takeBacklog(piece: AuditRow[]): void {
    const end = this.#left;
    this.#left = Math.max(0, end - (CHUNK - piece.length));
    for (let at = this.#left; at < end; at++) {
      const row = this.#audit.row(this.#backlog[at]?.id ?? '');
      if (row !== null) piece.push(row);
    }
    if (this.#left === 0) this.#backlog = [];
  }

  #sendDetail(): void {
    this.#detailIsOld = false;
    const detail = this.#selected === null ? null : this.#audit.detail(this.#selected);
    this.#send({ type: 'audit/detail', detail });
  }

  #send(message: ToPanel): void {
    try {
      this.#port.postMessage(writeToPanel(message));
    } catch {
      // The panel was closed and its port has not said so yet: there is nobody to tell.
    }
  }
}
