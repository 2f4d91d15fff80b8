import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../browsers/find-browser.ts';
import type { BrowserKind } from '../browsers/panel-driver.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where each browser's executable is. */
    browsers: Readonly<Record<BrowserKind, string>>;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds what is tested, and finds (or installs) both browsers: a test never runs against yesterday's build. */
export default async function setup(project: TestProject): Promise<void> {
  for (const mode of ['chrome', 'firefox', 'cli', 'testing'])
    await build({ root: ROOT, mode, logLevel: 'warn' });
  project.provide('browsers', { chromium: await find('chromium'), firefox: await find('firefox') });
}

async function find(kind: BrowserKind): Promise<string> {
  const found = await findBrowser(kind, { install: true });
  if ('missing' in found) throw new Error(found.missing);
  return found.path;
}
