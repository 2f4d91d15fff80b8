import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { BrowserKind } from '../browsers/panel-driver.ts';
import { Failure, firstLine } from './failure.ts';

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

/** The bundler throws one error for all, whose first line only counts them. */
function firstError(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('errors' in error)) return firstLine(error);
  const { errors } = error;
  return firstLine(Array.isArray(errors) && errors.length > 0 ? errors[0] : error);
}
