import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditedBrowser, BrowserKind, PageDriver, PanelDriver } from '../browsers/panel-driver.ts';

/** What was measured of one browser. Times are in ms, sizes in octets. */
export interface SessionFigures {
  readonly sent: number;
  readonly kept: number;
  /** How many distinct requests the exported report has. */
  readonly reported: number;
  readonly fillMs: number;
  readonly stopMs: number;
  readonly bytes: number;
  readonly disk: number;
  /** Of the process in which the background runs, at most: the panel runs in it, too, and what fills it. */
  readonly memory: number;
  /** The same with the sessions page, which has opened the session. */
  readonly memoryOpen: number;
  readonly listMs: number;
  readonly openMs: number;
  /** The longest that the page did not answer while it opened the session. */
  readonly openGap: number;
  readonly exportMs: number;
  /** What the panel said of the room, and after how many requests of the second session. */
  readonly warnings: readonly string[];
  readonly second: { readonly kept: number; readonly refused: number };
  /** What each session has after the browser was started again. */
  readonly restarted: readonly number[];
}

interface Options {
  readonly page: string;
  readonly profile: string;
  readonly kind: BrowserKind;
  readonly requests: number;
  readonly more: number;
  readonly say: (what: string) => void;
}

const PROBE = readFileSync(new URL('./panel-probe.js', import.meta.url), 'utf8')
  .trimEnd()
  .replace(/;$/, '');

const PIECE = 5_000;
const LONG = { timeoutMs: 600_000 };

/** @param start starts the browser: twice with one profile */
export async function measureSession(
  start: () => Promise<AuditedBrowser>,
  { page, profile, kind, requests, more, say }: Options,
): Promise<SessionFigures> {
  let memory = 0;
  const look = (): void => {
    memory = Math.max(memory, extensionMemory(kind));
  };
  let browser = await start();
  try {
    const tab = await browser.open(page);
    const panel = await tab.openDevtools();
    await panel.click('[data-filter="all"]');
    await record(panel, 'First');
    const began = performance.now();
    for (let sent = 0; sent < requests; sent += PIECE) {
      await fill(panel, Math.min(PIECE, requests - sent));
      look();
      say(
        `${sent + PIECE} of ${requests} requests, ${Math.round((performance.now() - began) / 1000)} s, ${Math.round(memory / 1e6)} MB`,
      );
    }
    const fillMs = performance.now() - began;
    const stopMs = await timed(() => stop(panel));
    look();
    say('opening the session');
    const disk = await sizeOf(profile, kind);
    const sessions = await browser.open(await browser.extensionUrl('src/sessions/sessions.html'));
    const listMs = await timed(() =>
      sessions.page.waitFor(`document.querySelector('.sessions')?.dataset.ready === 'true'`, LONG),
    );
    await sessions.page.evaluate(WATCH);
    const openMs = await timed(async () => {
      await sessions.page.click('[data-name="First"] [data-action="open"]', LONG);
      await sessions.page.waitFor(`document.querySelector('[data-detail]') !== null`, LONG);
    });
    const openGap = await sessions.page.evaluate<number>('globalThis.longestGap');
    const memoryOpen = Math.max(memory, extensionMemory(kind));
    say('exporting it');
    const exportMs = await timed(() => exportJson(sessions.page));
    const reported = await sessions.page.evaluate<number>(
      `new Set(globalThis.report.exchanges.map(({ id }) => id)).size`,
    );
    const [first] = await stored(sessions.page);
    await sessions.close();

    say('recording until there is no room');
    await panel.click('[data-action="clear"]');
    await panel.waitFor(`document.querySelector('[data-filter="all"]').dataset.count === '0'`, LONG);
    await record(panel, 'Second');
    const warnings: string[] = [];
    for (let sent = 0; sent < more; sent += PIECE) {
      await fill(panel, Math.min(PIECE, more - sent));
      const room = await panel.evaluate<string>(
        `document.querySelector('[data-room]')?.dataset.room ?? 'enough'`,
      );
      if (warnings.at(-1)?.startsWith(room) !== true) warnings.push(`${room} (${sent + PIECE})`);
    }
    warnings.push(`${await stop(panel)} (at the end)`);
    await browser.close();

    say('starting again');
    browser = await start();
    const again = await browser.open(await browser.extensionUrl('src/sessions/sessions.html'));
    await again.page.waitFor(`document.querySelector('.sessions')?.dataset.ready === 'true'`, LONG);
    const all = await stored(again.page);
    const second = all.find(({ name }) => name === 'Second');
    return {
      ...{ sent: requests, kept: first?.exchanges ?? 0, reported, fillMs, stopMs, bytes: first?.bytes ?? 0 },
      ...{ disk, memory, memoryOpen, listMs, openMs, openGap, exportMs, warnings },
      second: { kept: second?.exchanges ?? 0, refused: second?.refused ?? 0 },
      restarted: all.map(({ rows }) => rows),
    };
  } finally {
    await browser.close();
  }
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}

