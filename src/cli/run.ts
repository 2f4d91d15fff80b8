import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AuditReport } from '../core/model/report.ts';
import { buildReport } from '../core/report/audit-report.ts';
import { jsonReport } from '../core/report/json-report.ts';
import { printable } from '../core/report/printable.ts';
import { textReport } from '../core/report/text-report.ts';
import type { KeySource } from '../core/verify/key-source.ts';
import { type Command, InputError, readArguments } from './arguments.ts';
import { auditFiles, type RecordedFile } from './audit-files.ts';
import { readConfigurationFile } from './configuration-file.ts';
import { HELP } from './help.ts';
import { readGivenKeys } from './keys.ts';

/** The world as the command sees it. */
export interface Surroundings {
  readonly version: string;
  /** The folder in which the command was called. */
  readonly folder: string;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly online: () => KeySource;
  readonly out: (text: string) => void;
  /** One line for people. */
  readonly complain: (line: string) => void;
  /** True where `out` is a terminal that shows colours. */
  readonly colour: boolean;
}

/** What was given can't be read: 0 nothing at or above the threshold, 1 findings, 2 the command or its input was wrong. */
export type ExitStatus = 0 | 1 | 2;

/** Files are held in memory as a whole; larger ones are refused. */
const MAX_FILE_BYTES = 268_435_456;
const MAX_KEYS_BYTES = 4_194_304;

/** Runs the command. Never rejects. */
export async function run(argv: readonly string[], world: Surroundings): Promise<ExitStatus> {
  const complain = (line: string) => world.complain(`aud-it: ${printable(line)}`);
  try {
    const command = readArguments(argv);
    switch (command.command) {
      case 'help':
        world.out(HELP);
        return 0;
      case 'version':
        world.out(`${world.version}\n`);
        return 0;
      case 'audit':
        return await audit(command, world, complain);
    }
  } catch (error) {
    complain(error instanceof InputError ? error.message : `it failed: ${String(error)}`);
    return 2;
  }
}

async function audit(
  command: Extract<Command, { command: 'audit' }>,
  world: Surroundings,
  complain: (line: string) => void,
): Promise<ExitStatus> {
  const { jwks } = command;
  const given =
    jwks === null ? null : readGivenKeys(new TextDecoder().decode(await bytesOf(jwks, MAX_KEYS_BYTES)), jwks);
  const { configuration, notes } = await readConfigurationFile(command.config, world.folder, world.now());
  for (const line of notes) complain(line);
  const files: RecordedFile[] = [];
  let isWhole = true;
  const complainOfInput = (line: string) => {
    isWhole = false;
    complain(line);
  };
  for (const name of command.files) {
    try {
      files.push({ name, bytes: await bytesOf(name, MAX_FILE_BYTES) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      complainOfInput(error.message);
    }
  }
  const audited = await auditFiles(
    files,
    { given, online: command.online ? world.online() : null, now: world.now() },
    configuration,
  );
  for (const line of audited.problems) complainOfInput(line);
  for (const line of audited.notes) complain(line);
  // Nothing could be read: there is nothing to report, either.
  if (!audited.isRead) return 2;
  const report = buildReport(audited.audit.reportFacts(), {
    version: world.version,
    session: { name: nameOf(command.files), source: 'har', steps: [] },
    entryOf: audited.entryOf,
  });
  await write(command, report, world);
  return isWhole ? statusOf(report, command.failOn) : 2;
}

/** @throws InputError where it can't be read, or is too large */
async function bytesOf(file: string, limit: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > limit) {
      throw new InputError(
        `${file}: ${mebibytes(size)} MiB, more than the ${mebibytes(limit)} MiB that are read`,
      );
    }
    return await readFile(file);
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`${file}: ${reasonOf(error)}`);
  }
}

async function write(
  { format, output }: Extract<Command, { command: 'audit' }>,
  report: AuditReport,
  world: Surroundings,
): Promise<void> {
  const text =
    format === 'json' ? jsonReport(report) : textReport(report, { colour: output === null && world.colour });
  if (output === null) return world.out(text);
  try {
    await writeFile(output, text);
  } catch (error) {
    throw new InputError(`${output}: ${reasonOf(error)}`);
  }
}

const LEVELS = ['notice', 'warning', 'error'] as const;

/** What is accepted by design, and what could not be told, fails no build. */
function statusOf(
  { findings }: AuditReport,
  failOn: Extract<Command, { command: 'audit' }>['failOn'],
): ExitStatus {
  if (failOn === 'never') return 0;
  const isFound = findings.some(
    ({ outcome, severity, accepted }) =>
      outcome === 'failed' && accepted === undefined && LEVELS.indexOf(severity) >= LEVELS.indexOf(failOn),
  );
  return isFound ? 1 : 0;
}

function nameOf(files: readonly string[]): string {
  const [first = '', ...more] = files;
  return more.length === 0 ? basename(first) : `${basename(first)} and ${more.length} more`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read or written',
  EISDIR: 'it is a folder, not a file',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
