import { expect, it } from 'vitest';
import { jwt } from '../fixtures/jwt.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, hasLines, isThere, rowOf, show } from './harness.ts';

const at = (path: string) => ({ request: { method: 'GET', host: 'api', path } }) as const;

describeInBrowsers('the log', (world) => {
  it('stands still while it is paused, loses nothing, and is empty once it is cleared', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await panel.waitFor(isThere('[data-empty="nothing"]'));
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(hasLines(1));
    await panel.click('[data-action="pause"]');
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(`Number(document.querySelector('.paused').dataset.waiting) >= 1`);
    expect(await panel.evaluate<boolean>(hasLines(1))).toBe(true);
    await panel.click('[data-action="pause"]');
    await panel.waitFor(hasLines(2));
    await panel.click('[data-action="clear"]');
    await panel.waitFor(isThere('[data-empty="nothing"]'));
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(hasLines(1));
  });

  it('goes when the page navigates only where a person wishes it so, and keeps the new page’s own', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(isThere(rowOf(lab, at('/lax/profile'))));
    await tab.page.goto(`${lab.origins.app}/`);
    await tab.page.waitFor(`document.documentElement.dataset.signedIn === 'true'`);
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(hasLines(2));

    await panel.click('[data-choice="preserve"]');
    await tab.page.goto(`${lab.origins.app}/`);
    await panel.waitFor(`!(${isThere(rowOf(lab, at('/lax/profile')))})`);
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(isThere(rowOf(lab, at('/export'))));
    expect(await panel.evaluate<boolean>(hasLines(1))).toBe(true);
  });

  it('follows the newest request until a person scrolls, and again when they wish', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    const send = async (from: number, to: number): Promise<void> => {
      const token = jwt(
        { alg: 'RS256', typ: 'at+jwt' },
        { iss: lab.origins.login, aud: lab.resources.api, sub: 'ada' },
      );
      await tab.page.evaluate(`(async () => {
        const headers = { authorization: 'Bearer ${token}' };
        for (let n = ${from}; n < ${to}; n++) await fetch('${lab.origins.api}/lax/' + n, { headers });
        return true;
      })()`);
      await panel.waitFor(hasLines(to));
    };
    const isInSight = (n: number): string => `(() => {
      const row = document.querySelector('[data-path="/lax/${n}"]')?.getBoundingClientRect();
      const list = document.querySelector('.viewport').getBoundingClientRect();
      return row !== undefined && row.top >= list.top && row.bottom <= list.bottom + 1;
    })()`;
    await send(0, 60);
    await panel.waitFor(isInSight(59));

    await panel.evaluate(`document.querySelector('.viewport').scrollTop = 0`);
    await panel.waitFor(isInSight(0));
    await send(60, 63);
    await panel.waitFor(`document.querySelector('[data-action="newer"]')?.textContent.includes('3')`);
    expect(await panel.evaluate<boolean>(isInSight(0))).toBe(true);

    await panel.click('[data-action="newer"]');
    await panel.waitFor(isInSight(62));
    await send(63, 64);
    await panel.waitFor(isInSight(63));
  });
});
