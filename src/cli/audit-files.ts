import { Audit, type UnverifiedToken } from '../core/audit.ts';
import type { Configuration } from '../core/model/configuration.ts';
import type { HttpExchange } from '../core/model/exchange.ts';
import type { AuditReport, HarPlace } from '../core/model/report.ts';
import type { ReportFacts } from '../core/report/audit-report.ts';
import type { KeySource } from '../core/verify/key-source.ts';
import { verifySignature } from '../core/verify/signature.ts';
import { type HarProblem, HarReader } from '../observe/har-file.ts';
import { InputError } from './arguments.ts';
import { inflate } from './inflate.ts';
import { FileKeys, type GivenKeys, RecordedKeys } from './keys.ts';
import type { Progress } from './progress.ts';
import { readReportFile } from './read-report-file.ts';
import { reasonOf } from './reason-of.ts';
import { openRecorded, type RecordedFile, STDIN } from './recorded-file.ts';

export interface AuditedFiles {
  /** What a report of them is made of. */
  readonly facts: ReportFacts;
  readonly entryOf: (exchange: string) => HarPlace | null;
  /** Lines for people about files of which not all could be read. */
  readonly problems: readonly string[];
  /** The same about single entries that are none: the rest of their file was read. */
  readonly notes: readonly string[];
  /** True where at least one file was a HAR, whole or in part. */
  readonly isRead: boolean;
  /** What is a report already. */
  readonly reports: readonly AuditReport[];
}

export interface Keys {
  readonly given: GivenKeys | null;
  /** null where no connection may be opened. */
  readonly online: KeySource | null;
  /** ms since the epoch. */
  readonly now: number;
}

/**
 * The audit over files. Everything is observed first, then verified: what later entries teach counts for earlier ones.
 * Files are read one after the other and piece by piece; only what the audit keeps is held. Never rejects.
 */
export async function auditFiles(
  files: readonly string[],
  keys: Keys,
  progress: Progress,
  configuration: Configuration | null = null,
  open: (name: string) => Promise<RecordedFile> = openRecorded,
): Promise<AuditedFiles> {
  const reading = new Reading(progress, open);
  if (configuration !== null) reading.audit.configure(configuration, keys.now);
  for (const [number, name] of files.entries()) await reading.read(name, number);
  progress.done();
  await verify(reading.audit, reading.recorded, keys);
  const facts = reading.audit.settle();
  const { places, problems, notes, isRead, reports } = reading;
  return { facts, entryOf: (exchange) => places.get(exchange) ?? null, problems, notes, isRead, reports };
}

class Reading {
  readonly audit = new Audit('later');
  readonly recorded = new RecordedKeys();
  readonly places = new Map<string, HarPlace>();
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly reports: AuditReport[] = [];
  isRead = false;
  readonly #progress: Progress;
  readonly #open: (name: string) => Promise<RecordedFile>;

  constructor(progress: Progress, open: (name: string) => Promise<RecordedFile>) {
    this.#progress = progress;
    this.#open = open;
  }

  /** @param number names the file's exchanges */
  async read(told: string, number: number): Promise<void> {
    const name = told === STDIN ? 'standard input' : told;
    try {
      const file = await this.#open(told);
      try {
        if (file.form === 'report') this.reports.push(await readReportFile(name, file));
        else await this.#har(name, number, file);
      } finally {
        await file.close();
      }
    } catch (error) {
      this.problems.push(error instanceof InputError ? error.message : `${name}: ${reasonOf(error)}`);
    }
  }

  async #har(name: string, number: number, file: RecordedFile): Promise<void> {
    const { attached } = file;
    const options = { idOf: (index: number) => `${number}.${index}`, inflate, attached };
    const reader = new HarReader(options, ({ index, line, exchange }) => {
      this.#observe(exchange);
      // Most requests carry nothing: of these, nothing is kept.
      if (this.audit.record(exchange.id) === null) return;
      this.places.set(exchange.id, { file: name, index, line });
    });
    const broken = await this.#pour(name, file, reader);
    const { entries, unseen, problem, malformed, note } = reader.end();
    if (broken !== null) this.problems.push(`${name}: ${broken}${kept(entries)}`);
    else if (problem !== null) this.problems.push(`${place(name, problem)}${kept(entries)}`);
    if (malformed !== null) this.notes.push(place(name, malformed));
    if (note !== null) this.notes.push(`${name}: ${note}`);
    this.isRead ||= (problem === null && broken === null) || entries > 0;
    for (const { reason, count } of unseen) this.audit.unseen(reason, count);
  }

  /** @returns why the file could not be read to its end, for people; null where it could */
  async #pour(name: string, file: RecordedFile, reader: HarReader): Promise<string | null> {
    try {
      for await (const piece of file.pieces) {
        reader.push(piece);
        this.#progress.reading(name, file.read(), file.size);
      }
      return null;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === 'Z_BUF_ERROR') return 'it is compressed, and cut off';
      if (code.startsWith('Z_')) return 'it is compressed, and damaged';
      return reasonOf(error);
    }
  }

  #observe(exchange: HttpExchange): void {
    this.recorded.note(exchange);
    try {
      this.audit.observe(exchange);
    } catch {
      // One request that we fail on must not end the reading of all others.
      this.audit.unseen('internal_error');
    }
  }
}

function place(name: string, { line, column, text }: HarProblem): string {
  return `${name}:${line}:${column}: ${text}`;
}

function kept(entries: number): string {
  return entries === 0 ? '' : ` (${entries} ${entries === 1 ? 'entry' : 'entries'} before it could be read)`;
}

/** Checks the signatures of all tokens whose keys are at hand, or may be asked for. */
async function verify(audit: Audit, recorded: RecordedKeys, keys: Keys): Promise<void> {
  const unverified = audit.unverified();
  const sources = new FileKeys(audit, { ...keys, recorded }, unverified);
  const byIssuer = new Map<string, UnverifiedToken[]>();
  for (const one of unverified) {
    const tokens = byIssuer.get(one.issuer) ?? [];
    byIssuer.set(one.issuer, tokens);
    tokens.push(one);
  }
  await Promise.all(
    [...byIssuer.values()].map(async (tokens) => {
      for (const one of tokens) {
        const found = await sources.keysFor(one);
        if (found !== null)
          audit.setSignature(one.fingerprint, await verifySignature(one.raw, one.token, found));
      }
    }),
  );
}
