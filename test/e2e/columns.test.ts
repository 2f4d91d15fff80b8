import { expect, it } from 'vitest';
import type { PanelDriver } from '../browsers/panel-driver.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, hasLines, isThere, pictureFile, rowsOf, show } from './harness.ts';

/** Source of an expression that is true while a column has its head. */
const hasHead = (column: string): string => isThere(`[data-sort="${column}"]`);

function widthOf(panel: PanelDriver, column: string): Promise<number> {
  return panel.evaluate<number>(
    `document.querySelector('[role="columnheader"].${column}').getBoundingClientRect().width`,
  );
}

describeInBrowsers('the columns', (world) => {
  it('sort, resize with keys and pointer, hide, and are so again when DevTools are opened again', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    let panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    for (const id of ['access-token-to-api', 'expired-token', 'id-token-to-api'] as const)
      await press(tab.page, id);
    await panel.waitFor(isThere('[data-path="/lax/profile"]'));
    const inTime = (await rowsOf(panel)).map(({ exchange }) => exchange);

    await panel.click('[data-sort="verdict"]');
    await panel.waitFor(isThere('[role="columnheader"].verdict[aria-sort="ascending"]'));
    const verdicts = (await rowsOf(panel)).map(({ verdict }) => verdict);
    expect(verdicts.slice(0, 2)).toEqual(['error', 'warning']);
    await panel.click('[data-sort="verdict"]');
    await panel.waitFor(isThere('[role="columnheader"].verdict[aria-sort="descending"]'));
    await panel.click('[data-sort="verdict"]');
    await panel.waitFor(isThere('[role="columnheader"].time[aria-sort="ascending"]'));
    expect((await rowsOf(panel)).map(({ exchange }) => exchange)).toEqual(inTime);

    // The head has the focus after a press; Shift with an arrow moves the edge at its end.
    const before = await widthOf(panel, 'verdict');
    await panel.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }))`,
    );
    await panel.waitFor(
      `document.querySelector('[role="columnheader"].verdict').getBoundingClientRect().width === ${before + 16}`,
    );
    await panel.press('ArrowRight');
    await panel.waitFor(`document.activeElement.dataset.sort === 'method'`);

    await panel.click('[data-action="view"]');
    await panel.screenshot(await pictureFile(`columns-${kind}-light`));
    await panel.click('[data-column="audience"]');
    await panel.waitFor(`!(${hasHead('audience')})`);
    await panel.press('Escape');
    await panel.waitFor(`!(${isThere('#view-menu')}) && document.activeElement.dataset.action === 'view'`);

    await tab.closeDevtools();
    panel = await tab.openDevtools();
    await panel.waitFor(`${hasHead('rules')} && !(${hasHead('audience')})`);
    expect(await widthOf(panel, 'verdict')).toBe(before + 16);
    await show(panel, 'all');
    await panel.waitFor(hasLines(inTime.length));
  });
});
