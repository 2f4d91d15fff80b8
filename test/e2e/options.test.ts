import { expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { resourceIdentifier } from '../lab/origins.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, pictureFile, rowOf, show } from './harness.ts';
import { importFile, openOptions } from './options-page.ts';

const PROFILE = { request: { method: 'GET', host: 'api', path: '/lax/profile' } } as const;
const INVOICES = { request: { method: 'GET', host: 'orders', path: '/invoices' } } as const;

/** Source of an expression that gives an element's text, its white space folded. */
function textOf(selector: string): string {
  return `(document.querySelector(${JSON.stringify(selector)})?.textContent ?? '').replace(/\\s+/g, ' ')`;
}

function configuration(lab: Lab): object {
  const { api, orders, app, login } = lab.origins;
  return {
    clients: [{ clientId: 'shop-spa', issuer: login, origins: [app] }],
    resources: [
      { host: new URL(orders).host, audiences: [resourceIdentifier(orders), resourceIdentifier(api)] },
    ],
    trustedIssuers: [login],
    severities: { 'expired-token': 'error' },
    acceptedByDesign: [
      {
        rules: ['id-token-as-bearer'],
        host: `${new URL(api).host}/lax`,
        reason: 'The lax API stays until SHOP-42.',
        until: '2099-12-31',
      },
    ],
  };
}

describeInBrowsers('the options page', (world) => {
  it('refuses a file with a mistake and says where; a right one changes the verdicts of open panels', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'access-token-to-wrong-api');
    await panel.waitFor(isThere(`${rowOf(lab, PROFILE)}[data-verdict="error"]`));
    await panel.waitFor(isThere(`${rowOf(lab, INVOICES)}[data-rules~="audience-mismatch"]`));

    const page = await openOptions(browser);
    await importFile(page, '{ "resources": [{ "host": "https://a.example", "audience": ["x"] }] }');
    await page.waitFor(isThere('[data-notice="refused"]'));
    const refused = await page.evaluate<string>(textOf('[data-notice="refused"]'));
    expect(refused).toContain('aud-it.config.json was not imported: 2 mistakes in it.');
    expect(refused).toContain('resources[0].host: expected a host such as api.example.com');
    expect(refused).toContain('resources[0].audience: unknown key "audience": did you mean "audiences"?');
    await panel.waitFor(isThere(`${rowOf(lab, PROFILE)}[data-verdict="error"]`));

    await importFile(page, JSON.stringify(configuration(lab)));
    await page.waitFor(isThere('[data-notice="done"] [data-action="undo"]'));
    await panel.waitFor(isThere(`${rowOf(lab, PROFILE)}[data-verdict="accepted"]`));
    await panel.waitFor(isThere(`${rowOf(lab, INVOICES)}[data-verdict="passed"]`));
    await panel.click(rowOf(lab, PROFILE));
    await panel.waitFor(isThere('[data-rule="id-token-as-bearer"] .accepted'));
    expect(await panel.evaluate<string>(textOf('[data-rule="id-token-as-bearer"] .accepted'))).toContain(
      'Accepted by design until 2099-12-31: The lax API stays until SHOP-42.',
    );
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate<boolean>(`(document.documentElement.dataset.theme = '${theme}') === ''`);
      await page.screenshot(await pictureFile(`options-${kind}-${theme}`));
    }

    // It outlives the background, which judges by it when it wakes.
    await browser.killBackground();
    await page.click('[data-notice="done"] [data-action="undo"]');
    await panel.waitFor(isThere(`${rowOf(lab, PROFILE)}[data-verdict="error"]`));
    await panel.waitFor(isThere(`${rowOf(lab, INVOICES)}[data-rules~="audience-mismatch"]`));
  });

  it('says beside a field what is wrong with it, and saves what is right, all by keyboard', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    await tab.openDevtools();
    const page = await openOptions(browser);
    const focused = `document.activeElement?.closest('[data-field]')?.dataset.field ?? ''`;
    await page.evaluate<boolean>(`document.querySelector('[data-add="resources"]').focus() === null`);
    await page.press('Enter');
    await page.waitFor(`${focused} === 'resources[0].host'`);
    await page.type('https://api.example');
    expect(await page.evaluate<string>(textOf('[data-field="resources[0].host"] .problem'))).toBe('');
    await page.press('Tab');
    await page.waitFor(`${focused} === 'resources[0].audiences'`);
    await page.waitFor(`${textOf('[data-field="resources[0].host"] .problem')}.includes('without a scheme')`);

    // Saving is refused, and leads to the first field that is wrong.
    await page.click('[data-action="save"]');
    await page.waitFor(`${focused} === 'resources[0].host'`);
    expect(await page.evaluate<string>(textOf('[data-field="resources[0].audiences"] .problem'))).toContain(
      'Expected a list of audiences, at least 1',
    );
    const kept = `(globalThis.browser ?? chrome).storage.local.get('configuration').then(({ configuration }) => configuration?.resources?.length ?? 0)`;
    expect(await page.evaluate<number>(kept)).toBe(0);

    await page.evaluate<boolean>(`document.activeElement.select() === null`);
    await page.type('api.example');
    await page.press('Tab');
    await page.type('the-api');
    await page.click('[data-action="save"]');
    await page.waitFor(isThere('[data-notice="done"]'));
    await page.waitFor(`!(${isThere('[data-action="save"]')})`);
    expect(await page.evaluate<number>(kept)).toBe(1);
  });
});
