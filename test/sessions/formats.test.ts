import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import { assembleReport } from '../../src/core/report/assemble-report.ts';
import { buildReport } from '../../src/core/report/audit-report.ts';
import { FORMATS } from '../../src/core/report/render-report.ts';
import { EXPORT_FORMATS, fileNameOf } from '../../src/sessions/formats.ts';
import { importedSession } from '../../src/sessions/imported-session.ts';
import { AT } from '../fixtures/case.ts';
import { SECRET_SESSION, spellings } from '../fixtures/secret-session.ts';

describe('the export menu', () => {
  it('has each format once', () => {
    expect(new Set(EXPORT_FORMATS.map(({ id }) => id)).size).toBe(EXPORT_FORMATS.length);
    expect(new Set(EXPORT_FORMATS.map(({ extension }) => extension)).size).toBe(EXPORT_FORMATS.length);
  });

  it('has HAR, and all that the command line writes but its text for terminals', () => {
    expect(EXPORT_FORMATS.map(({ id }) => id).sort()).toEqual(
      ['har', ...FORMATS.filter((format) => format !== 'text')].sort(),
    );
  });

  it.each([
    ['Sign-in walk', 'Sign-in walk.har'],
    ['../../etc/passwd', 'etc-passwd.har'],
    ['a\u202egpj.exe', 'a-gpj.exe.har'],
    ['Müller & Söhne: 10/12', 'Müller - Söhne- 10-12.har'],
    ['', 'session.har'],
    ['...', 'session.har'],
    ['x'.repeat(500), `${'x'.repeat(80)}.har`],
  ])('names the file of %j', (name, file) => {
    expect(fileNameOf(name, '.har')).toBe(file);
  });
});

describe('a session from the disk', () => {
  const audit = new Audit();
  for (const one of SECRET_SESSION) audit.observe(one);
  const report = buildReport(audit.reportFacts(), {
    version: '1.2.3',
    session: { name: 'full of secrets', source: 'chrome', steps: [] },
    entryOf: () => null,
  });
  const { session, parts } = importedSession(report, { id: 's', at: AT });
  const kept = assembleReport(
    session,
    parts.map(({ value }) => value),
    0,
  );

  it.each(EXPORT_FORMATS)('as $label tells what was found, and none of its secrets', ({ render }) => {
    const text = render(kept);
    expect(text).toContain('token-in-url');
    for (const [name, secret] of spellings()) expect(text.includes(secret), name).toBe(false);
  });
});
