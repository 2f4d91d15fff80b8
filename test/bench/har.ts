/**
 * `npm run bench:har`: how fast `aud-it audit` reads a large HAR, and in how much memory, beside `JSON.parse` of a smaller
 * one in a process of its own. The files are made in the system's folder for temporary ones, and removed.
 */
import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ROOT } from '../start/extension-build.ts';
import { layOut } from '../start/table.ts';
import { writeHar } from './har-of-size.ts';

const { values } = parseArgs({
  options: {
    /** Sizes of the files, in MB (10⁶ octets). */
    size: { type: 'string', default: '1000' },
    beside: { type: 'string', default: '256' },
    times: { type: 'string', default: '3' },
  },
});

const MEGABYTE = 1_000_000;

/**
 * Written to the third descriptor as a process ends: its peak of resident memory in octets. Linux keeps one that begins
 * with the program; the one of getrusage(2) begins with the process that started it.
 */
const TELL = `
import { readFileSync, writeSync } from 'node:fs';
const peak = () => {
  try {
    return 1024 * Number(/VmHWM:\\s*(\\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
};
process.on('exit', () => writeSync(3, JSON.stringify({ peak: peak(), ms: globalThis.parsedIn ?? null })));
`;
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(TELL)}`;

/** Of a string in memory: reading and decoding the file does not count. */
const PARSE = `
const text = require('node:fs').readFileSync(process.argv[1], 'utf8');
const start = performance.now();
JSON.parse(text);
globalThis.parsedIn = performance.now() - start;
`;

interface Run {
  readonly ms: number;
  /** MB */
  readonly peak: number;
}

/** @returns how long it took (as it says itself, or from start to end of the process) and its peak of memory */
async function timed(argv: readonly string[], may: readonly number[]): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_MEMORY, ...argv], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let told = '';
  child.stdio[3]?.on('data', (chunk) => {
    told += String(chunk);
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const wall = performance.now() - start;
  if (status === null || !may.includes(status)) throw new Error(`it ended with ${status}`);
  const { peak, ms }: { peak: number; ms: number | null } = JSON.parse(told);
  return { ms: ms ?? wall, peak: peak / MEGABYTE };
}

const folder = await mkdtemp(join(tmpdir(), 'aud-it-bench-'));
try {
  const command = join(folder, 'dist', 'cli');
  await build({ root: ROOT, mode: 'cli', logLevel: 'warn', build: { outDir: command } });
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const large = join(folder, 'large.har');
  const report = join(folder, 'report.json');
  const small = join(folder, 'small.har');
  const { entries, calls } = await writeHar(large, Number(values.size) * MEGABYTE);
  await writeHar(small, Number(values.beside) * MEGABYTE);
  const sizes = { large: (await stat(large)).size / MEGABYTE, small: (await stat(small)).size / MEGABYTE };

  const rows: string[][] = [['', 'MB', 's', 'MB/s', 'peak memory, MB']];
  let best = { parse: 0, audit: 0, peak: 0 };
  for (let time = 0; time < Number(values.times); time++) {
    // One after the other in turn: what else the machine does meets both.
    const parse = await timed(['-e', PARSE, small], [0]);
    const argv = ['audit', large, '--format', 'json', '--output', report];
    const audit = await timed([join(command, 'aud-it.js'), ...argv], [0, 1]);
    const { coverage } = JSON.parse(await readFile(report, 'utf8'));
    if (coverage.exchanges !== entries || coverage.withToken < calls) throw new Error('it did not see all');
    await rm(report);
    for (const [name, size, run] of [
      ['JSON.parse', sizes.small, parse],
      ['aud-it audit', sizes.large, audit],
    ] as const) {
      const seconds = run.ms / 1000;
      rows.push([
        name,
        ...[size, seconds].map((figure) => figure.toFixed(1)),
        (size / seconds).toFixed(0),
        run.peak.toFixed(0),
      ]);
    }
    best = {
      parse: Math.max(best.parse, sizes.small / parse.ms),
      audit: Math.max(best.audit, sizes.large / audit.ms),
      peak: Math.max(best.peak, audit.peak),
    };
  }
  console.log(
    `A HAR with ${entries} entries, ${calls} of them with a token. The command from start to end, its report included:\n`,
  );
  for (const line of layOut(rows)) console.log(line);
  console.log(
    `\n${(best.audit / best.parse).toFixed(2)} × the rate of JSON.parse (best of each; at least 0.5), peak memory ${best.peak.toFixed(0)} MB (at most 300)`,
  );
  if (best.audit / best.parse < 0.5 || best.peak > 300) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
