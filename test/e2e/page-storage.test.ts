import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf, show } from './harness.ts';

describeInBrowsers('what client libraries keep in the page’s storage', (world) => {
  it('tells of a token that was issued before anybody looked', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    await signIn(tab.page, lab);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await press(tab.page, 'id-token-to-api');
    const row = rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } });
    await panel.waitFor(isThere(`${row}[data-rules~="id-token-as-bearer"]`));
    await panel.click(row);
    await panel.waitFor(isThere('[data-rule="id-token-as-bearer"]'));
    const said = await panel.evaluate<string>('document.body.textContent');
    expect(said).toContain(
      `oidc-client-ts keeps it as "id_token" in the sessionStorage of ${lab.origins.app}.`,
    );
  });
});
