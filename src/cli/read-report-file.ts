import type { AuditReport } from '../core/model/report.ts';
import { readReport } from '../schemas/read-report.ts';
import { InputError } from './arguments.ts';
import type { RecordedFile } from './recorded-file.ts';

/** A report larger than this is none that this tool wrote. */
const MAX_REPORT_BYTES = 268_435_456;

/**
 * Reads a file that begins like a report.
 * @param name for people
 * @throws InputError with what is wrong, and where; what its pieces throw
 */
export async function readReportFile(name: string, file: RecordedFile): Promise<AuditReport> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file.pieces) {
    size += piece.length;
    if (size > MAX_REPORT_BYTES) throw new InputError(`${name}: it is larger than any report`);
    pieces.push(Buffer.from(piece));
  }
  const read = readReport(Buffer.concat(pieces).toString('utf8'));
  if (!read.ok) throw new InputError(`${name}: ${read.problem}`);
  return read.report;
}
