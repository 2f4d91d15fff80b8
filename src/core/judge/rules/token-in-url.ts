import type { Rule } from '../../model/finding.ts';
import type { TokenKind } from '../../model/token.ts';

const REPLAYABLE: Partial<Record<TokenKind, string>> = {
  id_token: 'an ID token',
  access_token: 'an access token',
  refresh_token: 'a refresh token',
  session_token: 'a session token',
};

/** A token in the query part of a URL, or in its path. */
export const tokenInUrl: Rule = {
  id: 'token-in-url',
  severity: 'error',
  title: 'Token in a URL',
  why: 'URLs are kept and passed on: in the browser history, in the logs of every server and proxy on the way, in the Referer header. Whoever reads one of them has the token.',
  fix: 'Send access tokens in the Authorization header. Where a header is impossible (downloads, WebSockets), have the API issue a short-lived ticket for that one use; a WebSocket can also take the token in its first message.',
  references: [
    { title: 'RFC 6750 §5.3', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-5.3' },
    { title: 'RFC 9700 §4.3.2', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.3.2' },
  ],
  judge: ({ sighting, token, request, issued }) => {
    // A fragment stays in the browser: it is how an authorization response reaches the client.
    if (sighting.location !== 'query' && sighting.location !== 'path') return { outcome: 'inapplicable' };
    // Defined as a parameter of the authorization and end_session endpoints (OpenID Connect RP-Initiated Logout 1.0 §2).
    if (sighting.name === 'id_token_hint' && isAuthorizationServer(request.destination.role))
      return { outcome: 'inapplicable' };
    // The authorization server may be on the app's own origin.
    if (sighting.name === 'id_token_hint' && issued?.origin === request.destination.origin)
      return { outcome: 'inapplicable' };
    // Someone who opens DevTools when already logged in has seen no login: the host may be the issuer.
    if (sighting.name === 'id_token_hint' && isStranger(request.destination.role)) {
      return {
        outcome: 'cantTell',
        because: `"id_token_hint" is a parameter of an authorization server, and nothing seen says that ${request.destination.host} is one.`,
      };
    }
    const { kind, confidence } = token.classification;
    const called = REPLAYABLE[kind];
    const isPath = sighting.location === 'path';
    if (called === undefined) {
      const because = isPath
        ? 'The path carries a JWT whose use is unknown: it may be meant for a URL.'
        : `The parameter "${sighting.name}" carries a JWT whose use is unknown: it may be meant for a URL.`;
      return kind === 'unknown_jwt' || kind === 'encrypted'
        ? { outcome: 'cantTell', because }
        : { outcome: 'inapplicable' };
    }
    if (confidence === 'weak') {
      const because = isPath
        ? `The path may carry ${called}, or a link that is signed as a JWT.`
        : `The parameter "${sighting.name}" may carry ${called}, or a key that is public by design.`;
      return { outcome: 'cantTell', because };
    }
    return {
      outcome: 'failed',
      // A page can't set headers there (WHATWG WebSockets): vendors such as SignalR document the parameter.
      ...(request.isWebSocket ? { severity: 'warning' } : {}),
      what: isPath
        ? `The URL carries ${called} in its path.`
        : `The URL carries ${called} in its parameter "${sighting.name}".`,
      evidence: token.classification.evidence.map(({ text }) => text),
    };
  },
};

function isAuthorizationServer(role: string): boolean {
  return (
    role === 'end_session_endpoint' || role === 'authorization_endpoint' || role === 'authorization_server'
  );
}

function isStranger(role: string): boolean {
  return role === 'third_party' || role === 'unknown';
}
