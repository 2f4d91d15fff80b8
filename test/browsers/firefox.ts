import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Bidi, read } from './bidi.ts';
import { FirefoxDocument, FirefoxPage, openPanel } from './firefox-document.ts';
import { FirefoxParent } from './firefox-parent.ts';
import {
  HEADLESS_PREFS,
  LASTING_PREFS,
  QUIET_PREFS,
  savingTo,
  securePrefs,
  userJs,
} from './firefox-prefs.ts';
import type {
  AuditedBrowser,
  AuditedTab,
  LaunchOptions,
  PageDriver,
  PanelDriver,
  Size,
} from './panel-driver.ts';
import { killBrowser, makeTemporaryProfile } from './temporary-profile.ts';
import { until, within } from './wait.ts';

/** The longest that Firefox may take to start, and to end when asked to, in ms. */
const START_MS = 60_000;
const END_MS = 10_000;

/** Starts Firefox, driven over WebDriver BiDi, with the extension installed for this run. */
export async function launchFirefox(options: LaunchOptions): Promise<AuditedBrowser> {
  const viewport = options.viewport ?? { width: 1280, height: 800 };
  let child: ChildProcess | undefined;
  const profile = makeTemporaryProfile(() => child, options.profile);
  try {
    const prefs = {
      ...QUIET_PREFS,
      ...(options.headless ? HEADLESS_PREFS : {}),
      ...(options.profile === undefined ? {} : LASTING_PREFS),
      ...(options.downloads === undefined ? {} : savingTo(options.downloads)),
      'devtools.toolbox.host': options.dock ?? (options.headless ? 'window' : 'bottom'),
      'network.dns.localDomains': (options.localHosts ?? []).join(','),
      ...(options.secureHosts === undefined ? {} : securePrefs(options.secureHosts.proxyPort)),
      ...options.firefoxPrefs,
    };
    writeFileSync(join(profile.path, 'user.js'), userJs(prefs));
    child = spawn(options.executablePath, [...firefoxArgs(profile.path, viewport, options), 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const started = child;
    const ended = new Promise<void>((done) => started.once('exit', () => done()));
    const bidi = await Bidi.connect(await readAddress(started), {
      acceptInsecureCerts: options.secureHosts !== undefined,
    });
    const parent = await FirefoxParent.find(bidi);
    if (options.language !== undefined) await parent.call('speak', options.language);
    const setup: Setup = {
      bidi,
      parent,
      extensionId: options.extension ? await installExtension(bidi, options.extension) : '',
      panelTitle: options.panelTitle ?? 'Aud-it',
      viewport,
    };
    const closed = ended.then(() => profile.remove());
    const browser = new FirefoxBrowser(setup, closed, () => killBrowser(started));
    // On macOS Firefox outlives its last window; whoever closes that has closed the browser, for us.
    if (!options.headless) await bidi.on('browsingContext.contextDestroyed', () => browser.closeIfEmpty());
    return browser;
  } catch (error) {
    killBrowser(child);
    profile.remove();
    throw error;
  }
}

function firefoxArgs(profile: string, viewport: Size, options: LaunchOptions): string[] {
  return [
    ...(options.headless ? ['--headless'] : []),
    ...(process.platform === 'darwin' ? ['--foreground'] : []),
    // Otherwise firefox.exe hands over to another process and ends.
    ...(process.platform === 'win32' ? ['--wait-for-browser'] : []),
    '--no-remote',
    '--profile',
    profile,
    `--width=${viewport.width}`,
    `--height=${viewport.height}`,
    '--remote-debugging-port=0',
    '--remote-allow-system-access',
    ...(options.args ?? []),
  ];
}

/** The WebSocket address that Firefox prints when it is ready for commands. */
function readAddress(child: ChildProcess): Promise<string> {
  let output = '';
  const address = new Promise<string>((done, fail) => {
    child.once('error', (error) => fail(new Error(`Firefox did not start: ${error.message}`)));
    child.once('exit', (code, signal) => {
      fail(new Error(`Firefox ended while starting (${signal ?? code}): ${output.slice(-2000)}`));
    });
    // Reading goes on after that: a full pipe would stop Firefox.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000);
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(output)?.[1];
      if (found) done(found);
    });
  });
  return within(START_MS, 'Firefox to start', address);
}

