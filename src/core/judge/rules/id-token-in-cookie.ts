import type { Case, Rule, Verdict } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An ID token kept in a cookie, as if it were a session. */
export const idTokenInCookie: Rule = {
  id: 'id-token-in-cookie',
  severity: 'warning',
  title: t`ID token in a cookie, as if it were a session`,
  why: t`An ID token tells who logged in once; it is no session. It can’t be revoked, it ends when its issuer says and not when the person logs out, and the browser puts it on every request to the host, into logs and the hands of whatever else answers there.`,
  fix: t`Validate the ID token where it arrives, then start a session of the app’s own: a random identifier, or an encrypted session, in a cookie that is HttpOnly, Secure and SameSite. APIs on other hosts take an access token.`,
  references: [
    {
      title: 'OpenID Connect Core 1.0 §2',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDToken',
    },
    {
      title: 'OpenID Connect Core 1.0 §17',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#Privacy',
    },
    { title: 'RFC 6265 §8.2', url: 'https://www.rfc-editor.org/rfc/rfc6265#section-8.2' },
  ],
  looksAlsoAt: ['cookie'],
  judge: (subject) => {
    const { sighting, token, request, client } = subject;
    if (sighting.location !== 'cookie' || token.classification.kind !== 'id_token')
      return { outcome: 'inapplicable' };
    const { role, origin, known } = request.destination;
    switch (role) {
      case 'client':
      case 'unknown':
        return fail(subject);
      case 'protected_resource': {
        // A host of the app's own site may as well be the app's own backend.
        const isApi = known && client?.origins.includes(origin) !== true;
        return isApi ? fail(subject, 'error') : fail(subject);
      }
      default:
        // An authorization server's cookies are its own business, and so are those of another site, which set them itself.
        return { outcome: 'inapplicable' };
    }
  },
};

/** @param severity of a cookie that goes to an API */
function fail({ sighting, token, request, acceptedByDesign }: Case, severity?: 'error'): Verdict {
  const { name } = sighting;
  const { host } = request.destination;
  if (token.classification.confidence === 'weak') {
    return {
      outcome: 'cantTell',
      because: t`The cookie "${name}" may hold an ID token, but the evidence is weak: it may be a session of the app’s own.`,
    };
  }
  const evidence = [...token.classification.evidence.map(({ text }) => text), request.destination.because];
  const what =
    severity === undefined
      ? t`The cookie "${name}" holds an ID token; the browser sends it to ${host} on every request.`
      : t`The cookie "${name}" holds an ID token; the browser sends it to ${host}, an API that is not its audience.`;
  if (acceptedByDesign !== null) {
    return {
      outcome: 'failed',
      severity: 'notice',
      what: `${what} ${t`${acceptedByDesign.vendor} documents that its ID tokens may go to APIs.`}`,
      evidence: [acceptedByDesign.text, ...evidence],
    };
  }
  return { outcome: 'failed', ...(severity === undefined ? {} : { severity }), what, evidence };
}
