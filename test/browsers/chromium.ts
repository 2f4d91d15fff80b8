import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type CDPSession, launch, type Page } from 'puppeteer-core';
import { ChromiumBackground, evaluateOver } from './chromium-background.ts';
import { openPanel, type PanelSpec } from './chromium-devtools.ts';
import { ChromiumPage } from './chromium-document.ts';
import type { AuditedBrowser, AuditedTab, LaunchOptions, PageDriver, PanelDriver } from './panel-driver.ts';
import { killBrowser, makeTemporaryProfile } from './temporary-profile.ts';
import { evaluateJson, until } from './wait.ts';

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
];

/**
 * Starts Chromium (or Chrome, Edge, …) with the extension loaded over the protocol: Chrome ignores `--load-extension` since 137.
 * DevTools open on request, which takes a Chromium that knows `Target.openDevTools`.
 */
export async function launchChromium(options: LaunchOptions): Promise<AuditedBrowser> {
  const dock = options.dock ?? (options.headless ? 'window' : 'bottom');
  const { width, height } = options.viewport ?? { width: 1280, height: 800 };
  let browser: Browser | undefined;
  const profile = makeTemporaryProfile(() => browser?.process(), options.profile);
  try {
    preset(
      profile.path,
      {
        currentDockState: dock === 'window' ? 'undocked' : dock,
        // A person's DevTools follow the desktop; pictures must not depend on it.
        ...(options.headless ? { 'ui-theme': 'default' } : {}),
      },
      options.downloads,
    );
    browser = await launch({
      executablePath: options.executablePath,
      headless: options.headless,
      userDataDir: profile.path,
      // A pipe, because only over one does Chromium let us load an extension; it also ends when Node does.
      pipe: true,
      enableExtensions: true,
      defaultViewport: null,
      // The temporary profile does what is needed on a signal; these would end Node before a caller could.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...QUIET,
        `--window-size=${width},${height}`,
        ...(options.headless ? ['--disable-gpu'] : []),
        // Chromium refuses to run as root with its sandbox.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...resolverArgs(options),
        ...(options.language ? [`--lang=${options.language}`] : []),
        ...(options.args ?? []),
      ],
    });
    // Not by launch's `enableExtensions: [path]`, which does not wait until the extension is there.
    const { extension } = options;
    const spec = {
      extensionId: extension ? await browser.installExtension(resolve(extension)) : '',
      panelTitle: options.panelTitle ?? 'Aud-it',
      devtoolsPage: extension ? readDevtoolsPage(extension) : undefined,
    };
    const audited = new ChromiumBrowser(browser, await browser.version(), spec, profile.remove);
    // On macOS Chromium outlives its last window; whoever closes that has closed the browser, for us.
    if (!options.headless && process.platform === 'darwin')
      browser.on('targetdestroyed', () => audited.closeIfEmpty());
    return audited;
  } catch (error) {
    await browser?.close();
    profile.remove();
    throw error;
  }
}

