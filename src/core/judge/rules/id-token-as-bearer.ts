import type { Case, Rule, Verdict } from '../../model/finding.ts';
import { namesPlace } from '../../syntax/audience-place.ts';
import { mayBeOfTheProtocol } from '../../syntax/protocol-path.ts';
import { signsIn } from '../../syntax/sign-in.ts';
import { t } from '../../text.ts';

/** An ID token in the place of an access token. */
export const idTokenAsBearer: Rule = {
  id: 'id-token-as-bearer',
  severity: 'error',
  title: 'ID token sent to an API as if it were an access token',
  why: 'An ID token tells the client who logged in; its audience is the client, and no API. An API that takes it was pinned to the wrong audience: it takes every ID token issued to that client, carries no scope to limit what the bearer may do, and hands a record of the person to a party it was not made for.',
  fix: 'Ask the authorization server for an access token for this API (a scope of the API, or "resource" or "audience"), send that one in the Authorization header, and have the API accept its own identifier in "aud" only.',
  references: [
    {
      title: 'OpenID Connect Core 1.0 §2',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDToken',
    },
    { title: 'RFC 9068 §4', url: 'https://www.rfc-editor.org/rfc/rfc9068#section-4' },
    { title: 'RFC 8725 §3.12', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.12' },
  ],
  judge: (subject) => {
    const { sighting, token, request } = subject;
    if (token.classification.kind !== 'id_token') return { outcome: 'inapplicable' };
    if (sighting.location !== 'authorization_header' && sighting.location !== 'header')
      return { outcome: 'inapplicable' };
    const { role, host, path } = request.destination;
    switch (role) {
      case 'userinfo_endpoint':
        return fail(
          subject,
          'the UserInfo Endpoint, which is a protected resource and takes an access token',
        );
      case 'client':
        // The one hand-off to the client's own backend, in a header.
        return signsIn(path)
          ? { outcome: 'inapplicable' }
          : fail(subject, "the app's own backend", 'warning');
      case 'protected_resource':
      case 'third_party':
      case 'unknown':
        return signsIn(path)
          ? {
              outcome: 'cantTell',
              because: `${host}${path} may be the sign-in endpoint of the app's own backend.`,
            }
          : fail(subject, host);
      case 'authorization_server':
        // There an ID token is at home, but no endpoint of the protocol takes it as a bearer token: an API beside them.
        return mayBeOfTheProtocol(path) || sighting.location !== 'authorization_header'
          ? { outcome: 'inapplicable' }
          : fail(subject, `${host}, to an API of its issuer`, 'warning');
      default:
        return { outcome: 'inapplicable' };
    }
  },
};

function fail(
  { token, request, client, acceptedByDesign, connection }: Case,
  where: string,
  severity?: 'warning',
): Verdict {
  const audience = client === null ? 'the client' : `the client "${client.clientId}"`;
  if (token.classification.confidence === 'weak') {
    return {
      outcome: 'cantTell',
      because: `It may be an ID token, but the evidence is weak. It was sent to ${where}.`,
    };
  }
  if (namesPlace(token, request.destination)) {
    return {
      outcome: 'cantTell',
      because: t`This ID token names ${request.destination.host} among its audiences, which may be others than the client too (OpenID Connect Core 1.0 §2).`,
    };
  }
  if (acceptedByDesign !== null && request.destination.role !== 'userinfo_endpoint') {
    const { vendor, text } = acceptedByDesign;
    const isStranger = connection.outcome === 'none';
    return {
      outcome: 'failed',
      severity: 'notice',
      what: isStranger
        ? t`This ID token is for ${audience}; it was sent to ${where}, with which nothing seen connects the app. ${vendor} documents this use for the app’s own backend.`
        : `This ID token is for ${audience}; it was sent to ${where}. ${vendor} documents this use.`,
      evidence: [text, ...(isStranger ? [connection.text] : []), request.destination.because],
    };
  }
  return {
    outcome: 'failed',
    ...(severity === undefined ? {} : { severity }),
    what: `This ID token tells ${audience} who logged in; it was sent to ${where}, which is not its audience.`,
    evidence: [...token.classification.evidence.map(({ text }) => text), request.destination.because],
  };
}
