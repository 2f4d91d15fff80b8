import type { AuditReport } from '../model/report.ts';
import { printableJson } from './printable.ts';

/** Writes a report for programs: JSON (RFC 8259) that a terminal only shows. */
export function jsonReport(report: AuditReport): string {
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}
