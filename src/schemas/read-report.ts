import * as v from 'valibot';
import type { AuditReport } from '../core/model/report.ts';
import { t } from '../core/text.ts';
import { reportSchema } from './report.ts';

/**
 * Reads a JSON report: one of this tool's, or what somebody says is one. What it does not define is left out.
 * @returns the report; or, for people, the first thing that is wrong, and where
 */
export function readReport(
  json: string,
): { readonly ok: true; readonly report: AuditReport } | { readonly ok: false; readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, problem: t`it begins like a report of Aud-it, and is no JSON` };
  }
  const result = v.safeParse(reportSchema, value, { abortEarly: true });
  if (result.success) return { ok: true, report: result.output };
  const place = v.getDotPath(result.issues[0]) ?? '';
  return {
    ok: false,
    problem:
      place === 'schemaVersion'
        ? t`it is no report of Aud-it that can be read, perhaps of a newer version: see “${place}”`
        : t`it is no report of Aud-it that can be read: see “${place}”`,
  };
}
