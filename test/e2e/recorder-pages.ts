import type { AuditedBrowser, AuditedTab, PageDriver } from '../browsers/panel-driver.ts';

/** The sessions page, in a tab of its own. */
export async function openSessions(browser: AuditedBrowser): Promise<AuditedTab> {
  const tab = await browser.open(await browser.extensionUrl('src/sessions/sessions.html'));
  await tab.page.waitFor(`document.querySelector('.sessions')?.dataset.ready === 'true'`);
  return tab;
}

/** The toolbar popup of a tab. Nothing can press the toolbar of a headless browser: it is opened as a page that speaks of the tab. */
export async function openPopup(browser: AuditedBrowser, of: AuditedTab): Promise<AuditedTab> {
  const url = await of.page.url();
  const finder = await openSessions(browser);
  const id = await finder.page.evaluate<number>(
    `(globalThis.browser ?? chrome).tabs.query({}).then((tabs) => tabs.find((tab) => tab.url === ${JSON.stringify(url)}).id)`,
  );
  const popupUrl = await browser.extensionUrl(`src/popup/popup.html?tab=${id}`);
  await finder.page.goto(popupUrl);
  await finder.page.waitFor(`document.querySelector('[data-recorder]') !== null`);
  return finder;
}

/** Types into a field as a person does. */
export async function fill(page: PageDriver, selector: string, text: string): Promise<void> {
  await page.click(selector);
  await page.type(text);
}

/** Starts recording in the popup. */
export async function startRecording(
  popup: PageDriver,
  name: string,
  scope: 'tab' | 'site' | 'all',
): Promise<void> {
  await fill(popup, '[name="session-name"]', name);
  await popup.click(`[name="scope"][value="${scope}"]`);
  await popup.click('[data-action="start"]');
  await popup.waitFor(`document.querySelector('[data-recorder="recording"]') !== null`);
}

/** What an export button hands over, instead of a file. */
export async function exported(page: PageDriver, format: string): Promise<string> {
  await page.evaluate(`(() => {
    globalThis.created ??= URL.createObjectURL;
    globalThis.handedOver = undefined;
    URL.createObjectURL = (blob) => { globalThis.handedOver = blob.text(); return globalThis.created.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {};
  })()`);
  await page.click(`[data-export="${format}"]`);
  await page.waitFor('globalThis.handedOver !== undefined');
  return page.evaluate<string>('globalThis.handedOver');
}

/** Brings files to the sessions page, as its file dialog would. */
export async function bring(
  page: PageDriver,
  files: readonly { name: string; text: string }[],
): Promise<void> {
  await page.evaluate(`(() => {
    const input = document.querySelector('[name="import"]');
    const data = new DataTransfer();
    for (const { name, text } of ${JSON.stringify(files)}) data.items.add(new File([text], name));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
}

/** Brings one file that the page itself makes. @param parts source of an expression: what the file is made of */
export async function bringMade(page: PageDriver, name: string, parts: string): Promise<void> {
  await page.evaluate(`(async () => {
    const input = document.querySelector('[name="import"]');
    const data = new DataTransfer();
    data.items.add(new File(await (${parts}), ${JSON.stringify(name)}));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
}
