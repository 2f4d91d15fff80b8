import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file so that it is complete or as it was, whatever happens meanwhile: beside it first, then in its place. What
 * is no regular file (a terminal, a pipe) is written to.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const known = await kindOf(path);
  if (known === 'other') return writeFile(path, text);
  const target = known === 'file' ? await realpath(path) : path;
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function kindOf(path: string): Promise<'none' | 'file' | 'other'> {
  try {
    return (await stat(path)).isFile() ? 'file' : 'other';
  } catch {
    return 'none';
  }
}
