import type { Case, Rule } from '../../model/finding.ts';
import type { TokenKind } from '../../model/token.ts';
import { t } from '../../text.ts';

/** What is said of a parameter, or of a path, that carries this kind of token, or may. */
interface Said {
  readonly carries: (parameter: string) => string;
  readonly mayCarry: (parameter: string) => string;
  /** A query that is the token, without a name for it. */
  readonly queryCarries: string;
  readonly queryMayCarry: string;
  readonly pathCarries: string;
  readonly pathMayCarry: string;
}

const REPLAYABLE: Partial<Record<TokenKind, Said>> = {
  id_token: {
    queryCarries: t`The URL carries an ID token as its query.`,
    queryMayCarry: t`The query may be an ID token, or a key that is public by design.`,
    carries: (parameter) => t`The URL carries an ID token in its parameter "${parameter}".`,
    mayCarry: (parameter) =>
      t`The parameter "${parameter}" may carry an ID token, or a key that is public by design.`,
    pathCarries: t`The URL carries an ID token in its path.`,
    pathMayCarry: t`The path may carry an ID token, or a link that is signed as a JWT.`,
  },
  access_token: {
    queryCarries: t`The URL carries an access token as its query.`,
    queryMayCarry: t`The query may be an access token, or a key that is public by design.`,
    carries: (parameter) => t`The URL carries an access token in its parameter "${parameter}".`,
    mayCarry: (parameter) =>
      t`The parameter "${parameter}" may carry an access token, or a key that is public by design.`,
    pathCarries: t`The URL carries an access token in its path.`,
    pathMayCarry: t`The path may carry an access token, or a link that is signed as a JWT.`,
  },
  refresh_token: {
    queryCarries: t`The URL carries a refresh token as its query.`,
    queryMayCarry: t`The query may be a refresh token, or a key that is public by design.`,
    carries: (parameter) => t`The URL carries a refresh token in its parameter "${parameter}".`,
    mayCarry: (parameter) =>
      t`The parameter "${parameter}" may carry a refresh token, or a key that is public by design.`,
    pathCarries: t`The URL carries a refresh token in its path.`,
    pathMayCarry: t`The path may carry a refresh token, or a link that is signed as a JWT.`,
  },
  session_token: {
    queryCarries: t`The URL carries a session token as its query.`,
    queryMayCarry: t`The query may be a session token, or a key that is public by design.`,
    carries: (parameter) => t`The URL carries a session token in its parameter "${parameter}".`,
    mayCarry: (parameter) =>
      t`The parameter "${parameter}" may carry a session token, or a key that is public by design.`,
    pathCarries: t`The URL carries a session token in its path.`,
    pathMayCarry: t`The path may carry a session token, or a link that is signed as a JWT.`,
  },
};

/** A token in the query part of a URL, or in its path. */
export const tokenInUrl: Rule = {
  id: 'token-in-url',
  severity: 'error',
  title: t`Token in a URL`,
  why: t`URLs are kept and passed on: in the browser history, in the logs of every server and proxy on the way, in the Referer header. Whoever reads one of them has the token.`,
  fix: t`Send access tokens in the Authorization header. Where a header is impossible (downloads, WebSockets), have the API issue a short-lived ticket for that one use; a WebSocket can also take the token in its first message.`,
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
        because: t`"id_token_hint" is a parameter of an authorization server, and nothing seen says that ${request.destination.host} is one.`,
      };
    }
    const { kind, confidence } = token.classification;
    const said = REPLAYABLE[kind];
    if (said === undefined) {
      const because =
        sighting.location === 'path'
          ? t`The path carries a JWT whose use is unknown: it may be meant for a URL.`
          : sighting.name === ''
            ? t`The query is a JWT whose use is unknown: it may be meant for a URL.`
            : t`The parameter "${sighting.name}" carries a JWT whose use is unknown: it may be meant for a URL.`;
      return kind === 'unknown_jwt' || kind === 'encrypted'
        ? { outcome: 'cantTell', because }
        : { outcome: 'inapplicable' };
    }
    if (confidence === 'weak') return { outcome: 'cantTell', because: whatMayBe(said, sighting) };
    return {
      outcome: 'failed',
      // A page can't set headers there (WHATWG WebSockets): vendors such as SignalR document the parameter.
      ...(request.isWebSocket ? { severity: 'warning' } : {}),
      what: whatIs(said, sighting),
      evidence: token.classification.evidence.map(({ text }) => text),
    };
  },
};

function whatIs(said: Said, { location, name }: Case['sighting']): string {
  if (location === 'path') return said.pathCarries;
  return name === '' ? said.queryCarries : said.carries(name);
}

function whatMayBe(said: Said, { location, name }: Case['sighting']): string {
  if (location === 'path') return said.pathMayCarry;
  return name === '' ? said.queryMayCarry : said.mayCarry(name);
}

function isAuthorizationServer(role: string): boolean {
  return (
    role === 'end_session_endpoint' || role === 'authorization_endpoint' || role === 'authorization_server'
  );
}

function isStranger(role: string): boolean {
  return role === 'third_party' || role === 'unknown';
}
