import { expect, it } from 'vitest';
import { ID_TOKEN, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

const at = (path: string) => ({ request: { method: 'GET', host: 'api', path } }) as const;

describeInBrowsers('DevTools that were opened after the sign-in', (world) => {
  it('say so, judge by what the tokens say themselves, and take it back once a sign-in was seen', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    await signIn(tab.page, lab);
    // An app that keeps its session in memory: what a client library keeps in the page would tell of the sign-in.
    const token = await tab.page.evaluate<string>(ID_TOKEN);
    await tab.page.evaluate('sessionStorage.clear()');
    const panel = await tab.openDevtools();
    await tab.page.evaluate(`fetch(${JSON.stringify(`${lab.origins.api}/lax/profile`)}, {
      headers: { authorization: 'Bearer ' + ${JSON.stringify(token)} },
    }).then(() => true)`);
    await panel.waitFor(isThere('[data-banner="late"]'));
    await panel.waitFor(isThere(`${rowOf(lab, at('/lax/profile'))}[data-rules="id-token-as-bearer"]`));
    expect(
      await panel.evaluate<string>(`document.querySelector('[data-banner="late"]').textContent`),
    ).toContain('reload the page');
    await tab.page.goto(`${lab.origins.app}/`);
    await signIn(tab.page, lab);
    await panel.waitFor(`!(${isThere('[data-banner="late"]')})`);
  });
});
