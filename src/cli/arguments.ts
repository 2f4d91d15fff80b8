import { parseArgs } from 'node:util';
import type { Severity } from '../core/model/finding.ts';
import { FORMATS, type ReportFormat } from '../core/report/render-report.ts';
import { nearest } from './nearest.ts';

export type Format = ReportFormat;

/** What goes to a file or to standard output, and what fails. */
interface Reporting {
  readonly format: Format;
  /** The file to write to; null for standard output. */
  readonly output: string | null;
  readonly failOn: Severity | 'never';
}

/** What `aud-it` was asked for. */
export type Command =
  | { readonly command: 'help'; readonly about: CommandName | null }
  | { readonly command: 'version' }
  | ({
      readonly command: 'audit';
      readonly files: readonly string[];
      readonly jwks: string | null;
      readonly online: boolean;
      /** The configuration's file; null for the one in the working directory, where there is one. */
      readonly config: string | null;
      /** The report, or the traffic, of before. */
      readonly baseline: string | null;
    } & Reporting)
  | ({ readonly command: 'merge'; readonly files: readonly string[] } & Reporting)
  | ({
      readonly command: 'compare';
      readonly before: string;
      readonly after: string;
      readonly jwks: string | null;
      readonly online: boolean;
      /** The configuration's file; null for the one in the working directory, where there is one. */
      readonly config: string | null;
    } & Reporting)
  | { readonly command: 'explain'; readonly rule: string | null };

export const COMMANDS = ['audit', 'merge', 'compare', 'explain'] as const;

export type CommandName = (typeof COMMANDS)[number];

/** What is wrong with the command or its input, in one line for people. Ends the program with status 2. */
export class InputError extends Error {}

const THRESHOLDS = ['error', 'warning', 'notice', 'never'] as const;
const COMPARISON_FORMATS: readonly Format[] = ['text', 'json', 'markdown'];
const REPORTING = ['format', 'output', 'fail-on'] as const;

/** The options of each command, beside `--help`. */
const OPTIONS: Readonly<Record<CommandName, readonly string[]>> = {
  audit: [...REPORTING, 'jwks', 'online', 'config', 'baseline'],
  merge: REPORTING,
  compare: [...REPORTING, 'jwks', 'online', 'config'],
  explain: [],
};

const LONG_OPTIONS = [...new Set([...Object.values(OPTIONS).flat(), 'help', 'version'])].map(
  (name) => `--${name}`,
);

/** @throws InputError for what can't be understood, or can't be done yet */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [name, ...rest] = positionals;
  const command = COMMANDS.find((known) => known === name) ?? null;
  if (name === 'help') return { command: 'help', about: COMMANDS.find((known) => known === rest[0]) ?? null };
  if (values.help === true) return { command: 'help', about: command };
  if (values.version === true) return { command: 'version' };
  if (name === undefined) throw new InputError('no command given: aud-it audit FILE… (see aud-it --help)');
  if (command === null && /[./\\*]/.test(name)) {
    throw new InputError(`"${name}" is no command: aud-it audit ${name} (see aud-it --help)`);
  }
  if (command === null) {
    throw new InputError(`unknown command "${name}"${nearest(name, COMMANDS)} (see aud-it --help)`);
  }
  const foreign = Object.keys(values).find((option) => !OPTIONS[command].includes(option));
  if (foreign !== undefined) {
    throw new InputError(`"${command}" takes no --${foreign} (see aud-it ${command} --help)`);
  }
  const reporting = {
    output: values.output ?? null,
    failOn: thresholdOf(values['fail-on'] ?? 'error'),
  };
  const keys = { jwks: values.jwks ?? null, online: values.online === true, config: values.config ?? null };
  switch (command) {
    case 'audit': {
      if (rest.length === 0) throw new InputError('no file given: aud-it audit FILE…');
      const format = formatOf(values.format ?? 'text', FORMATS);
      return { command, files: rest, ...reporting, ...keys, format, baseline: values.baseline ?? null };
    }
    case 'merge':
      if (rest.length === 0) throw new InputError('no report given: aud-it merge REPORT…');
      return { command, files: rest, ...reporting, format: formatOf(values.format ?? 'json', FORMATS) };
    case 'compare': {
      const [before, after, ...more] = rest;
      if (before === undefined || after === undefined || more.length > 0) {
        throw new InputError('two files are compared: aud-it compare BEFORE AFTER');
      }
      const format = formatOf(values.format ?? 'text', COMPARISON_FORMATS);
      return { command, before, after, ...reporting, ...keys, format };
    }
    case 'explain':
      if (rest.length > 1) throw new InputError('one rule is explained: aud-it explain RULE');
      return { command, rule: rest[0] ?? null };
  }
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
    const unknown = /^Unknown option '(--[^']+)'$/.exec(line)?.[1];
    const meant = unknown === undefined ? '' : nearest(unknown, LONG_OPTIONS);
    throw new InputError(`${line.replace(/\.$/, '')}${meant} (see aud-it --help)`);
  }
}

function formatOf(name: string, formats: readonly Format[]): Format {
  const format = formats.find((known) => known === name);
  if (format !== undefined) return format;
  throw new InputError(`unknown format "${name}": there are ${formats.join(', ')}`);
}

function thresholdOf(name: string): Severity | 'never' {
  const threshold = THRESHOLDS.find((known) => known === name);
  if (threshold !== undefined) return threshold;
  throw new InputError(`--fail-on takes ${THRESHOLDS.join(', ')}, not "${name}"`);
}
