import axe from 'axe-core';
import { expect, it } from 'vitest';
import type { PanelDriver } from '../browsers/panel-driver.ts';
import { press, signIn } from '../lab/walk.ts';
import { choose, describeInBrowsers, isThere, rowOf, show } from './harness.ts';

/** What axe-core finds in the panel as it is now: rule, and the elements that break it. */
async function findings(panel: PanelDriver): Promise<readonly string[]> {
  // The panel's own policy lets nothing in; the driver does, as a browser's console does.
  await panel.evaluate(`(() => { ${axe.source}\n; return true; })()`);
  return panel.evaluate<readonly string[]>(`(globalThis.axe ?? axe).run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`);
}

describeInBrowsers('axe-core', (world) => {
  it('finds nothing in the list, its menus, the help and the empty panel, light and dark', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await panel.waitFor(isThere('[data-empty="nothing"]'));
    expect(await findings(panel)).toEqual([]);
    await show(panel, 'all');
    await signIn(tab.page, lab);
    for (const id of ['id-token-to-api', 'expired-token', 'opaque-access-token'] as const)
      await press(tab.page, id);
    await panel.waitFor(
      isThere(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } })),
    );

    for (const theme of ['light', 'dark'] as const) {
      await panel.setTheme(theme);
      expect(await findings(panel), `the list, ${theme}`).toEqual([]);
      await panel.click('[data-filter-text]');
      await panel.type('colour:x host:');
      await panel.waitFor(isThere('[data-suggestion]'));
      await panel.press('ArrowDown');
      expect(await findings(panel), `suggestions, ${theme}`).toEqual([]);
      await panel.press('Escape');
      await panel.press('Escape');
      await choose(panel, 'group', 'token');
      await panel.click('[data-action="view"]');
      await panel.waitFor(isThere('#view-menu'));
      expect(await findings(panel), `groups and menu, ${theme}`).toEqual([]);
      await panel.press('Escape');
      await choose(panel, 'group', 'none');
      await panel.click('[data-action="help"]');
      await panel.waitFor(isThere('dialog[open]'));
      expect(await findings(panel), `help, ${theme}`).toEqual([]);
      await panel.press('Escape');
      await panel.waitFor(`!(${isThere('dialog[open]')})`);
    }
    await panel.setSize({ width: 400, height: 700 });
    expect(await findings(panel), 'narrow').toEqual([]);
  });
});
