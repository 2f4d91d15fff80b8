import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf, rowsOf, show } from './harness.ts';

const PROFILE = { request: { method: 'GET', host: 'api', path: '/lax/profile' } } as const;

describeInBrowsers('which tabs are observed', (world) => {
  it('lists a tab’s own requests only', async () => {
    const { browser, lab } = world();
    const watched = await browser.open(`${lab.origins.app}/`);
    const other = await browser.open(`${lab.origins.app}/`);
    const panel = await watched.openDevtools();
    await show(panel, 'all');
    await signIn(other.page, lab);
    await press(other.page, 'id-token-to-api');
    await signIn(watched.page, lab);
    await press(watched.page, 'access-token-to-api');
    await panel.waitFor(isThere(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/products' } })));
    const paths = (await rowsOf(panel)).map(({ path }) => path);
    expect(paths).not.toContain('/lax/profile');
    await other.close();
    await watched.close();
  });

  it('lists what a popup of the tab asks the authorization server for', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    const parameters = new URLSearchParams({ client_id: 'popup-app', response_type: 'code' });
    const asked = JSON.stringify(`${lab.origins.login}/auth?${parameters}`);
    await tab.page.evaluate(
      `window.logIn = window.open(${asked}, 'log-in', 'popup,width=400,height=400'), undefined`,
    );
    const host = new URL(lab.origins.login).host;
    await panel.waitFor(isThere(`[data-exchange][data-host="${host}"][data-rules~="missing-state"]`));
    await tab.page.evaluate('window.logIn.close()');
    await tab.close();
  });

  it('sees nothing, and is not even woken, while nobody looks', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    await tab.openDevtools();
    await signIn(tab.page, lab);
    await tab.closeDevtools();
    await browser.killBackground();
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'access-token-to-api');
    expect(await browser.backgroundRuns()).toBe(false);
    // Opened again, DevTools may know of what went before (Chromium keeps its network log); new requests are seen.
    const panel = await tab.openDevtools();
    await press(tab.page, 'id-token-to-third-party');
    await panel.waitFor(
      isThere(rowOf(lab, { request: { method: 'POST', host: 'collector', path: '/collect' } })),
    );
    await tab.close();
  });

  it('counts the tab’s errors on the toolbar button', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    expect(await tab.badgeText()).toBe('');
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(isThere(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/export' } })));
    expect(await tab.badgeText()).toBe('2');
    // Browsers take a tab's badge away when it navigates; the session's errors are still there.
    await tab.page.goto(`${lab.origins.app}/`);
    await tab.page.waitFor(`document.documentElement.dataset.signedIn === 'true'`);
    expect(await tab.badgeText()).toBe('2');
    await panel.click('[data-action="clear"]');
    await panel.waitFor(`!${isThere(rowOf(lab, PROFILE))}`);
    expect(await tab.badgeText()).toBe('');
    await tab.close();
  });
});
