#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../core/report/printable.ts';
import { parseJsonObject, stringMember } from '../core/syntax/json.ts';
import { KeyFetcher } from '../core/verify/key-fetcher.ts';
import { fetchAnywhere } from './fetch-anywhere.ts';
import { run } from './run.ts';

const { stdin, stdout, stderr, env } = process;

/** The package's own: at the same distance from the source and from the build. */
function version(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return stringMember(parseJsonObject(text) ?? {}, 'version') ?? '0';
}

// Who reads only the beginning ("aud-it … | head") closes the pipe: no reason to complain.
stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  version: version(),
  folder: process.cwd(),
  now: Date.now,
  online: () => new KeyFetcher(fetchAnywhere, Date.now),
  input: stdin,
  out: (text) => stdout.write(text),
  complain: (line) => stderr.write(`${line}\n`),
  // https://no-color.org
  colour: stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  // ECMA-48: to the line's beginning, and erase it.
  progress:
    stderr.isTTY && env['TERM'] !== 'dumb'
      ? (line) => stderr.write(`\r\u001b[K${line === null ? '' : printable(line)}`)
      : null,
});
