import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJsonObject, stringMember } from '../core/syntax/json.ts';

/** The package's own version: its file is at the same distance from the source and from the build. */
export function packageVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return stringMember(parseJsonObject(text) ?? {}, 'version') ?? '0';
}
