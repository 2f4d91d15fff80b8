import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { partSchema, sessionSchema } from '../../src/archive/part-schemas.ts';
import { Audit } from '../../src/core/audit.ts';
import { begin } from '../../src/core/record/recording.ts';
import { assembleReport } from '../../src/core/report/assemble-report.ts';
import { buildReport } from '../../src/core/report/audit-report.ts';
import { partsOfReport } from '../../src/core/report/recorded-session.ts';
import { reportSchema } from '../../src/schemas/report.ts';
import { AT } from '../fixtures/case.ts';
import { SECRET_SESSION } from '../fixtures/secret-session.ts';

const audit = new Audit();
for (const one of SECRET_SESSION) audit.observe(one);
const report = buildReport(audit.reportFacts(), {
  version: '1.2.3',
  session: { name: 'a session', source: 'har', steps: [{ at: new Date(AT).toISOString(), note: 'n' }] },
  entryOf: () => ({ file: 'a.har', index: 1 }),
});
const session = begin({
  ...{ id: 's', name: 'n', scope: { of: 'all' }, source: 'chrome', version: '1', at: AT },
});

describe('what was written is read again', () => {
  it('a report', () => {
    expect(v.parse(reportSchema, JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('a session', () => {
    expect(v.parse(sessionSchema, JSON.parse(JSON.stringify(session)))).toEqual(session);
  });

  it('every part, and they make up the report again', () => {
    const parts = partsOfReport(report).map(({ value }) =>
      v.parse(partSchema, JSON.parse(JSON.stringify(value))),
    );
    const again = assembleReport({ ...session, scope: null, exchanges: report.coverage.exchanges }, parts, 0);
    expect(again.exchanges).toEqual(report.exchanges);
    expect(again.findings).toEqual(report.findings);
    expect(again.tokens).toEqual(report.tokens);
    expect(again.clients).toEqual(report.clients);
    expect(again.resources).toEqual(report.resources);
  });
});

describe('whatever a disk or a file gives back', () => {
  it('is refused without a throw, or safe to put together', () => {
    const texts = partsOfReport(report).map(({ value }) => JSON.stringify(value));
    const damaged = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.constantFrom('0', 'null', '"x"', '[]', '{}', '-1e999'))
      .map(([text, at, what]) => {
        const values = [...text.matchAll(/:("(?:[^"\\]|\\.)*"|[\d.]+|null|\[\])/g)];
        const hit = values[at % Math.max(1, values.length)];
        if (hit?.index === undefined) return text;
        return `${text.slice(0, hit.index + 1)}${what}${text.slice(hit.index + hit[0].length)}`;
      });
    fc.assert(
      fc.property(fc.array(damaged, { maxLength: 20 }), (all) => {
        const parts = all.flatMap((text) => {
          const read = v.safeParse(partSchema, JSON.parse(text));
          return read.success ? [read.output] : [];
        });
        const { tokens, findings } = assembleReport(session, parts, all.length - parts.length);
        expect(tokens.length + findings.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused where it is no session of ours', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(v.is(sessionSchema, value)).toBe(false);
        expect(v.is(reportSchema, value)).toBe(false);
      }),
    );
    expect(v.is(sessionSchema, { ...session, schema: 2 })).toBe(false);
    expect(v.is(sessionSchema, { ...session, lastSign: 1e300 })).toBe(false);
  });
});
