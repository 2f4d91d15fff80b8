import { expect, it } from 'vitest';
import { tokenHashMismatch } from '../../../../src/core/judge/rules/token-hash-mismatch.ts';
import type { Check, Outcome } from '../../../../src/core/model/token.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

function line(id: 'at_hash' | 'c_hash', result: Outcome, counterpartSeen = true): Check {
  return { id, outcome: result, text: 'It is said so.', counterpartSeen };
}

function told(checks: readonly Check[], more: Told = {}): Told {
  return { kind: 'id_token', checks, ...more };
}

it.each([
  ['another access token than its own', told([line('at_hash', 'failed')]), 'failed'],
  ['another code than its own', told([line('at_hash', 'passed'), line('c_hash', 'failed')]), 'failed'],
  ['its own access token and code', told([line('at_hash', 'passed'), line('c_hash', 'passed')]), 'passed'],
  ['a renewal with an old ID token', told([line('at_hash', 'cantTell')]), 'cantTell'],
  ['what may be no ID token', told([line('at_hash', 'failed')], { confidence: 'weak' }), 'cantTell'],
  ['nothing that was seen to come with it', told([line('at_hash', 'cantTell', false)]), 'inapplicable'],
  ['an access token', told([line('at_hash', 'failed')], { kind: 'access_token' }), 'inapplicable'],
  ['an opaque token', { kind: 'id_token', form: 'opaque' }, 'inapplicable'],
] satisfies [string, Told, string][])('%s', (_what, subject, expected) => {
  expect(outcome(tokenHashMismatch, subject)).toBe(expected);
});

it('names each hash that is wrong', () => {
  const verdict = judged(tokenHashMismatch, told([line('at_hash', 'failed'), line('c_hash', 'failed')]));
  expect(verdict).toMatchObject({ evidence: ['at_hash: It is said so.', 'c_hash: It is said so.'] });
});
