import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { NOTE_COPIES } from './copied.ts';
import { describeInBrowsers, isThere, rowOf } from './harness.ts';

const PROFILE = { request: { method: 'GET', host: 'api', path: '/lax/profile' } } as const;

describeInBrowsers('copying a value', (world) => {
  it('puts it on the clipboard as it is, by mouse and by keyboard, and says so', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.click(rowOf(lab, PROFILE));
    const audience = '[data-claim="aud"] [data-action="copy"]';
    await panel.waitFor(isThere(audience));
    await panel.evaluate(NOTE_COPIES);

    await panel.click(audience);
    await panel.waitFor(isThere('[data-claim="aud"] [data-said="copied"]'));
    expect(await panel.evaluate<string>('window.copied')).toBe(lab.clientId);

    const issuer = '[data-claim="iss"] [data-action="copy"]';
    await panel.evaluate(`document.querySelector(${JSON.stringify(issuer)}).focus()`);
    await panel.press('Enter');
    await panel.waitFor(isThere('[data-claim="iss"] [data-said="copied"]'));
    expect(await panel.evaluate<string>('window.copied')).toBe(lab.origins.login);
    // A line of the checks, and one of the evidence, too: by names that tell them apart.
    const check = '[data-check="iss"] [data-action="copy"]';
    await panel.click(check);
    await panel.waitFor(isThere('[data-check="iss"] [data-said="copied"]'));
    expect(await panel.evaluate<string>('window.copied')).toMatch(/^Issuer \(iss\): Passed\. "http:/);
    expect(
      await panel.evaluate<string>(`document.querySelector(${JSON.stringify(check)}).ariaLabel`),
    ).toContain('Issuer (iss)');
    const evidence = '.evidence li:last-child [data-action="copy"]';
    await panel.evaluate(`document.querySelector(${JSON.stringify(evidence)}).focus()`);
    await panel.press('Enter');
    await panel.waitFor(isThere('.evidence li:last-child [data-said="copied"]'));
    const text = await panel.evaluate<string>(
      `document.querySelector('.evidence li:last-child').textContent`,
    );
    expect(text).toContain(await panel.evaluate<string>('window.copied'));

    // The focus stays where it was.
    await panel.evaluate(`document.querySelector(${JSON.stringify(issuer)}).focus()`);
    await panel.press('Enter');
    expect(await panel.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(issuer)})`)).toBe(
      true,
    );
  });
});
