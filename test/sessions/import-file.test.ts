import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import { NO_CONFIGURATION } from '../../src/core/model/configuration.ts';
import { assembleReport } from '../../src/core/report/assemble-report.ts';
import { buildReport } from '../../src/core/report/audit-report.ts';
import { jsonReport } from '../../src/core/report/json-report.ts';
import { type Imported, importFile } from '../../src/sessions/import-file.ts';
import { importedSession } from '../../src/sessions/imported-session.ts';
import { AT } from '../fixtures/case.ts';
import { harEntry, harFile } from '../fixtures/har.ts';
import { SECRET_SESSION } from '../fixtures/secret-session.ts';

const LAB = readFileSync(new URL('../fixtures/har/lab-login.har', import.meta.url), 'utf8');

function bring(text: string, progress: (done: number, total: number) => void = () => {}): Promise<Imported> {
  return importFile({
    name: 'walk.har',
    text,
    version: '1.2.3',
    progress,
    pause: async () => {},
    configuration: NO_CONFIGURATION,
    now: AT,
  });
}

describe('a HAR that a person brings', () => {
  it('is audited in the page, without a connection, with the keys that it holds', async () => {
    const steps: string[] = [];
    const imported = await bring(LAB, (done, total) => steps.push(`${done}/${total}`));
    if (!imported.ok) throw new Error(imported.problem);
    const { report } = imported;
    expect(imported.problem).toBeNull();
    expect(report.session).toMatchObject({ name: 'walk.har', source: 'har' });
    expect(report.tokens.length).toBeGreaterThan(0);
    expect(report.exchanges.every(({ entry }) => entry?.file === 'walk.har')).toBe(true);
    expect(report.findings.some(({ outcome }) => outcome === 'failed')).toBe(true);
    expect(steps[0]).toMatch(/^0\/\d+$/);
  });

  it('that is broken keeps what stands before, and its place is named', async () => {
    const imported = await bring(LAB.slice(0, LAB.length / 2));
    expect(imported).toMatchObject({
      ok: true,
      problem: expect.stringMatching(/^line \d+, column \d+: it ends/),
    });
  });

  it('that is none at all is refused with a reason', async () => {
    for (const text of ['', 'no JSON', '{"log": {}}', '[]', '{"a": 1}']) {
      expect(await bring(text)).toMatchObject({ ok: false, problem: expect.stringContaining('line') });
    }
  });

  it('with a damaged entry has all others', async () => {
    const imported = await bring(harFile([{ request: 7 }, harEntry({ url: 'https://api.example/' })]));
    expect(imported).toMatchObject({ ok: true, problem: expect.stringContaining('entry 0') });
  });
});

describe('an exported session that a person brings back', () => {
  const audit = new Audit();
  for (const one of SECRET_SESSION) audit.observe(one);
  const report = buildReport(audit.reportFacts(), {
    version: '1.2.3',
    session: { name: 'a session', source: 'firefox', steps: [{ at: new Date(AT).toISOString(), note: 'n' }] },
    entryOf: () => null,
  });

  it('is the same report again', async () => {
    const imported = await bring(jsonReport(report));
    if (!imported.ok) throw new Error(imported.problem);
    expect(imported.report).toEqual(report);
    const { session, parts } = importedSession(imported.report, { id: 's', at: AT });
    const values = parts.map(({ value }) => value);
    expect(assembleReport(session, values, 0)).toEqual({
      ...report,
      session: { ...report.session, name: 'a session' },
    });
    expect(session.kept.errors).toBeGreaterThan(0);
  });

  it('is refused with the place where it is none', async () => {
    const text = jsonReport(report).replace('"kind": "id_token"', '"kind": "a_new_kind"');
    expect(await bring(text)).toMatchObject({ ok: false, problem: expect.stringContaining('tokens.') });
    expect(await bring('{"schemaVersion": "1.0", ')).toMatchObject({ ok: false });
  });
});
