import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { NOTE_COPIES } from './copied.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

describeInBrowsers('a finding', (world) => {
  it('copies as a bug report that says all of it and gives nothing away', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } }));
    const finding = '[data-rule="id-token-as-bearer"]';
    await panel.waitFor(isThere('[data-signature="verified"]'));
    await panel.evaluate(NOTE_COPIES);
    await panel.click(`${finding} .finding-actions [data-action="copy"]`);
    await panel.waitFor(isThere(`${finding} .finding-actions [data-said="copied"]`));

    const report = await panel.evaluate<string>('window.copied');
    const host = new URL(lab.origins.api).host;
    expect(report).toMatch(/^## ID token sent to an API as if it were an access token\n/);
    expect(report).toContain(`it was sent to ${host}, which is not its audience.`);
    expect(report).toContain(`- **Request:** \`GET ${lab.origins.api}/lax/profile\`, answered with 200`);
    expect(report).toContain('### How to fix it');
    expect(report).toContain('https://www.rfc-editor.org/rfc/rfc9068#section-4');
    expect(report).not.toMatch(/eyJ|ada@/i);
  });
});
