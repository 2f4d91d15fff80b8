import { readFileSync } from 'node:fs';
import type { AuditedBrowser, PanelDriver } from '../browsers/panel-driver.ts';

/** What was measured in a panel. Times are in ms. */
export interface PanelFigures {
  readonly rows: number;
  readonly firstRow: number;
  readonly allRows: number;
  readonly keys: readonly number[];
  readonly scroll: { readonly gaps: readonly number[]; readonly work: readonly number[] };
  /** Between frames while nothing is done: what the machine gives. */
  readonly rest: readonly number[];
  readonly nodes: number;
  readonly heap: number | null;
  readonly live: {
    readonly sent: number;
    readonly missing: number;
    readonly gaps: readonly number[];
    readonly took: number;
    readonly late: number;
  };
}

const PROBE = readFileSync(new URL('./panel-probe.js', import.meta.url), 'utf8')
  .trimEnd()
  .replace(/;$/, '');

function probe<T>(panel: PanelDriver, call: string): Promise<T> {
  return panel.evaluate<T>(`(${PROBE}).${call}`);
}

/** What is typed, letter by letter, each on a list of everything. */
const TYPED = ['orders/12', 'host:api-3', '-kind:id_token', 'rule:expired'];
/** Pixels a frame: reading, skimming, tearing at the scroll bar. */
const SPEEDS = [16, 240, 20_000];
const FRAMES = 180;
/** Sightings between two signs of life. */
const BATCH = 10_000;

/**
 * Measures one browser's panel with a session of so many sightings, of which the last 10 s came at 1,000 a second.
 * @param say is told what goes on
 */
export async function measurePanel(
  browser: AuditedBrowser,
  options: { readonly page: string; readonly sightings: number; readonly say: (what: string) => void },
): Promise<PanelFigures> {
  const { page, sightings, say } = options;
  const tab = await browser.open(page);
  let panel = await tab.openDevtools();
  await panel.click('[data-filter="all"]');

  const perSecond = 1_000;
  const seconds = Math.min(10, Math.floor(sightings / perSecond / 2));
  say('filling the session');
  for (let left = sightings - perSecond * seconds; left > 0; left -= BATCH) {
    await probe(panel, `fill(${Math.min(BATCH, left)})`);
  }
  say(`${perSecond} requests a second`);
  const live = await probe<PanelFigures['live']>(panel, `live(${perSecond}, ${seconds})`);

  say('heap and document');
  const heap = await probe<number | null>(panel, 'heap()');
  const nodes = await probe<number>(panel, 'nodes()');

  say('at rest');
  const rest = (await probe<PanelFigures['scroll']>(panel, `scroll(0, ${SPEEDS.length * FRAMES})`)).gaps;
  say('scrolling');
  const gaps: number[] = [];
  const work: number[] = [];
  for (const speed of SPEEDS) {
    const scroll = await probe<PanelFigures['scroll']>(panel, `scroll(${speed}, ${FRAMES})`);
    gaps.push(...scroll.gaps);
    work.push(...scroll.work);
  }

  say('typing');
  await panel.click('[data-filter-text]');
  await probe(panel, 'watchKeys()');
  let typed = 0;
  for (const text of TYPED) {
    for (const letter of text) {
      await panel.type(letter);
      typed += 1;
      await panel.waitFor(`globalThis.auditBenchKeys.length >= ${typed}`);
    }
    await panel.evaluate(`document.querySelector('[data-filter-text]').select()`);
    await panel.press('Backspace');
    typed += 1;
    await panel.waitFor(`globalThis.auditBenchKeys.length >= ${typed}`);
  }
  const keys = await probe<readonly number[]>(panel, 'keys()');

  say('opening');
  const rows = await panel.evaluate<number>(
    `Number(document.querySelector('[data-filter="all"]').dataset.count)`,
  );
  await tab.closeDevtools();
  panel = await tab.openDevtools();
  const opened = await probe<{ first: number; all: number }>(panel, `opened(${rows})`);
  return {
    rows,
    firstRow: opened.first,
    allRows: opened.all,
    keys,
    scroll: { gaps, work },
    rest,
    nodes,
    heap,
    live,
  };
}
