import type { Case, Rule, Verdict } from '../../model/finding.ts';
import { namesPlace } from '../../syntax/audience-place.ts';
import { isRequestBody } from '../../syntax/location.ts';
import { isSignInService, maySignIn } from '../../syntax/sign-in.ts';
import { t } from '../../text.ts';

/** What is said of an ID token that a body took to one kind of place. */
interface Said {
  readonly sent: (host: string) => string;
  /** null where no vendor's word makes it right. */
  readonly isFor: ((name: string, host: string, clientId: string | null) => string) | null;
  readonly tells: (name: string, host: string, clientId: string | null) => string;
}

const TO_USERINFO: Said = {
  sent: () => t`It was sent to the UserInfo Endpoint, which takes an access token.`,
  isFor: null,
  tells: (name, _, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; "${name}" took it to the UserInfo Endpoint, which takes an access token.`
      : t`This ID token tells the client "${clientId}" who logged in; "${name}" took it to the UserInfo Endpoint, which takes an access token.`,
};

const TO_BACKEND_AGAIN: Said = {
  sent: () => t`It was sent to the app's own backend, which it had been handed to before.`,
  isFor: (name, _, clientId) =>
    clientId === null
      ? t`This ID token is for the client; "${name}" took it to the app's own backend, which it had been handed to before.`
      : t`This ID token is for the client "${clientId}"; "${name}" took it to the app's own backend, which it had been handed to before.`,
  tells: (name, _, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; "${name}" took it to the app's own backend, which it had been handed to before.`
      : t`This ID token tells the client "${clientId}" who logged in; "${name}" took it to the app's own backend, which it had been handed to before.`,
};

const TO_API: Said = {
  sent: (host) => t`It was sent to ${host}, which is an API.`,
  isFor: (name, host, clientId) =>
    clientId === null
      ? t`This ID token is for the client; "${name}" took it to ${host}, which is an API.`
      : t`This ID token is for the client "${clientId}"; "${name}" took it to ${host}, which is an API.`,
  tells: (name, host, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; "${name}" took it to ${host}, which is an API.`
      : t`This ID token tells the client "${clientId}" who logged in; "${name}" took it to ${host}, which is an API.`,
};

const TO_HOST_AGAIN: Said = {
  sent: (host) => t`It was sent to ${host}, which it had been handed to before.`,
  isFor: (name, host, clientId) =>
    clientId === null
      ? t`This ID token is for the client; "${name}" took it to ${host}, which it had been handed to before.`
      : t`This ID token is for the client "${clientId}"; "${name}" took it to ${host}, which it had been handed to before.`,
  tells: (name, host, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; "${name}" took it to ${host}, which it had been handed to before.`
      : t`This ID token tells the client "${clientId}" who logged in; "${name}" took it to ${host}, which it had been handed to before.`,
};

/** An ID token in request bodies, beyond the one hand-off to the client's own backend. */
export const idTokenInBody: Rule = {
  id: 'id-token-in-body',
  severity: 'error',
  title: t`ID token sent in a request body, beyond signing in`,
  why: t`An ID token says once, to the client, that somebody logged in. A backend that is shown it again and again uses it as a session, which nobody can end and which outlives a log-out; an API that takes it from a body takes every ID token of that client.`,
  fix: t`Hand the ID token over once, to the sign-in endpoint of the app’s own backend, and let that set up a session. Send APIs an access token, in the Authorization header.`,
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
        return fail(subject, TO_USERINFO);
      case 'client':
        if (earlier.handOffs === 0 || maySignIn(destination.path)) return { outcome: 'passed' };
        return fail(subject, TO_BACKEND_AGAIN, 'warning');
      case 'protected_resource':
        if (maySignIn(destination.path)) return { outcome: 'passed' };
        if (destination.known) return fail(subject, TO_API);
        // A host of the app's own site may be its backend as well as an API.
        if (earlier.handOffs === 0) return mayBeHandOff(destination.host);
        return fail(subject, TO_HOST_AGAIN, 'warning');
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
    because: t`${host} may be the app's own backend, to which an ID token may be handed once, or an API.`,
  };
}

function fail(
  { sighting, token, request, client, acceptedByDesign }: Case,
  said: Said,
  severity?: 'warning',
): Verdict {
  const { name } = sighting;
  const { host } = request.destination;
  const unnamed = `${t`The body of the request holds an ID token without a name for it.`} ${said.sent(host)}`;
  const clientId = client?.clientId ?? null;
  if (token.classification.confidence === 'weak') {
    return {
      outcome: 'cantTell',
      because: `${t`It may be an ID token, but the evidence is weak.`} ${said.sent(host)}`,
    };
  }
  if (acceptedByDesign !== null && said.isFor !== null) {
    return {
      outcome: 'failed',
      severity: 'notice',
      what: `${name === '' ? unnamed : said.isFor(name, host, clientId)} ${t`${acceptedByDesign.vendor} documents this use.`}`,
      evidence: [acceptedByDesign.text, request.destination.because],
    };
  }
  return {
    outcome: 'failed',
    ...(severity === undefined ? {} : { severity }),
    what: name === '' ? unnamed : said.tells(name, host, clientId),
    evidence: [...token.classification.evidence.map(({ text }) => text), request.destination.because],
  };
}
