import { describe, expect, it } from 'vitest';
import { idTokenToThirdParty } from '../../../../src/core/judge/rules/id-token-to-third-party.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = idTokenToThirdParty;
const stranger = { kind: 'id_token', role: 'third_party', host: 'collector.test', known: false } as const;

describe('id-token-to-third-party', () => {
  it.each([
    ['json_body', 'user.token'],
    ['form_body', 'id_token'],
    ['query', 'id_token'],
    ['header', 'X-User'],
  ] as const)('fails for an ID token in the %s on its way to a stranger', (location, name) => {
    expect(outcome(rule, { ...stranger, location, name, path: '/collect' })).toBe('failed');
  });

  it('names the host and the field', () => {
    expect(
      judged(rule, { ...stranger, location: 'json_body', name: 'jwt', path: '/v1/events' }),
    ).toMatchObject({
      what: 'An ID token was handed to collector.test in "jwt".',
    });
  });

  it('names the path where it stands there', () => {
    expect(judged(rule, { ...stranger, location: 'path', name: '', path: '/collect/***' })).toMatchObject({
      what: 'An ID token was handed to collector.test in the path of a URL.',
    });
  });

  it('weak evidence that it is an ID token makes cantTell', () => {
    expect(outcome(rule, { ...stranger, location: 'json_body', confidence: 'weak' })).toBe('cantTell');
  });

  it.each([
    '/login/oauth2/code/acme',
    '/signin-oidc',
    '/api/auth/google',
    '/v1/token',
    '/auth/v1/token',
    '/session/end',
    '/api/client/v2.0/app/shop/auth/providers/oauth2-google/login',
    '/verify',
  ])('cantTell at %s: it may be the sign-in endpoint of the app’s own backend', (path) => {
    expect(outcome(rule, { ...stranger, location: 'form_body', path })).toBe('cantTell');
  });

  it('no false alarm: a log-out seen without the log-in, at an issuer that nothing showed', () => {
    const path = '/realms/shop/protocol/openid-connect/logout';
    expect(outcome(rule, { ...stranger, location: 'query', name: 'id_token_hint', path })).toBe('cantTell');
  });

  it.each([
    ['identitytoolkit.googleapis.com', '/v1/accounts:lookup'],
    ['cognito-identity.eu-west-1.amazonaws.com', '/'],
    ['cognito-identity.cn-north-1.amazonaws.com.cn', '/'],
    ['sts.amazonaws.com', '/'],
    ['sts.eu-central-1.amazonaws.com', '/'],
  ])('no false alarm: %s is a vendor’s service that takes ID tokens to sign people in', (host, path) => {
    expect(outcome(rule, { ...stranger, location: 'json_body', name: 'idToken', host, path })).toBe(
      'inapplicable',
    );
  });

  it.each([
    'sts.amazonaws.com.evil.example',
    'cognito-identity.evil.example',
    'xidentitytoolkit.googleapis.com',
  ])('a host that only reads like such a service is a stranger: %s', (host) => {
    expect(outcome(rule, { ...stranger, location: 'json_body', host, path: '/' })).toBe('failed');
  });

  it.each(['protected_resource', 'client', 'token_endpoint', 'authorization_server', 'unknown'] as const)(
    'is inapplicable at a %s',
    (role) => {
      expect(outcome(rule, { ...stranger, location: 'json_body', role })).toBe('inapplicable');
    },
  );

  it('is inapplicable to a bearer token, which id-token-as-bearer judges, and to a fragment, which stays in the browser', () => {
    expect(outcome(rule, { ...stranger, location: 'authorization_header' })).toBe('inapplicable');
    expect(outcome(rule, { ...stranger, location: 'fragment' })).toBe('inapplicable');
  });

  it('is inapplicable to other tokens', () => {
    expect(outcome(rule, { ...stranger, kind: 'access_token', location: 'json_body' })).toBe('inapplicable');
    expect(outcome(rule, { ...stranger, kind: 'unknown_jwt', location: 'json_body' })).toBe('inapplicable');
  });
});
