import { findBrowser } from '../browsers/find-browser.ts';
import { launch } from '../browsers/launch.ts';
import type { AuditedBrowser, AuditedTab, BrowserKind, PanelDriver } from '../browsers/panel-driver.ts';
import { LOCAL_HOSTS } from '../lab/origins.ts';
import { Failure, firstLine, orFail } from './failure.ts';

/** A browser with the extension, and a tab whose DevTools show the panel. */
export interface Window {
  readonly browser: AuditedBrowser;
  readonly tab: AuditedTab;
  readonly panel: PanelDriver;
}

/**
 * The executable of a browser, installed first where that is allowed.
 *
 * @throws Failure that says what to install
 */
export async function locateBrowser(kind: BrowserKind): Promise<string> {
  const found = await findBrowser(kind, { install: true });
  if ('missing' in found) throw new Failure(found.missing, 2);
  return found.path;
}

/** Starts a browser with the extension in the folder. */
export function startBrowser(
  kind: BrowserKind,
  options: { readonly executablePath: string; readonly extension: string; readonly headless: boolean },
): Promise<AuditedBrowser> {
  const hint = options.headless ? '' : ' (without a display: --headless)';
  return orFail(
    `${options.executablePath} did not start${hint}`,
    launch(kind, { ...options, localHosts: LOCAL_HOSTS }),
  );
}

/** Opens a tab with nothing in it and the panel below. The app comes after: so its first request is seen, too. */
export async function openWindow(browser: AuditedBrowser): Promise<Window> {
  const open = async () => {
    const tab = await browser.open('about:blank');
    return { browser, tab, panel: await tab.openDevtools() };
  };
  return orFail('The panel did not open', open());
}

/**
 * Opens an address in the tab; resolves when it is loaded, or takes longer than the driver waits: that is no failure.
 *
 * @throws Failure when the address can't be opened
 */
export function load({ tab }: Window, url: string): Promise<void> {
  const loaded = tab.page.goto(url).catch((error: unknown) => {
    if (!/time-?out|timed out|waited/i.test(firstLine(error))) throw error;
  });
  return orFail(`${new URL(url).origin} did not open`, loaded);
}
