import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { axeFindings } from './axe.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

describeInBrowsers('the map, the timeline and the details', (world) => {
  it('are accessible in both themes, by what axe finds', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'access-token-to-orders');
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } }));
    await panel.waitFor(isThere('[data-signature="verified"]'));
    const found: Record<string, readonly string[]> = {};
    for (const theme of ['light', 'dark'] as const) {
      await panel.setTheme(theme);
      await panel.waitFor(`matchMedia('(prefers-color-scheme: ${theme})').matches`);
      await panel.click('[data-view="requests"]');
      found[`${theme} details`] = await axeFindings(panel);
      await panel.click('[data-view="map"]');
      await panel.waitFor(isThere('[data-party] [data-filter-by]'));
      await panel.evaluate(`document.querySelector('.flows').open = true`);
      await panel.waitFor(isThere('.flows td'));
      found[`${theme} map`] = await axeFindings(panel);
      await panel.click('[data-view="timeline"]');
      await panel.waitFor(isThere('[data-step="exchanged"]'));
      found[`${theme} timeline`] = await axeFindings(panel);
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({});
  });
});
