import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { PageDriver } from '../browsers/panel-driver.ts';
import { press, signIn } from '../lab/walk.ts';
import { axeFindings } from './axe.ts';
import { describeInBrowsers, isThere } from './harness.ts';
import { bring, openPopup, openSessions, startRecording } from './recorder-pages.ts';

const LAB = readFileSync(new URL('../fixtures/har/lab-login.har', import.meta.url), 'utf8');

/** What axe finds in both themes, by theme. */
async function inBothThemes(page: PageDriver): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const theme of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    found[theme] = await axeFindings(page);
  }
  return found;
}

const CONFIGURATION = {
  clients: [{ clientId: 'the-app', issuer: 'https://login.example', origins: ['https://app.example'] }],
  resources: [{ host: 'api.example', audiences: ['https://api.example'] }],
  trustedIssuers: ['https://login.example'],
  severities: { 'expired-token': 'error' },
  acceptedByDesign: [
    { rules: ['id-token-as-bearer'], host: 'api.example', reason: 'Until SHOP-42.', until: '2099-12-31' },
  ],
};

const NOTHING = { light: [], dark: [] };

describeInBrowsers('axe finds nothing', (world) => {
  it('on the sessions page: empty, a session, its name and its end, a problem, two compared', async () => {
    const { page } = await openSessions(world().browser);
    expect(await inBothThemes(page), 'empty').toEqual(NOTHING);
    await bring(page, [
      { name: 'before.har', text: LAB },
      { name: 'after.har', text: LAB.slice(0, LAB.length / 2) },
    ]);
    await page.waitFor(`document.querySelectorAll('[data-session]').length === 2`, { timeoutMs: 30_000 });
    await page.waitFor(isThere('[data-problem]'));
    await page.click('[data-name="before.har"] [data-action="open"]');
    await page.waitFor(isThere('[data-detail]'));
    expect(await inBothThemes(page), 'a session').toEqual(NOTHING);
    await page.click('[data-action="delete"]');
    await page.waitFor(isThere('[data-action="really-delete"]'));
    expect(await inBothThemes(page), 'about to be deleted').toEqual(NOTHING);
    await page.click('[data-action="rename"]');
    await page.waitFor(isThere('[name="rename"]'));
    expect(await inBothThemes(page), 'renamed').toEqual(NOTHING);
    await page.click('[data-name="before.har"] input');
    await page.click('[data-name="after.har"] input');
    await page.click('[data-action="compare"]');
    await page.waitFor(isThere('[data-comparison]'));
    expect(await inBothThemes(page), 'compared').toEqual(NOTHING);
  });

  it('in the popup: idle, recording and paused', async () => {
    const { browser, lab } = world();
    const app = await browser.open(`${lab.origins.app}/`);
    const { page } = await openPopup(browser, app);
    expect(await inBothThemes(page), 'idle').toEqual(NOTHING);
    await startRecording(page, 'A walk', 'tab');
    await signIn(app.page, lab);
    await press(app.page, 'id-token-to-api');
    await page.waitFor(`document.querySelector('[data-recorder] [data-errors]').dataset.errors === '1'`);
    expect(await inBothThemes(page), 'recording').toEqual(NOTHING);
    await page.click('[data-action="pause"]');
    await page.waitFor(isThere('[data-recorder="paused"]'));
    expect(await inBothThemes(page), 'paused').toEqual(NOTHING);
    await page.click('[data-action="stop"]');
    await page.waitFor(isThere('[data-recorder="idle"]'));
  });

  it('on the options page: empty, with mistakes, and with something of everything', async () => {
    const { browser } = world();
    const { page } = await browser.open(await browser.extensionUrl('src/options/options.html'));
    await page.waitFor(isThere('[data-add="clients"]'));
    expect(await inBothThemes(page), 'empty').toEqual(NOTHING);
    for (const part of ['clients', 'resources']) {
      await page.click(`[data-add="${part}"]`);
      await page.waitFor(isThere(`[data-field^="${part}[0]"]`));
    }
    await page.click('[data-action="save"]');
    await page.waitFor(
      `[...document.querySelectorAll('.problem')].some(({ textContent }) => textContent !== '')`,
    );
    expect(await inBothThemes(page), 'with mistakes').toEqual(NOTHING);
    await page.evaluate(`(() => {
      const input = document.querySelector('[data-action="import"]');
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(JSON.stringify(CONFIGURATION))}], 'aud-it.config.json'));
      input.files = data.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
    await page.waitFor(isThere('[data-notice="done"]'));
    expect(await inBothThemes(page), 'with something of everything').toEqual(NOTHING);
  });
});
