import type { AudienceComparison, Destination } from '../model/knowledge.ts';
import type { CheckedToken } from '../model/token.ts';
import { stringMember } from '../syntax/json.ts';
import { isOneParty } from '../syntax/party.ts';
import { parseUrl, siteOf } from '../syntax/url.ts';
import { t } from '../text.ts';

/** A vendor's API with the audiences that its tokens have, by its documentation: no token for it has another one. */
interface DocumentedApi {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly audiences: readonly string[];
  readonly source: string;
}

const APIS: readonly DocumentedApi[] = [
  {
    name: 'Microsoft Graph',
    // With the national clouds: https://learn.microsoft.com/graph/deployments
    hosts: [
      'graph.microsoft.com',
      'graph.microsoft.us',
      'dod-graph.microsoft.us',
      'microsoftgraph.chinacloudapi.cn',
    ],
    audiences: [
      'https://graph.microsoft.com',
      'https://graph.microsoft.us',
      'https://dod-graph.microsoft.us',
      'https://microsoftgraph.chinacloudapi.cn',
      '00000003-0000-0000-c000-000000000000',
    ],
    source:
      'https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in',
  },
];

/** Where a vendor documents its tokens to be good, where the token itself names no audience. */
interface Home {
  readonly vendor: string;
  readonly site: string;
  readonly source: string;
  /** False where an app's own backend may have it, to use it there in the person's name. */
  readonly isOnlyThere: boolean;
  /** Paths of the vendor's API where a company runs the vendor's server itself, which issues tokens of the same looks. */
  readonly selfHosted?: RegExp;
}

const OPAQUE_HOMES: readonly (Home & { readonly shape: RegExp })[] = [
  {
    vendor: 'GitHub',
    site: 'github.com',
    shape: /^(?:gh[opsu]|github_pat)_/,
    source:
      'https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
    isOnlyThere: false,
    // https://docs.github.com/enterprise-server@latest/rest/using-the-rest-api/getting-started-with-the-rest-api
    selfHosted: /^\/api\/(?:v3|graphql|uploads)(?:\/|$)/,
  },
  {
    vendor: 'Google',
    site: 'googleapis.com',
    shape: /^ya29\./,
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#callinganapi',
    isOnlyThere: false,
  },
  {
    vendor: 'Slack',
    site: 'slack.com',
    shape: /^xox[bp]-/,
    source: 'https://docs.slack.dev/authentication/tokens',
    isOnlyThere: false,
  },
];

/** @returns the API that documents this host or this audience as its own */
export function documentedApi(
  by: { readonly host: string } | { readonly audience: string },
): DocumentedApi | null {
  return (
    APIS.find(({ hosts, audiences }) =>
      'host' in by ? hosts.includes(by.host) : audiences.includes(by.audience.replace(/\/$/, '')),
    ) ?? null
  );
}

/**
 * Compares where a request went with where the token's vendor documents it to be good: for tokens that name no
 * audience, or one that is no place.
 * @param raw the token as sent
 * @param issuedAt the origin that issued it, null where that was not seen
 * @param initiator the origin of the page that made the request
 * @returns null where no documentation says anything of it
 */
export function compareHome(
  token: CheckedToken,
  raw: string,
  issuedAt: string | null,
  destination: Destination,
  initiator: string | null,
): AudienceComparison | null {
  const home = homeOf(token, raw, issuedAt);
  if (home === null) return null;
  const site = siteAt(destination.origin);
  // A vendor's server that a company runs itself issues tokens of the same looks.
  if (issuedAt !== null && siteAt(issuedAt) === site) return meant(t`${destination.host} issued it.`);
  const documented = t`${home.vendor} documents it for ${home.site} (${home.source}).`;
  if (home.isOnlyThere)
    return destination.host === home.site
      ? meant(documented)
      : { outcome: 'not_meant', certain: true, text: documented };
  switch (isOneParty(home.site, site)) {
    case 'yes':
      return meant(documented);
    case 'perhaps':
      return {
        outcome: 'cannot_tell',
        certain: false,
        text: t`${documented} ${destination.host} may be its.`,
      };
    case 'no':
      if (home.selfHosted?.test(destination.path) === true) {
        return {
          outcome: 'cannot_tell',
          certain: false,
          text: t`${documented} ${destination.host} may be a server of ${home.vendor}’s that somebody runs themselves.`,
        };
      }
      return isOwn(destination, initiator)
        ? {
            outcome: 'cannot_tell',
            certain: false,
            text: t`${documented} The app's own backend may use it there in the person's name.`,
          }
        : { outcome: 'not_meant', certain: false, text: documented };
  }
}

function homeOf(token: CheckedToken, raw: string, issuedAt: string | null): Home | null {
  if (token.form === 'opaque') {
    const issuer = parseUrl(issuedAt ?? '')?.hostname ?? '';
    if (issuer.endsWith('.auth0.com') && token.classification.kind === 'access_token') {
      return {
        vendor: 'Auth0',
        site: issuer,
        source: 'https://auth0.com/docs/secure/tokens/access-tokens#opaque-access-tokens',
        isOnlyThere: true,
      };
    }
    return OPAQUE_HOMES.find(({ shape }) => shape.test(raw)) ?? null;
  }
  if (token.form !== 'jwt' || stringMember(token.claims, 'type') !== 'org') return null;
  const team = parseUrl(stringMember(token.claims, 'iss') ?? '')?.hostname ?? '';
  return team.endsWith('.cloudflareaccess.com')
    ? {
        vendor: 'Cloudflare Access',
        site: team,
        source: 'https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/',
        isOnlyThere: true,
      }
    : null;
}

function isOwn({ role, origin }: Destination, initiator: string | null): boolean {
  return role === 'client' || (initiator !== null && siteAt(initiator) === siteAt(origin));
}

function siteAt(origin: string): string {
  return siteOf(parseUrl(origin)?.hostname ?? '');
}

function meant(text: string): AudienceComparison {
  return { outcome: 'meant', certain: false, text };
}
