import { describe, expect, it } from 'vitest';
import { audienceMissing } from '../../../../src/core/judge/rules/audience-missing.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = audienceMissing;

describe('audience-missing', () => {
  it.each([
    ['no "aud"', {}],
    ['an empty text', { aud: '' }],
    ['an empty list', { aud: [] }],
    ['null', { aud: null }],
    ['a number', { aud: 7 }],
  ])('an access token with %s fails', (_what, claims) => {
    expect(outcome(rule, { claims })).toBe('failed');
  });

  it('says where the standard demands it', () => {
    expect(judged(rule, { claims: {}, header: { alg: 'RS256', typ: 'application/at+JWT' } })).toMatchObject({
      what: 'The access token that was sent to api.example names no audience.',
      evidence: [expect.stringContaining('RFC 9068 §2.2')],
    });
  });

  it('passes with an audience, whatever it is', () => {
    for (const aud of ['account', ['https://api.example', 'x']])
      expect(outcome(rule, { claims: { aud } })).toBe('passed');
  });

  it('weak evidence that it is an access token makes cantTell', () => {
    expect(outcome(rule, { claims: {}, confidence: 'weak' })).toBe('cantTell');
  });

  it('no false alarm: Amazon Cognito documents access tokens without an audience', () => {
    const claims = {
      iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example',
      token_use: 'access',
    };
    expect(outcome(rule, { claims })).toBe('inapplicable');
    expect(outcome(rule, { claims: { iss: 'https://cognito-idp.test/.amazonaws.com/' } })).toBe('failed');
  });

  it.each(['userinfo_endpoint', 'introspection_endpoint', 'authorization_server'] as const)(
    'no false alarm: its issuer knows it by more (%s)',
    (role) => {
      expect(outcome(rule, { claims: {}, role })).toBe('inapplicable');
    },
  );

  it('is inapplicable to what can’t be read, to other tokens, and to what is not sent', () => {
    for (const form of ['opaque', 'jwe', 'malformed'] as const)
      expect(outcome(rule, { form })).toBe('inapplicable');
    for (const kind of ['id_token', 'session_token', 'unknown_jwt'] as const)
      expect(outcome(rule, { kind, claims: {} })).toBe('inapplicable');
    expect(outcome(rule, { claims: {}, location: 'fragment', role: 'client' })).toBe('inapplicable');
  });
});
