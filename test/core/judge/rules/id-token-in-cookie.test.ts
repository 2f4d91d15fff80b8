import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/core/judge/judge.ts';
import { idTokenInCookie } from '../../../../src/core/judge/rules/id-token-in-cookie.ts';
import { caseOf, judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = idTokenInCookie;
const cookie: Told = { kind: 'id_token', location: 'cookie', name: 'session', role: 'client' };
const client = { clientId: 'the-app', origins: ['https://app.example'] };

describe('id-token-in-cookie', () => {
  it("an ID token in a cookie of the client's own origin is a warning", () => {
    expect(outcome(rule, cookie)).toBe('failed');
    expect(rule.severity).toBe('warning');
    expect(judged(rule, cookie)).toMatchObject({ what: expect.stringMatching(/"session".*api\.example/) });
  });

  it('sent to an API that is another origin, it is an error', () => {
    expect(outcome(rule, { ...cookie, client, role: 'protected_resource' })).toBe('failed: error');
  });

  it.each([
    ['that is only likely to be an API', { known: false }],
    ["that is the client's own", { client: { ...client, origins: ['https://api.example'] } }],
  ] as const)('no false alarm: to a host %s it is a warning', (_, told) => {
    expect(outcome(rule, { ...cookie, client, role: 'protected_resource', ...told })).toBe('failed');
  });

  it('weak evidence that it is an ID token makes cantTell', () => {
    expect(outcome(rule, { ...cookie, confidence: 'weak' })).toBe('cantTell');
    expect(outcome(rule, { ...cookie, confidence: 'weak', role: 'protected_resource' })).toBe('cantTell');
  });

  it('is a notice where the vendor documents that its ID tokens may go to APIs', () => {
    const acceptedByDesign = { vendor: 'Firebase', text: 'Firebase says so.' };
    expect(outcome(rule, { ...cookie, acceptedByDesign })).toBe('failed: notice');
  });

  it.each(['encrypted', 'session_token', 'access_token', 'refresh_token', 'unknown_jwt', 'opaque'] as const)(
    'no false alarm: a cookie with a token of kind %s is silent, with all rules',
    (kind) => {
      expect(outcome(rule, { ...cookie, kind })).toBe('inapplicable');
      const form = kind === 'encrypted' ? 'jwe' : kind === 'opaque' ? 'opaque' : 'jwt';
      const audience = { outcome: 'not_meant', certain: true, text: 'It is for another.' } as const;
      expect(judge(caseOf({ ...cookie, kind, form, audience }), 'x1')).toEqual([]);
    },
  );

  it.each(['token_endpoint', 'authorization_server', 'end_session_endpoint', 'third_party'] as const)(
    'no false alarm: what cookies a %s set is its own business',
    (role) => {
      expect(outcome(rule, { ...cookie, role })).toBe('inapplicable');
    },
  );

  it.each(['authorization_header', 'query', 'form_body', 'websocket_message'] as const)(
    'is inapplicable to an ID token in the %s',
    (location) => {
      expect(outcome(rule, { ...cookie, location })).toBe('inapplicable');
    },
  );
});
