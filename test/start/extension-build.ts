import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { BrowserKind } from '../browsers/panel-driver.ts';
import { Failure, firstLine, plainMessage } from './failure.ts';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the extension for a browser.
 *
 * @returns the folder of the build
 * @throws Failure that names the first error of the build
 */
export async function buildExtension(kind: BrowserKind): Promise<string> {
  const mode = kind === 'firefox' ? 'firefox' : 'chrome';
  try {
    await build({ root: ROOT, mode, logLevel: 'silent' });
  } catch (error) {
    throw new Failure(`The extension does not build (npm run build says more): ${firstError(error)}`);
  }
  return fileURLToPath(new URL(`../../dist/${mode}`, import.meta.url));
}

/** What went wrong first, and where: the bundler throws one error for all, whose first line only counts them. */
export function firstError(error: unknown): string {
  const errors = typeof error === 'object' && error !== null && 'errors' in error ? error.errors : [];
  const first: unknown = Array.isArray(errors) && errors.length > 0 ? errors[0] : error;
  const what = firstLine(first);
  // Below, a drawing of the source begins with its place: `╭─[ src/a.ts:5:11 ]`.
  const place = /\[ (\S+:\d+:\d+) \]/.exec(plainMessage(first))?.[1];
  return place === undefined ? what : `${what}, ${place}`;
}
