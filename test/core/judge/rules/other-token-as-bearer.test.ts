import { describe, expect, it } from 'vitest';
import { otherTokenAsBearer as rule } from '../../../../src/core/judge/rules/other-token-as-bearer.ts';
import { outcome, type Told } from '../../../fixtures/case.ts';

describe('other-token-as-bearer', () => {
  it.each(['logout_token', 'security_event', 'request_object', 'dpop_proof'] as const)(
    'failed: a %s at an API',
    (kind) => {
      expect(outcome(rule, { kind })).toBe('failed');
      expect(outcome(rule, { kind, role: 'third_party' })).toBe('failed');
    },
  );

  it.each(['access_token', 'id_token', 'refresh_token', 'session_token', 'unknown_jwt', 'opaque'] as const)(
    'inapplicable: a %s is judged by others, or says nothing of its kind',
    (kind) => {
      expect(outcome(rule, { kind })).toBe('inapplicable');
    },
  );

  it('no false alarm: a proof in its own header, and whatever goes to the authorization server', () => {
    expect(outcome(rule, { kind: 'dpop_proof', location: 'header', name: 'DPoP' })).toBe('inapplicable');
    expect(outcome(rule, { kind: 'client_assertion', role: 'token_endpoint' })).toBe('inapplicable');
    expect(outcome(rule, { kind: 'logout_token', role: 'authorization_server' })).toBe('inapplicable');
  });

  it('no false alarm: a token that a client signed for the API itself', () => {
    const told = { kind: 'client_assertion' } as const;
    expect(outcome(rule, told)).toBe('passed');
    const unknown = { outcome: 'cannot_tell', certain: false, text: 'It names no host.' } as const;
    expect(outcome(rule, { ...told, audience: unknown })).toBe('cantTell');
    const elsewhere = { outcome: 'not_meant', certain: false, text: 'Its audience is elsewhere.' } as const;
    expect(outcome(rule, { ...told, audience: elsewhere })).toBe('failed');
  });

  it('cantTell: weak evidence', () => {
    expect(outcome(rule, { kind: 'logout_token', confidence: 'weak' })).toBe('cantTell');
  });

  it('cantTell: an endpoint that may receive such tokens', () => {
    expect(outcome(rule, { kind: 'logout_token', path: '/bff/backchannel' })).toBe('cantTell');
    expect(outcome(rule, { kind: 'security_event', path: '/apple/notifications' })).toBe('cantTell');
  });

  const typed = (typ: string): Told => ({ kind: 'unknown_jwt', confidence: 'certain', header: { typ } });
  const unclear = { outcome: 'cannot_tell', certain: false, text: 'It names none.' } as const;
  it.each<[string, Told, string]>([
    ['an identity assertion grant', typed('oauth-id-jag+jwt'), 'failed'],
    ['the same, typed in full', typed('application/OAUTH-ID-JAG+jwt'), 'failed'],
    ['an introspection response', typed('token-introspection+jwt'), 'failed'],
    ['a verifiable credential', typed('dc+sd-jwt'), 'failed: notice'],
    ['a credential at a verifier', { ...typed('dc+sd-jwt'), path: '/presentation' }, 'cantTell'],
    ['a type of somebody’s own', typed('vnd.acme+jwt'), 'cantTell'],
    [
      'a type of somebody’s own in a body',
      { ...typed('vnd.acme+jwt'), location: 'form_body' },
      'inapplicable',
    ],
    ['a JWT of unknown use', { kind: 'unknown_jwt' }, 'inapplicable'],
    ['a key binding for this verifier', typed('kb+jwt'), 'passed'],
    [
      'an assertion typed for an authorization server',
      { kind: 'client_assertion', header: { typ: 'client-authentication+jwt' }, audience: unclear },
      'failed',
    ],
    ['an assertion without a type', { kind: 'client_assertion', audience: unclear }, 'cantTell'],
    [
      'an assertion at the endpoint for pushed requests',
      { kind: 'client_assertion', path: '/par', audience: { ...unclear, outcome: 'not_meant' } },
      'cantTell',
    ],
  ])('%s', (_, told, expected) => {
    expect(outcome(rule, told)).toBe(expected);
  });
});
