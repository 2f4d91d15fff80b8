import { expect, it } from 'vitest';
import type { AuditedBrowser } from '../browsers/panel-driver.ts';
import { until } from '../browsers/wait.ts';
import { describeInBrowsers, isThere } from './harness.ts';

describeInBrowsers('a missing permission', (world) => {
  it('is said in the panel, with a button that asks for it', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    expect(await panel.evaluate<boolean>(isThere('[data-banner="access"]'))).toBe(false);
    await takeBackHostPermissions(browser);
    await panel.waitFor(isThere('[data-banner="access"] [data-action="allow-access"]'));
    expect(
      await panel.evaluate<string>(`document.querySelector('[data-banner="access"]').textContent`),
    ).toContain('https://*/*');
  });
});

/** As a person does in about:addons and chrome://extensions. */
async function takeBackHostPermissions(browser: AuditedBrowser): Promise<void> {
  if (browser.kind === 'firefox') {
    await browser.evaluateInBackground(
      `browser.permissions.remove({ origins: browser.runtime.getManifest().host_permissions })`,
    );
    return;
  }
  const id = await browser.evaluateInBackground<string>('chrome.runtime.id');
  const settings = await browser.open('chrome://extensions/');
  await settings.page.evaluate(
    `chrome.developerPrivate.updateExtensionConfiguration({ extensionId: ${JSON.stringify(id)}, hostAccess: 'ON_CLICK' })`,
  );
  await until('the permissions to be gone', async () =>
    (await browser.evaluateInBackground<boolean>(`chrome.permissions.contains({ origins: ['https://*/*'] })`))
      ? undefined
      : true,
  );
}
