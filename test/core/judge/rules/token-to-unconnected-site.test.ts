import { describe, expect, it } from 'vitest';
import { tokenToUnconnectedSite } from '../../../../src/core/judge/rules/token-to-unconnected-site.ts';
import { judged, outcome, type Told } from '../../../fixtures/case.ts';

const rule = tokenToUnconnectedSite;
const stranger: Told = {
  role: 'third_party',
  host: 'in.trackify.io',
  audience: { outcome: 'cannot_tell', certain: false, text: 'It names no host.' },
  connection: { outcome: 'none', text: 'The app and the issuer are others.' },
};

describe('token-to-unconnected-site', () => {
  it('fails, as a notice that names the host and what was compared', () => {
    expect(judged(rule, stranger)).toEqual({
      outcome: 'failed',
      what: 'Nothing seen connects this token with in.trackify.io, to which it was sent.',
      evidence: [
        'It names no host.',
        'The app and the issuer are others.',
        'It is said so in this test.',
        'Its claims say so.',
      ],
    });
    expect(rule.severity).toBe('notice');
  });

  it.each(['session_token', 'encrypted', 'opaque', 'unknown_jwt'] as const)('of a %s too', (kind) => {
    expect(outcome(rule, { ...stranger, kind })).toBe('failed');
  });

  it('not of an ID token, of which other rules speak', () => {
    expect(outcome(rule, { ...stranger, kind: 'id_token' })).toBe('inapplicable');
  });

  it.each(['connected', 'cannot_tell'] as const)('says nothing where the connection is “%s”', (told) => {
    expect(outcome(rule, { ...stranger, connection: { outcome: told, text: '' } })).toBe('inapplicable');
  });

  it('passes where the token is meant for the host', () => {
    const audience = { outcome: 'meant', certain: true, text: 'It is.' } as const;
    expect(outcome(rule, { ...stranger, audience })).toBe('passed');
  });

  it('leaves to other rules what they can tell better', () => {
    const audience = { outcome: 'not_meant', certain: false, text: 'It is elsewhere.' } as const;
    expect(outcome(rule, { ...stranger, audience })).toBe('inapplicable');
    expect(outcome(rule, { ...stranger, kind: 'session_token', audience })).toBe('failed');
    expect(
      outcome(rule, { ...stranger, kind: 'session_token', audience: { ...audience, certain: true } }),
    ).toBe('inapplicable');
    expect(outcome(rule, { ...stranger, earlier: { sites: ['shop.example'] } })).toBe('inapplicable');
    expect(outcome(rule, { ...stranger, earlier: { sites: ['trackify.io'] } })).toBe('failed');
  });

  it('looks at what the app sent: in any place for tokens that let in by themselves', () => {
    for (const location of ['header', 'query', 'json_body'] as const) {
      expect(outcome(rule, { ...stranger, location })).toBe('failed');
      expect(outcome(rule, { ...stranger, location, kind: 'unknown_jwt' })).toBe('inapplicable');
    }
    for (const location of ['cookie', 'fragment', 'redirect'] as const)
      expect(outcome(rule, { ...stranger, location })).toBe('inapplicable');
  });
});
