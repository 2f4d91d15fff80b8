import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

describeInBrowsers('the token itself', (world) => {
  it('is in the panel only between the click that shows it and the one that hides it', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } }));
    await panel.waitFor(isThere('[data-raw="hidden"]'));
    const hasToken = `/eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+/.test(document.documentElement.innerHTML)`;
    expect(await panel.evaluate<boolean>(hasToken)).toBe(false);

    await panel.click('[data-action="show-token"]');
    await panel.waitFor(isThere('[data-raw="shown"]'));
    const shown = await panel.evaluate<string>(
      `document.querySelector('[data-raw="shown"] .code').textContent`,
    );
    const sent = lab.requests.find(({ path }) => path === '/lax/profile');
    expect(sent).toBeDefined();
    expect(shown.trim().split('.')).toHaveLength(3);
    expect(JSON.parse(atob(shown.trim().split('.')[1] ?? '').toString())).toMatchObject({
      aud: lab.clientId,
    });

    await panel.click('[data-action="hide-token"]');
    await panel.waitFor(isThere('[data-raw="hidden"]'));
    expect(await panel.evaluate<boolean>(hasToken)).toBe(false);
  });
});
