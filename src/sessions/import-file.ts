import { Audit } from '../core/audit.ts';
import type { Configuration } from '../core/model/configuration.ts';
import type { HttpExchange } from '../core/model/exchange.ts';
import type { AuditReport, HarPlace } from '../core/model/report.ts';
import { buildReport } from '../core/report/audit-report.ts';
import { t } from '../core/text.ts';
import { type HarProblem, HarReader } from '../observe/har-file.ts';
import { RecordedKeys } from '../observe/recorded-keys.ts';
import { readReport as readJson } from '../schemas/read-report.ts';
import { type OpenedFile, openFile } from './open-file.ts';
import { verifyRecorded } from './verify-recorded.ts';

/** A report larger than this is none that this tool wrote. */
const MAX_REPORT_BYTES = 268_435_456;

/** How many octets are read before the page may draw. */
const AT_ONCE = 2_097_152;

export interface ImportTask {
  readonly name: string;
  readonly file: Blob;
  readonly version: string;
  /** What a person declared, and when that is read: ms since the epoch. */
  readonly configuration: Configuration;
  readonly now: number;
  /** Octets of the file that were read, and all of them. When these are read, it is judged. */
  readonly progress: (done: number, total: number) => void;
  /** Lets the page draw. */
  readonly pause: () => Promise<void>;
  /** Aborted when the person wants no more of it. */
  readonly signal: AbortSignal;
}

/** What came of a file: a report, and what could not be read of it. */
export type Imported =
  | { readonly ok: true; readonly report: AuditReport; readonly problem: string | null }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a file that a person brings: a HAR, or a session that was exported as JSON; also gzipped. A HAR of any size is
 * read piece by piece: only what the audit keeps is held. Of a file that is cancelled nothing is kept: what the rest of it
 * would teach is missing in every verdict. Opens no connection. Never rejects.
 */
export async function importFile(task: ImportTask): Promise<Imported> {
  try {
    const file = await openFile(task.file);
    if (file.form === 'archive') return { ok: false, problem: t`it is an archive: unpack it first` };
    return await (file.form === 'report' ? readReport(task, file) : readHar(task, file));
  } catch (error) {
    return {
      ok: false,
      problem: task.signal.aborted ? t`cancelled; nothing of it was kept` : reasonOf(error),
    };
  }
}

/** Reads all of a file, with progress. @throws what its pieces throw, or `take` does */
async function pour(
  { file: { size }, progress, pause, signal }: ImportTask,
  file: OpenedFile,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  progress(0, size);
  let since = 0;
  for await (const piece of file.pieces) {
    take(piece);
    since += piece.length;
    if (since < AT_ONCE) continue;
    since = 0;
    progress(file.read(), size);
    await pause();
    signal.throwIfAborted();
  }
}

async function readReport(task: ImportTask, file: OpenedFile): Promise<Imported> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  await pour(task, file, (piece) => {
    bytes += piece.length;
    if (bytes > MAX_REPORT_BYTES) {
      const why = t`it is larger than any report`;
      throw new RangeError(why);
    }
    text += decoder.decode(piece, { stream: true });
  });
  text += decoder.decode();
  const read = readJson(text);
  return read.ok ? { ...read, problem: null } : read;
}

async function readHar(task: ImportTask, file: OpenedFile): Promise<Imported> {
  const { name, version, progress, pause, signal } = task;
  const audit = new Audit('later');
  audit.configure(task.configuration, task.now);
  const keys = new RecordedKeys();
  const places = new Map<string, HarPlace>();
  // Bodies that a tool left compressed can't be read here; the command line can.
  const options = { idOf: (index: number) => `0.${index}`, inflate: () => null };
  const reader = new HarReader(options, ({ index, line, exchange }) => {
    keys.note(exchange);
    observe(audit, exchange);
    // Most requests carry nothing: of these, nothing is kept.
    if (audit.record(exchange.id) !== null) places.set(exchange.id, { file: name, index, line });
  });
  const broken = await pour(task, file, (piece) => reader.push(piece)).then(() => null, reasonOf);
  signal.throwIfAborted();
  const { entries, unseen, problem, malformed, note } = reader.end();
  const problems = [
    ...(broken === null ? [] : [broken]),
    ...(problem === null ? [] : [withKept(placed(problem), entries)]),
    ...(malformed === null ? [] : [placed(malformed)]),
    ...(note === null ? [] : [note]),
  ];
  if (problem !== null && entries === 0) return { ok: false, problem: problems.join('; ') };
  for (const { reason, count } of unseen) audit.unseen(reason, count);
  progress(task.file.size, task.file.size);
  await pause();
  signal.throwIfAborted();
  audit.settle();
  await verifyRecorded(audit, keys);
  signal.throwIfAborted();
  const report = buildReport(audit.reportFacts(), {
    version,
    session: { name, source: 'har', steps: [] },
    entryOf: (id) => places.get(id) ?? null,
  });
  return { ok: true, report, problem: problems.length === 0 ? null : problems.join('; ') };
}

function observe(audit: Audit, exchange: HttpExchange): void {
  try {
    audit.observe(exchange);
  } catch {
    // One request that we fail on must not end the reading of all others.
    audit.unseen('internal_error');
  }
}

function withKept(problem: string, entries: number): string {
  if (entries === 0) return problem;
  return entries === 1
    ? t`${problem} (1 entry before it could be read)`
    : t`${problem} (${entries} entries before it could be read)`;
}

function placed({ line, column, text }: HarProblem): string {
  return t`line ${line}, column ${column}: ${text}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
