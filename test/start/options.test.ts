import { describe, expect, it } from 'vitest';
import { type Command, readCommand, type Surroundings } from './options.ts';

const SCREEN: Surroundings = { platform: 'linux', env: { DISPLAY: ':0' } };
const NO_SCREEN: Surroundings = { platform: 'linux', env: {} };

function read(line: string, surroundings: Surroundings = SCREEN): Command {
  return readCommand(line.split(' ').filter(Boolean), surroundings);
}

function because(line: string, surroundings?: Surroundings): string {
  const command = read(line, surroundings);
  return command.does === 'refuse' ? command.because : `not refused: ${line}`;
}

describe('a command line', () => {
  it('without options opens the lab in Chromium', () => {
    expect(read('')).toEqual({
      does: 'start',
      options: { browser: 'chromium', headless: false, url: null, labPort: 4600, seconds: 20 },
      hint: null,
    });
  });

  it('says all that there is to say', () => {
    expect(read('--browser firefox --url https://my.app --port 0 --headless --seconds 5')).toEqual({
      does: 'start',
      options: { browser: 'firefox', headless: true, url: 'https://my.app/', labPort: 0, seconds: 5 },
      hint: null,
    });
    expect(read('--url http://localhost:3000/a?b --no-lab')).toMatchObject({
      options: { url: 'http://localhost:3000/a?b', labPort: null },
    });
  });

  it('takes chrome for what it is', () => {
    expect(read('--browser chrome')).toMatchObject({ options: { browser: 'chromium' } });
  });

  it('asks for help, whatever else it says', () => {
    expect(read('--help')).toEqual({ does: 'help' });
    expect(read('-h --browser opera')).toEqual({ does: 'help' });
  });

  it.each([
    ['--colour', "Unknown option '--colour'"],
    ['firefox', "Unexpected argument 'firefox'. This command does not take positional arguments"],
    ['--url', "Option '--url <value>' argument missing"],
    ['--url --headless', "Option '--url' argument is ambiguous."],
    ['--headless=yes', "Option '--headless' does not take an argument"],
    ['--browser opera', '--browser knows chromium, chrome, firefox; not "opera"'],
    ['--url my.app', '--url takes an http or https address, like https://my.app; not "my.app"'],
    [
      '--url localhost:3000',
      '--url takes an http or https address, like https://my.app; not "localhost:3000"',
    ],
    ['--url file:///a', '--url takes an http or https address, like https://my.app; not "file:///a"'],
    ['--port 65536', '--port takes a whole number from 0 to 65535; not "65536"'],
    ['--port 0x10', '--port takes a whole number from 0 to 65535; not "0x10"'],
    ['--port=-1', '--port takes a whole number from 0 to 65535; not "-1"'],
    ['--headless --url http://a.test --seconds 0', '--seconds takes a whole number from 1 to 3600; not "0"'],
    ['--no-lab', '--no-lab needs --url: nothing else could be opened'],
    ['--no-lab --url http://a.test --port 1', "--port is the lab's, and --no-lab says no lab"],
    ['--seconds 5 --headless', '--seconds says how long to watch --url with --headless: it needs both'],
    [
      '--seconds 5 --url http://a.test',
      '--seconds says how long to watch --url with --headless: it needs both',
    ],
  ])('is refused in one line: %s', (line, expected) => {
    expect(because(line)).toBe(expected);
  });
});

describe('without a display', () => {
  it.each<[string, Surroundings, boolean]>([
    ['Linux without one', NO_SCREEN, true],
    ['Linux with an empty DISPLAY', { platform: 'linux', env: { DISPLAY: '' } }, true],
    ['Linux with X', SCREEN, false],
    ['Linux with Wayland', { platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } }, false],
    ['macOS', { platform: 'darwin', env: {} }, false],
    ['Windows', { platform: 'win32', env: {} }, false],
  ])('%s', (_, surroundings, headless) => {
    expect(read('', surroundings)).toMatchObject({ options: { headless } });
  });

  it('an app may be watched for some seconds without --headless', () => {
    expect(read('--url http://a.test --seconds 5', NO_SCREEN)).toMatchObject({ options: { seconds: 5 } });
  });
});

describe('an option that npm took because -- was forgotten', () => {
  it.each([
    ['http://a.test', { npm_config_url: 'true' }, '--url'],
    ['', { npm_config_headless: 'true' }, '--headless'],
    ['', { npm_config_lab: '' }, '--no-lab'],
    ['1234', { npm_config_port: 'true' }, '--port'],
  ])('is named: %s %o', (line, env, option) => {
    expect(because(line, { ...SCREEN, env })).toBe(
      `npm took ${option} for itself; put -- before the options: npm start -- ${option} …`,
    );
  });

  it('is pointed out where it may be a setting of npm’s', () => {
    const env = { npm_config_browser: 'true' };
    expect(read('', { ...SCREEN, env })).toMatchObject({
      does: 'start',
      hint: expect.stringContaining('--browser'),
    });
    expect(read('--browser firefox', { ...SCREEN, env })).toMatchObject({ does: 'start', hint: null });
  });

  it('is not any setting of npm', () => {
    const env = { npm_config_registry: 'https://registry.test' };
    expect(read('', { ...SCREEN, env })).toMatchObject({ does: 'start', hint: null });
  });
});
