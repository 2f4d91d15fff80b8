/** What the panel's larger views say: the map, the timeline, a token's passport, and what is copied. */

import type { Destination } from '../core/model/knowledge.ts';
import type { MapFlow, PartyRole } from '../core/model/map.ts';
import type { Login, LoginState, LoginStep } from '../core/model/timeline.ts';
import type { TokenKind } from '../core/model/token.ts';
import { t } from '../core/text.ts';
import type { ViewName } from './views.ts';
import { formatNumber, KINDS, listed } from './words.ts';

export const VIEW_NAMES: Readonly<Record<ViewName, string>> = {
  requests: t`Requests`,
  map: t`Map`,
  timeline: t`Timeline`,
};

export const PARTY_ROLES: Readonly<Record<PartyRole, string>> = {
  server: t`Authorization server`,
  client: t`App`,
  backend: t`The app’s own host`,
  api: t`API`,
  third_party: t`Third party`,
  unknown: t`Unknown host`,
};

export const DESTINATION_ROLES: Readonly<Record<Destination['role'], string>> = {
  authorization_endpoint: t`authorization endpoint`,
  token_endpoint: t`token endpoint`,
  userinfo_endpoint: t`UserInfo endpoint`,
  end_session_endpoint: t`end session endpoint`,
  introspection_endpoint: t`introspection endpoint`,
  revocation_endpoint: t`revocation endpoint`,
  pushed_authorization_request_endpoint: t`pushed authorization request endpoint`,
  device_authorization_endpoint: t`device authorization endpoint`,
  registration_endpoint: t`registration endpoint`,
  jwks_uri: t`key set`,
  metadata: t`metadata`,
  authorization_server: t`authorization server`,
  protected_resource: t`API`,
  client: t`the app’s own host`,
  third_party: t`third party`,
  unknown: t`unknown host`,
};

/** In the middle of a sentence. */
const KINDS_WITHIN: Readonly<Record<TokenKind, string>> = {
  id_token: t`ID token`,
  access_token: t`access token`,
  refresh_token: t`refresh token`,
  logout_token: t`logout token`,
  dpop_proof: t`DPoP proof`,
  client_assertion: t`client assertion`,
  request_object: t`request object`,
  authorization_response: t`authorization response`,
  security_event: t`security event token`,
  session_token: t`session token`,
  unknown_jwt: t`JWT of unknown kind`,
  encrypted: t`encrypted token`,
  opaque: t`opaque token`,
};

function kindsWithin(kinds: readonly TokenKind[]): string {
  return listed(kinds.map((kind) => KINDS_WITHIN[kind]));
}

/** "Gives out access token", "ID token", "Login": a flow as a card of the receiving (or issuing) party tells it. */
export function flowName({ says, kind }: Pick<MapFlow, 'says' | 'kind'>): string {
  if (says === 'login') return VIEW_WORDS.map.login;
  const name = kind === null ? '' : KINDS[kind];
  return says === 'issued' ? VIEW_WORDS.map.issues(kind === null ? '' : KINDS_WITHIN[kind]) : name;
}

