import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf, rowsOf, show } from './harness.ts';

const at = (path: string) => ({ request: { method: 'GET', host: 'api', path } }) as const;

describeInBrowsers('the session', (world) => {
  it('outlives the background and DevTools, and never touches the disk', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    let panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'broken-signature');
    await panel.waitFor(isThere(`${rowOf(lab, at('/basket'))}[data-rules="invalid-signature"]`));
    const before = await rowsOf(panel);

    // The browser stops the background; the panel connects again and shows the same.
    await browser.killBackground();
    await press(tab.page, 'id-token-in-url');
    await panel.waitFor(isThere(`${rowOf(lab, at('/export'))}[data-rules="token-in-url"]`));
    expect((await rowsOf(panel)).slice(0, before.length)).toMatchObject(
      before.map(({ exchange, rules }) => ({ exchange, rules })),
    );
    await panel.click(rowOf(lab, at('/lax/profile')));
    await panel.waitFor(isThere('[data-part="issued-in"]'));

    // DevTools are closed, the background sleeps, DevTools are opened again.
    await tab.closeDevtools();
    await browser.killBackground();
    panel = await tab.openDevtools();
    await show(panel, 'all');
    await panel.waitFor(isThere(rowOf(lab, at('/export'))));
    expect((await rowsOf(panel)).slice(0, before.length)).toMatchObject(
      before.map(({ exchange, rules }) => ({ exchange, rules })),
    );

    const api = world().kind === 'chromium' ? 'chrome' : 'browser';
    const kept = await browser.evaluateInBackground<{ local: object; databases: unknown[] }>(
      `Promise.all([${api}.storage.local.get(null), indexedDB.databases()]).then(([local, databases]) => ({ local, databases }))`,
    );
    expect(kept).toEqual({ local: {}, databases: [] });
  });
});
