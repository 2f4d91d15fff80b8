import { getDomain, getDomainWithoutSuffix } from 'tldts';
import { isLoopback } from './url.ts';

/**
 * Registrable domains of one vendor each, by its documentation, or by the community's list of who owns which domain
 * (https://github.com/v2fly/domain-list-community/tree/master/data): what goes from one to another stays with the vendor.
 */
const FAMILIES: readonly (readonly string[])[] = [
  // Google; each API is a host of googleapis.com, which the Public Suffix List has as a suffix:
  // https://developers.google.com/identity/protocols/oauth2/scopes; and the Realtime Database, each of its own:
  // https://firebase.google.com/docs/database/rest/auth
  [
    'google.com',
    'googleapis.com',
    'googleusercontent.com',
    'gstatic.com',
    'youtube.com',
    'firebaseio.com',
    'firebasedatabase.app',
  ],
  // Microsoft: https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges
  [
    'microsoft.com',
    'microsoftonline.com',
    'microsoft.us',
    'windows.net',
    'azure.com',
    'azure.net',
    'office.com',
    'office.net',
    'office365.com',
    'outlook.com',
    'live.com',
    'sharepoint.com',
    'onedrive.com',
    'dynamics.com',
    'powerbi.com',
    'visualstudio.com',
    'cloud.microsoft',
  ],
  // GitHub: https://docs.github.com/copilot/reference/copilot-allowlist-reference, list "github"; with data residency
  // https://docs.github.com/enterprise-cloud@latest/admin/data-residency
  ['github.com', 'githubusercontent.com', 'githubcopilot.com', 'github.ai', 'ghcr.io', 'ghe.com'],
  // Meta: https://developers.facebook.com/docs/instagram-platform/, https://developers.facebook.com/docs/threads/
  ['facebook.com', 'instagram.com', 'threads.net'],
  // Atlassian, with Bitbucket and Trello: lists "atlassian" and "trello"
  ['atlassian.com', 'atlassian.net', 'atl-paas.net', 'bitbucket.org', 'trello.com'],
  // Salesforce: list "salesforce"
  ['salesforce.com', 'force.com', 'site.com', 'documentforce.com'],
  // Adobe: https://helpx.adobe.com/enterprise/kb/network-endpoints.html
  ['adobe.com', 'adobe.io', 'adobelogin.com', 'adobecc.com'],
  // HubSpot signs in at app.hubspot.com and answers at api.hubapi.com:
  // https://developers.hubspot.com/docs/methods/OAuth2/using-access-tokens
  ['hubspot.com', 'hubapi.com'],
  // Dropbox: https://www.dropbox.com/developers/documentation/http/documentation, list "dropbox"
  ['dropbox.com', 'dropboxapi.com', 'dropboxusercontent.com'],
  // Box: https://developer.box.com/guides/api-calls/allowing-domain-access/
  ['box.com', 'boxcloud.com'],
  // X: https://docs.x.com/x-api/introduction, list "twitter"
  ['x.com', 'twitter.com', 'twimg.com'],
  // Discord: list "discord"
  ['discord.com', 'discordapp.com', 'discordapp.net', 'discord.gg', 'discordsays.com'],
  // Intuit: list "intuit"
  ['intuit.com', 'intuit.ca', 'quickbooks.com', 'turbotax.com', 'mailchimp.com'],
  // Blizzard signs in at oauth.battle.net and answers at *.api.blizzard.com: list "blizzard"
  ['battle.net', 'blizzard.com'],
  // Braintree: https://developer.paypal.com/braintree/graphql/guides/making_api_calls
  ['braintree-api.com', 'braintreegateway.com'],
];

/** A shorter name in a longer one says nothing. */
const MIN_COMMON_NAME = 4;

/**
 * Whether two sites are one party's, as far as their names tell.
 * @param site a registrable domain, or a host that is its own site, as `siteOf` gives it
 * @returns `perhaps` for customers of one hosting company, for names that contain one another, for addresses
 */
export function isOneParty(site: string, other: string): 'yes' | 'perhaps' | 'no' {
  if (site === other || FAMILIES.some((family) => isOf(family, site) && isOf(family, other))) return 'yes';
  if (isUnnamed(site) || isUnnamed(other) || isLoopback(site) !== isLoopback(other)) return 'perhaps';
  const [host, otherHost] = [getDomain(site), getDomain(other)];
  if (host !== null && host === otherHost) return 'perhaps';
  const [name, otherName] = [nameOf(site), nameOf(other)].sort((a, b) => a.length - b.length);
  if (name === undefined || otherName === undefined || name.length === 0) return 'no';
  return name === otherName || (name.length >= MIN_COMMON_NAME && otherName.includes(name))
    ? 'perhaps'
    : 'no';
}

function isOf(family: readonly string[], site: string): boolean {
  return family.some((domain) => site === domain || site.endsWith(`.${domain}`));
}

/** An address, or a name that nobody registered: `10.0.0.5`, `[::1]`, `localhost`, `intranet`. */
function isUnnamed(site: string): boolean {
  return getDomain(site) === null;
}

function nameOf(site: string): string {
  return getDomainWithoutSuffix(site, { allowPrivateDomains: true }) ?? '';
}