/** A step of a login, for whoever never read the standard. */
export function stepSentence(step: LoginStep, login: Login): string {
  const { server } = login;
  switch (step.does) {
    case 'pushed':
      return t`The app hands its request for a login to ${step.host} beforehand`;
    case 'asked':
      return t`The app sends the browser to ${step.host}, where the person logs in`;
    case 'asked_silently':
      return t`The app asks ${step.host}, unseen, whether the person is still logged in`;
    case 'returned':
      return server === null
        ? t`The login server sends the browser back to the app with a one-time code`
        : t`${server} sends the browser back to the app with a one-time code`;
    case 'refused':
      return server === null
        ? t`The login server sends the browser back to the app with an error`
        : t`${server} sends the browser back to the app with an error`;
    case 'exchanged':
      return step.kinds.length === 0
        ? t`The app trades the code for tokens`
        : t`The app trades the code for tokens, and gets: ${kindsWithin(step.kinds)}`;
    case 'granted':
      return step.kinds.length === 0
        ? t`Tokens are asked for at ${step.host}, without a login page`
        : t`The app gets tokens without a login page: ${kindsWithin(step.kinds)}`;
    case 'delivered':
      return step.kinds.length === 0
        ? t`The app receives its tokens`
        : t`The app receives: ${kindsWithin(step.kinds)}`;
    case 'used':
      return step.kinds.length === 0
        ? t`The app sends the token to ${step.host}`
        : t`The app sends the ${kindsWithin(step.kinds)} to ${step.host}`;
    case 'renewed':
      return step.kinds.length === 0
        ? t`The app renews its tokens`
        : t`The app renews its tokens, and gets: ${kindsWithin(step.kinds)}`;
    case 'revoked':
      return t`The app has a token declared void at ${step.host}`;
    case 'logged_out':
      return t`The app asks ${step.host} to log the person out`;
  }
}

/** What the standard calls it, in small. */
export function stepTerm(step: LoginStep): string {
  const scope = step.scope.length === 0 ? [] : [t`scope ${step.scope.join(' ')}`];
  switch (step.does) {
    case 'pushed':
      return listed([t`pushed authorization request (RFC 9126)`, ...scope]);
    case 'asked':
    case 'asked_silently':
      return listed([
        t`authorization request`,
        ...(step.term === null ? [] : [`response_type ${step.term}`]),
        ...(step.does === 'asked_silently' ? ['prompt none'] : []),
        ...(step.pkce === null ? [] : [`PKCE ${step.pkce}`]),
        ...scope,
      ]);
    case 'returned':
      return t`authorization response, code`;
    case 'refused':
      return t`authorization response, error ${step.term ?? ''}`;
    case 'exchanged':
    case 'granted':
    case 'renewed':
      return step.term === null ? t`authorization response` : t`token request, grant_type ${step.term}`;
    case 'delivered':
      return t`authorization response`;
    case 'used':
      return step.kinds[0] === 'access_token'
        ? t`protected resource request`
        : t`request with ${listed(step.kinds.map((kind) => KINDS[kind]))}`;
    case 'revoked':
      return t`token revocation (RFC 7009)`;
    case 'logged_out':
      return t`RP-initiated logout`;
  }
}

export const LOGIN_STATES: Readonly<Record<LoginState, string | null>> = {
  complete: null,
  began_before: t`How this login began was not seen: Aud-it watches while DevTools are open. Reload the page or log in again to see all of it.`,
  unfinished: t`Nothing came back of this login yet, or it went on in another tab.`,
  code_went_on: t`A code came back. Who traded it for tokens was not seen: the app’s server, perhaps, which the browser does not show.`,
  refused: t`This login ended with an error.`,
};

export function loginTitle({ clientId, server }: Login): string {
  if (clientId !== null && server !== null) return t`Login of “${clientId}” at ${server}`;
  if (server !== null) return t`Login at ${server}`;
  return clientId === null ? t`A login` : t`Login of “${clientId}”`;
}

