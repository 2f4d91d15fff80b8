import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problemLine, readConfiguration } from '../core/configure/read-configuration.ts';
import { type Configuration, NO_CONFIGURATION } from '../core/model/configuration.ts';
import { InputError } from './arguments.ts';

/** The file that is used without being asked for. */
export const CONFIGURATION_FILE = 'aud-it.config.json';

/** More than any configuration: what is larger is none, and is not read. */
const MAX_BYTES = 1_048_576;

export interface ReadConfiguration {
  readonly configuration: Configuration;
  /** Lines for people: which file was used without being asked for, and what in it has expired. */
  readonly notes: readonly string[];
}

/**
 * Reads the configuration: the file that was named, else `aud-it.config.json` in the working directory where there is
 * one. No other folder is looked into: what judges a build should be in sight.
 * @param named null where none was named
 * @param now ms since the epoch
 * @throws InputError where it can't be read or is wrong, with the file, the place, and what was expected
 */
export async function readConfigurationFile(
  named: string | null,
  folder: string,
  now: number,
): Promise<ReadConfiguration> {
  const text = await textOf(named ?? join(folder, CONFIGURATION_FILE), named);
  if (text === null) return { configuration: NO_CONFIGURATION, notes: [] };
  const file = named ?? CONFIGURATION_FILE;
  const reading = readConfiguration(text);
  if ('problems' in reading) {
    const [first, ...more] = reading.problems.map(problemLine);
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw new InputError(`${file}: ${first ?? 'it can’t be read'}${others}`);
  }
  const { configuration } = reading;
  const found = named === null ? [`${file} of this folder is used`] : [];
  return {
    configuration,
    notes: [...found, ...expired(configuration, now).map((line) => `${file}: ${line}`)],
  };
}

/** @returns null where nobody named the file, and there is none */
async function textOf(path: string, named: string | null): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES)
      throw new InputError(`${named ?? CONFIGURATION_FILE}: it is larger than any configuration`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (named === null && code === 'ENOENT') return null;
    throw new InputError(`${named ?? CONFIGURATION_FILE}: ${REASONS[code] ?? String(error)}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder, not a file',
};

function expired({ acceptedByDesign }: Configuration, now: number): readonly string[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return acceptedByDesign.flatMap(({ until }, index) =>
    until < today ? [`acceptedByDesign[${index}] expired on ${until} and counts no more`] : [],
  );
}
