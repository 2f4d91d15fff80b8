import { describe, expect, it } from 'vitest';
import { passwordGrant } from '../../../../src/core/judge/rules/password-grant.ts';
import { messageCaseOf, messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = passwordGrant;

describe('password-grant', () => {
  it.each(['password', 'http://auth0.com/oauth/grant-type/password-realm'])('%s fails', (grantType) => {
    expect(messageOutcome(rule, tokenRequest({ grantType }))).toBe('failed');
  });

  it('names the server', () => {
    const message = tokenRequest({ grantType: 'password' });
    expect(rule.judge(messageCaseOf(message, { host: 'op.example' }))).toMatchObject({
      what: "The page sent a person's password to op.example by the password grant.",
    });
  });

  it('no false alarm: the log-in form of the very server, by the grant’s name, is a warning', () => {
    const own = { host: 'app.example', initiator: 'https://app.example', role: 'token_endpoint' } as const;
    expect(messageOutcome(rule, tokenRequest({ grantType: 'password' }), own)).toBe('failed: warning');
  });

  it.each([
    'authorization_code',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:device_code',
    'Password',
  ])('%s passes', (grantType) => {
    expect(messageOutcome(rule, tokenRequest({ grantType }))).toBe('passed');
  });

  it('is inapplicable to authorization requests', () => {
    expect(messageOutcome(rule, authorizationRequest())).toBe('inapplicable');
  });
});
