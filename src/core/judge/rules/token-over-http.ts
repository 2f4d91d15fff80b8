import type { Case, Rule } from '../../model/finding.ts';
import type { TokenKind } from '../../model/token.ts';
import { isSent } from '../../syntax/location.ts';
import { isPrivateNetwork } from '../../syntax/private-network.ts';
import { t } from '../../text.ts';

const REPLAYABLE: Partial<Record<TokenKind, (host: string) => string>> = {
  id_token: (host) => t`An ID token was sent to ${host} over plain http.`,
  access_token: (host) => t`An access token was sent to ${host} over plain http.`,
  refresh_token: (host) => t`A refresh token was sent to ${host} over plain http.`,
  session_token: (host) => t`A session token was sent to ${host} over plain http.`,
};

function bearerSent(host: string): string {
  return t`A bearer token was sent to ${host} over plain http.`;
}

function mayBeSent({ location, name }: Case['sighting'], host: string): string {
  if (location === 'path')
    return t`A URL with a JWT in its path, which may be a credential, was sent to ${host} over plain http.`;
  return name === ''
    ? t`A token that may be a credential was sent to ${host} over plain http.`
    : t`"${name}" was sent to ${host} over plain http, and may be a credential.`;
}

/** A token that everybody on the way can read. */
export const tokenOverHttp: Rule = {
  id: 'token-over-http',
  severity: 'error',
  title: t`Token sent over plain http`,
  why: t`Without TLS everybody on the way (the Wi-Fi, the proxy, the provider) reads the token and can use it until it expires.`,
  fix: t`Serve the host over https only, with HSTS (RFC 6797), and call it by https in the app’s configuration. A redirect from http to https comes too late: the token has left by then.`,
  references: [
    { title: 'RFC 6750 §5.3', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-5.3' },
    { title: 'RFC 6749 §10.3', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.3' },
    {
      title: 'OpenID Connect Core 1.0 §16.17',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#TLSRequirements',
    },
  ],
  judge: ({ sighting, token, request }) => {
    if (!isSent(sighting.location)) return { outcome: 'inapplicable' };
    const { kind, confidence, evidence } = token.classification;
    // A bearer token is a credential of whoever has it, whatever else it may be (RFC 6750 §1.2).
    const isBearer = sighting.location === 'authorization_header' && sighting.scheme === 'bearer';
    const said = REPLAYABLE[kind] ?? (isBearer ? bearerSent : undefined);
    if (said === undefined && kind !== 'unknown_jwt' && kind !== 'encrypted')
      return { outcome: 'inapplicable' };
    if (request.isConfidential) return { outcome: 'passed' };
    const { host } = request.destination;
    if (said === undefined || (confidence === 'weak' && !isBearer)) {
      return {
        outcome: 'cantTell',
        because: mayBeSent(sighting, host),
      };
    }
    const isBound = sighting.scheme === 'dpop';
    const isPrivate = isPrivateNetwork(host);
    return {
      outcome: 'failed',
      ...(isBound || isPrivate ? { severity: 'warning' } : {}),
      what: said(host),
      evidence: [
        isPrivate
          ? t`The request is not encrypted; its host is on a private network.`
          : t`The request is not encrypted.`,
        ...(isBound ? [t`It is bound to a key (DPoP, RFC 9449), so that nobody else can use it.`] : []),
        ...evidence.map(({ text }) => text),
      ],
    };
  },
};
