import type { Case, Rule, Verdict } from '../../model/finding.ts';
import { stringMember } from '../../syntax/json.ts';
import { isHandedOver, isRequestBody } from '../../syntax/location.ts';
import { isOneParty } from '../../syntax/party.ts';
import { isSignInService, maySignIn } from '../../syntax/sign-in.ts';
import { parseUrl, siteOf, webOrigin } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** Paths at which backends renew the tokens that they issue: `/auth/refresh`, `/token/refresh/`, `/renew`. */
const RENEWS = /(?:^|[/_.-])(?:refresh|renew|tokens?)(?:$|[/_.-])/i;

/** A refresh token in the hands of anybody but who issued it. */
export const refreshTokenOutsideTokenEndpoint: Rule = {
  id: 'refresh-token-outside-token-endpoint',
  severity: 'error',
  title: t`Refresh token sent to somebody other than its authorization server`,
  why: t`A refresh token gets new access tokens for as long as it lives, often for months. It is for the authorization server alone, and is never sent to an API: whoever else gets it may stay the person for good.`,
  fix: t`Send refresh tokens to the token endpoint (and, to give them back, to the revocation endpoint) only. Send APIs the access token. Leave the renewal to the client library.`,
  references: [
    { title: 'RFC 6749 §1.5', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-1.5' },
    { title: 'RFC 6749 §10.4', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.4' },
    { title: 'RFC 9700 §4.14.2', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2' },
  ],
  judge: (subject) => {
    const { sighting, token, request } = subject;
    const { destination } = request;
    if (token.classification.kind !== 'refresh_token' || !isHandedOver(sighting.location))
      return { outcome: 'inapplicable' };
    switch (destination.role) {
      case 'token_endpoint':
      case 'revocation_endpoint':
      case 'introspection_endpoint':
        return atServer(subject);
      case 'end_session_endpoint':
      case 'authorization_server':
        return { outcome: 'passed' };
      case 'userinfo_endpoint':
        return elsewhere(subject);
      default:
        if (isSignInService(destination.host)) return { outcome: 'passed' };
        return isIssuers(subject) ? { outcome: 'passed' } : elsewhere(subject);
    }
  },
};

/** What makes a token endpoint is the request itself: a stranger's looks like one too. */
function atServer({ issued, request }: Case): Verdict {
  const host = request.destination.host;
  if (issued === null || isOneParty(siteAt(issued.origin), siteAt(request.destination.origin)) === 'yes')
    return { outcome: 'passed' };
  return {
    outcome: 'cantTell',
    because: t`It was issued at ${issued.origin}, and ${host} may be another host of the same authorization server.`,
  };
}

function elsewhere({ sighting, token, request, issued }: Case): Verdict {
  const { destination } = request;
  const { role, host, path } = destination;
  const isApp = role === 'client' || (role === 'protected_resource' && !destination.known);
  const issuer = token.form === 'jwt' ? webOrigin(stringMember(token.claims, 'iss') ?? '') : null;
  // Frameworks have a backend renew the tokens that it issued itself, in a body or as a bearer token.
  if (issued === null && issuer === null && RENEWS.test(path)) return { outcome: 'passed' };
  if (token.classification.confidence === 'weak')
    return { outcome: 'cantTell', because: t`It may be a refresh token; it was sent to ${host}.` };
  if (RENEWS.test(path)) {
    return {
      outcome: 'cantTell',
      because: t`${host + path} looks like a token endpoint, but nothing seen says whose it is.`,
    };
  }
  if (isApp && maySignIn(path) && isRequestBody(sighting.location)) {
    return {
      outcome: 'cantTell',
      because: t`${host + path} may be where the app's own backend takes over the session from its page.`,
    };
  }
  if (issued === null && issuer === null && (role === 'client' || token.form === 'jwt')) {
    return { outcome: 'cantTell', because: t`Who issued it is not known: ${host} may have.` };
  }
  return {
    outcome: 'failed',
    // The backend is the client too, to whom it was issued.
    ...(role === 'client' ? { severity: 'warning' } : {}),
    what: t`A refresh token was sent to ${host + path}.`,
    evidence: [
      destination.because,
      ...(issued === null ? [] : [t`It was issued at ${issued.origin}.`]),
      ...token.classification.evidence.map(({ text }) => text),
    ],
  };
}

function isIssuers({ token, request, issued }: Case): boolean {
  const { origin } = request.destination;
  const issuer = token.form === 'jwt' ? stringMember(token.claims, 'iss') : null;
  if (issued !== null) return issued.origin === origin;
  return issuer !== null && webOrigin(issuer) === origin;
}

function siteAt(origin: string): string {
  return siteOf(parseUrl(origin)?.hostname ?? '');
}