export const VIEW_WORDS = {
  views: t`Views`,
  copy: (what: string) => t`Copy ${what}`,
  copyPlain: t`Copy`,
  copied: t`Copied`,
  notCopied: t`The browser did not let Aud-it copy`,
  copyReport: t`Copy as bug report`,
  fixIn: (sdk: string) => t`In ${sdk}`,
  sample: t`the sample`,
  times: (amount: number) => `× ${formatNumber(amount)}`,
  raw: {
    title: t`The token itself`,
    show: t`Show the token`,
    hide: t`Hide the token`,
    warning: t`Whoever has it can use it as its owner can, until it expires. Don’t paste it where others read.`,
    waiting: t`Asking for it…`,
    gone: t`Aud-it no longer has this token in memory.`,
    copy: t`Copy the token`,
  },
  passport: {
    title: t`Passport: where it came from and where it went`,
    issued: t`Issued`,
    issuedAs: (kind: TokenKind, request: string) => t`as ${KINDS_WITHIN[kind]} by ${request}`,
    notSeen: t`Its issuing was not seen.`,
    replaces: t`Renews`,
    replacedBy: t`Renewed by`,
    token: (fingerprint: string) => t`token ${fingerprint.slice(0, 12)}`,
    sentTo: t`Sent to`,
    nowhere: t`Nowhere yet.`,
    visits: (role: string, amount: number) =>
      listed([role, amount === 1 ? t`1 request` : t`${formatNumber(amount)} requests`]),
    each: t`Each request`,
    more: (hosts: number) => (hosts === 1 ? t`1 more host` : t`${formatNumber(hosts)} more hosts`),
    countedOf: (counted: number, total: number) =>
      t`Counted over the first ${formatNumber(counted)} of ${formatNumber(total)} requests.`,
    firstOf: (shown: number, total: number) =>
      t`The first ${formatNumber(shown)} of ${formatNumber(total)} requests.`,
  },
  map: {
    label: t`Who is who, and which tokens go from whom to whom`,
    save: t`Save as SVG`,
    fileName: 'aud-it-map.svg',
    empty: t`No token was seen going anywhere yet`,
    emptyHelp: t`Use the app: whom it sends tokens to shows up here.`,
    loading: t`Drawing…`,
    unknownApp: t`Not told`,
    login: t`Login`,
    issues: (kind: string) => t`Issues ${kind}`,
    more: (parties: number) => t`${formatNumber(parties)} more`,
    moreHelp: t`All of them stand in the table below.`,
    linesMore: (lines: number) => t`and ${formatNumber(lines)} more`,
    leftOff: (parties: number) =>
      parties === 1
        ? t`1 party beyond what is kept is not shown.`
        : t`${formatNumber(parties)} parties beyond what is kept are not shown.`,
    flows: t`The same as a table`,
    moreFlows: (next: number, all: number) =>
      next === all
        ? t`Show the other ${formatNumber(all)}`
        : t`Show ${formatNumber(next)} of the other ${formatNumber(all)}`,
    from: t`From`,
    to: t`To`,
    what: t`What`,
    requests: t`Requests`,
    verdict: t`Verdict`,
    issuedBy: (kind: string) => t`${kind}, issued`,
    show: t`Show these requests in the list`,
    showParty: (name: string) => t`Show the requests of ${name} in the list`,
    legend: {
      error: t`with an error`,
      warning: t`with a warning`,
      plain: t`no error or warning found`,
    },
    drawing: t`Drawing of the map`,
  },
  matrix: {
    title: t`Audiences and hosts`,
    help: t`How often a token for the audience of the row was sent to the host of the column.`,
    audience: t`Audience`,
    leftOff: (audiences: number, hosts: number) =>
      t`Left off: ${listed([
        audiences === 1 ? t`1 audience` : t`${formatNumber(audiences)} audiences`,
        hosts === 1 ? t`1 host` : t`${formatNumber(hosts)} hosts`,
      ])}.`,
    empty: t`No token that names an audience was sent yet.`,
  },
  timeline: {
    empty: t`No login seen yet`,
    emptyHelp: t`Log in while DevTools are open, or reload the page: each step shows up here.`,
    loading: t`Loading…`,
    last: (time: string) => t`, last at ${time}`,
    steps: t`Steps of the login`,
    more: (steps: number) =>
      steps === 1 ? t`1 more step not shown.` : t`${formatNumber(steps)} more steps not shown.`,
    older: (logins: number) =>
      logins === 1 ? t`1 older login not shown.` : t`${formatNumber(logins)} older logins not shown.`,
    open: t`See the request`,
  },
} as const;
