import type { UnseenReason } from '../model/exchange.ts';
import type { Coverage } from '../model/view.ts';

/** How much was seen, by tab, and what was not. */
export interface AuditCounts {
  readonly seen: readonly { readonly tab: number | null; readonly exchanges: number }[];
  readonly unseen: Coverage['unseen'];
}

interface Seen {
  exchanges: number;
  withToken: number;
}

/** Counts what was seen, and what was not, so that nothing is lost silently. */
export class SeenCounts {
  readonly #unseen = new Map<UnseenReason, number>();
  /** How many exchanges each tab made, and how many of them carried a token. */
  readonly #seen = new Map<number | null, Seen>();

  /** The counts of one tab, to be counted on. */
  of(tab: number | null): Seen {
    const seen = this.#seen.get(tab) ?? { exchanges: 0, withToken: 0 };
    this.#seen.set(tab, seen);
    return seen;
  }

  /** Counts what was not seen. */
  unseen(reason: UnseenReason, count = 1): void {
    if (count > 0) this.#unseen.set(reason, (this.#unseen.get(reason) ?? 0) + count);
  }

  /** The tabs of which anything was counted. */
  tabs(): readonly number[] {
    return [...this.#seen.keys()].filter((tab) => tab !== null);
  }

  /** All tabs together. */
  total(): Pick<Coverage, 'exchanges' | 'withToken' | 'unseen'> {
    const seen = [...this.#seen.values()];
    return {
      exchanges: seen.reduce((sum, { exchanges }) => sum + exchanges, 0),
      withToken: seen.reduce((sum, { withToken }) => sum + withToken, 0),
      unseen: this.allUnseen(),
    };
  }

  /** What was not seen, for all tabs together: of what was not seen, the tab often isn't known. */
  allUnseen(): Coverage['unseen'] {
    return [...this.#unseen].map(([reason, count]) => ({ reason, count }));
  }

  /** The counts that {@link restore} takes back. How many carried a token is counted anew, as they are judged. */
  kept(): AuditCounts {
    const seen = [...this.#seen].map(([tab, { exchanges }]) => ({ tab, exchanges }));
    return { seen, unseen: this.allUnseen() };
  }

  restore({ seen, unseen }: AuditCounts): void {
    for (const { reason, count } of unseen) this.unseen(reason, count);
    for (const { tab, exchanges } of seen) this.of(tab).exchanges = exchanges;
  }

  /** @param left what the tab has after all; null where it has nothing */
  forget(tab: number, left: Seen | null): void {
    this.#seen.delete(tab);
    if (left !== null) this.#seen.set(tab, left);
  }
}
