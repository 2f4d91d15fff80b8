import { describe, expect, it } from 'vitest';
import type { Finding, Severity } from '../../../src/core/model/finding.ts';
import type { ExchangeRecord } from '../../../src/core/model/record.ts';
import { rowOf } from '../../../src/core/report/row.ts';
import { AT, caseOf, type Told } from '../../fixtures/case.ts';

const RECORD: ExchangeRecord = {
  ...{
    id: 'w1',
    order: 7,
    at: AT,
    tab: 1,
    witness: 'web_request',
    method: 'GET',
    url: 'https://api.example/things',
  },
  ...{ urlHash: 'h', initiator: null, status: 204, seenInDevtools: false, sightings: [], message: null },
};

function finding(ruleId: string, outcome: Finding['outcome'], severity: Severity): Finding {
  return {
    ruleId,
    outcome,
    severity,
    exchange: 'w1',
    token: null,
    title: '',
    what: '',
    why: '',
    fix: '',
    evidence: [],
    references: [],
  };
}

function row(tokens: readonly Told[], findings: readonly Finding[] = []) {
  const { destination } = caseOf({}).request;
  const carried = tokens.map((told) => {
    const { token, sighting } = caseOf(told);
    return { token, sighting: { ...sighting, token: token.fingerprint } };
  });
  return rowOf(RECORD, { destination, tokens: carried, findings });
}

function accepted(ruleId: string): Finding {
  return { ...finding(ruleId, 'failed', 'error'), accepted: { reason: 'So.', until: '2027-06-30' } };
}

describe('rowOf', () => {
  it('says what was sent where, each thing once', () => {
    const claims = { iss: 'https://login.example', aud: ['a', 'b'] };
    expect(row([{ claims }, { claims, location: 'query' }, { form: 'opaque', kind: 'opaque' }])).toEqual({
      ...{ id: 'w1', order: 7, at: AT, method: 'GET', status: 204, host: 'api.example', path: '/things' },
      kinds: ['access_token', 'opaque'],
      clients: [],
      tokens: ['a-fingerprint'],
      locations: ['authorization_header', 'query'],
      audiences: ['a', 'b'],
      issuers: ['https://login.example'],
      verdict: 'passed',
      failed: [],
      accepted: [],
      cantTell: [],
    });
  });

  it.each([
    [
      'the worst of what failed',
      [finding('a', 'failed', 'notice'), finding('b', 'failed', 'error')],
      'error',
    ],
    [
      'a warning over what can’t be told',
      [finding('a', 'cantTell', 'notice'), finding('b', 'failed', 'warning')],
      'warning',
    ],
    [
      'a notice over what can’t be told',
      [finding('a', 'cantTell', 'notice'), finding('b', 'failed', 'notice')],
      'notice',
    ],
    ['that something can’t be told', [finding('a', 'cantTell', 'notice')], 'cantTell'],
    ['what is not accepted', [finding('a', 'failed', 'notice'), accepted('b')], 'notice'],
    [
      'what can’t be told over what is accepted',
      [finding('a', 'cantTell', 'notice'), accepted('b')],
      'cantTell',
    ],
    ['that all of it is accepted', [accepted('a'), accepted('b')], 'accepted'],
  ] as const)('its verdict is %s', (_what, findings, verdict) => {
    expect(row([{}], findings).verdict).toBe(verdict);
  });

  it('lists the rules by outcome, each once', () => {
    const findings = [
      finding('a', 'failed', 'error'),
      finding('a', 'failed', 'error'),
      finding('b', 'cantTell', 'notice'),
    ];
    expect(row([{}], findings)).toMatchObject({ failed: ['a'], accepted: [], cantTell: ['b'] });
    expect(row([{}], [accepted('c'), accepted('c')])).toMatchObject({ failed: [], accepted: ['c'] });
  });

  it('stays small, whatever a hostile token names', () => {
    const aud = Array.from({ length: 10_000 }, (_, n) => `${n}`.repeat(1_000));
    const hostile = row([{ claims: { aud, iss: 'x'.repeat(60_000) } }]);
    expect(JSON.stringify(hostile).length).toBeLessThan(10_000);
  });
});
