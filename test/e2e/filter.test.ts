import { expect, it } from 'vitest';
import type { PanelDriver } from '../browsers/panel-driver.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, hasLines, isThere, pictureFile, rowOf, rowsOf, show } from './harness.ts';

const at = (path: string) => ({ request: { method: 'GET', host: 'api', path } }) as const;

/** Types into the filter, in the place of what stands there. */
async function filterBy(panel: PanelDriver, text: string): Promise<void> {
  await panel.click('[data-filter-text]');
  await panel.evaluate(`document.querySelector('[data-filter-text]').select()`);
  await panel.press('Backspace');
  await panel.type(text);
}

describeInBrowsers('the filter', (world) => {
  it('shows what is typed, as it is typed, and says what it can’t follow', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    for (const id of ['id-token-to-api', 'id-token-in-url', 'access-token-to-api'] as const) {
      await press(tab.page, id);
    }
    await show(panel, 'all');
    await panel.waitFor(isThere(rowOf(lab, at('/products'))));
    const all = await rowsOf(panel);

    await filterBy(panel, 'kind:id_token -rule:token-in-url path:/lax');
    await panel.waitFor(hasLines(1));
    expect((await rowsOf(panel)).map(({ path }) => path)).toEqual(['/lax/profile']);

    await filterBy(panel, 'colour:red');
    await panel.waitFor(isThere('[data-wrong="1"]'));
    expect(await panel.evaluate<string>(`document.querySelector('#filter-wrong').textContent`)).toContain(
      'no field “colour”',
    );
    await panel.waitFor(hasLines(all.length));

    // The values of a field are those that the list has, with how many rows have each.
    await filterBy(panel, 'rule:id');
    await panel.waitFor(isThere('[data-suggestion="id-token-as-bearer"]'));
    await panel.screenshot(await pictureFile(`filter-${kind}-light`));
    await panel.press('ArrowDown');
    await panel.press('Enter');
    await panel.waitFor(`document.querySelector('[data-filter-text]').value === 'rule:id-token-as-bearer '`);
    await panel.waitFor(hasLines(1));

    await filterBy(panel, 'nothing says this');
    await panel.waitFor(isThere('[data-empty="filtered"]'));
    await panel.click('[data-action="empty-filter"]');
    await panel.waitFor(hasLines(all.length));
  });

  it('chooses verdicts one by one, each with its count', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'expired-token');
    await panel.waitFor(isThere('[data-verdict-chip="error"][data-count="1"][aria-pressed="true"]'));
    await panel.waitFor(isThere('[data-verdict-chip="warning"][data-count="1"]'));
    await panel.click('[data-verdict-chip="error"]');
    await panel.waitFor(hasLines(1));
    expect((await rowsOf(panel)).map(({ verdict }) => verdict)).toEqual(['warning']);
    await panel.click('[data-filter="problems"]');
    await panel.waitFor(hasLines(2));
  });
});
