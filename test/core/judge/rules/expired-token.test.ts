import { describe, expect, it } from 'vitest';
import { expiredToken } from '../../../../src/core/judge/rules/expired-token.ts';
import { outcome, type Told } from '../../../fixtures/case.ts';

const rule = expiredToken;
const expired: Told = {
  claims: { exp: 1_000 },
  exp: { id: 'exp', outcome: 'failed', text: 'It had expired.' },
};

describe('expired-token', () => {
  it.each(['id_token', 'access_token', 'unknown_jwt', 'client_assertion'] as const)(
    'an expired token of kind %s fails',
    (kind) => {
      expect(outcome(rule, { ...expired, kind })).toBe('failed');
    },
  );

  it('passes while it is valid', () => {
    expect(outcome(rule, { exp: { id: 'exp', outcome: 'passed', text: 'Valid.' } })).toBe('passed');
  });

  it.each([
    ['a text', '1767225600'],
    ['nothing', null],
    ['a date', '2026-01-01T00:00:00Z'],
  ])('cantTell where "exp" is %s: when it ends is unknown, not past', (_what, exp) => {
    expect(
      outcome(rule, { claims: { exp }, exp: { id: 'exp', outcome: 'failed', text: 'Not a number.' } }),
    ).toBe('cantTell');
  });

  it('is inapplicable to a token that claims no end or can’t be read', () => {
    expect(outcome(rule, { exp: { id: 'exp', outcome: 'inapplicable', text: 'Not claimed.' } })).toBe(
      'inapplicable',
    );
    expect(outcome(rule, { form: 'opaque' })).toBe('inapplicable');
  });

  it('no false alarm: an expired ID token is a good hint', () => {
    expect(outcome(rule, { ...expired, kind: 'id_token', location: 'query', name: 'id_token_hint' })).toBe(
      'inapplicable',
    );
  });

  it('no false alarm: a client that slept tries its refresh token, and an offline token has the end 0', () => {
    const refresh = { kind: 'refresh_token', location: 'form_body', name: 'refresh_token' } as const;
    expect(outcome(rule, { ...expired, ...refresh, role: 'token_endpoint' })).toBe('inapplicable');
    expect(outcome(rule, { ...expired, ...refresh, claims: { exp: 0 } })).toBe('inapplicable');
  });

  it.each(['introspection_endpoint', 'revocation_endpoint'] as const)(
    'no false alarm: the %s takes expired tokens',
    (role) => {
      expect(outcome(rule, { ...expired, role, location: 'form_body' })).toBe('inapplicable');
    },
  );

  it('no false alarm: a fragment is not sent', () => {
    expect(outcome(rule, { ...expired, location: 'fragment' })).toBe('inapplicable');
  });
});
