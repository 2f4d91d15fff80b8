/**
 * `npm run bench:panel`: what the panel takes with 100,000 sightings, in the real DevTools. The requests come the way that the
 * network log's come, over a port of the devtools page to the background, which audits them and tells the panel: nothing is built
 * for the bench. They are made in the panel's own document, whose figures bear that, too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { findBrowser } from '../browsers/find-browser.ts';
import { launch } from '../browsers/launch.ts';
import type { BrowserKind } from '../browsers/panel-driver.ts';
import { ROOT } from '../start/extension-build.ts';
import { layOut } from '../start/table.ts';
import { startApi } from './api.ts';
import { measurePanel, type PanelFigures } from './panel-measures.ts';
import { estimate } from './statistics.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true, default: ['chromium', 'firefox'] },
    sightings: { type: 'string', default: '100000' },
  },
});
const kinds = (['chromium', 'firefox'] as const).filter((kind) => values.browser.includes(kind));
const api = await startApi();
const figures: { readonly name: string; readonly of: PanelFigures }[] = [];
try {
  for (const kind of kinds) figures.push(await measure(kind));
} finally {
  await api.close();
}
for (const line of layOut(table())) console.log(line);
console.log(
  `\n${cpus().length} processors, load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')}`,
);

async function measure(kind: BrowserKind): Promise<{ name: string; of: PanelFigures }> {
  const found = await findBrowser(kind);
  if ('missing' in found) throw new Error(found.missing);
  const folder = await mkdtemp(join(tmpdir(), 'aud-it-bench-'));
  const mode = kind === 'firefox' ? 'firefox' : 'chrome';
  await build({ root: ROOT, mode, logLevel: 'warn', build: { outDir: folder } });
  const browser = await launch(kind, {
    extension: folder,
    headless: true,
    executablePath: found.path,
    // The heap is told to the byte, and after a collection.
    args: kind === 'chromium' ? ['--enable-precise-memory-info', '--js-flags=--expose-gc'] : [],
  });
  try {
    const say = (what: string): void => console.error(`${browser.version}: ${what}`);
    const of = await measurePanel(browser, {
      page: `${api.origins.app}/`,
      sightings: Number(values.sightings),
      say,
    });
    return { name: browser.version, of };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function table(): readonly (readonly string[])[] {
  const row = (what: string, bar: string, read: (of: PanelFigures) => string): readonly string[] => [
    what,
    bar,
    ...figures.map(({ of }) => read(of)),
  ];
  return [
    ['', 'bar', ...figures.map(({ name }) => name)],
    row('sightings in the list', '', ({ rows }) => String(rows)),
    row('opening, to the first rows', '', ({ firstRow }) => ms(firstRow)),
    row('opening, to all rows', '1000 ms', ({ allRows }) => ms(allRows)),
    row('key to painted, median', '', ({ keys }) => ms(estimate(keys).median)),
    row('key to painted, worst', '50 ms', ({ keys }) => ms(Math.max(...keys))),
    row('scrolling, work in a frame, worst', '', ({ scroll }) => ms(Math.max(...scroll.work))),
    row('scrolling, between frames, worst', '32 ms', ({ scroll }) => ms(Math.max(...scroll.gaps))),
    row('scrolling, frames over 32 ms', '0', ({ scroll }) => over(scroll.gaps, 32)),
    row('at rest, between frames, worst', '', ({ rest }) => ms(Math.max(...rest))),
    row('at rest, frames over 32 ms', '', ({ rest }) => over(rest, 32)),
    row('nodes of the document', '2500', ({ nodes }) => String(nodes)),
    row('heap', '120 MB', ({ heap }) => (heap === null ? 'not told' : `${(heap / 1e6).toFixed(1)} MB`)),
    row('1,000 a second: rows missing', '0', ({ live }) => `${live.missing} of ${live.sent}`),
    row('1,000 a second: last row later by', '', ({ live }) => ms(live.late)),
    row('1,000 a second: between frames, median', '', ({ live }) => ms(estimate(live.gaps).median)),
    row('1,000 a second: between frames, worst', '', ({ live }) => ms(Math.max(...live.gaps))),
  ];
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function over(values: readonly number[], limit: number): string {
  return `${values.filter((value) => value > limit).length} of ${values.length}`;
}
