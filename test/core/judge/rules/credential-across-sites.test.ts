import { describe, expect, it } from 'vitest';
import { credentialAcrossSites } from '../../../../src/core/judge/rules/credential-across-sites.ts';
import { outcome, type Told } from '../../../fixtures/case.ts';

const unknownAudience = { outcome: 'cannot_tell', certain: false, text: 'It names none.' } as const;
const told: Told = {
  kind: 'session_token',
  role: 'third_party',
  host: 'tracker.example',
  audience: unknownAudience,
  earlier: { everywhere: ['app.example'] },
};

describe('credential-across-sites', () => {
  it.each<[string, Told, string]>([
    ['a session at an unrelated site', {}, 'failed'],
    ['in a body', { location: 'json_body' }, 'failed'],
    ['nobody says which page', { role: 'unknown', initiator: null }, 'failed'],
    ['a JWT of unknown use', { kind: 'unknown_jwt' }, 'failed: notice'],
    ['an encrypted token', { kind: 'encrypted', form: 'jwe' }, 'failed: notice'],
    ['an opaque token', { kind: 'opaque', form: 'opaque', confidence: 'weak' }, 'failed: notice'],
    ['an assertion that nothing types', { kind: 'client_assertion', confidence: 'weak' }, 'failed: notice'],
    [
      'a session at a place that is not its own, by its vendor',
      {
        role: 'client',
        host: 'app.example',
        earlier: {},
        audience: { outcome: 'not_meant', certain: true, text: 'It is for another.' },
      },
      'failed',
    ],
    ['an unrelated site, first of all', { earlier: {} }, 'cantTell'],
    ['a place that nobody knows, first of all', { earlier: {}, role: 'unknown' }, 'cantTell'],
    ['a site of a like name', { earlier: { everywhere: ['tracker.test'] } }, 'cantTell'],
    ['the same site again', { earlier: { everywhere: ['tracker.example'] } }, 'passed'],
    ['a place that it is meant for', { audience: { ...unknownAudience, outcome: 'meant' } }, 'passed'],
    ["the app's own backend", { role: 'client', host: 'app.example' }, 'inapplicable'],
    [
      "another host of the app's site",
      { role: 'protected_resource', host: 'api.app.example' },
      'inapplicable',
    ],
    ['an endpoint of the server', { role: 'token_endpoint' }, 'inapplicable'],
    ['a cookie, which the browser adds', { location: 'cookie' }, 'inapplicable'],
    ['a JWT in a form', { kind: 'unknown_jwt', location: 'form_body' }, 'inapplicable'],
    ['a JWT that says itself what it is', { kind: 'unknown_jwt', confidence: 'certain' }, 'inapplicable'],
    ['an access token', { kind: 'access_token' }, 'inapplicable'],
    ['a client assertion', { kind: 'client_assertion' }, 'inapplicable'],
  ])('%s', (_, more, expected) => {
    expect(outcome(credentialAcrossSites, { ...told, ...more })).toBe(expected);
  });
});
