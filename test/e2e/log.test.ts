import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, hasLines, isThere, rowOf } from './harness.ts';

const at = (path: string) => ({ request: { method: 'GET', host: 'api', path } }) as const;

describeInBrowsers('the log', (world) => {
  it('stands still while it is paused, loses nothing, and is empty once it is cleared', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await panel.waitFor(isThere('[data-empty="nothing"]'));
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(hasLines(1));
    await panel.click('[data-action="pause"]');
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(`Number(document.querySelector('.paused').dataset.waiting) >= 1`);
    expect(await panel.evaluate<boolean>(hasLines(1))).toBe(true);
    await panel.click('[data-action="pause"]');
    await panel.waitFor(hasLines(2));
    await panel.click('[data-action="clear"]');
    await panel.waitFor(isThere('[data-empty="nothing"]'));
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(hasLines(1));
  });

  it('goes when the page navigates only where a person wishes it so, and keeps the new page’s own', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(isThere(rowOf(lab, at('/lax/profile'))));
    await tab.page.goto(`${lab.origins.app}/`);
    await tab.page.waitFor(`document.documentElement.dataset.signedIn === 'true'`);
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(hasLines(2));

    await panel.click('[data-choice="preserve"]');
    await tab.page.goto(`${lab.origins.app}/`);
    await panel.waitFor(`!(${isThere(rowOf(lab, at('/lax/profile')))})`);
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(isThere(rowOf(lab, at('/export'))));
    expect(await panel.evaluate<boolean>(hasLines(1))).toBe(true);
  });
});
