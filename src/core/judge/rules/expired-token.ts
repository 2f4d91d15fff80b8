import type { Rule } from '../../model/finding.ts';
import { numberMember } from '../../syntax/json.ts';
import { isSent } from '../../syntax/location.ts';
import { t } from '../../text.ts';

/** A token sent after its end. */
export const expiredToken: Rule = {
  id: 'expired-token',
  severity: 'warning',
  title: t`Expired token sent`,
  why: t`After the time in "exp" a token must not be accepted. The call fails, or the API does not look, and then a stolen token works for ever.`,
  fix: t`Renew the token before it expires (most client libraries do so when asked to), and have the API check "exp".`,
  references: [{ title: 'RFC 7519 §4.1.4', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4' }],
  judge: ({ sighting, token, request }) => {
    const expiry = token.checks.find(({ id }) => id === 'exp');
    if (expiry === undefined || expiry.outcome === 'inapplicable') return { outcome: 'inapplicable' };
    // An expired ID token is a good hint (OpenID Connect RP-Initiated Logout 1.0 §4).
    if (sighting.name === 'id_token_hint' || !isSent(sighting.location)) return { outcome: 'inapplicable' };
    // A client that sleeps finds out by trying that its refresh token ended (RFC 6749 §5.2, "invalid_grant").
    if (token.classification.kind === 'refresh_token') return { outcome: 'inapplicable' };
    // To ask whether a token is still good (RFC 7662 §2.2), or to give it back (RFC 7009 §2.1), uses it for nothing.
    const { role } = request.destination;
    if (role === 'introspection_endpoint' || role === 'revocation_endpoint')
      return { outcome: 'inapplicable' };
    if (expiry.outcome !== 'failed') return { outcome: 'passed' };
    if (token.form !== 'jwt' || numberMember(token.claims, 'exp') === null)
      return { outcome: 'cantTell', because: t`When it ends can't be told. ${expiry.text}` };
    return {
      outcome: 'failed',
      what: t`An expired token was sent to ${request.destination.host}.`,
      evidence: [expiry.text],
    };
  },
};
