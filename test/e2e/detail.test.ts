import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf, show } from './harness.ts';

const PROFILE = { request: { method: 'GET', host: 'api', path: '/lax/profile' } } as const;

/** Source of an expression that gives an element's text, its white space folded. */
function textOf(selector: string): string {
  return `document.querySelector(${JSON.stringify(selector)})?.textContent.replace(/\\s+/g, ' ') ?? ''`;
}

describeInBrowsers('the detail of a request', (world) => {
  it('says what is wrong, why, how to fix it, and by which evidence', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await panel.click(rowOf(lab, PROFILE));
    const finding = '[data-rule="id-token-as-bearer"]';
    await panel.waitFor(isThere(finding));
    // Where it was issued is learned a moment later, and what is shown follows.
    await panel.waitFor(`(${textOf(finding)}).includes('This very token was issued as "id_token"')`);
    const host = new URL(lab.origins.api).host;
    const text = await panel.evaluate<string>(textOf(finding));
    expect(text).toContain(`This ID token tells the client "shop-spa" who logged in; it was sent to ${host}`);
    expect(text).toContain('Ask the authorization server for an access token');
    expect(text).toContain('OpenID Connect Core 1.0 §2');
  });

  it('shows the token as verified with its issuer’s key, its claims, its origin and where it went', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    await press(tab.page, 'id-token-to-api');
    await press(tab.page, 'id-token-to-third-party');
    await panel.click(rowOf(lab, PROFILE));
    await panel.waitFor(isThere('[data-signature="verified"]'));
    const checks = await panel.evaluate<Record<string, string>>(
      `Object.fromEntries([...document.querySelectorAll('[data-check]')].map(({ dataset }) => [dataset.check, dataset.outcome]))`,
    );
    expect(checks).toMatchObject({
      signature: 'passed',
      iss: 'passed',
      aud: 'passed',
      exp: 'passed',
      iat: 'passed',
    });
    expect(await panel.evaluate<string>(textOf('[data-claim="aud"]'))).toContain('"shop-spa"');
    await panel.waitFor(`(${textOf('[data-part="issued-in"]')}).includes('/token')`);
    const usedIn = await panel.evaluate<string>(textOf('[data-part="used-in"]'));
    expect(usedIn).toContain('/lax/profile');
    expect(usedIn).toContain('/collect');
  });

  it('is silent on a request that is fine, and never calls it safe', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    await press(tab.page, 'access-token-to-api');
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/products' } }));
    await panel.waitFor(isThere('[data-signature="verified"]'));
    const text = await panel.evaluate<string>('document.body.textContent');
    expect(text).toContain('No problem was found');
    expect(text).not.toMatch(/\bsafe\b|\bsecure\b/i);
  });
});
