import { it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, pictureFile, rowOf } from './harness.ts';

describeInBrowsers('pictures', (world) => {
  it('detail', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'access-token-to-orders');
    await press(tab.page, 'id-token-to-third-party');
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } }));
    await panel.waitFor(isThere('[data-signature="verified"]'));
    await panel.click('[data-action="show-token"]');
    await panel.waitFor(isThere('[data-raw="shown"]'));
    await panel.setTheme(kind === 'firefox' ? 'dark' : 'light');
    for (const [n, at] of [
      ['1', 0],
      ['2', 700],
      ['3', 1300],
      ['4', 2100],
    ] as const) {
      await panel.evaluate(`document.querySelector('.detail-body').scrollTop = ${at}`);
      await panel.screenshot(await pictureFile(`detail-${kind}-${n}`));
    }
    await panel.setSize({ width: 420, height: 900 });
    await panel.evaluate(`document.querySelector('.detail-body').scrollTop = 900`);
    await panel.screenshot(await pictureFile(`detail-${kind}-narrow`));
  });
});
