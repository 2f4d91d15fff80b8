import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { PanelDriver } from '../browsers/panel-driver.ts';
import { ROOT } from './extension-build.ts';
import { scrollToStart } from './panel-rows.ts';

/**
 * Takes a picture of the panel with the details of one request open, a request in which a rule failed.
 *
 * @param choose selectors of the row to open, best first; where none is in the list, the picture has no details
 * @returns the picture's path, from where the command was given
 */
export async function takePicture(
  panel: PanelDriver,
  name: string,
  choose: readonly string[],
): Promise<string> {
  await scrollToStart(panel);
  const found = await panel.evaluate<string | null>(
    `${JSON.stringify(choose)}.find((selector) => document.querySelector(selector)) ?? null`,
  );
  if (found !== null) {
    await panel.click(found);
    await panel.waitFor(`document.querySelector('[data-rule]') !== null`);
  }
  const folder = join(ROOT, 'dist', 'pictures');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  await panel.screenshot(file);
  return relative(process.cwd(), file);
}
