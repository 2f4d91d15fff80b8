import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, hasLines, isThere, pictureFile, show } from './harness.ts';

/** Source of an expression that gives the path of the row that has the focus. */
const FOCUSED = `document.activeElement.dataset.path`;

describeInBrowsers('the keyboard', (world) => {
  it('reaches everything: the filter, each row, its details, the help', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    for (const id of ['id-token-to-api', 'id-token-in-url', 'expired-token'] as const)
      await press(tab.page, id);
    await panel.waitFor(hasLines(3));
    await show(panel, 'problems');

    await panel.press('/');
    await panel.waitFor(`document.activeElement.hasAttribute('data-filter-text')`);
    await panel.type('api/');
    // A slash is a letter there.
    await panel.waitFor(`document.activeElement.value === 'api/'`);
    await panel.press('Escape');
    await panel.waitFor(`document.activeElement.value === ''`);
    await panel.press('Enter');
    await panel.waitFor(`document.activeElement.getAttribute('role') === 'row'`);

    await panel.press('Home');
    await panel.waitFor(`${FOCUSED} === '/lax/profile'`);
    await panel.press('ArrowDown');
    await panel.waitFor(`${FOCUSED} === '/export'`);
    await panel.press('End');
    await panel.waitFor(`${FOCUSED} === '/reviews'`);
    await panel.press('PageUp');
    await panel.waitFor(`${FOCUSED} === '/lax/profile'`);
    await panel.press('Enter');
    await panel.waitFor(isThere('[data-rule="id-token-as-bearer"]'));
    await panel.waitFor(`document.activeElement.matches('.detail')`);
    await panel.press('Escape');
    await panel.waitFor(`${FOCUSED} === '/lax/profile'`);
    await panel.press('Escape');
    await panel.waitFor(`!(${isThere('.detail')})`);

    // The strip that records: into it, and back to the button that opened it.
    await panel.evaluate(`document.querySelector('[data-action="record"]').focus()`);
    await panel.press('Enter');
    await panel.waitFor(`document.activeElement.matches('.record-strip [name="session-name"]')`);
    await panel.press('Escape');
    await panel.waitFor(`document.activeElement.matches('[data-action="record"]')`);
    expect(await panel.evaluate<boolean>(isThere('.record-strip'))).toBe(false);

    // The tabs keep the focus; from the map, the filter is a key away, and what a cell counts is in it.
    await panel.evaluate(`document.querySelector('#tab-requests').focus()`);
    await panel.press('ArrowRight');
    await panel.waitFor(isThere('.matrix-cell'));
    await panel.press('ArrowLeft');
    await panel.waitFor(isThere('[data-filter-text]'));
    await panel.waitFor(`document.activeElement.id === 'tab-requests'`);
    await panel.press('ArrowRight');
    await panel.waitFor(isThere('.matrix-cell'));
    await panel.press('/');
    await panel.waitFor(`document.activeElement.hasAttribute('data-filter-text')`);
    await panel.evaluate(`document.querySelector('#tab-map').click()`);
    await panel.waitFor(isThere('.matrix-cell'));
    await panel.evaluate(`document.querySelector('.matrix-cell').focus()`);
    await panel.press('Enter');
    await panel.waitFor(
      `document.activeElement.value?.startsWith('aud:') || document.activeElement.value?.includes('host:')`,
    );
    await panel.press('Escape');
    await panel.press('Enter');
    await panel.waitFor(`document.activeElement.getAttribute('role') === 'row'`);
    await panel.press('Home');
    await panel.waitFor(`${FOCUSED} !== undefined`);
    const path = await panel.evaluate<string>(FOCUSED);

    await panel.press('?');
    await panel.waitFor(isThere('dialog[open] [data-action="close-help"]'));
    await panel.screenshot(await pictureFile(`help-${kind}-light`));
    await panel.press('Escape');
    await panel.waitFor(`!(${isThere('dialog[open]')})`);
    await panel.waitFor(`${FOCUSED} === ${JSON.stringify(path)}`);

    // Even where the focus has left it, for the DevTools around.
    await panel.press('?');
    await panel.waitFor(isThere('dialog[open] [data-action="close-help"]'));
    await panel.evaluate('document.activeElement.blur()');
    await panel.press('Escape');
    await panel.waitFor(`!(${isThere('dialog[open]')})`);
  });
});
