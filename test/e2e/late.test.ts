import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

const at = (path: string) => ({ request: { method: 'GET', host: 'api', path } }) as const;

describeInBrowsers('DevTools that were opened after the sign-in', (world) => {
  it('say so, judge by what the tokens say themselves, and take it back once a sign-in was seen', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    await signIn(tab.page, lab);
    const panel = await tab.openDevtools();
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(isThere('[data-banner="late"]'));
    await panel.waitFor(isThere(`${rowOf(lab, at('/lax/profile'))}[data-rules="id-token-as-bearer"]`));
    expect(
      await panel.evaluate<string>(`document.querySelector('[data-banner="late"]').textContent`),
    ).toContain('reload the page');
    await tab.page.evaluate('sessionStorage.clear()');
    await tab.page.goto(`${lab.origins.app}/`);
    await signIn(tab.page, lab);
    await panel.waitFor(`!(${isThere('[data-banner="late"]')})`);
  });
});
