import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ALL_RULES } from '../core/judge/rules/index.ts';
import type { Severity } from '../core/model/finding.ts';
import type { AuditReport, ReportFinding } from '../core/model/report.ts';
import { buildReport } from '../core/report/audit-report.ts';
import { type Comparison, compareReports, sinceBaseline } from '../core/report/compare-reports.ts';
import { comparisonJson, comparisonMarkdown, comparisonText } from '../core/report/comparison-report.ts';
import { mergeReports } from '../core/report/merge-reports.ts';
import { printable } from '../core/report/printable.ts';
import { renderReport } from '../core/report/render-report.ts';
import type { KeySource } from '../core/verify/key-source.ts';
import { type Command, InputError, readArguments } from './arguments.ts';
import { auditFiles } from './audit-files.ts';
import { readConfigurationFile } from './configuration-file.ts';
import { expandFiles } from './expand-files.ts';
import { explain } from './explain.ts';
import { COMMAND_HELP, HELP } from './help.ts';
import { readGivenKeys } from './keys.ts';
import { Progress } from './progress.ts';
import { readReportFile } from './read-report-file.ts';
import { reasonOf } from './reason-of.ts';
import { openRecorded, STDIN } from './recorded-file.ts';
import { writeWhole } from './write-file.ts';

/** The world as the command sees it. */
export interface Surroundings {
  readonly version: string;
  /** The folder in which the command was called. */
  readonly folder: string;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly online: () => KeySource;
  /** Standard input, for who gives `-` as a file. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly out: (text: string) => void;
  /** One line for people. */
  readonly complain: (line: string) => void;
  /** True where `out` is a terminal that shows colours. */
  readonly colour: boolean;
  /** Writes a line over the one before, or takes it away; null where no person looks. */
  readonly progress: ((line: string | null) => void) | null;
}

/** What was given can't be read: 0 nothing at or above the threshold, 1 findings, 2 the command or its input was wrong. */
export type ExitStatus = 0 | 1 | 2;

const MAX_KEYS_BYTES = 4_194_304;

/** Runs the command. Never rejects. */
export async function run(argv: readonly string[], world: Surroundings): Promise<ExitStatus> {
  const said = new Set<string>();
  const complain = (line: string) => {
    // A command that reads two sets of files would say the same of their configuration twice.
    if (!said.has(line)) world.complain(`aud-it: ${printable(line)}`);
    said.add(line);
  };
  try {
    const command = readArguments(argv);
    switch (command.command) {
      case 'help':
        world.out(command.about === null ? HELP : COMMAND_HELP[command.about]);
        return 0;
      case 'version':
        world.out(`${world.version}\n`);
        return 0;
      case 'explain':
        world.out(explain(command.rule, ALL_RULES));
        return 0;
      case 'audit':
        return await audit(command, world, complain);
      case 'merge':
        return await merge(command, world, complain);
      case 'compare':
        return await compare(command, world, complain);
    }
  } catch (error) {
    complain(error instanceof InputError ? error.message : `it failed: ${String(error)}`);
    return 2;
  }
}

type Complain = (line: string) => void;

async function audit(
  command: Extract<Command, { command: 'audit' }>,
  world: Surroundings,
  complain: Complain,
): Promise<ExitStatus> {
  const { baseline } = command;
  const before = baseline === null ? null : await reportOf([baseline], command, world, complain);
  // What is missing in a baseline would seem new.
  if (before !== null && (before.report === null || !before.isWhole)) return 2;
  const files = await expandFiles(command.files);
  const { report: whole, isWhole } = await reportOf(files, command, world, complain);
  // Nothing could be read: there is nothing to report, either.
  if (whole === null) return 2;
  const report = before?.report == null ? whole : sinceBaseline(whole, before.report);
  await write(command, world, (colour) =>
    renderReport(report, command.format, { colour, rules: ALL_RULES, failOn: command.failOn }),
  );
  return isWhole ? statusOf(report.findings, command.failOn) : 2;
}

async function merge(
  command: Extract<Command, { command: 'merge' }>,
  world: Surroundings,
  complain: Complain,
): Promise<ExitStatus> {
  const { reports, problems } = await readReports(await expandFiles(command.files), world.input);
  for (const line of problems) complain(line);
  const [first, ...more] = reports;
  if (first === undefined) return 2;
  const report = mergeReports([first, ...more], world.version);
  await write(command, world, (colour) =>
    renderReport(report, command.format, { colour, rules: ALL_RULES, failOn: command.failOn }),
  );
  return problems.length === 0 ? statusOf(report.findings, command.failOn) : 2;
}

