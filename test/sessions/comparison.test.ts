import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import type { AuditReport } from '../../src/core/model/report.ts';
import { buildReport } from '../../src/core/report/audit-report.ts';
import { compareReports } from '../../src/sessions/comparison.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

/** A log-in has its own token each time. */
function token(n: number): string {
  return jwt({ alg: 'none' }, { iss: 'https://login.example', aud: 'https://api.example', n }, '');
}

function reportOf(exchanges: readonly HttpExchange[]): AuditReport {
  const audit = new Audit();
  for (const one of exchanges) audit.observe(one);
  const session = { name: 's', source: 'chrome', steps: [] } as const;
  return buildReport(audit.reportFacts(), { version: '1', session, entryOf: () => null });
}

const call = (url: string, n: number) => exchange({ url, requestHeaders: bearer(token(n)) });

describe('two sessions', () => {
  const before = reportOf([call('https://api.example/fixed', 1), call('https://api.example/still?a=1', 1)]);
  const after = reportOf([
    call('https://api.example/still?b=2', 2),
    call('https://api.example/still', 2),
    call('https://api.example/new', 2),
  ]);
  const failed = compareReports(before, after).findings.filter(
    ({ identity }) => identity.ruleId === 'unsecured-jwt',
  );

  it('tell what is new, fixed and still there, by rule and endpoint, whatever the tokens', () => {
    expect(
      failed.map(({ change, identity, before: was, after: is }) => [change, identity.endpoint, was, is]),
    ).toEqual(
      expect.arrayContaining([
        ['fixed', 'https://api.example/fixed', 1, 0],
        ['still', 'https://api.example/still', 1, 2],
        ['new', 'https://api.example/new', 0, 1],
      ]),
    );
    expect(failed).toHaveLength(3);
  });

  it('differ in nothing from themselves', () => {
    expect(compareReports(after, after).findings.every(({ change }) => change === 'still')).toBe(true);
  });
});
