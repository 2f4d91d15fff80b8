import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

describeInBrowsers('a token’s passport', (world) => {
  it('tells where it was issued and as what, and how often it went to each host with which verdict', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'id-token-to-third-party');
    const host = (of: 'api' | 'collector') => new URL(lab.origins[of]).host;
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } }));
    await panel.waitFor(isThere(`[data-part="used-in"] [data-host="${host('collector')}"]`));
    await panel.waitFor(
      `document.querySelector('[data-part="issued-in"]').textContent.includes('as ID token by')`,
    );
    const visits = await panel.evaluate<Record<string, string>[]>(
      `[...document.querySelectorAll('.visit')].map(({ dataset }) => ({ ...dataset }))`,
    );
    expect(visits).toEqual([
      { host: host('api'), verdict: 'error', count: '2' },
      { host: host('collector'), verdict: 'error', count: '1' },
    ]);
  });
});
