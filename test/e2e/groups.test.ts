import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import {
  choose,
  describeInBrowsers,
  hasLines,
  isThere,
  pictureFile,
  rowOf,
  rowsOf,
  show,
} from './harness.ts';

describeInBrowsers('groups', (world) => {
  it('put requests together by token, host, client or rule, and fold with the keys', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    for (const id of ['id-token-to-api', 'id-token-to-third-party', 'id-token-in-url'] as const) {
      await press(tab.page, id);
    }
    await panel.waitFor(isThere(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/export' } })));
    const rows = (await rowsOf(panel)).length;

    await choose(panel, 'group', 'rule');
    await panel.waitFor(isThere('[role="treegrid"] [data-group="id-token-as-bearer"][aria-expanded="true"]'));
    await choose(panel, 'group', 'client');
    await panel.waitFor(isThere('[data-group="shop-spa"]'));
    await choose(panel, 'group', 'token');
    // The three of them carried one token.
    await panel.waitFor(isThere('[data-group][data-size="3"]'));
    await panel.screenshot(await pictureFile(`groups-${kind}-light`));
    await choose(panel, 'group', 'host');
    const host = `[data-group="${new URL(lab.origins.api).host}"]`;
    await panel.waitFor(isThere(`${host}[data-size="2"]`));
    const heads = await panel.evaluate<number>(`document.querySelectorAll('[data-group]').length`);
    await panel.waitFor(hasLines(rows + heads));

    await panel.click(host);
    await panel.waitFor(isThere(`${host}[aria-expanded="false"]`));
    await panel.waitFor(hasLines(rows + heads - 2));
    await panel.press('ArrowRight');
    await panel.waitFor(isThere(`${host}[aria-expanded="true"]`));
    await panel.press('ArrowDown');
    await panel.waitFor(`document.activeElement.dataset.path === '/lax/profile'`);
    await panel.press('ArrowLeft');
    await panel.waitFor(`document.activeElement.dataset.group !== undefined`);
    await panel.press('ArrowLeft');
    await panel.waitFor(hasLines(rows + heads - 2));
    expect(await panel.evaluate<string>(`document.activeElement.getAttribute('aria-expanded')`)).toBe(
      'false',
    );
    await choose(panel, 'group', 'none');
    await panel.waitFor(hasLines(rows));
  });
});
