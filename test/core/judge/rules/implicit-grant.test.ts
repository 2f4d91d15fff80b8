import { describe, expect, it } from 'vitest';
import { implicitGrant } from '../../../../src/core/judge/rules/implicit-grant.ts';
import { messageCaseOf, messageOutcome } from '../../../fixtures/case.ts';
import { authorizationRequest, tokenRequest } from '../../../fixtures/message.ts';

const rule = implicitGrant;

describe('implicit-grant', () => {
  it.each([['token'], ['id_token', 'token'], ['code', 'token'], ['code', 'id_token', 'token']])(
    'asking for an access token fails: %s',
    (...responseType) => {
      expect(messageOutcome(rule, authorizationRequest({ responseType }))).toBe('failed');
    },
  );

  it('names the client and what it asked for', () => {
    const message = authorizationRequest({ responseType: ['id_token', 'token'] });
    expect(rule.judge(messageCaseOf(message, { host: 'op.example' }))).toMatchObject({
      what: 'The client "the-app" asked op.example for an access token in the authorization response.',
      evidence: ['Its "response_type" is "id_token token".'],
    });
  });

  it.each([['code'], ['id_token'], ['code', 'id_token'], ['none'], ['device_token']])(
    'no false alarm: %s asks for none',
    (...responseType) => {
      expect(messageOutcome(rule, authorizationRequest({ responseType }))).toBe('passed');
    },
  );

  it('is inapplicable where what it asks for stands elsewhere, and to token requests', () => {
    expect(messageOutcome(rule, authorizationRequest({ responseType: [], isByReference: true }))).toBe(
      'inapplicable',
    );
    expect(messageOutcome(rule, tokenRequest())).toBe('inapplicable');
  });
});
