import type { AuditReport } from '../core/model/report.ts';
import { harReport } from '../core/report/har-report.ts';
import { jsonReport } from '../core/report/json-report.ts';

/** A way to hand a session over. */
export interface ExportFormat {
  readonly id: string;
  readonly label: string;
  /** Of the file's name, with its dot. */
  readonly extension: string;
  readonly mediaType: string;
  readonly render: (report: AuditReport) => string;
}

/** The export menu, in its order. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { id: 'json', label: 'JSON', extension: '.json', mediaType: 'application/json', render: jsonReport },
  { id: 'har', label: 'HAR', extension: '.har', mediaType: 'application/json', render: harReport },
];

/** A name that every file system takes: what it would not is left out. */
export function fileNameOf(name: string, extension: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 80);
  return `${plain || 'session'}${extension}`;
}
