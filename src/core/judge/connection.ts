import type { Connection } from '../model/finding.ts';
import type { Destination } from '../model/knowledge.ts';
import type { CheckedToken } from '../model/token.ts';
import { isOneParty } from '../syntax/party.ts';
import { isPrivateNetwork } from '../syntax/private-network.ts';
import { isSignInService } from '../syntax/sign-in.ts';
import { beforeSuffix, siteName } from '../syntax/site-name.ts';
import { isHosted, isLoopback, isPublicName, parseUrl, siteOf } from '../syntax/url.ts';
import { t } from '../text.ts';

/** What was seen of a token's parties. */
export interface ConnectionFacts {
  /** The token as sent. */
  readonly raw: string;
  /** The origin of the page that made the request. */
  readonly page: string | null;
  /** The apps that the token, or the response that issued it, names. */
  readonly clients: readonly { readonly clientId: string; readonly origins: readonly string[] }[];
  /** The response that issued it was seen, or the page's client library keeps it with a note of what it is. */
  readonly isFlowSeen: boolean;
  /** URLs of who issued it: its "iss", the endpoint that gave it out, the endpoints of that issuer's metadata. */
  readonly issuers: readonly string[];
  /** What it was asked for, and granted: resources, audiences, scopes. */
  readonly asked: readonly string[];
}

/**
 * Says whether anything that was seen connects where a request went with the token that it carries: the page, the
 * client's redirect URIs, the issuer, what was asked for, or a name in the token itself. No standard has an API share a
 * domain with any of them, so that nothing connects them is a sign, and no proof.
 *
 * Where an unseen tie is likely it can't tell: hosts that a hosting company gives to its customers, private networks,
 * machines of developers, names that are alike, tokens of unknown origin (which may be the host's own keys).
 */
export function connectionOf(
  token: CheckedToken,
  destination: Destination,
  facts: ConnectionFacts,
): Connection {
  const hostname = parseUrl(destination.origin)?.hostname ?? '';
  switch (destination.role) {
    case 'third_party':
    case 'unknown':
      break;
    default:
      return { outcome: 'connected', text: destination.because };
  }
  if (!isOfKnownOrigin(token, facts)) return cannotTell();
  const parties = [facts.page, ...facts.clients.flatMap(({ origins }) => origins)]
    .flatMap((origin) => parseUrl(origin ?? '')?.hostname ?? [])
    .filter((host) => !isHosted(host));
  if (parties.length === 0 || isAnybodys(hostname)) return cannotTell();
  const issuers = facts.issuers
    .flatMap((url) => parseUrl(url)?.hostname ?? [])
    .filter((host) => isPublicName(host) && !isLoopback(host));
  const site = siteOf(hostname);
  const homes = HOMES.flatMap(([shape, home]) => (shape.test(facts.raw) ? [home] : []));
  for (const other of [...parties, ...issuers, ...homes]) {
    switch (isOneParty(siteOf(other), site)) {
      case 'yes':
        return { outcome: 'connected', text: t`${hostname} and ${other} are one party's.` };
      case 'perhaps':
        return cannotTell();
      case 'no':
        break;
    }
  }
  if (isNamed(hostname, token, [...parties, ...issuers], facts)) return cannotTell();
  return {
    outcome: 'none',
    text: t`Compared with ${destination.host}: the app (${listed(parties)}), who issued the token (${listed(issuers)}), what it was asked for, and the names in the token itself.`,
  };
}

function cannotTell(): Connection {
  return { outcome: 'cannot_tell', text: '' };
}

/** Where a vendor's opaque tokens are at home, beside the hosts of who runs the server themselves. */
const HOMES: readonly (readonly [RegExp, string])[] = [
  // https://www.ory.com/docs/security-compliance/token-formats; each project has a host there.
  [/^ory_st_/, 'oryapis.com'],
];

/**
 * True for a token of which it is known what it is and where it comes from: keys that a vendor gives out for its own API,
 * which an app sends there with good reason, look like anything.
 */
function isOfKnownOrigin({ classification }: CheckedToken, { isFlowSeen }: ConnectionFacts): boolean {
  const { kind, confidence, evidence } = classification;
  if (confidence === 'weak') return false;
  switch (kind) {
    case 'access_token':
    case 'id_token':
      return isFlowSeen;
    case 'session_token':
    case 'encrypted':
      return true;
    case 'unknown_jwt':
      return evidence.some(({ source, says }) => source === 'vendor' && says === 'unknown_jwt');
    case 'opaque':
      return evidence.some(({ source }) => source === 'provenance');
    default:
      return false;
  }
}

/** True for a host whose name does not say whose it is. */
function isAnybodys(hostname: string): boolean {
  return (
    isHosted(hostname) ||
    isLoopback(hostname) ||
    isPrivateNetwork(hostname) ||
    siteName(hostname) === '' ||
    isSignInService(hostname)
  );
}

/** A shorter name may stand in any text by chance. */
const MIN_NAME = 4;

/** Words of hosts that say what a host does, and not whose it is. */
const DUTIES: ReadonlySet<string> = new Set([
  ...['account', 'accounts', 'admin', 'apis', 'apps', 'auth', 'cloud', 'connect', 'console', 'dashboard'],
  ...[
    'default',
    'gateway',
    'http',
    'https',
    'identity',
    'login',
    'logon',
    'oauth',
    'oauth2',
    'online',
    'oidc',
  ],
  ...[
    '',
    'api',
    'app',
    'cdn',
    'dev',
    'id',
    'idp',
    'my',
    'sso',
    'v1',
    'v2',
    'web',
    'www',
    'eu',
    'us',
    'uk',
    'de',
  ],
  ...['openid', 'portal', 'prod', 'secure', 'server', 'service', 'services', 'signin', 'staging', 'test'],
]);

/** True where the token, the app or the issuer is called as the host is, or the host as one of them. */
function isNamed(
  hostname: string,
  token: CheckedToken,
  hosts: readonly string[],
  { clients, issuers, asked }: ConnectionFacts,
): boolean {
  const name = siteName(hostname);
  const texts = [
    ...hosts,
    ...issuers,
    ...asked,
    ...clients.map(({ clientId }) => clientId),
    ...(token.form === 'jwt' ? [JSON.stringify(token.claims)] : []),
    // Whose shape it has: the vendor's name and the address of its documentation.
    ...token.classification.evidence.flatMap(({ source, text }) => (source === 'vendor' ? [text] : [])),
  ].map((text) => text.toLowerCase());
  if (texts.some((text) => says(text, name))) return true;
  const called = beforeSuffix(hostname);
  return hosts
    .flatMap((host) => beforeSuffix(host).split(/[.-]/))
    .some((label) => !DUTIES.has(label) && says(called, label));
}

function says(text: string, name: string): boolean {
  return name.length >= MIN_NAME ? text.includes(name) : text.split(/[^a-z0-9]+/).includes(name);
}

const MAX_LISTED = 4;

function listed(hosts: readonly string[]): string {
  const distinct = [...new Set(hosts)];
  const shown = distinct.slice(0, MAX_LISTED).join(', ');
  return distinct.length === 0 ? t`not known` : distinct.length > MAX_LISTED ? `${shown}…` : shown;
}
