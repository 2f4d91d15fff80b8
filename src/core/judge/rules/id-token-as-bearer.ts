import type { Case, Rule, Verdict } from '../../model/finding.ts';
import { namesPlace } from '../../syntax/audience-place.ts';
import { mayBeOfTheProtocol } from '../../syntax/protocol-path.ts';
import { signsIn } from '../../syntax/sign-in.ts';
import { t } from '../../text.ts';

/** What is said of an ID token that was sent to one kind of place. */
interface Said {
  readonly sent: (host: string) => string;
  /** null where no vendor's word makes it right. */
  readonly isFor: ((host: string, clientId: string | null) => string) | null;
  readonly tells: (host: string, clientId: string | null) => string;
}

const AT_USERINFO: Said = {
  sent: () =>
    t`It was sent to the UserInfo Endpoint, which is a protected resource and takes an access token.`,
  isFor: null,
  tells: (_, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; it was sent to the UserInfo Endpoint, which is a protected resource and takes an access token, which is not its audience.`
      : t`This ID token tells the client "${clientId}" who logged in; it was sent to the UserInfo Endpoint, which is a protected resource and takes an access token, which is not its audience.`,
};

const AT_BACKEND: Said = {
  sent: () => t`It was sent to the app's own backend.`,
  isFor: (_, clientId) =>
    clientId === null
      ? t`This ID token is for the client; it was sent to the app's own backend.`
      : t`This ID token is for the client "${clientId}"; it was sent to the app's own backend.`,
  tells: (_, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; it was sent to the app's own backend, which is not its audience.`
      : t`This ID token tells the client "${clientId}" who logged in; it was sent to the app's own backend, which is not its audience.`,
};

const AT_HOST: Said = {
  sent: (host) => t`It was sent to ${host}.`,
  isFor: (host, clientId) =>
    clientId === null
      ? t`This ID token is for the client; it was sent to ${host}.`
      : t`This ID token is for the client "${clientId}"; it was sent to ${host}.`,
  tells: (host, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; it was sent to ${host}, which is not its audience.`
      : t`This ID token tells the client "${clientId}" who logged in; it was sent to ${host}, which is not its audience.`,
};

const AT_ISSUER: Said = {
  sent: (host) => t`It was sent to ${host}, to an API of its issuer.`,
  isFor: (host, clientId) =>
    clientId === null
      ? t`This ID token is for the client; it was sent to ${host}, to an API of its issuer.`
      : t`This ID token is for the client "${clientId}"; it was sent to ${host}, to an API of its issuer.`,
  tells: (host, clientId) =>
    clientId === null
      ? t`This ID token tells the client who logged in; it was sent to ${host}, to an API of its issuer, which is not its audience.`
      : t`This ID token tells the client "${clientId}" who logged in; it was sent to ${host}, to an API of its issuer, which is not its audience.`,
};

/** An ID token in the place of an access token. */
export const idTokenAsBearer: Rule = {
  id: 'id-token-as-bearer',
  severity: 'error',
  title: t`ID token sent to an API as if it were an access token`,
  why: t`An ID token tells the client who logged in; its audience is the client, and no API. An API that takes it was pinned to the wrong audience: it takes every ID token issued to that client, carries no scope to limit what the bearer may do, and hands a record of the person to a party it was not made for.`,
  fix: t`Ask the authorization server for an access token for this API (a scope of the API, or "resource" or "audience"), send that one in the Authorization header, and have the API accept its own identifier in "aud" only.`,
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
        return fail(subject, AT_USERINFO);
      case 'client':
        // The one hand-off to the client's own backend, in a header.
        return signsIn(path) ? { outcome: 'inapplicable' } : fail(subject, AT_BACKEND, 'warning');
      case 'protected_resource':
      case 'third_party':
      case 'unknown':
        return signsIn(path)
          ? {
              outcome: 'cantTell',
              because: t`${host + path} may be the sign-in endpoint of the app's own backend.`,
            }
          : fail(subject, AT_HOST);
      case 'authorization_server':
        // There an ID token is at home, but no endpoint of the protocol takes it as a bearer token: an API beside them.
        return mayBeOfTheProtocol(path) || sighting.location !== 'authorization_header'
          ? { outcome: 'inapplicable' }
          : fail(subject, AT_ISSUER, 'warning');
      default:
        return { outcome: 'inapplicable' };
    }
  },
};

function fail(
  { token, request, client, acceptedByDesign, connection }: Case,
  said: Said,
  severity?: 'warning',
): Verdict {
  const { host } = request.destination;
  const clientId = client?.clientId ?? null;
  if (token.classification.confidence === 'weak') {
    return {
      outcome: 'cantTell',
      because: `${t`It may be an ID token, but the evidence is weak.`} ${said.sent(host)}`,
    };
  }
  if (namesPlace(token, request.destination)) {
    return {
      outcome: 'cantTell',
      because: t`This ID token names ${request.destination.host} among its audiences, which may be others than the client too (OpenID Connect Core 1.0 §2).`,
    };
  }
  if (acceptedByDesign !== null && said.isFor !== null) {
    const { vendor, text } = acceptedByDesign;
    const isStranger = connection.outcome === 'none';
    const word = isStranger
      ? t`Nothing seen connects the app with that place. ${vendor} documents this use for the app’s own backend.`
      : t`${vendor} documents this use.`;
    return {
      outcome: 'failed',
      severity: 'notice',
      what: `${said.isFor(host, clientId)} ${word}`,
      evidence: [text, ...(isStranger ? [connection.text] : []), request.destination.because],
    };
  }
  return {
    outcome: 'failed',
    ...(severity === undefined ? {} : { severity }),
    what: said.tells(host, clientId),
    evidence: [...token.classification.evidence.map(({ text }) => text), request.destination.because],
  };
}
