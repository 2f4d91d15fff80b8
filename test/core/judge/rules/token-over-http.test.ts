import { describe, expect, it } from 'vitest';
import { tokenOverHttp } from '../../../../src/core/judge/rules/token-over-http.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = tokenOverHttp;
const http = { isConfidential: false } as const;

describe('token-over-http', () => {
  it.each(['id_token', 'access_token', 'refresh_token', 'session_token'] as const)(
    'a token of kind %s fails',
    (kind) => {
      expect(outcome(rule, { ...http, kind })).toBe('failed');
      expect(outcome(rule, { ...http, kind, location: 'cookie', name: 'session' })).toBe('failed');
    },
  );

  it('a bearer token fails, whatever it may be', () => {
    expect(outcome(rule, { ...http, kind: 'opaque', form: 'opaque', confidence: 'weak' })).toBe('failed');
    expect(outcome(rule, { ...http, kind: 'unknown_jwt', confidence: 'weak' })).toBe('failed');
  });

  it('names the host', () => {
    expect(judged(rule, http)).toMatchObject({
      what: 'An access token was sent to api.example over plain http.',
    });
  });

  it.each([
    '192.168.1.10:3000',
    '10.1.2.3',
    '172.20.0.5:80',
    '[fd00::1]:8080',
    'printer.local',
    'api.test',
    'backend:8080',
  ])('is a warning on a private network: %s', (host) => {
    expect(outcome(rule, { ...http, host })).toBe('failed: warning');
  });

  it.each(['172.32.0.1', '11.0.0.1', '192.169.1.1', 'api.local.example', '[2001:db8::1]', 'test.example'])(
    'is an error at %s, which is on none',
    (host) => {
      expect(outcome(rule, { ...http, host })).toBe('failed');
    },
  );

  it('is a warning where the token is bound to a key (DPoP)', () => {
    expect(outcome(rule, { ...http, scheme: 'dpop' })).toBe('failed: warning');
  });

  it('weak evidence makes cantTell, where it is no bearer token: keys are public by design', () => {
    const field = { location: 'query', name: 'apikey' } as const;
    expect(outcome(rule, { ...http, ...field, confidence: 'weak' })).toBe('cantTell');
    expect(outcome(rule, { ...http, ...field, kind: 'unknown_jwt' })).toBe('cantTell');
    expect(outcome(rule, { ...http, ...field, kind: 'encrypted', form: 'jwe' })).toBe('cantTell');
  });

  it('passes over https, and on loopback, which is no network', () => {
    expect(outcome(rule, {})).toBe('passed');
  });

  it.each(['dpop_proof', 'client_assertion', 'request_object', 'logout_token', 'security_event'] as const)(
    'is inapplicable to a token of kind %s, which nobody can use again',
    (kind) => {
      expect(outcome(rule, { ...http, kind, location: 'form_body' })).toBe('inapplicable');
    },
  );

  it('no false alarm: a fragment does not leave the browser', () => {
    expect(outcome(rule, { ...http, location: 'fragment' })).toBe('inapplicable');
  });

  it('says where a token without a name stands', () => {
    const unnamed = { ...http, kind: 'unknown_jwt', name: '' } as const;
    expect(judged(rule, { ...unnamed, location: 'path' })).toEqual({
      outcome: 'cantTell',
      because:
        'A URL with a JWT in its path, which may be a credential, was sent to api.example over plain http.',
    });
    expect(judged(rule, { ...unnamed, location: 'text_body' })).toEqual({
      outcome: 'cantTell',
      because: 'A token that may be a credential was sent to api.example over plain http.',
    });
  });
});
