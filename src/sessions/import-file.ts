import * as v from 'valibot';
import { reportSchema } from '../archive/part-schemas.ts';
import { Audit } from '../core/audit.ts';
import type { Configuration } from '../core/model/configuration.ts';
import type { AuditReport, HarPlace } from '../core/model/report.ts';
import { buildReport } from '../core/report/audit-report.ts';
import { verifySignature } from '../core/verify/signature.ts';
import { readHar } from '../observe/har-file.ts';
import { RecordedKeys } from '../observe/recorded-keys.ts';

/** Files are held in memory as a whole; larger ones are for the command line. */
export const MAX_FILE_BYTES = 268_435_456;

/** How many requests are judged before the page may draw. */
const AT_ONCE = 200;

export interface ImportTask {
  readonly name: string;
  readonly text: string;
  readonly version: string;
  /** What a person declared, and when that is read: ms since the epoch. */
  readonly configuration: Configuration;
  readonly now: number;
  readonly progress: (done: number, total: number) => void;
  /** Lets the page draw. */
  readonly pause: () => Promise<void>;
}

/** What came of a file: a report, and what could not be read of it. */
export type Imported =
  | { readonly ok: true; readonly report: AuditReport; readonly problem: string | null }
  | { readonly ok: false; readonly problem: string };

/** Reads a file that a person brings: a HAR, or a session that was exported as JSON. Opens no connection. Never rejects. */
export async function importFile(task: ImportTask): Promise<Imported> {
  const text = task.text.replace(/^\uFEFF/, '');
  const report = readReport(text);
  if (report !== null) return report;
  return readHarFile({ ...task, text });
}

/** @returns null for what is no report */
function readReport(text: string): Imported | null {
  if (!/^\s*\{\s*"schemaVersion"/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = v.safeParse(reportSchema, value);
  if (read.success) return { ok: true, report: read.output, problem: null };
  const [issue] = read.issues;
  const place = v.getDotPath(issue);
  return {
    ok: false,
    problem: `it is no report of Aud-it: ${issue.message}${place === null ? '' : ` at ${place}`}`,
  };
}

async function readHarFile(task: ImportTask): Promise<Imported> {
  const { name, text, version, progress, pause } = task;
  // Bodies that a tool left compressed can't be read here; the command line can.
  const reading = readHar(text, { idOf: (index) => `0.${index}`, inflate: () => null });
  const problems = [reading.problem, reading.malformed].flatMap((one) =>
    one === null ? [] : [`line ${one.line}, column ${one.column}: ${one.text}`],
  );
  if (reading.problem !== null && reading.entries === 0) return { ok: false, problem: problems.join('; ') };
  const audit = new Audit();
  audit.configure(task.configuration, task.now);
  const keys = new RecordedKeys();
  const places = new Map<string, HarPlace>();
  for (const [done, { index, exchange }] of reading.exchanges.entries()) {
    if (done % AT_ONCE === 0) {
      progress(done, reading.exchanges.length);
      await pause();
    }
    places.set(exchange.id, { file: name, index });
    keys.note(exchange);
    try {
      audit.observe(exchange);
    } catch {
      // One request that we fail on must not end the reading of all others.
      audit.unseen('internal_error');
    }
  }
  for (const { reason, count } of reading.unseen) audit.unseen(reason, count);
  await verify(audit, keys);
  const report = buildReport(audit.reportFacts(), {
    version,
    session: { name, source: 'har', steps: [] },
    entryOf: (id) => places.get(id) ?? null,
  });
  return { ok: true, report, problem: problems.length === 0 ? null : problems.join('; ') };
}

const NOT_RECORDED = "Its issuer's keys are not in the recording, and no connection was opened.";

/** Checks signatures with the key sets that the recording itself holds. */
async function verify(audit: Audit, keys: RecordedKeys): Promise<void> {
  for (const { fingerprint, raw, token, issuer } of [...audit.pending()]) {
    const metadata = audit.knowledge.metadata(issuer);
    const keySet = keys.of(metadata);
    const found =
      metadata === null || keySet === null
        ? ({ status: 'unreachable', text: NOT_RECORDED } as const)
        : ({ status: 'found', metadata, keySet } as const);
    audit.setSignature(fingerprint, await verifySignature(raw, token, found));
  }
}
