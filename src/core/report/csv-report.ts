import type { AuditReport } from '../model/report.ts';
import { exchangesOf } from './group-findings.ts';
import { printable } from './printable.ts';

/** What a spreadsheet would take for a formula, or move into the next cell, also in the wide forms of East Asian text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠|%]/;

/**
 * Writes the findings for spreadsheets: RFC 4180, one line each, with a header line. What would start a formula gets an
 * apostrophe before it, as spreadsheets themselves write it
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvReport(report: AuditReport): string {
  const exchanges = exchangesOf(report);
  const tokens = new Map(report.tokens.map((token) => [token.fingerprint, token]));
  const rows = report.findings.map((finding) => {
    const exchange = exchanges.get(finding.exchange);
    const token = finding.token === null ? undefined : tokens.get(finding.token);
    return [
      ...[finding.outcome, finding.severity, finding.ruleId, finding.title],
      ...[exchange?.at, exchange?.method, exchange?.url, exchange?.role, exchange?.status?.toString()],
      ...[exchange?.entry?.file, exchange?.entry?.index.toString()],
      ...[token?.kind, token?.issuer, token?.clientId, token?.audience.join(' '), token?.signature.status],
      ...[finding.what, finding.why, finding.fix, finding.accepted?.reason, finding.accepted?.until],
    ];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

const COLUMNS: readonly string[] = [
  ...['outcome', 'severity', 'rule', 'title'],
  ...['at', 'method', 'url', 'role', 'status', 'file', 'entry'],
  ...['token', 'issuer', 'client', 'audience', 'signature'],
  ...['what', 'why', 'fix', 'accepted', 'accepted_until'],
];

function field(value: string | null | undefined): string {
  const text = FORMULA.test(value ?? '') ? `'${value}` : (value ?? '');
  return `"${printable(text).replaceAll('"', '""')}"`;
}
