import type { Rule } from '../../model/finding.ts';

/** A token sent after its end. */
export const expiredToken: Rule = {
  id: 'expired-token',
  severity: 'warning',
  title: 'Expired token sent',
  why: 'After the time in "exp" a token must not be accepted. The call fails, or the API does not look, and then a stolen token works for ever.',
  fix: 'Renew the token before it expires (most client libraries do so when asked to), and have the API check "exp".',
  references: [{ title: 'RFC 7519 §4.1.4', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4' }],
  judge: ({ sighting, token, request }) => {
    const expiry = token.checks.find(({ id }) => id === 'exp');
    if (expiry === undefined || expiry.outcome === 'inapplicable') return { outcome: 'inapplicable' };
    // An expired ID token is a good hint (OpenID Connect RP-Initiated Logout 1.0 §4).
    if (sighting.name === 'id_token_hint' || sighting.location === 'fragment')
      return { outcome: 'inapplicable' };
    if (expiry.outcome !== 'failed') return { outcome: 'passed' };
    return {
      outcome: 'failed',
      what: `An expired token was sent to ${request.destination.host}.`,
      evidence: [expiry.text],
    };
  },
};
