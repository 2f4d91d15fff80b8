import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import type { BrowserKind } from './panel-driver.ts';

/** A browser's executable; or one line that says what to install, or which variable to set. */
export type FoundBrowser = { readonly path: string } | { readonly missing: string };

/** What the search wants to know of the machine, and may do to it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly isRoot: boolean;
  /** Whether there is a file at the path that this user may execute. */
  isExecutable(path: string): boolean;
  /** Runs a command; its output goes to stderr. Gives its exit code, or 127 when it could not be started. */
  run(command: string, args: readonly string[]): Promise<number>;
}

interface Browser {
  readonly name: string;
  readonly variable: string;
  /** Names in the PATH, on every platform but Windows. */
  readonly commands: readonly string[];
  /** Absolute paths on Linux. */
  readonly linux: readonly string[];
  /** Below `/Applications` and `~/Applications`. */
  readonly macos: readonly string[];
  /** Below Program Files and the local application data. */
  readonly windows: readonly string[];
  readonly debianPackage: string;
}

const BROWSERS: Readonly<Record<BrowserKind, Browser>> = {
  chromium: {
    name: 'Chromium or Chrome',
    variable: 'CHROME_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium'],
    macos: [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    ],
    windows: ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe'],
    debianPackage: 'chromium',
  },
  firefox: {
    name: 'Firefox',
    variable: 'FIREFOX_PATH',
    commands: [
      'firefox',
      'firefox-esr',
      'firefox-developer-edition',
      'firefox-devedition',
      'firefox-nightly',
    ],
    linux: ['/opt/firefox/firefox', '/snap/bin/firefox'],
    macos: [
      'Firefox.app/Contents/MacOS/firefox',
      'Firefox Developer Edition.app/Contents/MacOS/firefox',
      'Firefox Nightly.app/Contents/MacOS/firefox',
    ],
    windows: [
      'Mozilla Firefox\\firefox.exe',
      'Firefox Developer Edition\\firefox.exe',
      'Firefox Nightly\\firefox.exe',
    ],
    debianPackage: 'firefox-esr',
  },
};

/**
 * Finds a browser: the one that `CHROME_PATH` or `FIREFOX_PATH` names, else one that is installed; else, if `install` is set and
 * this is a Debian-like Linux where we may, Debian's package is installed.
 *
 * A variable that names no executable is an answer of its own: nothing else is tried behind the person's back.
 */
export async function findBrowser(
  kind: BrowserKind,
  options: { readonly install?: boolean } = {},
  machine: Machine = thisMachine(),
): Promise<FoundBrowser> {
  const browser = BROWSERS[kind];
  const named = machine.env[browser.variable];
  if (named) {
    return machine.isExecutable(named)
      ? { path: named }
      : { missing: `${browser.variable} is "${named}", which is not a file that can be executed.` };
  }
  const installed = candidates(browser, machine).find((path) => machine.isExecutable(path));
  if (installed) return { path: installed };
  if (options.install && (await installPackage(browser.debianPackage, machine))) {
    const added = candidates(browser, machine).find((path) => machine.isExecutable(path));
    if (added) return { path: added };
  }
  return { missing: `No ${browser.name} found: ${advice(browser, machine)}` };
}

/** Where the browser may be, best first. */
function candidates(browser: Browser, machine: Machine): readonly string[] {
  switch (machine.platform) {
    case 'win32': {
      const { env } = machine;
      const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
      return roots.flatMap((root) => (root ? browser.windows.map((path) => win32.join(root, path)) : []));
    }
    case 'darwin': {
      const roots = ['/Applications', posix.join(machine.home, 'Applications')];
      return [
        ...roots.flatMap((root) => browser.macos.map((path) => posix.join(root, path))),
        ...inPath(browser, machine),
      ];
    }
    default:
      return [...inPath(browser, machine), ...browser.linux];
  }
}

/** A name counts more than its place in the PATH. */
function inPath(browser: Browser, machine: Machine): readonly string[] {
  const folders = (machine.env['PATH'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  return browser.commands.flatMap((command) => folders.map((folder) => posix.join(folder, command)));
}

/** Whether Debian's package is installed now. False where there is no apt-get, or we may not use it. */
async function installPackage(debianPackage: string, machine: Machine): Promise<boolean> {
  const prefix = await aptPrefix(machine);
  if (!prefix) return false;
  const apt = async (...args: readonly string[]) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args];
    return command !== undefined && (await machine.run(command, rest)) === 0;
  };
  return (await apt('update')) && (await apt('install', '-y', '--no-install-recommends', debianPackage));
}

/** What to put before apt-get: nothing as root, sudo if that asks for no password. `undefined`: it can't be used. */
async function aptPrefix(machine: Machine): Promise<readonly string[] | undefined> {
  if (!hasApt(machine)) return undefined;
  const setting = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (machine.isRoot) return setting;
  return (await machine.run('sudo', ['-n', 'true'])) === 0 ? ['sudo', '-n', ...setting] : undefined;
}

function hasApt(machine: Machine): boolean {
  return machine.platform === 'linux' && machine.isExecutable('/usr/bin/apt-get');
}

function advice(browser: Browser, machine: Machine): string {
  const install = hasApt(machine) ? `install it (apt-get install ${browser.debianPackage})` : 'install it';
  return `${install}, or set ${browser.variable} to its executable.`;
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    isExecutable: (path) => {
      try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
      } catch {
        return false;
      }
    },
    run: (command, args) =>
      new Promise((resolve) => {
        // What the package manager says is no output of ours.
        const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
        child.once('error', () => resolve(127));
        child.once('exit', (code) => resolve(code ?? 1));
      }),
  };
}
