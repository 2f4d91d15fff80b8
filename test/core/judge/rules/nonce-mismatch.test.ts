import { expect, it } from 'vitest';
import { nonceMismatch } from '../../../../src/core/judge/rules/nonce-mismatch.ts';
import type { Check, Outcome } from '../../../../src/core/model/token.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

function told(result: Outcome, counterpartSeen = true, more: Told = {}): Told {
  const nonce: Check = { id: 'nonce', outcome: result, text: 'It is said so.', counterpartSeen };
  return { kind: 'id_token', checks: [nonce], ...more };
}

it.each([
  ['another nonce than was sent', told('failed'), 'failed'],
  ['the nonce that was sent', told('passed'), 'passed'],
  ['a request whose parameters stand elsewhere', told('cantTell'), 'cantTell'],
  ['another nonce, of what may be no ID token', told('failed', true, { confidence: 'weak' }), 'cantTell'],
  ['no nonce, and none was sent', told('inapplicable'), 'inapplicable'],
  ['an authorization request that was not seen', told('cantTell', false), 'inapplicable'],
  ['an access token', told('failed', true, { kind: 'access_token' }), 'inapplicable'],
  ['an opaque token', { kind: 'id_token', form: 'opaque' }, 'inapplicable'],
] satisfies [string, Told, string][])('%s', (_what, subject, expected) => {
  expect(outcome(nonceMismatch, subject)).toBe(expected);
});

it('names the API and what is wrong with the nonce', () => {
  expect(judged(nonceMismatch, told('failed'))).toMatchObject({
    what: "An ID token that does not answer the app's authorization request was sent to api.example.",
    evidence: ['Its nonce: It is said so.'],
  });
});
