import type { Case, Rule, Verdict } from '../../model/finding.ts';
import { namesPlace } from '../../syntax/audience-place.ts';
import { isRequestBody } from '../../syntax/location.ts';
import { isSignInService, maySignIn } from '../../syntax/sign-in.ts';

/** An ID token in request bodies, beyond the one hand-off to the client's own backend. */
export const idTokenInBody: Rule = {
  id: 'id-token-in-body',
  severity: 'error',
  title: 'ID token sent in a request body, beyond signing in',
  why: 'An ID token says once, to the client, that somebody logged in. A backend that is shown it again and again uses it as a session, which nobody can end and which outlives a log-out; an API that takes it from a body takes every ID token of that client.',
  fix: 'Hand the ID token over once, to the sign-in endpoint of the app’s own backend, and let that set up a session. Send APIs an access token, in the Authorization header.',
  references: [
    {
      title: 'OpenID Connect Core 1.0 §2',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDToken',
    },
    { title: 'RFC 8725 §3.9', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.9' },
    { title: 'RFC 8725 §3.12', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.12' },
  ],
  judge: (subject) => {
    const { sighting, token, request, earlier } = subject;
    const { destination } = request;
    if (token.classification.kind !== 'id_token' || !isRequestBody(sighting.location))
      return { outcome: 'inapplicable' };
    // The client may be named by its redirect URI (Self-Issued OpenID Provider v2 §7.1).
    if (namesPlace(token, destination)) return { outcome: 'passed' };
    switch (destination.role) {
      case 'userinfo_endpoint':
        return fail(subject, 'the UserInfo Endpoint, which takes an access token');
      case 'client':
        if (earlier.handOffs === 0 || maySignIn(destination.path)) return { outcome: 'passed' };
        return fail(subject, "the app's own backend, which it had been handed to before", 'warning');
      case 'protected_resource':
        if (maySignIn(destination.path)) return { outcome: 'passed' };
        if (destination.known) return fail(subject, `${destination.host}, which is an API`);
        // A host of the app's own site may be its backend as well as an API.
        if (earlier.handOffs === 0) return mayBeHandOff(destination.host);
        return fail(subject, `${destination.host}, which it had been handed to before`, 'warning');
      case 'unknown':
        if (maySignIn(destination.path) || isSignInService(destination.host)) return { outcome: 'passed' };
        return mayBeHandOff(destination.host);
      default:
        // At home at the authorization server; of strangers, `id-token-to-third-party` speaks.
        return { outcome: 'inapplicable' };
    }
  },
};

function mayBeHandOff(host: string): Verdict {
  return {
    outcome: 'cantTell',
    because: `${host} may be the app's own backend, to which an ID token may be handed once, or an API.`,
  };
}

function fail(
  { sighting, token, request, client, acceptedByDesign }: Case,
  where: string,
  severity?: 'warning',
): Verdict {
  if (token.classification.confidence === 'weak') {
    return {
      outcome: 'cantTell',
      because: `It may be an ID token, but the evidence is weak. It was sent to ${where}.`,
    };
  }
  const audience = client === null ? 'the client' : `the client "${client.clientId}"`;
  if (acceptedByDesign !== null && request.destination.role !== 'userinfo_endpoint') {
    return {
      outcome: 'failed',
      severity: 'notice',
      what: `This ID token is for ${audience}; "${sighting.name}" took it to ${where}. ${acceptedByDesign.vendor} documents this use.`,
      evidence: [acceptedByDesign.text, request.destination.because],
    };
  }
  return {
    outcome: 'failed',
    ...(severity === undefined ? {} : { severity }),
    what: `This ID token tells ${audience} who logged in; "${sighting.name}" took it to ${where}.`,
    evidence: [...token.classification.evidence.map(({ text }) => text), request.destination.because],
  };
}
