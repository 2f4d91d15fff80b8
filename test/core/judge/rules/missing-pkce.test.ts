import { describe, expect, it } from 'vitest';
import { missingPkce } from '../../../../src/core/judge/rules/missing-pkce.ts';
import { messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = missingPkce;
const bare = { codeChallengeMethod: null, hasNonce: false } as const;

describe('missing-pkce', () => {
  it('a code without a challenge fails', () => {
    expect(messageOutcome(rule, authorizationRequest(bare))).toBe('failed');
    expect(messageOutcome(rule, authorizationRequest({ ...bare, responseType: ['code', 'token'] }))).toBe(
      'failed',
    );
  });

  it('is a notice where there is a nonce, on which a confidential client may rely', () => {
    expect(messageOutcome(rule, authorizationRequest({ ...bare, hasNonce: true }))).toBe('failed: notice');
  });

  it.each(['S256', 'plain', 'S512'])(
    'passes with a challenge, whatever its method (%s): another rule weighs it',
    (method) => {
      expect(messageOutcome(rule, authorizationRequest({ codeChallengeMethod: method }))).toBe('passed');
    },
  );

  it('no false alarm: what is missing may have been pushed, or stand in a request object', () => {
    expect(messageOutcome(rule, authorizationRequest({ ...bare, isByReference: true }))).toBe('inapplicable');
  });

  it('no false alarm: the authorization server’s own log-in page passes parameters on', () => {
    const own = { method: 'POST', host: 'op.example', initiator: 'https://op.example' };
    expect(messageOutcome(rule, authorizationRequest(bare), own)).toBe('inapplicable');
    expect(
      messageOutcome(rule, authorizationRequest(bare), { ...own, initiator: 'https://app.example' }),
    ).toBe('failed');
  });

  it('is inapplicable where no code is asked for, and to token requests', () => {
    expect(messageOutcome(rule, authorizationRequest({ ...bare, responseType: ['id_token'] }))).toBe(
      'inapplicable',
    );
    expect(messageOutcome(rule, tokenRequest())).toBe('inapplicable');
  });
});
