/**
 * `npm run bench:visible`: how long it takes from a page's request to the verdict that a person sees. The lab's app sends
 * its ID token to an API, to another path each time; the clock runs from the call of fetch, its preflight included, until
 * the panel has painted the row with the error. Page and panel read the same machine's clock.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { findBrowser } from '../browsers/find-browser.ts';
import { launch } from '../browsers/launch.ts';
import type { BrowserKind, PageDriver, PanelDriver } from '../browsers/panel-driver.ts';
import { startLab } from '../lab/lab.ts';
import { signIn } from '../lab/walk.ts';
import { ROOT } from '../start/extension-build.ts';
import { layOut } from '../start/table.ts';
import { estimate } from './statistics.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true, default: ['chromium', 'firefox'] },
    times: { type: 'string', default: '100' },
  },
});
const kinds = (['chromium', 'firefox'] as const).filter((kind) => values.browser.includes(kind));

/** Requests before the first that counts: the first of all waits for keys and compilers. */
const WARM_UP = 3;
/** People press a button at any moment of what the panel does meanwhile: a pause of this length at most, in ms. */
const PAUSE_MS = 150;
/** Source of the time in ms since the epoch, finer than a clock's whole ms. */
const NOW = 'performance.timeOrigin + performance.now()';

const rows: string[][] = [['', 'median ms', 'worst ms', 'requests']];
for (const kind of kinds) rows.push(await measure(kind, Number(values.times)));
console.log('From the call of fetch (a preflight included) to the painted verdict:\n');
for (const line of layOut(rows)) console.log(line);

async function measure(kind: BrowserKind, times: number): Promise<string[]> {
  const found = await findBrowser(kind);
  if ('missing' in found) throw new Error(found.missing);
  const folder = await mkdtemp(join(tmpdir(), 'aud-it-bench-'));
  const mode = kind === 'firefox' ? 'firefox' : 'chrome';
  await build({ root: ROOT, mode, logLevel: 'warn', build: { outDir: folder } });
  const lab = await startLab();
  const browser = await launch(kind, { extension: folder, headless: true, executablePath: found.path });
  try {
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await signIn(tab.page, lab);
    const all: number[] = [];
    for (let index = -WARM_UP; index < times; index++) {
      const took = await timeOne(tab.page, panel, new URL(`/lax/bench/${index}`, lab.origins.api));
      if (index >= 0) all.push(took);
    }
    return [browser.version, estimate(all).median.toFixed(0), Math.max(...all).toFixed(0), String(times)];
  } finally {
    await browser.close();
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns ms from the page's request to its row in the panel */
async function timeOne(page: PageDriver, panel: PanelDriver, url: URL): Promise<number> {
  await panel.evaluate(`void (globalThis.painted = ${whenPainted(url)})`);
  const sent = await page.evaluate<number>(sendIdToken(url));
  return (await panel.evaluate<number>('globalThis.painted')) - sent;
}

/** Source of a promise of when the row with the error was painted, in ms since the epoch: two frames after it was there. */
function whenPainted({ host, pathname }: URL): string {
  const row = `[data-exchange][data-verdict="error"][data-host="${host}"][data-path="${pathname}"]`;
  return `new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(${JSON.stringify(row)}) === null) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(${NOW})));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  })`;
}

/** Source that sends the app's ID token after a pause, and gives when it called fetch, in ms since the epoch. */
function sendIdToken(url: URL): string {
  return `(async () => {
    const user = Object.entries(sessionStorage).find(([key]) => key.startsWith('oidc.user:'))[1];
    const headers = { authorization: 'Bearer ' + JSON.parse(user).id_token };
    await new Promise((resolve) => setTimeout(resolve, Math.random() * ${PAUSE_MS}));
    const sent = ${NOW};
    await (await fetch('${url}', { headers })).text();
    return sent;
  })()`;
}
