import { describe, expect, it } from 'vitest';
import { tokenNotYetValid } from '../../../../src/core/judge/rules/token-not-yet-valid.ts';
import type { Check } from '../../../../src/core/model/token.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = tokenNotYetValid;
const check = (id: Check['id'], came: Check['outcome']): Check => ({ id, outcome: came, text: 'Because.' });
const early: Told = {
  claims: { nbf: 9_999_999_999, iat: 1_000 },
  checks: [check('nbf', 'failed'), check('iat', 'passed')],
};

describe('token-not-yet-valid', () => {
  it.each(['id_token', 'access_token', 'unknown_jwt'] as const)(
    'a token of kind %s before its time fails',
    (kind) => {
      expect(outcome(rule, { ...early, kind })).toBe('failed');
    },
  );

  it('fails without "iat" too', () => {
    expect(outcome(rule, { claims: { nbf: 9_999_999_999 }, checks: [check('nbf', 'failed')] })).toBe(
      'failed',
    );
  });

  it('passes once it is valid', () => {
    expect(
      outcome(rule, { claims: { nbf: 1, iat: 1 }, checks: [check('nbf', 'passed'), check('iat', 'passed')] }),
    ).toBe('passed');
  });

  it('no false alarm: a token from the future is a matter of clocks, perhaps of this machine’s', () => {
    const future: Told = {
      claims: { nbf: 9_999_999_999, iat: 9_999_999_999 },
      checks: [check('nbf', 'failed'), check('iat', 'failed')],
    };
    expect(outcome(rule, future)).toBe('cantTell');
    expect(outcome(rule, { claims: { iat: 9_999_999_999 }, checks: [check('iat', 'failed')] })).toBe(
      'cantTell',
    );
  });

  it('cantTell where "nbf" is no time', () => {
    expect(outcome(rule, { claims: { nbf: 'soon' }, checks: [check('nbf', 'failed')] })).toBe('cantTell');
  });

  it('a JWT of unknown use that is no Authorization header makes cantTell', () => {
    expect(outcome(rule, { ...early, kind: 'unknown_jwt', location: 'query', name: 'ticket' })).toBe(
      'cantTell',
    );
  });

  it('no false alarm: a refresh token is dated to when it will be needed', () => {
    expect(outcome(rule, { ...early, kind: 'refresh_token', role: 'token_endpoint' })).toBe('inapplicable');
  });

  it('is inapplicable where it uses the token for nothing, and where there are no times', () => {
    for (const role of ['introspection_endpoint', 'revocation_endpoint'] as const)
      expect(outcome(rule, { ...early, role })).toBe('inapplicable');
    expect(outcome(rule, { ...early, name: 'id_token_hint', location: 'query' })).toBe('inapplicable');
    expect(outcome(rule, { ...early, location: 'fragment' })).toBe('inapplicable');
    expect(outcome(rule, { checks: [check('nbf', 'inapplicable')] })).toBe('inapplicable');
    expect(outcome(rule, { form: 'opaque' })).toBe('inapplicable');
  });

  it('says where a token without a name stands', () => {
    const unnamed = { ...early, kind: 'unknown_jwt', name: '' } as const;
    expect(judged(rule, { ...unnamed, location: 'path' })).toMatchObject({
      because: 'The path of the URL has a JWT of unknown use, which may be meant for later. Because.',
    });
    expect(judged(rule, { ...unnamed, location: 'text_body' })).toMatchObject({
      because: 'It is a JWT of unknown use, which may be meant for later. Because.',
    });
  });
});
