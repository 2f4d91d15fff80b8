/** What the panel's larger views say: the map, the timeline, a token's passport, and what is copied. */

import type { Destination } from '../core/model/knowledge.ts';
import type { MapFlow, PartyRole } from '../core/model/map.ts';
import type { Login, LoginState, LoginStep } from '../core/model/timeline.ts';
import type { TokenKind } from '../core/model/token.ts';
import type { ViewName } from './views.ts';
import { count, formatNumber, KINDS } from './words.ts';

export const VIEW_NAMES: Readonly<Record<ViewName, string>> = {
  requests: 'Requests',
  map: 'Map',
  timeline: 'Timeline',
};

export const PARTY_ROLES: Readonly<Record<PartyRole, string>> = {
  server: 'Authorization server',
  client: 'App',
  backend: 'The app’s own host',
  api: 'API',
  third_party: 'Third party',
  unknown: 'Unknown host',
};

export const DESTINATION_ROLES: Readonly<Record<Destination['role'], string>> = {
  authorization_endpoint: 'authorization endpoint',
  token_endpoint: 'token endpoint',
  userinfo_endpoint: 'UserInfo endpoint',
  end_session_endpoint: 'end session endpoint',
  introspection_endpoint: 'introspection endpoint',
  revocation_endpoint: 'revocation endpoint',
  pushed_authorization_request_endpoint: 'pushed authorization request endpoint',
  device_authorization_endpoint: 'device authorization endpoint',
  registration_endpoint: 'registration endpoint',
  jwks_uri: 'key set',
  metadata: 'metadata',
  authorization_server: 'authorization server',
  protected_resource: 'API',
  client: 'the app’s own host',
  third_party: 'third party',
  unknown: 'unknown host',
};

