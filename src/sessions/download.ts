import type { AuditReport } from '../core/model/report.ts';
import { type ExportFormat, fileNameOf } from './formats.ts';

/** Hands a report over as a file. The browser asks where to, or puts it where downloads go. */
export function download(report: AuditReport, format: ExportFormat): void {
  const blob = new Blob([format.render(report)], { type: format.mediaType });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(report.session.name, format.extension);
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
