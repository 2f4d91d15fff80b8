/**
 * `npm run bench:session`: what recording 100,000 requests takes in a real browser, and what the sessions page does with so large a
 * session. The requests come as in bench:panel, over a port of the devtools page; a session records them. Then more are recorded until
 * there is no room left, and the browser is started again.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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
import { measureSession, type SessionFigures } from './session-measures.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true, default: ['chromium', 'firefox'] },
    requests: { type: 'string', default: '100000' },
    /** Recorded in a second session, until there is no room. */
    more: { type: 'string', default: '40000' },
  },
});
const api = await startApi();
const figures: { readonly name: string; readonly of: SessionFigures }[] = [];
try {
  for (const kind of ['chromium', 'firefox'] as const) {
    if (values.browser.includes(kind)) figures.push(await measure(kind));
  }
} finally {
  await api.close();
}
for (const line of layOut(table())) console.log(line);
console.log(
  `\n${cpus().length} processors, load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')}`,
);

async function measure(kind: BrowserKind): Promise<{ name: string; of: SessionFigures }> {
  const found = await findBrowser(kind);
  if ('missing' in found) throw new Error(found.missing);
  const folder = await mkdtemp(join(tmpdir(), 'aud-it-bench-'));
  const profile = join(folder, 'profile');
  await mkdir(profile);
  const mode = kind === 'firefox' ? 'firefox' : 'chrome';
  const extension = join(folder, 'extension');
  await build({ root: ROOT, mode, logLevel: 'warn', build: { outDir: extension } });
  const start = () =>
    launch(kind, { extension, headless: true, executablePath: found.path, profile, language: 'en-US' });
  try {
    let name = '';
    const of = await measureSession(
      async () => {
        const browser = await start();
        name = browser.version;
        return browser;
      },
      {
        ...{ page: `${api.origins.app}/`, profile, kind },
        ...{ requests: Number(values.requests), more: Number(values.more) },
        say: (what) => console.error(`${kind}: ${what}`),
      },
    );
    return { name, of };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function table(): readonly (readonly string[])[] {
  const row = (what: string, read: (of: SessionFigures) => string): readonly string[] => [
    what,
    ...figures.map(({ of }) => read(of)),
  ];
  return [
    ['', ...figures.map(({ name }) => name)],
    row('requests sent', ({ sent }) => String(sent)),
    row('kept on the disk', ({ kept }) => String(kept)),
    row('in the exported report, each once', ({ reported }) => String(reported)),
    row('from the first to the last, observed', ({ fillMs }) => seconds(fillMs)),
    row('then, until all is on the disk', ({ stopMs }) => seconds(stopMs)),
    row('bytes of the session', ({ bytes }) => megabytes(bytes)),
    row('on the disk (IndexedDB)', ({ disk }) => megabytes(disk)),
    row('extension process, recording', ({ memory }) => megabytes(memory)),
    row('extension process, with the session open', ({ memoryOpen }) => megabytes(memoryOpen)),
    row('sessions page: list', ({ listMs }) => seconds(listMs)),
    row('sessions page: opening the session', ({ openMs }) => seconds(openMs)),
    row('sessions page: longest it stands still', ({ openGap }) => seconds(openGap)),
    row('sessions page: JSON export', ({ exportMs }) => seconds(exportMs)),
    row('second session: said at', ({ warnings }) => warnings.join(', ')),
    row('second session: kept, counted as not kept', ({ second }) => `${second.kept}, ${second.refused}`),
    row('after a restart: kept', ({ restarted }) => restarted.join(', ')),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
