import type { RuleMetadata, Severity } from '../model/finding.ts';
import type { AuditReport } from '../model/report.ts';
import { csvReport } from './csv-report.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import { junitReport } from './junit-report.ts';
import { markdownReport } from './markdown-report.ts';
import { sarifReport } from './sarif-report.ts';
import { textReport } from './text-report.ts';

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'html', 'markdown', 'csv'] as const;

export type ReportFormat = (typeof FORMATS)[number];

/** What a format needs beside the report. */
export interface RenderOptions {
  /** True where it goes to a terminal that shows colours. */
  readonly colour: boolean;
  /** Every rule that was asked. */
  readonly rules: readonly RuleMetadata[];
  /** What counts as a failure. */
  readonly failOn: Severity | 'never';
}

/** Writes a report in a format. Synchronous and pure: every format is made of this one redacted report alone. */
export function renderReport(report: AuditReport, format: ReportFormat, options: RenderOptions): string {
  switch (format) {
    case 'text':
      return textReport(report, options);
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report, options);
    case 'junit':
      return junitReport(report, options);
    case 'html':
      return htmlReport(report);
    case 'markdown':
      return markdownReport(report);
    case 'csv':
      return csvReport(report);
  }
}
