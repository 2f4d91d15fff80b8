import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkConfiguration, problemLine, readConfiguration } from '../core/configure/read-configuration.ts';
import { type Configuration, NO_CONFIGURATION } from '../core/model/configuration.ts';

/** The file that is used without being asked for, as by the command line. */
const CONFIGURATION_FILE = 'aud-it.config.json';

/**
 * @param told a file's name, or what it would hold; undefined where the test says nothing
 * @param folder where the file is that is used without being asked for, if there is one
 * @throws TypeError where it is wrong, with the place and what was expected; Error where the file can't be read
 */
export function sessionConfiguration(told: string | object | undefined, folder: string): Configuration {
  if (typeof told === 'object') return accepted(checkConfiguration(told), 'config');
  const text =
    told === undefined ? textIfThere(join(folder, CONFIGURATION_FILE)) : readFileSync(told, 'utf8');
  return text === null ? NO_CONFIGURATION : accepted(readConfiguration(text), told ?? CONFIGURATION_FILE);
}

function textIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function accepted(reading: ReturnType<typeof readConfiguration>, name: string): Configuration {
  if ('configuration' in reading) return reading.configuration;
  throw new TypeError(`${name}: ${reading.problems.map(problemLine).join('; ')}`);
}