async function compare(
  command: Extract<Command, { command: 'compare' }>,
  world: Surroundings,
  complain: Complain,
): Promise<ExitStatus> {
  const before = await reportOf([command.before], command, world, complain);
  const after = await reportOf([command.after], command, world, complain);
  if (before.report === null || after.report === null) return 2;
  const comparison = compareReports(before.report, after.report);
  await write(command, world, (colour) => renderComparison(comparison, command.format, colour));
  if (!before.isWhole || !after.isWhole) return 2;
  return statusOf(sinceBaseline(after.report, before.report).findings, command.failOn);
}

/** Nothing is audited here: what is no report is said to be none. */
async function readReports(
  files: readonly string[],
  input: Surroundings['input'],
): Promise<{ readonly reports: readonly AuditReport[]; readonly problems: readonly string[] }> {
  const reports: AuditReport[] = [];
  const problems: string[] = [];
  for (const name of files) {
    try {
      const file = await openRecorded(name, input);
      try {
        if (file.form === 'report') reports.push(await readReportFile(name, file));
        else problems.push(`${name}: it is no report of Aud-it: audit it first (aud-it audit)`);
      } finally {
        await file.close();
      }
    } catch (error) {
      problems.push(error instanceof InputError ? error.message : `${name}: ${reasonOf(error)}`);
    }
  }
  return { reports, problems };
}

function renderComparison(
  comparison: Comparison,
  format: Extract<Command, { command: 'compare' }>['format'],
  colour: boolean,
): string {
  if (format === 'json') return comparisonJson(comparison);
  return format === 'markdown' ? comparisonMarkdown(comparison) : comparisonText(comparison, { colour });
}

interface KeyOptions {
  readonly jwks: string | null;
  readonly online: boolean;
  /** null for the one in the working directory; */
  readonly config: string | null;
}

interface Reported {
  /** null where nothing could be read. */
  readonly report: AuditReport | null;
  readonly isWhole: boolean;
}

/** Audits what is traffic, reads what is a report, and joins them. What is wrong with a file is said at once. */
async function reportOf(
  files: readonly string[],
  { jwks, online, config }: KeyOptions,
  world: Surroundings,
  complain: Complain,
): Promise<Reported> {
  const given =
    jwks === null ? null : readGivenKeys(new TextDecoder().decode(await bytesOf(jwks, MAX_KEYS_BYTES)), jwks);
  const { configuration, notes } = await readConfigurationFile(config, world.folder, world.now());
  for (const line of notes) complain(line);
  const keys = { given, online: online ? world.online() : null, now: world.now() };
  const audited = await auditFiles(
    ...([files, keys, new Progress(world.progress, world.now), configuration] as const),
    (name) => openRecorded(name, world.input),
  );
  for (const line of audited.problems) complain(line);
  for (const line of audited.notes) complain(line);
  const own = audited.isRead
    ? [
        buildReport(audited.facts, {
          version: world.version,
          session: { name: nameOf(files), source: 'har', steps: [] },
          entryOf: audited.entryOf,
        }),
      ]
    : [];
  const [first, ...more] = [...own, ...audited.reports];
  return {
    report: first === undefined ? null : mergeReports([first, ...more], world.version),
    isWhole: audited.problems.length === 0,
  };
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

/** @param render makes the text, with colours or without */
async function write(
  { output }: { readonly output: string | null },
  world: Surroundings,
  render: (colour: boolean) => string,
): Promise<void> {
  if (output === null) return world.out(render(world.colour));
  try {
    await writeWhole(output, render(false));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new InputError(`${output}: ${isMissing ? 'there is no such folder' : reasonOf(error)}`);
  }
}

const LEVELS = ['notice', 'warning', 'error'] as const;

/** What is accepted by design, and what could not be told, fails no build. */
function statusOf(findings: readonly ReportFinding[], failOn: Severity | 'never'): ExitStatus {
  if (failOn === 'never') return 0;
  const isFound = findings.some(
    ({ outcome, severity, accepted }) =>
      outcome === 'failed' && accepted === undefined && LEVELS.indexOf(severity) >= LEVELS.indexOf(failOn),
  );
  return isFound ? 1 : 0;
}

function nameOf([first = '', ...more]: readonly string[]): string {
  const name = first === STDIN ? 'standard input' : basename(first);
  return more.length === 0 ? name : `${name} and ${more.length} more`;
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
