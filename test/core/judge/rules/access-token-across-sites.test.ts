import { describe, expect, it } from 'vitest';
import { accessTokenAcrossSites } from '../../../../src/core/judge/rules/access-token-across-sites.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = accessTokenAcrossSites;
const audience = { outcome: 'cannot_tell', certain: false, text: 'It names no host.' } as const;
const second: Told = {
  audience,
  role: 'third_party',
  host: 'tracker.test',
  earlier: { sites: ['shop.example'] },
};

describe('access-token-across-sites', () => {
  it.each(['third_party', 'protected_resource', 'unknown'] as const)(
    'the second site fails as a %s',
    (role) => {
      expect(outcome(rule, { ...second, role })).toBe('failed');
    },
  );

  it('opaque tokens too, and any place but what the browser adds', () => {
    expect(outcome(rule, { ...second, form: 'opaque' })).toBe('failed');
    for (const location of ['header', 'query', 'json_body', 'websocket_protocol'] as const)
      expect(outcome(rule, { ...second, location })).toBe('failed');
    for (const location of ['cookie', 'fragment', 'redirect'] as const)
      expect(outcome(rule, { ...second, location })).toBe('inapplicable');
  });

  it('names both', () => {
    expect(judged(rule, second)).toMatchObject({
      what: 'The access token that had been sent to shop.example was sent to tracker.test too.',
      evidence: ['It names no host.', 'It is said so in this test.'],
    });
  });

  it('the first site stays innocent when its turn comes again, the second does not', () => {
    const earlier = { sites: ['shop.example', 'tracker.test'] };
    expect(outcome(rule, { ...second, earlier, host: 'api.shop.example' })).toBe('passed');
    expect(outcome(rule, { ...second, earlier })).toBe('failed');
  });

  it('passes where it is meant for the place', () => {
    const meant = { outcome: 'meant', certain: true, text: 'It is.' } as const;
    expect(outcome(rule, { ...second, audience: meant })).toBe('passed');
  });

  it('weak evidence that it is an access token makes cantTell', () => {
    expect(outcome(rule, { ...second, confidence: 'weak' })).toBe('cantTell');
  });

  it.each([
    ['www.googleapis.com', 'people.googleapis.com'],
    ['graph.microsoft.com', 'outlook.office365.com'],
    ['api.github.com', 'api.githubcopilot.com'],
    ['github.com', 'raw.githubusercontent.com'],
  ])('no false alarm: one vendor’s APIs, %s and %s', (first, host) => {
    const site = first.includes('googleapis') ? first : first.split('.').slice(-2).join('.');
    expect(outcome(rule, { ...second, earlier: { sites: [site] }, host })).toBe('passed');
  });

  it.each([
    ['acme.example', 'acme.test', 'one name under two suffixes'],
    ['acme.example', 'acme-cdn.test', 'one name in the other'],
    ['one.azurewebsites.net', 'two.azurewebsites.net', 'customers of one hosting company'],
    ['one.execute-api.eu-west-1.amazonaws.com', 'two.execute-api.eu-west-1.amazonaws.com', 'gateways'],
    ['shop.example', 'localhost:3000', 'an API under development'],
    ['shop.example', '10.0.0.5', 'an address'],
  ])('no false alarm: %s and %s may be one party’s (%s)', (first, host) => {
    expect(outcome(rule, { ...second, earlier: { sites: [first] }, host })).toBe('cantTell');
  });

  it('no false alarm: the app’s own backend and other hosts of its site', () => {
    expect(outcome(rule, { ...second, role: 'client', host: 'app.example' })).toBe('inapplicable');
    const initiator = 'https://www.acme.example';
    expect(
      outcome(rule, { ...second, initiator, role: 'protected_resource', host: 'api.acme.example' }),
    ).toBe('inapplicable');
  });

  it.each(['userinfo_endpoint', 'authorization_server', 'introspection_endpoint'] as const)(
    'no false alarm: its issuer may read it (%s)',
    (role) => {
      expect(outcome(rule, { ...second, role })).toBe('inapplicable');
    },
  );

  it('is inapplicable at the first site, to other tokens, and where another rule speaks', () => {
    expect(outcome(rule, { ...second, earlier: { sites: [] } })).toBe('inapplicable');
    for (const kind of ['id_token', 'opaque', 'unknown_jwt'] as const)
      expect(outcome(rule, { ...second, kind })).toBe('inapplicable');
    const notMeant = { outcome: 'not_meant', certain: true, text: 'It is not.' } as const;
    expect(outcome(rule, { ...second, audience: notMeant })).toBe('inapplicable');
  });
});
