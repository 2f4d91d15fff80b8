import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit.ts';
import type { AuditReport } from '../../../src/core/model/report.ts';
import { buildReport } from '../../../src/core/report/audit-report.ts';
import { harReport } from '../../../src/core/report/har-report.ts';
import { AT } from '../../fixtures/case.ts';
import { readHarText } from '../../fixtures/har.ts';
import { harSchema } from '../../fixtures/har-schema.ts';
import { SECRET_SESSION, spellings } from '../../fixtures/secret-session.ts';

const iso = (at: number): string => new Date(at).toISOString();

function reported(): AuditReport {
  const audit = new Audit();
  for (const one of SECRET_SESSION) audit.observe(one);
  const steps = [
    { at: iso(AT - 2_000), kind: 'step' as const, note: 'Sign in' },
    { at: iso(AT - 1_500), kind: 'note' as const, note: 'It took a while' },
  ];
  return buildReport(audit.reportFacts(), {
    version: '1.2.3',
    session: { name: 'full of secrets', source: 'chrome', steps },
    entryOf: () => null,
  });
}

const report = reported();
const text = harReport(report);

function auditAgain(): { readonly failed: readonly string[]; readonly unseen: readonly string[] } {
  const reading = readHarText(text);
  const audit = new Audit();
  for (const { exchange } of reading.exchanges) audit.observe(exchange);
  const findings = audit.reportFacts().exchanges.flatMap(({ findings: own }) => own);
  return {
    failed: findings.filter(({ outcome }) => outcome === 'failed').map(({ ruleId }) => ruleId),
    unseen: reading.unseen.map(({ reason }) => reason),
  };
}

describe('a session as HAR', () => {
  it('is HAR 1.2 to the letter', () => {
    const read = v.safeParse(harSchema, JSON.parse(text));
    expect(read.issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toBeUndefined();
  });

  it('has every exchange, with its verdict and its tokens by fingerprint in custom fields', () => {
    const { log } = JSON.parse(text);
    expect(log.entries).toHaveLength(report.exchanges.length);
    const entry = log.entries.find(
      ({ _audit }: { _audit: { exchange: string } }) => _audit.exchange === 'everything',
    );
    expect(entry._audit.findings.length).toBeGreaterThan(0);
    expect(entry._audit.tokens[0]).toMatchObject({
      kind: 'id_token',
      fingerprint: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(entry.request.headers).toContainEqual({
      name: 'Authorization',
      value: expect.stringMatching(/^Bearer \[redacted [\w-]{8}\]$/),
    });
    expect(entry.request.headers).toContainEqual({
      name: 'X-Token',
      value: expect.stringMatching(/^\[redacted [\w-]{8}\]$/),
    });
    expect(JSON.stringify(entry.request.headers)).not.toContain('X-Other');
  });

  it('has a fragment, redacted, in a custom field: HAR includes it nowhere else', () => {
    const { log } = JSON.parse(text);
    const fragments = log.entries.flatMap(
      ({ _audit }: { _audit: { fragment?: string } }) => _audit.fragment ?? [],
    );
    expect(fragments).toEqual([expect.stringMatching(/^#access_token=/)]);
  });

  it('has the steps as its pages', () => {
    const { log } = JSON.parse(text);
    expect(log.pages.map(({ title }: { title: string }) => title)).toEqual(['Sign in']);
    expect(log.entries.map(({ pageref }: { pageref?: string }) => pageref)).toEqual([
      undefined,
      ...Array(report.exchanges.length - 1).fill('step_1'),
    ]);
  });

  it('is known for sanitised when it is read again, and its placeholders for no tokens', () => {
    expect(auditAgain().unseen).toContain('har_sanitised');
    expect(auditAgain().failed).toEqual([]);
  });

  it.each([...spellings()])('does not tell %s', (_name, secret) => {
    expect(text).not.toContain(secret);
  });
});
