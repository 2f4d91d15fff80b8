import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/model/finding.ts';
import type { TokenKind } from '../../../src/core/model/token.ts';
import { summaryOf } from '../../../src/core/report/summary.ts';
import { caseOf, type Told } from '../../fixtures/case.ts';
import { authorizationRequest } from '../../fixtures/message.ts';

const FINDING: Finding = {
  ...{ ruleId: 'a-rule', outcome: 'failed', severity: 'error', exchange: 'w1', token: null, title: '' },
  ...{ what: 'It happened.', why: '', fix: '', evidence: [], references: [] },
};

function summary(told: Told, findings: readonly Finding[] = []): string {
  const { token, sighting, request } = caseOf(told);
  const carried = { token, sighting: { ...sighting, token: token.fingerprint }, provenance: null };
  return summaryOf({ destination: request.destination, findings, message: null, tokens: [carried] });
}

const KINDS: readonly TokenKind[] = [
  ...(['id_token', 'access_token', 'refresh_token', 'logout_token', 'dpop_proof'] as const),
  ...(['client_assertion', 'request_object', 'authorization_response', 'security_event'] as const),
  ...(['session_token', 'unknown_jwt', 'encrypted', 'opaque'] as const),
];

describe('summaryOf', () => {
  it('is the worst finding’s sentence, and says that there are more', () => {
    expect(summary({}, [FINDING])).toBe('It happened.');
    expect(summary({}, [FINDING, { ...FINDING, ruleId: 'b' }])).toBe(
      'It happened. One more problem was found.',
    );
    const cantTell = { ...FINDING, ruleId: 'b', outcome: 'cantTell' } as const;
    expect(summary({}, [FINDING, cantTell])).toBe('It happened.');
  });

  it('says what a token is, what for, and where it was sent, where nothing was found', () => {
    const claims = { aud: 'https://api.example' };
    expect(summary({ claims })).toBe(
      'This access token is for "https://api.example"; it was sent to the API at api.example. No problem was found.',
    );
    expect(summary({ kind: 'id_token', claims: { aud: 'shop-spa' }, role: 'end_session_endpoint' })).toBe(
      'This ID token tells "shop-spa" who logged in; it was sent to the end session endpoint of api.example. No problem was found.',
    );
    expect(summary({ form: 'opaque' })).toMatch(
      /^This access token is opaque: whom it is for only its issuer knows;/,
    );
  });

  it('says why something can’t be told', () => {
    const cantTell = { ...FINDING, outcome: 'cantTell', what: 'The keys are missing.' } as const;
    expect(summary({}, [cantTell])).toMatch(/Not all of it can be told: The keys are missing\.$/);
  });

  it('is as sure as the evidence', () => {
    expect(summary({ kind: 'id_token', confidence: 'weak', claims: { aud: 'x' } })).toMatch(
      /^This may be an ID token, for "x";/,
    );
  });

  it.each(KINDS)('has a sentence for %s that never calls anything safe', (kind) => {
    for (const claims of [{}, { aud: ['a', 'b'] }]) {
      const said = summary({ kind, claims });
      expect(said).toMatch(/^This .+; it was sent to .+\. No problem was found\.$/);
      expect(said).not.toMatch(/undefined|null|\bsafe\b|\bsecure\b|verified/);
    }
  });

  it('tells the request of a step that carries no token', () => {
    const { destination } = caseOf({ role: 'authorization_endpoint', host: 'login.example' }).request;
    expect(summaryOf({ destination, findings: [], tokens: [], message: authorizationRequest() })).toBe(
      'Here the client "the-app" asks login.example to log somebody in. No problem was found.',
    );
  });
});
