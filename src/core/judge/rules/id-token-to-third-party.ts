import type { Rule } from '../../model/finding.ts';
import { isSignInService, maySignIn } from '../../syntax/sign-in.ts';
import { t } from '../../text.ts';

/** An ID token in the hands of a stranger. */
export const idTokenToThirdParty: Rule = {
  id: 'id-token-to-third-party',
  severity: 'error',
  title: t`ID token handed to a third party`,
  why: t`An ID token is a signed record of who logged in. Whoever holds it knows the person, and can present it wherever it is accepted until it expires.`,
  fix: t`Take the token out of what is sent there. Analytics, logging and support tools need at most an identifier of their own for the person.`,
  references: [
    {
      title: 'OpenID Connect Core 1.0 §16.5',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#ResponseDisclosure',
    },
    {
      title: 'OpenID Connect Core 1.0 §17',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#Privacy',
    },
    { title: 'RFC 9700 §4.9', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.9' },
  ],
  judge: ({ sighting, token, request }) => {
    const { destination } = request;
    if (token.classification.kind !== 'id_token' || destination.role !== 'third_party')
      return { outcome: 'inapplicable' };
    // An API of the same party may live on another site; as a bearer token it is judged by `id-token-as-bearer`.
    if (sighting.location === 'authorization_header' || sighting.location === 'fragment')
      return { outcome: 'inapplicable' };
    if (isSignInService(destination.host)) return { outcome: 'inapplicable' };
    if (sighting.name === 'id_token_hint') {
      return {
        outcome: 'cantTell',
        because: t`"id_token_hint" is a parameter of an authorization server, and nothing seen says that ${destination.host} is one.`,
      };
    }
    if (token.classification.confidence === 'weak') {
      return {
        outcome: 'cantTell',
        because: t`It may be an ID token, but the evidence is weak. It was sent to ${destination.host}.`,
      };
    }
    // A backend on another site may be the client's own.
    if (maySignIn(destination.path)) {
      return {
        outcome: 'cantTell',
        because: t`${destination.host + destination.path} is on another site than the app, but its path is a sign-in endpoint's: it may be the app's own backend.`,
      };
    }
    return {
      outcome: 'failed',
      what:
        sighting.location === 'path'
          ? t`An ID token was handed to ${destination.host} in the path of a URL.`
          : sighting.name === ''
            ? t`An ID token was handed to ${destination.host}.`
            : t`An ID token was handed to ${destination.host} in "${sighting.name}".`,
      evidence: [destination.because, ...token.classification.evidence.map(({ text }) => text)],
    };
  },
};
