import { ALL_RULES } from '../core/judge/rules/index.ts';
import type { AuditReport } from '../core/model/report.ts';
import { harReport } from '../core/report/har-report.ts';
import { type ReportFormat, renderReport } from '../core/report/render-report.ts';

/** A way to hand a session over. */
export interface ExportFormat {
  readonly id: string;
  readonly label: string;
  /** Of the file's name, with its dot. */
  readonly extension: string;
  readonly mediaType: string;
  readonly render: (report: AuditReport) => string;
}

/** The export menu, in its order: for people first, then for programs. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  of('html', { label: 'HTML', extension: '.html', mediaType: 'text/html;charset=utf-8' }),
  of('markdown', { label: 'Markdown', extension: '.md', mediaType: 'text/markdown;charset=utf-8' }),
  of('csv', { label: 'CSV', extension: '.csv', mediaType: 'text/csv;charset=utf-8' }),
  of('json', { label: 'JSON', extension: '.json', mediaType: 'application/json' }),
  { id: 'har', label: 'HAR', extension: '.har', mediaType: 'application/json', render: harReport },
  of('sarif', { label: 'SARIF', extension: '.sarif', mediaType: 'application/sarif+json' }),
  of('junit', { label: 'JUnit', extension: '.xml', mediaType: 'application/xml' }),
];

/** As the command line writes it, where nothing else is asked for. */
function of(
  id: Exclude<ReportFormat, 'text'>,
  words: Pick<ExportFormat, 'label' | 'extension' | 'mediaType'>,
): ExportFormat {
  const options = { colour: false, rules: ALL_RULES, failOn: 'error' } as const;
  return { id, ...words, render: (report) => renderReport(report, id, options) };
}

/** A name that every file system takes: what it would not is left out. */
export function fileNameOf(name: string, extension: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 80);
  return `${plain || 'session'}${extension}`;
}
