import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { InputError } from './arguments.ts';

/** More files than any test run writes. */
const MAX_FILES = 10_000;

/**
 * Expands what the shell did not: patterns in quotation marks, or on Windows. A file of that very name comes first, so
 * that one called `a[1].har` can be named.
 * @returns each file once, those of a pattern in the order of their names
 * @throws InputError where a pattern fits no file, or there are too many
 */
export async function expandFiles(names: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const name of names) {
    for (const file of await expanded(name)) files.add(file);
    if (files.size > MAX_FILES) throw new InputError(`more than ${MAX_FILES} files are given`);
  }
  return [...files];
}

async function expanded(name: string): Promise<readonly string[]> {
  if (!isDynamicPattern(name) || (await exists(name))) return [name];
  // As the shell would write them: absolute where the pattern is.
  const absolute = isAbsolute(name);
  const found = await glob(name, { absolute, onlyFiles: true, expandDirectories: false, dot: true });
  if (found.length === 0) throw new InputError(`${name}: no file fits this pattern`);
  return found.sort();
}

async function exists(name: string): Promise<boolean> {
  try {
    await stat(name);
    return true;
  } catch {
    return false;
  }
}
