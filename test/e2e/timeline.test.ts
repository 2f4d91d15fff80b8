import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, pictureFile } from './harness.ts';

const STEPS = `[...document.querySelectorAll('[data-login="shop-spa"] [data-step]')].map(({ dataset }) => dataset.step)`;

describeInBrowsers('the timeline', (world) => {
  it('tells the login step by step, and a step opens its request', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await panel.click('[data-view="timeline"]');
    await signIn(tab.page, lab);
    await press(tab.page, 'access-token-to-api');
    await press(tab.page, 'access-token-to-orders');
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(`(${STEPS}).filter((step) => step === 'used').length === 3`);
    const got = `document.querySelector('[data-step="exchanged"]').textContent.includes('ID token')`;
    await panel.waitFor(got);
    expect(await panel.evaluate<string[]>(STEPS)).toEqual([
      'asked',
      'returned',
      'exchanged',
      'used',
      'renewed',
      'used',
      'used',
    ]);
    await panel.waitFor(isThere('[data-login="shop-spa"][data-state="complete"]'));
    for (const theme of ['light', 'dark'] as const) {
      await panel.setTheme(theme);
      await panel.waitFor(`matchMedia('(prefers-color-scheme: ${theme})').matches`);
      await panel.screenshot(await pictureFile(`timeline-${kind}-${theme}`));
    }
    await panel.setSize({ width: 400, height: 700 });
    await panel.screenshot(await pictureFile(`timeline-${kind}-narrow`));

    await panel.click('[data-step="asked"] .step-open');
    await panel.waitFor(`document.querySelector('.detail-title')?.textContent.includes('asks')`);
    const title = await panel.evaluate<string>(`document.querySelector('.detail-title').textContent`);
    expect(title).toContain(`Here the client "shop-spa" asks ${new URL(lab.origins.login).host}`);
    // What could be replayed is not shown.
    const url = await panel.evaluate<string>(`document.querySelector('.detail').textContent`);
    expect(url).toMatch(/code_challenge=….*state=…|state=….*code_challenge=…/);
  });

  it('says it where the login began before anybody watched', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    await signIn(tab.page, lab);
    await tab.page.goto(`${lab.origins.app}/`);
    await tab.page.waitFor(`document.documentElement.dataset.signedIn === 'true'`);
    const panel = await tab.openDevtools();
    await panel.click('[data-view="timeline"]');
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(isThere('[data-state="began_before"] [data-step="used"]'));
    expect(await panel.evaluate<string>(`document.querySelector('.timeline').textContent`)).toContain(
      'How this login began was not seen',
    );
  });
});
