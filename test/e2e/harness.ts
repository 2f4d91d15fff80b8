import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { launch } from '../browsers/launch.ts';
import type { AuditedBrowser, BrowserKind, LaunchOptions, PanelDriver } from '../browsers/panel-driver.ts';
import type { Habit } from '../lab/habits.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { SHOWN_ROWS, type ShownRow } from '../lab/walk.ts';

/** What every end-to-end test has: one browser with the extension, and a lab. Both are there once the tests run. */
export interface World {
  readonly kind: BrowserKind;
  readonly browser: AuditedBrowser;
  readonly lab: Lab;
}

const KINDS: readonly BrowserKind[] = ['chromium', 'firefox'];

/** Describes a behaviour once and tries it in the real DevTools of both browsers, each with a fresh profile and lab. */
export function describeInBrowsers(
  behaviour: string,
  tests: (world: () => World) => void,
  options: Partial<LaunchOptions> = {},
): void {
  describe.each(KINDS)(`${behaviour} (%s)`, (kind) => {
    let world: World | null = null;
    beforeAll(async () => {
      const lab = await startLab();
      const browser = await launch(kind, {
        extension: dist(kind),
        headless: true,
        // Whatever the machine speaks.
        language: 'en-US',
        executablePath: inject('browsers')[kind],
        ...options,
      });
      world = { kind, browser, lab };
    });
    afterAll(async () => {
      await world?.browser.close();
      await world?.lab.close();
    });
    tests(() => {
      if (world === null) throw new Error('The browser did not start.');
      return world;
    });
  });
}

/** The folder of the build for a browser. */
export function dist(kind: BrowserKind): string {
  return fileURLToPath(new URL(`../../dist/${kind === 'firefox' ? 'firefox' : 'chrome'}`, import.meta.url));
}

/** Shows all requests with tokens, or the problems only. */
export function show(panel: PanelDriver, filter: 'all' | 'problems'): Promise<void> {
  return panel.click(`[data-filter="${filter}"]`);
}

export function rowsOf(panel: PanelDriver): Promise<readonly ShownRow[]> {
  return panel.evaluate<readonly ShownRow[]>(SHOWN_ROWS);
}

/** The selector of the row of a habit's request. */
export function rowOf(lab: Lab, habit: Pick<Habit, 'request'>): string {
  const { host, path } = habit.request;
  return `[data-exchange][data-host="${new URL(lab.origins[host]).host}"][data-path="${path}"]`;
}

/** Source of an expression that is true once an element of the panel is there. */
export function isThere(selector: string): string {
  return `document.querySelector(${JSON.stringify(selector)}) !== null`;
}

/** Chooses an option of one of the toolbar's selects. */
export function choose(panel: PanelDriver, choice: string, value: string): Promise<void> {
  return panel.evaluate(`(() => {
    const select = document.querySelector('[data-choice="${choice}"]');
    select.value = ${JSON.stringify(value)};
    select.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
}

/** Source of an expression that is true while the list has so many lines. */
export function hasLines(count: number): string {
  return `Number(document.querySelector('[role$="grid"]').dataset.total) === ${count}`;
}

/** A place for a picture of the panel: beside the builds, or where the README has its own (see CONTRIBUTING.md). */
export async function pictureFile(name: string): Promise<string> {
  const place = process.env['PICTURES'] === 'update' ? './pictures/' : '../../dist/pictures/';
  const folder = fileURLToPath(new URL(place, import.meta.url));
  await mkdir(folder, { recursive: true });
  return `${folder}${name}.png`;
}
