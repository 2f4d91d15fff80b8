import { parseArgs } from 'node:util';
import type { Severity } from '../core/model/finding.ts';

export type Format = 'text' | 'json';

/** What `aud-it` was asked for. */
export type Command =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | {
      readonly command: 'audit';
      readonly files: readonly string[];
      readonly format: Format;
      /** The file to write to; null for standard output. */
      readonly output: string | null;
      readonly jwks: string | null;
      readonly online: boolean;
      /** The configuration's file; null for the one in the working directory, where there is one. */
      readonly config: string | null;
      readonly failOn: Severity | 'never';
    };

/** What is wrong with the command or its input, in one line for people. Ends the program with status 2. */
export class InputError extends Error {}

const FORMATS: readonly Format[] = ['text', 'json'];
const FORMATS_TO_COME: readonly string[] = ['sarif', 'junit', 'html', 'markdown', 'csv'];
const THRESHOLDS = ['error', 'warning', 'notice', 'never'] as const;
const COMMANDS_TO_COME: readonly string[] = ['merge', 'explain', 'compare'];

/** @throws InputError for what can't be understood, or can't be done yet */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help === true) return { command: 'help' };
  if (values.version === true) return { command: 'version' };
  const [command, ...files] = positionals;
  if (command === 'help') return { command: 'help' };
  if (command === undefined) throw new InputError('no command given: aud-it audit FILE… (see aud-it --help)');
  if (COMMANDS_TO_COME.includes(command)) throw new InputError(`"${command}" is not available yet`);
  if (command !== 'audit') throw new InputError(`unknown command "${command}" (see aud-it --help)`);
  for (const option of ['baseline'] as const) {
    if (values[option] !== undefined) throw new InputError(`--${option} is not available yet`);
  }
  if (files.length === 0) throw new InputError('no file given: aud-it audit FILE…');
  return {
    command,
    files,
    format: formatOf(values.format ?? 'text'),
    output: values.output ?? null,
    jwks: values.jwks ?? null,
    online: values.online === true,
    config: values.config ?? null,
    failOn: thresholdOf(values['fail-on'] ?? 'error'),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        output: { type: 'string', short: 'o' },
        jwks: { type: 'string' },
        online: { type: 'boolean' },
        config: { type: 'string' },
        baseline: { type: 'string' },
        'fail-on': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split(/\.? To specify|\n/);
    throw new InputError(`${line.replace(/\.$/, '')} (see aud-it --help)`);
  }
}

function formatOf(name: string): Format {
  const format = FORMATS.find((known) => known === name);
  if (format !== undefined) return format;
  throw new InputError(
    FORMATS_TO_COME.includes(name)
      ? `--format ${name} is not available yet: there are ${FORMATS.join(' and ')}`
      : `unknown format "${name}": there are ${FORMATS.join(' and ')}`,
  );
}

function thresholdOf(name: string): Severity | 'never' {
  const threshold = THRESHOLDS.find((known) => known === name);
  if (threshold !== undefined) return threshold;
  throw new InputError(`--fail-on takes ${THRESHOLDS.join(', ')}, not "${name}"`);
}
