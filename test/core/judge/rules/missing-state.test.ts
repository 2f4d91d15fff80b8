import { describe, expect, it } from 'vitest';
import { missingState } from '../../../../src/core/judge/rules/missing-state.ts';
import { messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = missingState;
const bare = { hasState: false, hasNonce: false, codeChallengeMethod: null } as const;

describe('missing-state', () => {
  it.each([['code'], ['token'], ['id_token']])(
    'neither state nor PKCE nor nonce fails: %s',
    (...responseType) => {
      expect(messageOutcome(rule, authorizationRequest({ ...bare, responseType }))).toBe('failed');
    },
  );

  it.each([
    { hasState: true },
    { hasNonce: true },
    { codeChallengeMethod: 'S256' },
    { codeChallengeMethod: 'plain' },
  ])('no false alarm: any one of them ties the response to the browser (%o)', (one) => {
    expect(messageOutcome(rule, authorizationRequest({ ...bare, ...one }))).toBe('passed');
  });

  it('no false alarm: what is missing may have been pushed, or stand in a request object', () => {
    expect(messageOutcome(rule, authorizationRequest({ ...bare, isByReference: true }))).toBe('inapplicable');
  });

  it('no false alarm: the authorization server’s own log-in page passes parameters on', () => {
    const own = { method: 'POST', host: 'op.example', initiator: 'https://op.example' };
    expect(messageOutcome(rule, authorizationRequest(bare), own)).toBe('inapplicable');
  });

  it('is inapplicable to token requests', () => {
    expect(messageOutcome(rule, tokenRequest())).toBe('inapplicable');
  });
});
