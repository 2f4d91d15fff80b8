import { describe, expect, it } from 'vitest';
import { plainPkce } from '../../../../src/core/judge/rules/plain-pkce.ts';
import { messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = plainPkce;

describe('plain-pkce', () => {
  it('the method "plain" fails', () => {
    expect(messageOutcome(rule, authorizationRequest({ codeChallengeMethod: 'plain' }))).toBe('failed');
  });

  it('"S256" passes', () => {
    expect(messageOutcome(rule, authorizationRequest())).toBe('passed');
  });

  it.each(['s256', 'PLAIN', 'S512', 'x'.repeat(500)])(
    'cantTell of a method that nobody registered',
    (method) => {
      expect(messageOutcome(rule, authorizationRequest({ codeChallengeMethod: method }))).toBe('cantTell');
    },
  );

  it('no false alarm: without a challenge there is no method; another rule speaks of that', () => {
    expect(messageOutcome(rule, authorizationRequest({ codeChallengeMethod: null }))).toBe('inapplicable');
    expect(messageOutcome(rule, tokenRequest())).toBe('inapplicable');
  });
});
