/**
 * `npm run bench:page`: what Aud-it costs a page. The same fetches, in Chromium as it is, with Aud-it asleep, with Aud-it
 * observing, and with the least that could be there instead. All browsers are open at once and take turns, in another
 * order each round, so that whatever else the machine does meets all of them alike.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { findBrowser } from '../browsers/find-browser.ts';
import { ROOT } from '../start/extension-build.ts';
import { startApi } from './api.ts';
import { CONTESTANTS, type Started, start } from './contestants.ts';
import { takeTurn } from './load.ts';
import { type Round, report } from './page-report.ts';
import { shuffled } from './statistics.ts';

const { values } = parseArgs({
  options: {
    /** How long the rounds go on, in s. */
    seconds: { type: 'string', default: '140' },
    concurrent: { type: 'string', default: '120' },
    sequential: { type: 'string', default: '50' },
  },
});
const batch = { concurrent: Number(values.concurrent), sequential: Number(values.sequential) };

const found = await findBrowser('chromium');
if ('missing' in found) {
  console.error(found.missing);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'aud-it-bench-'));
const api = await startApi();
const started: Started[] = [];
try {
  const outDir = join(folder, 'aud-it');
  await build({ root: ROOT, mode: 'chrome', logLevel: 'warn', build: { outDir } });
  for (const contestant of CONTESTANTS) {
    started.push(await start(contestant, { executablePath: found.path, build: outDir, folder, api }));
  }
  const rounds: Round[] = [];
  const end = performance.now() + Number(values.seconds) * 1000;
  do {
    const times: Round = new Map();
    for (const { contestant, tab } of shuffled(started)) {
      times.set(contestant.id, await takeTurn(tab.page, api, batch, rounds.length));
    }
    rounds.push(times);
  } while (performance.now() < end);
  console.log(report(rounds, batch, await api.counts()));
} finally {
  await Promise.all(started.map(({ close }) => close()));
  await api.close();
  await rm(folder, { recursive: true, force: true });
}
