import type { Rule } from '../../model/finding.ts';
import { stringMember, stringsMember } from '../../syntax/json.ts';
import { isSent } from '../../syntax/location.ts';
import { t } from '../../text.ts';

/** Issuers whose documentation has access tokens without an audience: it is theirs to change, not the app's. */
const WITHOUT_AUDIENCE: readonly RegExp[] = [
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
  /^https:\/\/cognito-idp(?:-fips)?\.[\w-]+\.amazonaws\.com(?:\.cn)?\//,
];

/** An access token that fits any API. */
export const audienceMissing: Rule = {
  id: 'audience-missing',
  severity: 'notice',
  title: t`Access token that names no audience`,
  why: t`Without "aud" no API can tell whether a token was issued for it. Every API that trusts the issuer takes every such token, so that one API can use the tokens that it gets at all the others.`,
  fix: t`Register each API at the authorization server and ask for tokens by its identifier ("resource", "audience", or the scopes of that API); have the API refuse tokens without it in "aud".`,
  references: [
    { title: 'RFC 9068 §2.2', url: 'https://www.rfc-editor.org/rfc/rfc9068#section-2.2' },
    { title: 'RFC 8725 §3.9', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.9' },
    { title: 'RFC 9700 §2.3', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-2.3' },
  ],
  judge: ({ sighting, token, request }) => {
    const { classification } = token;
    if (token.form !== 'jwt' || classification.kind !== 'access_token' || !isSent(sighting.location))
      return { outcome: 'inapplicable' };
    const { role, host } = request.destination;
    // Its issuer knows its own tokens by more than their audience.
    const isResource =
      role === 'protected_resource' || role === 'client' || role === 'third_party' || role === 'unknown';
    if (!isResource) return { outcome: 'inapplicable' };
    if (stringsMember(token.claims, 'aud').length > 0) return { outcome: 'passed' };
    const issuer = stringMember(token.claims, 'iss') ?? '';
    if (WITHOUT_AUDIENCE.some((documented) => documented.test(issuer))) return { outcome: 'inapplicable' };
    if (classification.confidence === 'weak')
      return { outcome: 'cantTell', because: t`It names no audience, but it may be no access token.` };
    return {
      outcome: 'failed',
      what: t`The access token that was sent to ${host} names no audience.`,
      evidence: isTyped(stringMember(token.header, 'typ'))
        ? [t`Its header is typed "at+jwt": such a token must have "aud" (RFC 9068 §2.2).`]
        : [t`It has no "aud" claim, or an empty one.`],
    };
  },
};

function isTyped(typ: string | null): boolean {
  return /^(?:application\/)?at\+jwt$/i.test(typ ?? '');
}
