import { describe, expect, it } from 'vitest';
import { tokenInUrl } from '../../../../src/core/judge/rules/token-in-url.ts';
import { judged, outcome } from '../../../fixtures/case.ts';

const rule = tokenInUrl;
const inQuery = { location: 'query', name: 'token' } as const;

describe('token-in-url', () => {
  it('is a warning in the handshake of a WebSocket, where a page can set no header', () => {
    const parameter = { location: 'query', name: 'access_token' } as const;
    expect(outcome(rule, { ...parameter, isWebSocket: true })).toBe('failed: warning');
    expect(outcome(rule, parameter)).toBe('failed');
  });

  it.each([
    ['id_token', 'an ID token'],
    ['access_token', 'an access token'],
    ['refresh_token', 'a refresh token'],
    ['session_token', 'a session token'],
  ] as const)('fails for a token of kind %s in the query', (kind, called) => {
    expect(judged(rule, { ...inQuery, kind })).toMatchObject({
      outcome: 'failed',
      what: `The URL carries ${called} in its parameter "token".`,
    });
  });

  it.each([
    ['access_token', 'an access token'],
    ['refresh_token', 'a refresh token'],
  ] as const)(
    'weak evidence of a token of kind %s makes cantTell: a public key of a map or an SDK',
    (kind, called) => {
      expect(judged(rule, { ...inQuery, name: 'access_token', kind, confidence: 'weak' })).toEqual({
        outcome: 'cantTell',
        because: `The parameter "access_token" may carry ${called}, or a key that is public by design.`,
      });
    },
  );

  it.each(['unknown_jwt', 'encrypted'] as const)(
    'cantTell for %s: magic links and signed URLs are JWTs too',
    (kind) => {
      expect(outcome(rule, { ...inQuery, kind })).toBe('cantTell');
    },
  );

  it('fails for a token in the path, which has no name', () => {
    expect(judged(rule, { location: 'path', name: '', kind: 'id_token' })).toMatchObject({
      outcome: 'failed',
      what: 'The URL carries an ID token in its path.',
    });
  });

  it.each([
    ['unknown_jwt', 'strong', 'The path carries a JWT whose use is unknown: it may be meant for a URL.'],
    ['id_token', 'weak', 'The path may carry an ID token, or a link that is signed as a JWT.'],
  ] as const)(
    'no false alarm: links are signed as JWTs, with %s of %s evidence',
    (kind, confidence, because) => {
      expect(judged(rule, { location: 'path', name: '', kind, confidence })).toEqual({
        outcome: 'cantTell',
        because,
      });
    },
  );

  it.each(['request_object', 'client_assertion', 'logout_token', 'dpop_proof', 'opaque'] as const)(
    'is inapplicable to %s',
    (kind) => {
      expect(outcome(rule, { ...inQuery, kind })).toBe('inapplicable');
    },
  );

  it.each(['authorization_header', 'header', 'form_body', 'json_body', 'fragment'] as const)(
    'is inapplicable to the %s',
    (location) => {
      expect(outcome(rule, { location, name: 'access_token' })).toBe('inapplicable');
    },
  );

  it.each(['end_session_endpoint', 'authorization_endpoint', 'authorization_server'] as const)(
    'no false alarm: id_token_hint is a parameter of the %s',
    (role) => {
      expect(outcome(rule, { location: 'query', name: 'id_token_hint', kind: 'id_token', role })).toBe(
        'inapplicable',
      );
    },
  );

  it.each(['third_party', 'unknown'] as const)(
    'no false alarm: a log-out seen without the log-in, at a host that counts as %s',
    (role) => {
      const hint = { location: 'query', name: 'id_token_hint', kind: 'id_token', role } as const;
      expect(outcome(rule, { ...hint, known: false })).toBe('cantTell');
    },
  );

  it.each(['client', 'protected_resource', 'userinfo_endpoint'] as const)(
    'id_token_hint fails at a %s, whose parameter it is not',
    (role) => {
      expect(outcome(rule, { location: 'query', name: 'id_token_hint', kind: 'id_token', role })).toBe(
        'failed',
      );
    },
  );

  it('says so where the token is the query itself, which has no name', () => {
    const query = { location: 'query', name: '' } as const;
    expect(judged(rule, { ...query, kind: 'id_token' })).toMatchObject({
      what: 'The URL carries an ID token as its query.',
    });
    expect(judged(rule, { ...query, kind: 'access_token', confidence: 'weak' })).toMatchObject({
      because: 'The query may be an access token, or a key that is public by design.',
    });
    expect(judged(rule, { ...query, kind: 'unknown_jwt' })).toMatchObject({
      because: 'The query is a JWT whose use is unknown: it may be meant for a URL.',
    });
  });
});
