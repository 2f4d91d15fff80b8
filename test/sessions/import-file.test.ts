import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { auditFiles } from '../../src/cli/audit-files.ts';
import { Progress } from '../../src/cli/progress.ts';
import { Audit } from '../../src/core/audit.ts';
import { NO_CONFIGURATION } from '../../src/core/model/configuration.ts';
import type { AuditReport } from '../../src/core/model/report.ts';
import { assembleReport } from '../../src/core/report/assemble-report.ts';
import { buildReport } from '../../src/core/report/audit-report.ts';
import { jsonReport } from '../../src/core/report/json-report.ts';
import { type Imported, importFile } from '../../src/sessions/import-file.ts';
import { importedSession } from '../../src/sessions/imported-session.ts';
import { AT } from '../fixtures/case.ts';
import { harEntry, harFile } from '../fixtures/har.ts';
import { SECRET_SESSION } from '../fixtures/secret-session.ts';

const LAB_FILE = new URL('../fixtures/har/lab-login.har', import.meta.url);
const LAB = readFileSync(LAB_FILE, 'utf8');

function bring(
  file: BlobPart,
  progress: (done: number, total: number) => void = () => {},
): Promise<Imported> {
  return importFile({
    name: 'walk.har',
    file: new Blob([file]),
    version: '1.2.3',
    progress,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    configuration: NO_CONFIGURATION,
    now: AT,
    signal: new AbortController().signal,
  });
}

function unworded(report: AuditReport): string {
  return JSON.stringify(report).replaceAll(/Its issuer's keys are not in the recording[^"]*/g, '');
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
    const { length } = Buffer.from(LAB);
    expect([steps[0], steps.at(-1)]).toEqual([`0/${length}`, `${length}/${length}`]);
  });

  it('is judged as the command line judges it', async () => {
    const name = fileURLToPath(LAB_FILE);
    const keys = { given: null, online: null, now: AT };
    const { facts, entryOf } = await auditFiles([name], keys, new Progress(null, () => AT));
    const session = { name: 'walk.har', source: 'har', steps: [] } as const;
    const expected = buildReport(facts, {
      ...{ version: '1.2.3', session },
      entryOf: (id) => {
        const place = entryOf(id);
        return place === null ? null : { ...place, file: 'walk.har' };
      },
    });
    const imported = await bring(LAB);
    if (!imported.ok) throw new Error(imported.problem);
    // Each says in its own words that it had no other keys.
    expect(JSON.parse(unworded(imported.report))).toEqual(JSON.parse(unworded(expected)));
  });

  it('is read gzipped, and unzipped as one that was never', async () => {
    const [plain, zipped] = [await bring(LAB), await bring(gzipSync(LAB))];
    expect(zipped).toEqual(plain);
  });

  it('that is an archive is refused with what to do', async () => {
    expect(await bring('PK\u0003\u0004')).toEqual({
      ok: false,
      problem: 'it is an archive: unpack it first',
    });
  });

  it.each(['while it is read', 'while it is judged'])(
    'that a person cancels %s leaves nothing',
    async (when) => {
      const filler = harEntry({ url: 'https://api.example/', entry: { comment: 'x'.repeat(100_000) } });
      const cancel = new AbortController();
      const seen: string[] = [];
      const imported = await importFile({
        ...{ name: 'walk.har', file: new Blob([harFile(Array.from({ length: 60 }, () => filler))]) },
        ...{ version: '1', configuration: NO_CONFIGURATION, now: AT, signal: cancel.signal },
        progress: (done, total) => {
          const at = done === total ? 'while it is judged' : done > 0 ? 'while it is read' : '';
          seen.push(at);
          if (at === when) cancel.abort();
        },
        pause: async () => {},
      });
      expect(imported).toEqual({ ok: false, problem: 'cancelled; nothing of it was kept' });
      expect(seen.at(-1)).toBe(when);
    },
  );

  it('whose disk fails keeps what was read until then', async () => {
    const filler = harEntry({ url: 'https://api.example/', entry: { comment: 'x'.repeat(100_000) } });
    const octets = new TextEncoder().encode(harFile(Array.from({ length: 30 }, () => filler)));
    class Failing extends Blob {
      override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
        const [first, second] = [octets.slice(0, 1_000_000), octets.slice(1_000_000, 2_000_000)];
        return new ReadableStream({
          type: 'bytes',
          start(controller) {
            controller.enqueue(first);
            controller.enqueue(second);
          },
          pull: () => Promise.reject(new Error('the disk went away')),
        });
      }
    }
    const file = new Failing([octets]);
    const imported = await importFile({
      ...{ name: 'walk.har', file, version: '1', configuration: NO_CONFIGURATION },
      ...{ now: AT, progress: () => {}, pause: async () => {}, signal: new AbortController().signal },
    });
    expect(imported).toMatchObject({
      ok: true,
      problem: expect.stringMatching(
        /^the disk went away; line \d+, column \d+: it ends.*\(\d+ entries before/,
      ),
    });
  });

  it('is read in small pieces, also where files are no byte streams', async () => {
    const whole = await bring(LAB);
    class Plain extends Blob {
      override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
        return new ReadableStream({ pull: () => Promise.reject(new Error('not asked')) });
      }
    }
    const imported = await importFile({
      ...{ name: 'walk.har', file: new Plain([LAB]), version: '1.2.3', configuration: NO_CONFIGURATION },
      ...{ now: AT, progress: () => {}, pause: async () => {}, signal: new AbortController().signal },
    });
    expect(imported).toEqual(whole);
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

  it('may come from a WebKit that Playwright drove, with the lines of its entries', async () => {
    const [first, ...rest] = report.exchanges;
    const exchanges = [{ ...first, entry: { file: 'a.har', index: 0, line: 7 } }, ...rest];
    const told = { ...report, session: { ...report.session, source: 'webkit' }, exchanges };
    expect(await bring(JSON.stringify(told))).toEqual({ ok: true, report: told, problem: null });
  });

  it('is refused with the place where it is none', async () => {
    const text = jsonReport(report).replace('"kind": "id_token"', '"kind": "a_new_kind"');
    expect(await bring(text)).toMatchObject({ ok: false, problem: expect.stringContaining('tokens.') });
    expect(await bring('{"schemaVersion": "1.0", ')).toMatchObject({ ok: false });
  });
});
