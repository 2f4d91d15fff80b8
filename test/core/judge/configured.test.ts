import { describe, expect, it } from 'vitest';
import { configured, type Subject } from '../../../src/core/judge/configured.ts';
import { Declared } from '../../../src/core/learn/declared.ts';
import {
  type AcceptedUse,
  type Configuration,
  NO_CONFIGURATION,
} from '../../../src/core/model/configuration.ts';
import type { Finding } from '../../../src/core/model/finding.ts';

const NOON = Date.parse('2027-06-30T12:00:00Z');
const URL_OF_IT = 'https://api.shop.example/v1/things';
const SUBJECT: Subject = { issuer: 'https://login.example', clients: ['shop-spa'], kind: 'id_token' };

const finding = (told: Partial<Finding> = {}): Finding => ({
  ...{ ruleId: 'id-token-as-bearer', outcome: 'failed', severity: 'error', exchange: 'x1', token: 't1' },
  ...{ title: 'T', what: 'W.', why: 'Y.', fix: 'F.', evidence: ['E.'], references: [] },
  ...told,
});

const use = (told: Partial<AcceptedUse> = {}): AcceptedUse => ({
  rules: ['id-token-as-bearer'],
  reason: 'The gateway exchanges it.',
  until: '2027-06-30',
  ...told,
});

function run(findings: readonly Finding[], told: Partial<Configuration>, at = NOON): readonly Finding[] {
  const declared = new Declared({ ...NO_CONFIGURATION, ...told }, at);
  const { acceptances } = declared;
  return configured(findings, URL_OF_IT, () => SUBJECT, {
    severityOf: (ruleId) => declared.severityOf(ruleId),
    ...{ acceptances, at },
  });
}

const severity = (
  told: Partial<Finding>,
  chosen: 'error' | 'warning' | 'notice' | 'off',
): string | undefined =>
  run([finding(told)], { severities: { [told.ruleId ?? 'id-token-as-bearer']: chosen } })[0]?.severity;

describe('a severity that was chosen', () => {
  it('is that of what the rule finds', () => {
    expect(severity({}, 'warning')).toBe('warning');
    expect(severity({}, 'notice')).toBe('notice');
    expect(severity({ ruleId: 'missing-state', severity: 'warning' }, 'error')).toBe('error');
  });

  it('off: nothing is found', () => {
    expect(severity({}, 'off')).toBeUndefined();
    expect(severity({ outcome: 'cantTell', severity: 'notice' }, 'off')).toBeUndefined();
  });

  it('does not raise what the rule itself holds milder', () => {
    expect(severity({ severity: 'notice' }, 'error')).toBe('notice');
    expect(severity({ severity: 'warning' }, 'error')).toBe('warning');
    expect(severity({ severity: 'warning' }, 'notice')).toBe('notice');
  });

  it('is nothing to what can’t be told', () => {
    expect(severity({ outcome: 'cantTell', severity: 'notice' }, 'error')).toBe('notice');
  });

  it('of one rule changes no other, and puts the worst first', () => {
    const both = [finding(), finding({ ruleId: 'token-in-url', severity: 'warning' })];
    const seen = run(both, { severities: { 'id-token-as-bearer': 'notice' } });
    expect(seen.map((one) => [one.ruleId, one.severity])).toEqual([
      ['token-in-url', 'warning'],
      ['id-token-as-bearer', 'notice'],
    ]);
  });
});

describe('a use that was accepted by design', () => {
  const isAccepted = (told: Partial<AcceptedUse>, at = NOON, on: Partial<Finding> = {}): boolean =>
    run([finding(on)], { acceptedByDesign: [use(told)] }, at)[0]?.accepted !== undefined;

  it('says why and until when', () => {
    expect(run([finding()], { acceptedByDesign: [use()] })).toEqual([
      finding({ accepted: { reason: 'The gateway exchanges it.', until: '2027-06-30' } }),
    ]);
  });

  it.each([
    { issuer: 'https://login.example' },
    { client: 'shop-spa' },
    { host: 'api.shop.example' },
    { host: '*.shop.example/v1' },
    { kind: 'id_token' },
    { issuer: 'https://login.example', client: 'shop-spa', host: '*.shop.example', kind: 'id_token' },
    { rules: ['token-in-url', 'id-token-as-bearer'] },
  ] as const)('is one that fits: %j', (told) => {
    expect(isAccepted(told)).toBe(true);
  });

  it.each([
    { issuer: 'https://login.example/' },
    { client: 'shop' },
    { host: 'shop.example' },
    { host: '*.shop.example/v2' },
    { kind: 'access_token' },
    { client: 'shop-spa', host: 'other.example' },
    { rules: ['token-in-url'] },
  ] as const)('is none that differs in one thing: %j', (told) => {
    expect(isAccepted(told)).toBe(false);
  });

  it('counts on its last day, wherever that is not over yet, and not a moment longer', () => {
    expect(isAccepted({}, Date.parse('2027-06-30T23:59:59.999Z'))).toBe(true);
    expect(isAccepted({}, Date.parse('2027-07-01T00:00:00Z'))).toBe(false);
  });

  it('that has expired says so', () => {
    const [seen] = run([finding()], { acceptedByDesign: [use({ until: '2026-12-31' })] });
    expect(seen?.accepted).toBeUndefined();
    expect(seen?.evidence.at(-1)).toBe(
      'It was accepted by design until 2026-12-31; that has expired (acceptedByDesign[0] of the configuration).',
    );
  });

  it('counts where another entry that fits has expired', () => {
    const acceptedByDesign = [use({ until: '2026-12-31' }), use({ reason: 'Renewed.' })];
    expect(run([finding()], { acceptedByDesign })[0]?.accepted?.reason).toBe('Renewed.');
  });

  it('with a host that can’t be read, or a day that is none, accepts nothing', () => {
    expect(isAccepted({ host: 'https://api.shop.example' })).toBe(false);
    expect(isAccepted({ until: 'whenever' })).toBe(false);
  });

  it('accepts no guess: what can’t be told stays', () => {
    expect(isAccepted({}, NOON, { outcome: 'cantTell', severity: 'notice' })).toBe(false);
  });

  it('comes last', () => {
    const other = finding({ ruleId: 'token-in-url', severity: 'notice', outcome: 'cantTell' });
    expect(run([finding(), other], { acceptedByDesign: [use()] }).map(({ ruleId }) => ruleId)).toEqual([
      'token-in-url',
      'id-token-as-bearer',
    ]);
  });
});
