import type { AuditedBrowser, PageDriver } from '../browsers/panel-driver.ts';
import { isThere } from './harness.ts';

/** Opens the options page, in a tab of its own. DevTools are open elsewhere: the background runs. */
export async function openOptions(browser: AuditedBrowser): Promise<PageDriver> {
  const runtime = browser.kind === 'firefox' ? 'browser.runtime' : 'chrome.runtime';
  const url = await browser.evaluateInBackground<string>(`${runtime}.getURL('src/options/options.html')`);
  const tab = await browser.open(url);
  await tab.page.waitFor(isThere('[data-add="clients"]'));
  return tab.page;
}

/** Chooses a file, as the browser's own dialog would. */
export async function importFile(page: PageDriver, text: string): Promise<void> {
  await page.evaluate<boolean>(`(() => {
    const input = document.querySelector('[data-action="import"]');
    const chosen = new DataTransfer();
    chosen.items.add(new File([${JSON.stringify(text)}], 'aud-it.config.json', { type: 'application/json' }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  })()`);
}
