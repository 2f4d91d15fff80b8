import type { Case, Rule } from '../../model/finding.ts';
import type { CheckedToken } from '../../model/token.ts';
import { member, stringMember } from '../../syntax/json.ts';
import { isRequestBody } from '../../syntax/location.ts';
import { isSignInService, signsIn } from '../../syntax/sign-in.ts';
import { webOrigin } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** An access token in the place of a log-in. */
export const accessTokenAsIdentity: Rule = {
  id: 'access-token-as-identity',
  severity: 'warning',
  title: t`Access token handed to the app’s own log-in as proof of identity`,
  why: t`An access token says what its bearer may do, not who logged in, how, when or at which app. A log-in that takes it lets everybody in who holds an access token of that person: also the owner of any other app that the person has authorised.`,
  fix: t`Ask for an ID token (scope "openid"), hand that to the backend once, and have it checked there: signature, issuer, audience, nonce. Better still, let the backend redeem the authorization code itself. Where a provider has no ID tokens, the backend must ask the provider which client the access token was issued to.`,
  references: [
    { title: 'RFC 6749 §10.16', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.16' },
    {
      title: 'OpenID Connect Core 1.0 §16.11',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#TokenSubstitution',
    },
  ],
  judge: (subject) => {
    const { sighting, token, request, audience, beside } = subject;
    const { destination } = request;
    if (token.classification.kind !== 'access_token' || !isRequestBody(sighting.location))
      return { outcome: 'inapplicable' };
    const isSaidToBeIdToken = sighting.name === 'id_token';
    if (!isSaidToBeIdToken && !signsIn(destination.path)) return { outcome: 'inapplicable' };
    // The ID token beside it proves who logged in; beside a refresh token it is renewed, or kept by the backend.
    if (beside.includes('id_token') || beside.includes('refresh_token')) return { outcome: 'inapplicable' };
    if (isIssuers(subject) || isSession(token) || isSignInService(destination.host))
      return { outcome: 'inapplicable' };
    switch (destination.role) {
      case 'client':
      case 'protected_resource':
        break;
      case 'third_party':
      case 'unknown':
        return {
          outcome: 'cantTell',
          because: t`${destination.host + destination.path} may be the log-in of the app's own backend, or an authorization server's.`,
        };
      default:
        return { outcome: 'inapplicable' };
    }
    // A token that is for this very backend can't be another app's.
    if (audience.outcome === 'meant' && audience.certain) return { outcome: 'passed' };
    if (token.classification.confidence === 'weak') {
      return {
        outcome: 'cantTell',
        because:
          sighting.name === ''
            ? t`${destination.path} looks like a log-in, and what it was sent may be an access token.`
            : t`${destination.path} looks like a log-in, and "${sighting.name}" may be an access token.`,
      };
    }
    return {
      outcome: 'failed',
      what: isSaidToBeIdToken
        ? t`An access token was handed to ${destination.host} as "id_token".`
        : sighting.name === ''
          ? t`An access token was handed to the log-in ${destination.host + destination.path}.`
          : t`An access token was handed to the log-in ${destination.host + destination.path} in "${sighting.name}".`,
      evidence: [destination.because, ...token.classification.evidence.map(({ text }) => text)],
    };
  },
};

/** True where the place issued it: to know its own tokens again is no log-in by another's. */
function isIssuers({ token, request, issued }: Case): boolean {
  const { origin } = request.destination;
  const issuer = token.form === 'jwt' ? stringMember(token.claims, 'iss') : null;
  return issued?.origin === origin || (issuer !== null && webOrigin(issuer) === origin);
}

/** Supabase's access token is its session: https://supabase.com/docs/guides/auth/sessions. */
function isSession(token: CheckedToken): boolean {
  return (
    token.form === 'jwt' && ['role', 'aal', 'session_id'].every((name) => member(token.claims, name) != null)
  );
}
