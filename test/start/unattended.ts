import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../browsers/wait.ts';
import type { Lab } from '../lab/lab.ts';
import { EVERYTHING, walk } from '../lab/walk.ts';
import { orFail } from './failure.ts';
import { type Comparison, compare } from './findings.ts';
import { readCoverage, readRows, show } from './panel-rows.ts';
import { takePicture } from './picture.ts';
import { walkLines, watchLines } from './report.ts';
import { load, type Window } from './window.ts';

/** How long the panel may take, after the last press, to show what is expected, in ms. */
const SETTLE_MS = 10_000;

/** The lab's most telling request: an ID token that an API accepts. */
const ID_TOKEN_AS_BEARER = '[data-exchange][data-rules~="id-token-as-bearer"]';
const ANY_PROBLEM = '[data-exchange]:not([data-rules=""])';

/**
 * Signs in, presses the button of every habit and prints what the panel says beside what it should say.
 *
 * @returns the exit code: 1 when they differ
 */
export async function walkLab(window: Window, lab: Lab): Promise<0 | 1> {
  const { tab, panel } = window;
  await show(panel, 'all');
  await orFail("The lab's app did not do as it was told", walk(tab.page, lab, EVERYTHING));
  const comparisons = await settle(window, lab);
  print(walkLines(comparisons, lab.origins));
  await show(panel, 'problems');
  await printPicture(window, [ID_TOKEN_AS_BEARER, ANY_PROBLEM]);
  return comparisons.every(({ asExpected }) => asExpected) ? 0 : 1;
}

/**
 * Opens an app, watches it for some seconds and prints the requests with tokens.
 *
 * @throws Failure when the address can't be opened
 */
export async function watchApp(window: Window, url: string, seconds: number): Promise<void> {
  const { panel } = window;
  await show(panel, 'all');
  // A page may load for longer than it is watched.
  const end = pause(seconds * 1000);
  await Promise.race([load(window, url).then(() => end), end]);
  const rows = await readRows(panel);
  print(watchLines(rows, await readCoverage(panel), seconds));
  if (rows.some(({ rules }) => rules !== '')) await show(panel, 'problems');
  await printPicture(window, [ANY_PROBLEM]);
}

/** What the panel shows once all is as expected; or what it shows when it had its time for that. */
async function settle({ panel }: Window, lab: Lab): Promise<readonly Comparison[]> {
  let latest: readonly Comparison[] = [];
  const look = async () => {
    latest = compare(EVERYTHING, await readRows(panel), lab.origins);
    return latest.every(({ asExpected }) => asExpected) || undefined;
  };
  await until('the expected findings', look, SETTLE_MS).catch((error: unknown) => {
    // The difference is told row by row; but if the panel could not be read at all, that is what to tell.
    if (latest.length === 0) throw error;
  });
  return latest;
}

async function printPicture({ browser, panel }: Window, choose: readonly string[]): Promise<void> {
  const picture = takePicture(panel, `start-${browser.kind}`, choose);
  console.log(`\nA picture of the panel: ${await orFail('No picture could be taken', picture)}`);
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}
