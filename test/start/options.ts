import { parseArgs } from 'node:util';
import type { BrowserKind } from '../browsers/panel-driver.ts';

/** What `npm start` is asked to do. */
export interface StartOptions {
  readonly browser: BrowserKind;
  /** Nobody can look: walk through the lab (or watch `url`), print what was found, and end. */
  readonly headless: boolean;
  /** The app to open instead of the lab's. */
  readonly url: string | null;
  /** The lab's port; null for no lab. */
  readonly labPort: number | null;
  /** How long to watch `url` when headless, in seconds. */
  readonly seconds: number;
}

/** A command line, understood; or in one line why not. */
export type Command =
  | {
      readonly does: 'start';
      readonly options: StartOptions;
      /** What the person may have meant; null where nothing speaks for that. */
      readonly hint: string | null;
    }
  | { readonly does: 'help' }
  | { readonly does: 'refuse'; readonly because: string };

/** What the answer depends on beside the arguments. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const DEFAULT_PORT = 4600;
export const DEFAULT_SECONDS = 20;
const MAX_SECONDS = 3600;

const BROWSERS: ReadonlyMap<string, BrowserKind> = new Map([
  ['chromium', 'chromium'],
  ['chrome', 'chromium'],
  ['firefox', 'firefox'],
]);

const OPTIONS = {
  browser: { type: 'string' },
  headless: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'no-lab': { type: 'boolean' },
  port: { type: 'string' },
  seconds: { type: 'string' },
  url: { type: 'string' },
} as const;

/** Understands the command line; never throws. What is wrong with it is said in one line. */
export function readCommand(args: readonly string[], surroundings: Surroundings): Command {
  const swallowed = takenByNpm(surroundings.env);
  if (swallowed !== undefined) {
    const because = `npm took ${swallowed} for itself; put -- before the options: npm start -- ${swallowed} …`;
    return { does: 'refuse', because };
  }
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true });
    if (values.help === true) return { does: 'help' };
    return {
      does: 'start',
      options: readOptions(values, surroundings),
      hint: hintOf(values, surroundings.env),
    };
  } catch (error) {
    // parseArgs explains at length below its first line.
    const [because = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { does: 'refuse', because };
  }
}

type Values = ReturnType<typeof parseArgs<{ readonly options: typeof OPTIONS }>>['values'];

function readOptions(values: Values, surroundings: Surroundings): StartOptions {
  const noLab = values['no-lab'] === true;
  const headless = values.headless === true || !hasDisplay(surroundings);
  if (noLab && values.url === undefined)
    throw new Error('--no-lab needs --url: nothing else could be opened');
  if (noLab && values.port !== undefined) throw new Error("--port is the lab's, and --no-lab says no lab");
  if (values.seconds !== undefined && (values.url === undefined || !headless)) {
    throw new Error('--seconds says how long to watch --url with --headless: it needs both');
  }
  return {
    browser: readBrowser(values.browser ?? 'chromium'),
    headless,
    url: values.url === undefined ? null : readUrl(values.url),
    labPort: noLab ? null : wholeNumber('port', values.port ?? `${DEFAULT_PORT}`, 0, 65_535),
    seconds: wholeNumber('seconds', values.seconds ?? `${DEFAULT_SECONDS}`, 1, MAX_SECONDS),
  };
}

/** Only where X or Wayland bring the picture to the screen can it be missing. */
function hasDisplay({ platform, env }: Surroundings): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

function readBrowser(name: string): BrowserKind {
  const kind = BROWSERS.get(name);
  if (kind === undefined)
    throw new Error(`--browser knows ${[...BROWSERS.keys()].join(', ')}; not "${name}"`);
  return kind;
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href;
  throw new Error(`--url takes an http or https address, like https://my.app; not "${text}"`);
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} takes a whole number from ${least} to ${most}; not "${text}"`);
}

/** An option that was given to npm instead of to us: without `--` before it, npm keeps it for itself, as its environment shows. */
function takenByNpm(env: Surroundings['env']): string | undefined {
  if (env['npm_config_lab'] !== undefined) return '--no-lab';
  return ['url', 'headless', 'port', 'seconds']
    .filter((name) => env[`npm_config_${name}`] !== undefined)
    .map((name) => `--${name}`)[0];
}

/** `browser` is a setting of npm's own, which may come from its files as well: that can only be pointed out. */
function hintOf(values: Values, env: Surroundings['env']): string | null {
  if (values.browser !== undefined || env['npm_config_browser'] === undefined) return null;
  return 'If you meant --browser for Aud-it and not for npm, put -- before it: npm start -- --browser …';
}
