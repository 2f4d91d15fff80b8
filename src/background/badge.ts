import browser from 'webextension-polyfill';
import type { AuditRow } from '../core/model/view.ts';

const ERROR_COLOUR = '#c5221f';

/** Counts each tab's requests with errors on the toolbar button. */
export class Badge {
  readonly #errors = new Map<number, Set<string>>();

  /** Takes a row that is new or was judged again. */
  update(tab: number, row: AuditRow): void {
    const errors = this.#errors.get(tab) ?? new Set();
    const before = errors.size;
    if (row.verdict === 'error') errors.add(row.id);
    else errors.delete(row.id);
    if (errors.size > 0) this.#errors.set(tab, errors);
    else this.#errors.delete(tab);
    if (errors.size !== before) this.show(tab);
  }

  clear(tab: number): void {
    this.#errors.delete(tab);
    this.show(tab);
  }

  count(tab: number): number {
    return this.#errors.get(tab)?.size ?? 0;
  }

  /** Browsers take a tab's badge away when it navigates: then it is shown anew. */
  show(tab: number): void {
    const count = this.count(tab);
    const text = count === 0 ? '' : count > 999 ? '999+' : String(count);
    // The tab may be gone by now; then there is nothing to show.
    browser.action.setBadgeText({ tabId: tab, text }).catch(() => undefined);
    if (count > 0)
      browser.action.setBadgeBackgroundColor({ tabId: tab, color: ERROR_COLOUR }).catch(() => undefined);
  }
}
