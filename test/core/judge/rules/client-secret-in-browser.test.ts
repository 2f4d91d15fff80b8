import { describe, expect, it } from 'vitest';
import { clientSecretInBrowser } from '../../../../src/core/judge/rules/client-secret-in-browser.ts';
import { messageCaseOf, messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = clientSecretInBrowser;

describe('client-secret-in-browser', () => {
  it.each(['body', 'basic'] as const)(
    'a page’s token request with a secret in the %s fails',
    (clientSecret) => {
      expect(messageOutcome(rule, tokenRequest({ clientSecret }))).toBe('failed');
    },
  );

  it('names the page and the client', () => {
    const message = tokenRequest({ clientSecret: 'basic' });
    expect(rule.judge(messageCaseOf(message, { host: 'op.example' }))).toMatchObject({
      what: 'The page at https://app.example sent op.example the secret of the client "the-app".',
      evidence: ['It stands in the Authorization header (Basic).'],
    });
  });

  it.each(['authorization_code', 'refresh_token', 'client_credentials', 'password'])(
    'whatever the grant: %s',
    (grantType) => {
      expect(messageOutcome(rule, tokenRequest({ grantType, clientSecret: 'body', clientId: null }))).toBe(
        'failed',
      );
    },
  );

  it('cantTell where nothing says that a page made it', () => {
    expect(messageOutcome(rule, tokenRequest({ clientSecret: 'body' }), { initiator: null })).toBe(
      'cantTell',
    );
  });

  it('no false alarm: a public client has none', () => {
    expect(messageOutcome(rule, tokenRequest())).toBe('passed');
  });

  it('is inapplicable to authorization requests', () => {
    expect(messageOutcome(rule, authorizationRequest())).toBe('inapplicable');
  });
});
