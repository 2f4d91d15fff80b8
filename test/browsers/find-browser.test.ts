import { describe, expect, it } from 'vitest';
import { findBrowser, type Machine } from './find-browser.ts';

interface FakeMachine extends Machine {
  readonly commands: readonly string[];
}

/** A machine with these executables; a command that names a package makes `installs[package]` executable. */
function fakeMachine(
  executables: readonly string[],
  overrides: Partial<Machine> = {},
  fake: { readonly fails?: readonly string[]; readonly installs?: Readonly<Record<string, string>> } = {},
): FakeMachine {
  const present = new Set(executables);
  const commands: string[] = [];
  return {
    platform: 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin' },
    home: '/home/me',
    isRoot: false,
    isExecutable: (path) => present.has(path),
    run: async (command, args) => {
      const line = [command, ...args].join(' ');
      commands.push(line);
      if (fake.fails?.some((part) => line.includes(part))) return 1;
      const installed = fake.installs?.[args.at(-1) ?? ''];
      if (installed) present.add(installed);
      return 0;
    },
    commands,
    ...overrides,
  };
}

describe('the variable', () => {
  it('comes before what is installed', async () => {
    const env = { PATH: '/usr/bin', CHROME_PATH: '/my/chrome' };
    const machine = fakeMachine(['/usr/bin/chromium', '/my/chrome'], { env });
    expect(await findBrowser('chromium', {}, machine)).toEqual({ path: '/my/chrome' });
  });

  it('that names nothing executable is said, and nothing else is tried', async () => {
    const env = { PATH: '/usr/bin', FIREFOX_PATH: '/gone/firefox' };
    const machine = fakeMachine(['/usr/bin/firefox', '/usr/bin/apt-get'], { env, isRoot: true });
    expect(await findBrowser('firefox', { install: true }, machine)).toEqual({
      missing: 'FIREFOX_PATH is "/gone/firefox", which is not a file that can be executed.',
    });
    expect(machine.commands).toEqual([]);
  });

  it('of the other browser does not matter, nor does an empty one', async () => {
    const env = { PATH: '/usr/bin', FIREFOX_PATH: '/my/firefox', CHROME_PATH: '' };
    const machine = fakeMachine(['/usr/bin/chromium', '/my/firefox'], { env });
    expect(await findBrowser('chromium', {}, machine)).toEqual({ path: '/usr/bin/chromium' });
  });
});

describe('an installed browser', () => {
  it.each([
    ['chromium', '/usr/bin/chromium'],
    ['chromium', '/usr/bin/chromium-browser'],
    ['chromium', '/usr/local/bin/google-chrome'],
    ['chromium', '/usr/bin/google-chrome-stable'],
    ['chromium', '/usr/bin/chrome'],
    ['chromium', '/opt/google/chrome/chrome'],
    ['firefox', '/usr/bin/firefox'],
    ['firefox', '/usr/bin/firefox-esr'],
    ['firefox', '/usr/local/bin/firefox-developer-edition'],
  ] as const)('%s on Linux: %s', async (kind, path) => {
    expect(await findBrowser(kind, {}, fakeMachine([path]))).toEqual({ path });
  });

  it.each([
    ['chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['chromium', '/home/me/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['chromium', '/usr/local/bin/chromium'],
    ['firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  ] as const)('%s on macOS: %s', async (kind, path) => {
    expect(await findBrowser(kind, {}, fakeMachine([path], { platform: 'darwin' }))).toEqual({ path });
  });

  it.each([
    ['chromium', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['chromium', 'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe'],
    ['firefox', 'C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe'],
  ] as const)('%s on Windows: %s', async (kind, path) => {
    const env = {
      PATH: 'C:\\Windows',
      PROGRAMFILES: 'C:\\Program Files',
      'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
      LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local',
    };
    expect(await findBrowser(kind, {}, fakeMachine([path], { platform: 'win32', env }))).toEqual({ path });
  });

  it('is not looked for relative to the current folder', async () => {
    const machine = fakeMachine(['chromium', './chromium', 'bin/chromium'], { env: { PATH: ':.:bin' } });
    expect(await findBrowser('chromium', {}, machine)).toHaveProperty('missing');
  });

  it('is not installed again', async () => {
    const machine = fakeMachine(['/usr/bin/chromium', '/usr/bin/apt-get'], { isRoot: true });
    expect(await findBrowser('chromium', { install: true }, machine)).toEqual({ path: '/usr/bin/chromium' });
    expect(machine.commands).toEqual([]);
  });
});

describe('a missing browser', () => {
  const installs = { chromium: '/usr/bin/chromium', 'firefox-esr': '/usr/bin/firefox-esr' };

  it('is installed from Debian by root, when asked to', async () => {
    const machine = fakeMachine(['/usr/bin/apt-get'], { isRoot: true }, { installs });
    expect(await findBrowser('firefox', { install: true }, machine)).toEqual({
      path: '/usr/bin/firefox-esr',
    });
    expect(machine.commands).toEqual([
      'env DEBIAN_FRONTEND=noninteractive apt-get update',
      'env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends firefox-esr',
    ]);
  });

  it('is installed with sudo if that asks for no password', async () => {
    const machine = fakeMachine(['/usr/bin/apt-get'], {}, { installs });
    expect(await findBrowser('chromium', { install: true }, machine)).toEqual({ path: '/usr/bin/chromium' });
    expect(machine.commands).toEqual([
      'sudo -n true',
      'sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update',
      'sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium',
    ]);
  });

  it('is not installed where sudo wants a password', async () => {
    const machine = fakeMachine(['/usr/bin/apt-get'], {}, { installs, fails: ['sudo'] });
    expect(await findBrowser('chromium', { install: true }, machine)).toEqual({
      missing:
        'No Chromium or Chrome found: install it (apt-get install chromium), or set CHROME_PATH to its executable.',
    });
    expect(machine.commands).toEqual(['sudo -n true']);
  });

  it('is not installed unless asked to', async () => {
    const machine = fakeMachine(['/usr/bin/apt-get'], { isRoot: true }, { installs });
    expect(await findBrowser('firefox', {}, machine)).toHaveProperty('missing');
    expect(machine.commands).toEqual([]);
  });

  it('is said where there is no apt-get', async () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const machine = fakeMachine([], { platform, isRoot: true });
      expect(await findBrowser('firefox', { install: true }, machine)).toEqual({
        missing: 'No Firefox found: install it, or set FIREFOX_PATH to its executable.',
      });
      expect(machine.commands).toEqual([]);
    }
  });

  it.each(['update', 'install'])('is said when apt-get %s fails', async (step) => {
    const machine = fakeMachine(
      ['/usr/bin/apt-get'],
      { isRoot: true },
      { installs, fails: [`apt-get ${step}`] },
    );
    expect(await findBrowser('firefox', { install: true }, machine)).toHaveProperty('missing');
  });
});

it('looks at the real machine by default', async () => {
  const found = await findBrowser('chromium');
  expect('path' in found ? found.path : found.missing).toBeTruthy();
});