/** Installs for this run; a temporary add-on gets its host permissions without a question. Gives its id. */
async function installExtension(bidi: Bidi, extension: string): Promise<string> {
  const extensionData = { type: 'path', path: resolve(extension) };
  return String(read(await bidi.send('webExtension.install', { extensionData }), 'extension'));
}

interface Setup {
  readonly bidi: Bidi;
  readonly parent: FirefoxParent;
  readonly extensionId: string;
  readonly panelTitle: string;
  readonly viewport: Size;
}

class FirefoxBrowser implements AuditedBrowser {
  readonly kind = 'firefox';
  readonly version: string;
  readonly closed: Promise<void>;
  readonly #setup: Setup;
  readonly #background: FirefoxDocument;
  readonly #kill: () => void;
  #firstTabIsUsed = false;

  constructor(setup: Setup, closed: Promise<void>, kill: () => void) {
    this.#setup = setup;
    this.version = setup.bidi.browser;
    this.closed = closed;
    this.#kill = kill;
    this.#background = new FirefoxDocument(setup.parent, { backgroundOf: setup.extensionId });
  }

  async open(url: string): Promise<AuditedTab> {
    const { bidi, parent } = this.#setup;
    const isFirst = !this.#firstTabIsUsed;
    this.#firstTabIsUsed = true;
    const first = isFirst ? (await this.#contexts())[0] : undefined;
    const context = String(
      read(first ?? (await bidi.send('browsingContext.create', { type: 'tab' })), 'context'),
    );
    await bidi.send('browsingContext.activate', { context });
    await parent.call('markSelectedTab', context);
    const tab = new FirefoxTab(this.#setup, context);
    await tab.page.goto(url);
    return tab;
  }

  async killBackground(): Promise<void> {
    const { parent, extensionId } = this.#setup;
    // An event that arrives while the page is being suspended cancels that: then it's asked again.
    const terminate = async () => (await parent.call('terminateBackground', extensionId)) || undefined;
    await until("the extension's event page to be gone", terminate);
  }

  async backgroundRuns(): Promise<boolean> {
    return (await this.#setup.parent.call('backgroundState', this.#setup.extensionId)) !== 'stopped';
  }

  evaluateInBackground<T>(expression: string): Promise<T> {
    return this.#background.evaluate(expression);
  }

  extensionUrl(path: string): Promise<string> {
    return this.#setup.parent.call('extensionUrl', this.#setup.extensionId, path);
  }

  async crash(): Promise<void> {
    this.#kill();
    await this.closed;
    this.#setup.bidi.disconnect();
  }

  async close(): Promise<void> {
    await this.#setup.bidi.send('browser.close').catch(() => {});
    await within(END_MS, 'Firefox to end', this.closed).catch(() => this.#kill());
    this.#setup.bidi.disconnect();
    await this.closed;
  }

  /** Closes the browser when it has no tab any more. */
  async closeIfEmpty(): Promise<void> {
    const contexts = await this.#contexts().catch(() => []);
    if (contexts.length === 0) await this.close();
  }

  async #contexts(): Promise<readonly unknown[]> {
    const contexts = read(await this.#setup.bidi.send('browsingContext.getTree'), 'contexts');
    return Array.isArray(contexts) ? contexts : [];
  }
}

class FirefoxTab implements AuditedTab {
  readonly page: PageDriver;
  readonly #setup: Setup;
  /** BiDi's id of the tab's browsing context, and our mark on the tab. */
  readonly #context: string;

  constructor(setup: Setup, context: string) {
    this.#setup = setup;
    this.#context = context;
    this.page = new FirefoxPage(setup.parent, context, (url) =>
      setup.bidi.send('browsingContext.navigate', { context, url, wait: 'complete' }),
    );
  }

  openDevtools(): Promise<PanelDriver> {
    const { parent, panelTitle, viewport } = this.#setup;
    return openPanel(parent, this.#context, panelTitle, viewport);
  }

  closeDevtools(): Promise<void> {
    return this.#setup.parent.call('closeToolbox', this.#context);
  }

  badgeText(): Promise<string> {
    return this.#setup.parent.call('badgeText', this.#setup.extensionId, this.#context);
  }

  async close(): Promise<void> {
    // The toolbox goes first: its own window would outlive the tab for a moment.
    await this.closeDevtools();
    await this.#setup.bidi.send('browsingContext.close', { context: this.#context });
  }
}