/** "Access token": in the middle of a sentence, "access token"; names that are abbreviations stay. */
export function kindWithin(kind: TokenKind): string {
  const name = KINDS[kind];
  return /^[A-Z]{2}|^DPoP/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

function kindsWithin(kinds: readonly TokenKind[]): string {
  return kinds.map(kindWithin).join(', ');
}

/** "Gives out access token", "ID token", "Login": a flow as a card of the receiving (or issuing) party tells it. */
export function flowName({ says, kind }: Pick<MapFlow, 'says' | 'kind'>): string {
  if (says === 'login') return VIEW_WORDS.map.login;
  const name = kind === null ? '' : KINDS[kind];
  return says === 'issued' ? VIEW_WORDS.map.issues(kind === null ? '' : kindWithin(kind)) : name;
}

/** A step of a login, for whoever never read the standard. */
export function stepSentence(step: LoginStep, login: Login): string {
  const server = login.server ?? 'the login server';
  switch (step.does) {
    case 'pushed':
      return `The app hands its request for a login to ${step.host} beforehand`;
    case 'asked':
      return `The app sends the browser to ${step.host}, where the person logs in`;
    case 'asked_silently':
      return `The app asks ${step.host}, unseen, whether the person is still logged in`;
    case 'returned':
      return `${server} sends the browser back to the app with a one-time code`;
    case 'refused':
      return `${server} sends the browser back to the app with an error`;
    case 'exchanged':
      return step.kinds.length === 0
        ? 'The app trades the code for tokens'
        : `The app trades the code for tokens, and gets: ${kindsWithin(step.kinds)}`;
    case 'granted':
      return step.kinds.length === 0
        ? `Tokens are asked for at ${step.host}, without a login page`
        : `The app gets tokens without a login page: ${kindsWithin(step.kinds)}`;
    case 'delivered':
      return step.kinds.length === 0
        ? 'The app receives its tokens'
        : `The app receives: ${kindsWithin(step.kinds)}`;
    case 'used':
      return `The app sends the ${kindsWithin(step.kinds) || 'token'} to ${step.host}`;
    case 'renewed':
      return step.kinds.length === 0
        ? 'The app renews its tokens'
        : `The app renews its tokens, and gets: ${kindsWithin(step.kinds)}`;
    case 'revoked':
      return `The app has a token declared void at ${step.host}`;
    case 'logged_out':
      return `The app asks ${step.host} to log the person out`;
  }
}

/** What the standard calls it, in small. */
export function stepTerm(step: LoginStep): string {
  const scope = step.scope.length === 0 ? '' : `, scope ${step.scope.join(' ')}`;
  switch (step.does) {
    case 'pushed':
      return `pushed authorization request (RFC 9126)${scope}`;
    case 'asked':
    case 'asked_silently': {
      const type = step.term === null ? '' : `, response_type ${step.term}`;
      const pkce = step.pkce === null ? '' : `, PKCE ${step.pkce}`;
      const silent = step.does === 'asked_silently' ? ', prompt none' : '';
      return `authorization request${type}${silent}${pkce}${scope}`;
    }
    case 'returned':
      return 'authorization response, code';
    case 'refused':
      return `authorization response, error ${step.term ?? ''}`;
    case 'exchanged':
    case 'granted':
    case 'renewed':
      return step.term === null ? 'authorization response' : `token request, grant_type ${step.term}`;
    case 'delivered':
      return 'authorization response';
    case 'used':
      return step.kinds[0] === 'access_token'
        ? 'protected resource request'
        : `request with ${step.kinds.map((kind) => KINDS[kind]).join(', ')}`;
    case 'revoked':
      return 'token revocation (RFC 7009)';
    case 'logged_out':
      return 'RP-initiated logout';
  }
}

export const LOGIN_STATES: Readonly<Record<LoginState, string | null>> = {
  complete: null,
  began_before:
    'How this login began was not seen: Aud-it watches while DevTools are open. Reload the page or log in again to see all of it.',
  unfinished: 'Nothing came back of this login yet, or it went on in another tab.',
  code_went_on:
    'A code came back. Who traded it for tokens was not seen: the app’s server, perhaps, which the browser does not show.',
  refused: 'This login ended with an error.',
};

export function loginTitle({ clientId, server }: Login): string {
  if (clientId !== null && server !== null) return `Login of “${clientId}” at ${server}`;
  if (server !== null) return `Login at ${server}`;
  return clientId === null ? 'A login' : `Login of “${clientId}”`;
}

export const VIEW_WORDS = {
  views: 'Views',
  copy: (what: string) => `Copy ${what}`,
  copyPlain: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser did not let Aud-it copy',
  copyReport: 'Copy as bug report',
  fixIn: (sdk: string) => `In ${sdk}`,
  sample: 'the sample',
  times: (amount: number) => `× ${formatNumber(amount)}`,
  raw: {
    title: 'The token itself',
    show: 'Show the token',
    hide: 'Hide the token',
    warning:
      'Whoever has it can use it as its owner can, until it expires. Don’t paste it where others read.',
    waiting: 'Asking for it…',
    gone: 'Aud-it no longer has this token in memory.',
    name: 'the token',
  },
  passport: {
    title: 'Passport: where it came from and where it went',
    issued: 'Issued',
    issuedAs: (kind: TokenKind) => `as ${kindWithin(kind)} by`,
    notSeen: 'Its issuing was not seen.',
    replaces: 'Renews',
    replacedBy: 'Renewed by',
    token: (fingerprint: string) => `token ${fingerprint.slice(0, 12)}`,
    at: 'at',
    sentTo: 'Sent to',
    nowhere: 'Nowhere yet.',
    requests: (amount: number) => count(amount, 'request', 'requests'),
    each: 'Each request',
    more: (hosts: number) => `${count(hosts, 'more host', 'more hosts')}`,
    countedOf: (counted: number, total: number) =>
      `Counted over the first ${formatNumber(counted)} of ${formatNumber(total)} requests.`,
    firstOf: (shown: number, total: number) =>
      `The first ${formatNumber(shown)} of ${formatNumber(total)} requests.`,
  },
  map: {
    label: 'Who is who, and which tokens go from whom to whom',
    save: 'Save as SVG',
    fileName: 'aud-it-map.svg',
    empty: 'No token was seen going anywhere yet',
    emptyHelp: 'Use the app: whom it sends tokens to shows up here.',
    loading: 'Drawing…',
    unknownApp: 'Not told',
    login: 'Login',
    issues: (kind: string) => `Issues ${kind}`,
    more: (parties: number) => `${formatNumber(parties)} more`,
    moreHelp: 'All of them stand in the table below.',
    linesMore: (lines: number) => `and ${formatNumber(lines)} more`,
    leftOff: (parties: number) => `${count(parties, 'party', 'parties')} beyond what is kept are not shown.`,
    flows: 'The same as a table',
    from: 'From',
    to: 'To',
    what: 'What',
    requests: 'Requests',
    verdict: 'Verdict',
    issuedBy: (kind: string) => `${kind}, issued`,
    show: 'Show these requests in the list',
    showParty: (name: string) => `Show the requests of ${name} in the list`,
    legend: { error: 'with an error', warning: 'with a warning', plain: 'no error or warning found' },
    drawing: 'Drawing of the map',
  },
  matrix: {
    title: 'Audiences and hosts',
    help: 'How often a token for the audience on the left was sent to the host above.',
    audience: 'Audience',
    leftOff: (audiences: number, hosts: number) =>
      `Left off: ${count(audiences, 'audience', 'audiences')}, ${count(hosts, 'host', 'hosts')}.`,
    empty: 'No token that names an audience was sent yet.',
  },
  timeline: {
    empty: 'No login seen yet',
    emptyHelp: 'Log in while DevTools are open, or reload the page: each step shows up here.',
    loading: 'Loading…',
    last: (time: string) => `last at ${time}`,
    steps: 'Steps of the login',
    more: (steps: number) => `${count(steps, 'more step', 'more steps')} not shown.`,
    older: (logins: number) => `${count(logins, 'older login', 'older logins')} not shown.`,
    open: 'See the request',
  },
} as const;
