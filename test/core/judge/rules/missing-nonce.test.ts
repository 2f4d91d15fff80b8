import { describe, expect, it } from 'vitest';
import { missingNonce } from '../../../../src/core/judge/rules/missing-nonce.ts';
import { messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = missingNonce;
const front = { responseType: ['id_token'], hasNonce: false } as const;

describe('missing-nonce', () => {
  it.each([['id_token'], ['id_token', 'token'], ['code', 'id_token']])(
    'an ID token through the browser without a nonce fails: %s',
    (...responseType) => {
      expect(messageOutcome(rule, authorizationRequest({ ...front, responseType }))).toBe('failed');
    },
  );

  it('passes with a nonce', () => {
    expect(messageOutcome(rule, authorizationRequest({ ...front, hasNonce: true }))).toBe('passed');
  });

  it.each([['code'], ['token'], ['code', 'token'], ['none']])(
    'no false alarm: a nonce is optional where no ID token comes through the browser (%s)',
    (...responseType) => {
      expect(messageOutcome(rule, authorizationRequest({ ...front, responseType }))).toBe('inapplicable');
    },
  );

  it('no false alarm: what is missing may have been pushed, or stand in a request object', () => {
    expect(messageOutcome(rule, authorizationRequest({ ...front, isByReference: true }))).toBe(
      'inapplicable',
    );
  });

  it('no false alarm: the authorization server’s own log-in page passes parameters on', () => {
    const own = { method: 'POST', host: 'op.example', initiator: 'https://op.example' };
    expect(messageOutcome(rule, authorizationRequest(front), own)).toBe('inapplicable');
  });

  it('is inapplicable to token requests', () => {
    expect(messageOutcome(rule, tokenRequest())).toBe('inapplicable');
  });
});
