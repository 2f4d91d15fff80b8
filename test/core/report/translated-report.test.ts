import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditReport } from '../../../src/core/model/report.ts';
import { compareReports, sinceBaseline } from '../../../src/core/report/compare-reports.ts';
import { identifier, identityHash } from '../../../src/core/report/finding-identity.ts';
import { htmlReport } from '../../../src/core/report/html-report.ts';
import { prose } from '../../../src/core/report/markdown.ts';
import { Redactor } from '../../../src/core/report/redact-text.ts';
import { FORMATS, type ReportFormat } from '../../../src/core/report/render-report.ts';
import { speak } from '../../../src/core/text.ts';
import { messagesOf, translating } from '../../fixtures/catalogue.ts';
import { auditReport } from '../../fixtures/report.ts';
import { sarifErrors } from '../../fixtures/sarif-schema.ts';

const LOCALES = readdirSync(join(import.meta.dirname, '../../../public/_locales'));
const ENGLISH = messagesOf('en');
const GERMAN = messagesOf('de');

/** One session, seen and reported by a program that speaks a language. */
interface Told {
  readonly report: AuditReport;
  readonly as: (format: ReportFormat) => string;
  readonly bugReport: string;
  readonly summary: string;
}

/** Text is made when a module is loaded, too: all of them are loaded anew. */
async function toldIn(locale: string): Promise<Told> {
  vi.resetModules();
  const text = await import('../../../src/core/text.ts');
  text.speak(locale === 'en' ? null : translating(messagesOf(locale)), { tag: locale, direction: 'ltr' });
  const login = await import('../../fixtures/login.ts');
  const { ALL_RULES } = await import('../../../src/core/judge/rules/index.ts');
  const { buildReport } = await import('../../../src/core/report/audit-report.ts');
  const { renderReport } = await import('../../../src/core/report/render-report.ts');
  const bad = login.call(login.ID_TOKEN, `${login.API}/users/12345?access_token=abc`);
  const audit = login.auditOf([
    ...[login.asked(), login.returned(), login.exchanged()],
    ...[login.call(login.ACCESS_TOKEN), bad, login.call(login.ID_TOKEN, `${login.TRACKER}/collect`)],
  ]);
  audit.unseen('log_full');
  const report = buildReport(audit.reportFacts(), {
    version: '1.2.3',
    session: { name: 'a session', source: 'chrome', steps: [] },
    entryOf: (id) => ({ file: 'shop.har', index: id.length }),
  });
  const detail = audit.detail(bad.id);
  return {
    report,
    as: (format) => renderReport(report, format, { colour: false, rules: ALL_RULES, failOn: 'error' }),
    bugReport: detail?.reports[0] ?? '',
    summary: detail?.summary ?? '',
  };
}

let german: Told;
let english: Told;

beforeAll(async () => {
  german = await toldIn('de');
  english = await toldIn('en');
});

afterEach(() => vi.resetModules());