/** Sends hosts to this machine. Who shows a certificate for one of them there has none that anybody vouches for. */
function resolverArgs({ localHosts = [], secureHosts }: LaunchOptions): readonly string[] {
  const rules = [
    ...(secureHosts?.names ?? []).map((name) => `MAP ${name}:443 127.0.0.1:${secureHosts?.port}`),
    ...localHosts.map((host) => `MAP ${host} 127.0.0.1`),
  ];
  return [
    ...(rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(',')}`]),
    ...(secureHosts === undefined ? [] : ['--ignore-certificate-errors']),
  ];
}

class ChromiumBrowser implements AuditedBrowser {
  readonly kind = 'chromium';
  readonly version: string;
  readonly closed: Promise<void>;
  readonly #browser: Browser;
  readonly #spec: PanelSpec;
  readonly #background: ChromiumBackground;
  /** The tab that Chromium starts with, until it is used. */
  #firstPage: Promise<Page | undefined>;
  #extensionPage: Promise<CDPSession> | undefined;

  constructor(browser: Browser, version: string, spec: PanelSpec, removeProfile: () => void) {
    this.#browser = browser;
    this.version = version;
    this.#spec = spec;
    this.#background = new ChromiumBackground(browser, extensionOrigin(spec));
    this.#firstPage = browser.pages().then(([page]) => page);
    this.closed = new Promise((resolve) => {
      browser.process()?.once('exit', () => {
        removeProfile();
        resolve();
      });
    });
  }

  async open(url: string): Promise<AuditedTab> {
    const first = this.#firstPage;
    this.#firstPage = Promise.resolve(undefined);
    const page = (await first) ?? (await this.#browser.newPage());
    const tab = new ChromiumTab(page, this.#spec, (expression) => this.#evaluateInExtension(expression));
    await tab.page.goto(url);
    return tab;
  }

  killBackground(): Promise<void> {
    return this.#background.kill();
  }

  backgroundRuns(): Promise<boolean> {
    return this.#background.runs();
  }

  evaluateInBackground<T>(expression: string): Promise<T> {
    return this.#background.evaluate(expression);
  }

  async extensionUrl(path: string): Promise<string> {
    return `${extensionOrigin(this.#spec)}/${path}`;
  }

  async crash(): Promise<void> {
    killBrowser(this.#browser.process());
    await this.closed;
  }

  async close(): Promise<void> {
    await this.#browser.close().catch(() => {});
    await this.closed;
  }

  /** Closes the browser when it has no tab any more. */
  async closeIfEmpty(): Promise<void> {
    const pages = await this.#browser.pages().catch(() => []);
    if (pages.length === 0) await this.close();
  }

  /** Evaluates in a hidden page of the extension: it has the extension's APIs and leaves the background asleep. */
  async #evaluateInExtension<T>(expression: string): Promise<T> {
    this.#extensionPage ??= this.#openExtensionPage();
    return evaluateJson(evaluateOver(await this.#extensionPage), expression);
  }

  async #openExtensionPage(): Promise<CDPSession> {
    const url = `${extensionOrigin(this.#spec)}/manifest.json`;
    const session = await this.#browser.target().createCDPSession();
    await session.send('Target.createTarget', { url, hidden: true });
    const target = await this.#browser.waitForTarget((candidate) => candidate.url() === url);
    return target.createCDPSession();
  }
}

class ChromiumTab implements AuditedTab {
  readonly page: PageDriver;
  readonly #page: Page;
  readonly #spec: PanelSpec;
  readonly #evaluateInExtension: <T>(expression: string) => Promise<T>;
  #devtools: { readonly window: Page; readonly panel: PanelDriver } | undefined;
  #tabId: number | undefined;

  constructor(page: Page, spec: PanelSpec, evaluateInExtension: <T>(expression: string) => Promise<T>) {
    this.#page = page;
    this.#spec = spec;
    this.#evaluateInExtension = evaluateInExtension;
    this.page = new ChromiumPage(page);
  }

  async openDevtools(): Promise<PanelDriver> {
    if (this.#devtools && !this.#devtools.window.isClosed()) return this.#devtools.panel;
    const window = await this.#page.openDevTools().catch((error: Error) => {
      // `'Target.openDevTools' wasn't found`
      throw /wasn't found/.test(error.message)
        ? new Error('This Chromium is too old to open DevTools on request; please update it')
        : error;
    });
    const panel = await openPanel(window, this.#spec);
    this.#devtools = { window, panel };
    return panel;
  }

  async closeDevtools(): Promise<void> {
    const window = this.#devtools?.window;
    this.#devtools = undefined;
    if (window && !window.isClosed()) await window.close();
    await until("the tab's DevTools to be gone", async () => !(await this.#page.hasDevTools()) || undefined);
  }

  async badgeText(): Promise<string> {
    this.#tabId ??= await this.#findTabId();
    return this.#evaluateInExtension<string>(`chrome.action.getBadgeText({ tabId: ${this.#tabId} })`);
  }

  async close(): Promise<void> {
    await this.#page.close();
  }

  /** The protocol knows no tab ids. The extension API does, but not which page is ours: it's the one in front. */
  async #findTabId(): Promise<number> {
    await this.#page.bringToFront();
    const url = this.#page.url();
    return until(`the tab id of ${url}`, async () => {
      const query = '{ active: true, windowType: "normal" }';
      const tabs = await this.#evaluateInExtension<{ id: number; url?: string }[]>(
        `chrome.tabs.query(${query})`,
      );
      return tabs.find((tab) => tab.url === url)?.id;
    });
  }
}

function extensionOrigin(spec: PanelSpec): string {
  return `chrome-extension://${spec.extensionId}`;
}

/** Writes settings into a new profile. Those of DevTools are JSON in a string, each. */
function preset(
  profile: string,
  devtools: Readonly<Record<string, string>>,
  downloads: string | undefined,
): void {
  if (existsSync(join(profile, 'Default'))) return;
  mkdirSync(join(profile, 'Default'));
  const preferences = Object.fromEntries(
    Object.entries(devtools).map(([name, value]) => [name, JSON.stringify(value)]),
  );
  const download =
    downloads === undefined ? {} : { download: { default_directory: downloads, prompt_for_download: false } };
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ devtools: { preferences }, ...download }),
  );
}

/** The path, in the extension, of the page that DevTools load; `undefined` if it has none. */
function readDevtoolsPage(extension: string): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('devtools_page' in manifest)) return undefined;
  return new URL(String(manifest.devtools_page), 'file:///').pathname;
}
