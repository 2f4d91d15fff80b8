import { describe, expect, it } from 'vitest';
import type { AuditReport, ReportFinding } from '../../../src/core/model/report.ts';
import { jsonReport } from '../../../src/core/report/json-report.ts';
import { printable } from '../../../src/core/report/printable.ts';
import { textReport } from '../../../src/core/report/text-report.ts';

function finding(told: Partial<ReportFinding> = {}): ReportFinding {
  return {
    ...{ ruleId: 'id-token-as-bearer', outcome: 'failed', severity: 'error', exchange: '0.1', token: 'f' },
    ...{ title: 'The title', what: 'What happened.', why: 'Why it matters.', fix: 'What to do.' },
    ...{
      evidence: [],
      references: [{ title: 'RFC 9068 §4', url: 'https://www.rfc-editor.org/rfc/rfc9068' }],
    },
    ...told,
  };
}

function report(findings: readonly ReportFinding[], told: Partial<AuditReport> = {}): AuditReport {
  const exchange = (id: string, url: string, index: number): AuditReport['exchanges'][number] => ({
    ...{ id, url, entry: { file: 'a.har', index }, at: '2026-01-01T00:00:00.000Z', method: 'GET' },
    ...{ initiator: null, role: 'protected_resource', status: 200, sightings: [] },
  });
  return {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version: '1.2.3' },
    session: {
      name: 'a.har',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      source: 'har',
      steps: [],
    },
    coverage: { exchanges: 3, withToken: 2, unseen: [] },
    ...{ clients: [], resources: [], tokens: [], findings },
    exchanges: [
      exchange('0.1', 'https://api.example/a?x=…', 1),
      exchange('0.2', 'https://api.example/longer', 2),
    ],
    ...told,
  };
}

const text = (told: AuditReport): string => textReport(told, { colour: false });

describe('the report as text', () => {
  it('lists the requests of a rule in columns, and says each thing once', () => {
    expect(text(report([finding(), finding({ exchange: '0.2' })]))).toBe(
      `Aud-it 1.2.3: a.har
3 requests, 2 with a token, recorded 2026-01-01T00:00:00.000Z

ERROR  The title  id-token-as-bearer
  GET  https://api.example/a       a.har entry 1
    What happened.
  GET  https://api.example/longer  a.har entry 2
  Why  Why it matters.
  Fix  What to do.
  See  RFC 9068 §4: https://www.rfc-editor.org/rfc/rfc9068

2 errors.
`,
    );
  });

  it('has the worst first, whatever came first', () => {
    const told = text(report([finding({ severity: 'notice' }), finding({ severity: 'warning' }), finding()]));
    expect(told.match(/^(?:ERROR|WARNING|NOTICE)/gm)).toEqual(['ERROR', 'WARNING', 'NOTICE']);
    expect(told).toMatch(/1 error, 1 warning, 1 notice\.\n$/);
  });

  it('what could not be told is said once for all requests with the same reason', () => {
    const untold = finding({ outcome: 'cantTell', severity: 'notice', what: 'The evidence is weak.' });
    const told = text(report([untold, { ...untold, exchange: '0.2' }]));
    expect(told).toContain('id-token-as-bearer: The evidence is weak. (https://api.example/a and 1 more)');
    expect(told).toMatch(/No problem was found; 2 things could not be told\.\n$/);
  });

  it('what was not seen is counted', () => {
    const coverage = {
      exchanges: 12,
      withToken: 0,
      unseen: [{ reason: 'har_sanitised', count: 12 }] as const,
    };
    const told = text(report([], { coverage }));
    expect(told).toMatch(/Not seen\n {2}12 {2}HAR was sanitised/);
    expect(told).toMatch(/No token was seen\.\n$/);
  });

  it('a thousand requests with one problem are not a thousand lines', () => {
    const told = text(report(Array.from({ length: 1000 }, () => finding())));
    expect(told.split('\n').length).toBeLessThan(60);
    expect(told).toContain('and 980 more');
  });
});

describe('what a terminal would obey is only shown', () => {
  const HOSTILE = 'a\u001b[2J\u0007\u009b31m\u202eb\u2066\u200f\r\nc\u00ad';

  it.each(['title', 'what', 'why', 'fix', 'ruleId'] as const)('in %s', (field) => {
    const told = text(report([finding({ [field]: HOSTILE })]));
    expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(told).toContain('\\u001b[2J');
  });

  it('in names of files, sessions, methods and URLs', () => {
    const [first] = report([]).exchanges;
    if (first === undefined) throw new Error('no exchange');
    const exchanges = [{ ...first, method: HOSTILE, url: HOSTILE, entry: { file: HOSTILE, index: 1 } }];
    const session = { ...report([]).session, name: HOSTILE };
    expect(text(report([finding()], { exchanges, session }))).not.toContain('\u001b');
  });

  it('and means the same in JSON', () => {
    const told = report([finding({ what: HOSTILE })]);
    const json = jsonReport(told);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(json)).toEqual(told);
  });

  it('letters of any script stay as they are', () => {
    expect(printable('Grüße, 日本語, مرحبا, 🔑')).toBe('Grüße, 日本語, مرحبا, 🔑');
  });
});
