import type { Rule } from '../../model/finding.ts';
import type { CheckedToken, SightingLocation } from '../../model/token.ts';
import { stringsMember } from '../../syntax/json.ts';
import { isSent } from '../../syntax/location.ts';
import { webOrigin } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** An access token at an API that it was not issued for. */
export const audienceMismatch: Rule = {
  id: 'audience-mismatch',
  severity: 'error',
  title: t`Access token sent to an API that is not its audience`,
  why: t`An API must refuse a token that does not name it in "aud". One that takes it can be entered with tokens that people gave to others, and whoever runs it can use this token at the API that it is really for.`,
  fix: t`Ask for one access token for each API ("resource", "audience", or the scopes of that API) and choose by the host of the request.`,
  references: [
    { title: 'RFC 7519 §4.1.3', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3' },
    { title: 'RFC 9068 §4', url: 'https://www.rfc-editor.org/rfc/rfc9068#section-4' },
    { title: 'RFC 9700 §4.10.2', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.10.2' },
  ],
  judge: ({ sighting, token, request, audience }) => {
    const { destination } = request;
    const isUnsure = mayBeForAService(token, sighting.location);
    if ((token.classification.kind !== 'access_token' && !isUnsure) || !isSent(sighting.location))
      return { outcome: 'inapplicable' };
    // Its issuer may read every token that it issued: UserInfo, introspection, revocation, token exchange.
    const isResource =
      destination.role === 'protected_resource' ||
      destination.role === 'client' ||
      destination.role === 'third_party' ||
      destination.role === 'unknown';
    if (!isResource) return { outcome: 'inapplicable' };
    switch (audience.outcome) {
      case 'meant':
        return { outcome: 'passed' };
      case 'cannot_tell':
        return isUnsure ? { outcome: 'inapplicable' } : { outcome: 'cantTell', because: audience.text };
      case 'not_meant':
        if (token.classification.confidence === 'weak' && !isUnsure)
          return { outcome: 'cantTell', because: t`${audience.text} But it may be no access token.` };
        return {
          outcome: 'failed',
          severity: audience.certain && !isUnsure ? 'error' : 'warning',
          what: isUnsure
            ? t`This token was sent to ${destination.host}, which is not its audience.`
            : t`This access token was sent to ${destination.host}, which is not its audience.`,
          evidence: [audience.text, destination.because],
        };
    }
  },
};

/**
 * True for a token that may be an ID token or not, but names a service by its URL as its audience, as those of machines
 * do (https://cloud.google.com/docs/authentication/get-id-token): whatever it is, it is for that service.
 */
function mayBeForAService(token: CheckedToken, location: SightingLocation): boolean {
  const { kind, confidence } = token.classification;
  if (
    token.form !== 'jwt' ||
    kind !== 'id_token' ||
    confidence !== 'weak' ||
    location !== 'authorization_header'
  )
    return false;
  const audiences = stringsMember(token.claims, 'aud');
  return audiences.length > 0 && audiences.every((audience) => webOrigin(audience) !== null);
}