/** Sentences that the catalogue has in German too, as they look in a text, and that this text has in English. */
function leftInEnglish(text: string): readonly string[] {
  const plain = text.replaceAll('\\', '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
  return Object.entries(ENGLISH)
    .filter(([key, message]) => GERMAN[key] !== message && /^\p{Lu}.{20,}[.:]$/u.test(message))
    .map(([, message]) => message)
    .filter((message) => {
      const pieces = message.split(/\$\d/).map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
      return new RegExp(`(?<![\\p{L}])${pieces.join('[^\\n]*')}(?![\\p{L}])`, 'u').test(plain);
    });
}

describe('a report in German', () => {
  it('is HTML that says which language it is in', () => {
    expect(german.as('html')).toContain('<html lang="de">');
    expect(english.as('html')).toContain('<html lang="en">');
  });

  it('is SARIF that says which language it is in', () => {
    expect(sarifErrors(JSON.parse(german.as('sarif')))).toEqual([]);
    expect(JSON.parse(german.as('sarif')).runs[0].language).toBe('de');
    expect(JSON.parse(english.as('sarif')).runs[0]).not.toHaveProperty('language');
  });

  it('reads from right to left where its language does', () => {
    speak(translating({}), { tag: 'ar', direction: 'rtl' });
    expect(htmlReport(auditReport())).toContain('<html lang="ar" dir="rtl">');
    speak(null);
    expect(htmlReport(auditReport())).toContain('<html lang="en">');
  });

  it.each(['html', 'markdown', 'text', 'junit'] as const)('has its values in place: %s', (format) => {
    const text = german.as(format).replaceAll('\\', '');
    expect(text).toContain('https://api.shop.example/users/***');
    expect(text).toContain('shop.har, Eintrag ');
    expect(leftInEnglish(german.as(format))).toEqual([]);
  });

  it('counts in German', () => {
    expect(german.as('html')).toMatch(/<p class="verdict">2 Fehler; \d+ Punkte bleiben unklar\.<\/p>/);
    expect(german.as('html')).toContain('6 Anfragen, 3 mit einem Token, 3 Tokens');
    expect(german.as('markdown')).toContain('- nicht gesehen: 1 × das Log war voll');
    expect(german.as('markdown')).toContain('| Token | Aussteller | Client | Audience | Scope |');
  });

  it('is a bug report', () => {
    expect(german.bugReport).toContain(
      '- **Anfrage:** `GET https://api.shop.example/users/***?access_token=…`\n',
    );
    expect(german.bugReport).toContain('- **Signatur:** nicht prüfbar\n');
    expect(german.bugReport).toContain('### Abhilfe');
    expect(leftInEnglish(german.bugReport)).toEqual([]);
  });

  it('holds no token and no person either', () => {
    for (const text of [...FORMATS.map(german.as), german.bugReport])
      expect(text).not.toMatch(/eyJ|ada@|\bada\b/);
  });
});

describe('what programs read', () => {
  /** Without what is said to people. */
  function withoutWords(report: AuditReport): unknown {
    return {
      ...report,
      tokens: report.tokens.map(({ evidence, checks, signature, ...token }) => ({
        ...token,
        evidence: evidence.map(({ text: _, ...one }) => one),
        checks: checks.map(({ text: _, ...one }) => one),
        signature: { ...signature, text: null },
      })),
      findings: report.findings.map(
        ({ title, what, why, fix, fixFor, evidence, references, ...finding }) => ({
          ...finding,
          evidence: evidence.length,
          references: references.map(({ url }) => url),
        }),
      ),
    };
  }

  it('is the same in every language: the JSON report', () => {
    expect(withoutWords(german.report)).toEqual(withoutWords(english.report));
    expect(german.report).not.toEqual(english.report);
  });

  it('is the same in every language: what a finding is known by', () => {
    const hashes = ({ report }: Told) =>
      report.findings.map((finding) => identityHash(identifier(report)(finding)));
    expect(hashes(german)).toEqual(hashes(english));
    expect(sinceBaseline(german.report, english.report).findings).toEqual([]);
    const changes = compareReports(english.report, german.report).findings.map(({ change }) => change);
    expect(new Set(changes)).toEqual(new Set(['still']));
  });

  it('is the same in every language: fingerprints, levels and places in SARIF', () => {
    const results = ({ as }: Told) =>
      JSON.parse(as('sarif')).runs[0].results.map(
        ({ ruleId, kind, level, partialFingerprints, locations }: Record<string, unknown>) => ({
          ...{ ruleId, kind, level, partialFingerprints, locations },
        }),
      );
    expect(results(german)).toEqual(results(english));
  });

  it('is the same in every language: suites, tests and their names in JUnit', () => {
    const names = ({ as }: Told) => as('junit').match(/<test(?:suites|suite|case) [^>]*>/g);
    expect(names(german)).toEqual(names(english));
  });

  it('is the same in every language: the columns and ids in CSV', () => {
    const [head] = german.as('csv').split('\r\n');
    expect(head).toBe(english.as('csv').split('\r\n')[0]);
    expect(german.as('csv')).toContain('"failed","error","id-token-as-bearer"');
  });
});

describe.each(LOCALES)('each message of “%s”', (locale) => {
  const messages = Object.entries(messagesOf(locale)).map(([key, message]) => ({
    english: ENGLISH[key] ?? '',
    message: filled(message),
  }));

  /** With a short word in each gap. */
  function filled(message: string): string {
    return message.replace(/\$\d/g, 'x').replaceAll('$$', '$');
  }

  /** In straight quotation marks: where whoever redacts looks for what a token or a request said. */
  function quotedIn(message: string): readonly string[] {
    return message
      .split('"')
      .filter((_, index) => index % 2 === 1)
      .sort();
  }

  it('quotes what the English one quotes, in the same marks', () => {
    const wrong = Object.entries(messagesOf(locale)).filter(
      ([key, message]) => `${quotedIn(message)}` !== `${quotedIn(ENGLISH[key] ?? '')}`,
    );
    expect(wrong).toEqual([]);
  });

  it('loses no word of its own where it is redacted', () => {
    const redactor = new Redactor(new Set(), []);
    const lost = messages.filter(
      ({ message }) => redactor.text(message).includes('…') && !message.includes('…'),
    );
    expect(lost).toEqual([]);
  });

  it('has no more code than the English one where it is Markdown', () => {
    const codeIn = (text: string) => prose(text).match(/`[^`]*`/g) ?? [];
    const wrong = messages.filter(({ english: said, message }) =>
      codeIn(message).some((code) => !prose(filled(said)).includes(code.replace(/[.,;:]?`$/, ''))),
    );
    expect(wrong).toEqual([]);
  });
});