async function record(panel: PanelDriver, name: string): Promise<void> {
  await panel.click('[data-action="record"]');
  await panel.click('[name="session-name"]');
  await panel.type(name);
  await panel.press('Enter');
  await panel.waitFor(`document.querySelector('[data-recorder="recording"]') !== null`);
}

/** Source of what the strip says of the room, where it says something. */
const ROOM = `document.querySelector('[data-room]')?.dataset.room ?? 'enough'`;

/** @returns what the strip says of the room at the end */
async function stop(panel: PanelDriver): Promise<string> {
  await panel.click('.record-strip [data-action="stop"]', LONG);
  await panel.waitFor(`document.querySelector('[data-recorder="idle"]') !== null`, LONG);
  const room = await panel.evaluate<string>(ROOM);
  await panel.click('[data-action="record"]');
  return room;
}

async function fill(panel: PanelDriver, count: number): Promise<void> {
  const came = await panel.evaluate<number>(`(${PROBE}).fill(${count})`);
  if (came !== count) throw new Error(`${came} of ${count} requests came to the panel`);
}

/** Source that notes how long the page does not answer, at most. */
const WATCH = `(() => {
  globalThis.longestGap = 0;
  let before = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.longestGap = Math.max(globalThis.longestGap, now - before);
    before = now;
  }, 10);
})()`;

async function exportJson(page: PageDriver): Promise<void> {
  await page.evaluate(`(() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      void blob.text().then((text) => { globalThis.report = JSON.parse(text); });
      return create.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
  })()`);
  await page.click('[data-export="json"]', LONG);
  await page.waitFor('globalThis.report !== undefined', LONG);
}

interface Stored {
  readonly name: string;
  readonly exchanges: number;
  readonly bytes: number;
  readonly refused: number;
  readonly rows: number;
}

/** What the disk has of each session, by its head and counted. */
async function stored(page: PageDriver): Promise<readonly Stored[]> {
  await page.evaluate(`(() => {
    globalThis.stored = undefined;
    const opening = indexedDB.open('aud-it');
    opening.onsuccess = () => {
      const store = opening.result.transaction(['sessions', 'parts']);
      const heads = store.objectStore('sessions').getAll();
      heads.onsuccess = async () => {
        const of = ({ id, session }) => new Promise((resolve) => {
          const range = IDBKeyRange.bound([id, 'x:'], [id, 'x;']);
          const count = opening.result.transaction('parts').objectStore('parts').count(range);
          count.onsuccess = () => resolve({
            name: session.name,
            ...{ exchanges: session.kept.exchanges, bytes: session.kept.bytes },
            refused: session.unseen.find(({ reason }) => reason === 'log_full')?.count ?? 0,
            rows: count.result,
          });
        });
        globalThis.stored = await Promise.all(heads.result.map(of));
        opening.result.close();
      };
    };
  })()`);
  await page.waitFor('globalThis.stored !== undefined', LONG);
  return page.evaluate('globalThis.stored');
}

/** Resident memory of the process in which the extension runs, of the browsers that this process started. */
function extensionMemory(kind: BrowserKind): number {
  const told = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,rss=,comm=,args='], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const lines = told.split('\n').flatMap((line) => {
    const [, pid, parent, rss, what = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), rss: Number(rss), what }];
  });
  const own = new Set([process.pid]);
  for (let before = 0; before < own.size; ) {
    before = own.size;
    for (const { pid, parent } of lines) if (own.has(parent)) own.add(pid);
  }
  const sign = kind === 'chromium' ? '--extension-process' : 'WebExtensions';
  const sizes = lines.filter(({ pid, what }) => own.has(pid) && what.includes(sign)).map(({ rss }) => rss);
  return Math.max(0, ...sizes) * 1024;
}

/** What the extension's databases take on the disk. */
async function sizeOf(profile: string, kind: BrowserKind): Promise<number> {
  const folder =
    kind === 'chromium' ? join(profile, 'Default', 'IndexedDB') : join(profile, 'storage', 'default');
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  }
  return bytes;
}
