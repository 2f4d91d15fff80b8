import { describe, expect, it } from 'vitest';
import { idTokenOfAnotherClient } from '../../../../src/core/judge/rules/id-token-of-another-client.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = idTokenOfAnotherClient;
const stranger = { clientId: 'the-game', origins: ['https://game.test'] };
const substituted: Told = {
  kind: 'id_token',
  claims: { iss: 'https://op.example', aud: 'the-game', azp: 'the-game' },
  location: 'json_body',
  name: 'id_token',
  role: 'client',
  host: 'app.example',
  path: '/login',
  pageClients: ['the-app'],
  client: stranger,
};

describe('id-token-of-another-client', () => {
  it.each(['json_body', 'authorization_header', 'header', 'query', 'websocket_message'] as const)(
    'fails for an ID token in the %s that was issued to an app on another site',
    (location) => {
      expect(outcome(rule, { ...substituted, location })).toBe('failed');
    },
  );

  it.each(['protected_resource', 'third_party', 'unknown'] as const)('fails at a %s', (role) => {
    expect(outcome(rule, { ...substituted, role, host: 'api.example' })).toBe('failed');
  });

  it('names both clients', () => {
    expect(judged(rule, substituted)).toMatchObject({
      what: 'A page whose client_id is "the-app" sent app.example an ID token for "the-game".',
      evidence: ['Its claims say so.', '"the-game" is a client of the same issuer at https://game.test.'],
    });
  });

  it('is a warning where its client was never seen: the page may have a second one', () => {
    expect(outcome(rule, { ...substituted, client: null })).toBe('failed: warning');
  });

  it('weak evidence that it is an ID token makes cantTell', () => {
    expect(outcome(rule, { ...substituted, confidence: 'weak' })).toBe('cantTell');
  });

  it('passes where its audience is the page’s client, alone or among others', () => {
    const client = { clientId: 'the-app', origins: ['https://app.example'] };
    for (const aud of ['the-app', ['the-api', 'the-app']])
      expect(outcome(rule, { ...substituted, client, claims: { aud } })).toBe('passed');
  });

  it('no false alarm: Google’s apps have a client for each platform, and tokens for one got by the other', () => {
    const claims = { aud: 'web.apps.googleusercontent.com', azp: 'android.apps.googleusercontent.com' };
    for (const pageClients of [[claims.aud], [claims.azp]])
      expect(outcome(rule, { ...substituted, client: null, claims, pageClients })).toBe('passed');
  });

  it('no false alarm: a suite of apps that share a log-in', () => {
    for (const origin of ['https://www.app.example', 'http://app.example', 'https://app.test']) {
      const client = { clientId: 'the-orders', origins: ['https://far.test', origin] };
      expect(outcome(rule, { ...substituted, client })).toBe('cantTell');
    }
  });

  it('no false alarm: a server that writes another audience than the client that it issued it to', () => {
    const issued = { origin: 'https://op.example', clientId: 'the-app' };
    expect(outcome(rule, { ...substituted, client: null, issued })).toBe('cantTell');
  });

  it('no false alarm: a portal hands the token to the client that it is for', () => {
    for (const role of ['third_party', 'protected_resource'] as const)
      expect(outcome(rule, { ...substituted, role, host: 'game.test' })).toBe('passed');
  });

  it('no false alarm: the authorization server’s own page, a client itself, posts the response to the app', () => {
    const form: Told = { location: 'form_body', initiator: 'https://op.example', pageClients: ['account'] };
    expect(outcome(rule, { ...substituted, ...form, client: null })).toBe('inapplicable');
  });

  it.each(['token_endpoint', 'authorization_server', 'end_session_endpoint'] as const)(
    'no false alarm: at the %s one app may present another’s (token exchange, native SSO)',
    (role) => {
      expect(outcome(rule, { ...substituted, role })).toBe('inapplicable');
    },
  );

  it('is inapplicable where nothing is known of the page, and to other tokens', () => {
    expect(outcome(rule, { ...substituted, pageClients: [] })).toBe('inapplicable');
    expect(outcome(rule, { ...substituted, kind: 'access_token' })).toBe('inapplicable');
    expect(outcome(rule, { ...substituted, form: 'jwe' })).toBe('inapplicable');
    for (const location of ['fragment', 'cookie', 'redirect'] as const)
      expect(outcome(rule, { ...substituted, location })).toBe('inapplicable');
  });
});
