import type { DeclaredResource } from '../model/configuration.ts';
import type { AudienceComparison, Destination } from '../model/knowledge.ts';
import { isOneParty } from '../syntax/party.ts';
import { isHosted, isLoopback, isPublicName, parseUrl, siteOf } from '../syntax/url.ts';
import { t } from '../text.ts';
import { compareDeclared, compareDeclaredElsewhere } from './declared-audience.ts';
import { documentedApi } from './homes.ts';

export interface AudienceFacts {
  readonly audiencesOf: (host: string) => readonly string[];
  /** A request with a token for this audience went to the place that it names: it is a location, no mere name. */
  readonly isLocated: (audience: string) => boolean;
  /** The app asked for a token for this `resource`: an identifier, which may be a locator (RFC 8707 §2). */
  readonly isAskedFor: (audience: string) => boolean;
  /** The app asked for it by a vendor's `audience` parameter: a name, which need not be a place. */
  readonly isNamed: (audience: string) => boolean;
  /** What a person declared for the place that the request went to. */
  readonly declaredHere: DeclaredResource | null;
  /** The host patterns that a person declared this audience for. */
  readonly declaredHostsOf: (audience: string) => readonly string[];
  /** It is an authorization server, by what the traffic showed. */
  readonly isServer: (audience: string) => boolean;
}

/**
 * Compares a token's audience with where the request went (RFC 7519 §4.1.3, RFC 9068 §4, RFC 8707 §2).
 *
 * An audience that is a URL is compared by host and path prefix. Any other identifier means what its issuer and its
 * resource agreed on: it is compared only with what was learned or declared of the host. What can't be compared is
 * said so, never guessed: many APIs are named by URLs at which nothing answers.
 */
export function compareAudience(
  audiences: readonly string[],
  destination: Destination,
  facts: AudienceFacts,
): AudienceComparison {
  if (audiences.length === 0) return cannotTell(t`The token names no audience.`);
  const declared = compareDeclared(audiences, destination, facts.declaredHere);
  if (declared !== null) return declared;
  const expected = facts.audiencesOf(destination.host);
  const agreed = audiences.find((audience) => expected.includes(audience));
  if (agreed !== undefined) return meant(t`Its audience "${agreed}" is what ${destination.host} answers to.`);
  const places = audiences.map((audience) => ({ audience, url: locatorOf(audience) }));
  const here = places.find(
    ({ url }) => url !== null && url.host === destination.host && isBelow(destination.path, url),
  );
  if (here !== undefined) return meant(t`Its audience "${here.audience}" is where the request went.`);

  const listed = quoted(audiences);
  const documented = documentedApi({ host: destination.host });
  if (documented !== null) {
    return audiences.some((audience) => documentedApi({ audience }) === documented)
      ? meant(t`Its audience ${listed} is ${documented.name}'s (${documented.source}).`)
      : notMeant(
          true,
          t`Its audience is ${listed}; ${destination.host} is ${documented.name}, whose tokens have another one (${documented.source}).`,
        );
  }
  const api = documentedApi({ audience: audiences[0] ?? '' });
  if (api !== null && audiences.length === 1) {
    return notMeant(true, t`Its audience ${listed} is that of ${api.name} (${api.source}).`);
  }
  const elsewhere = places.flatMap(({ url }) => (url === null ? [] : [url]));
  if (elsewhere.length < audiences.length) {
    return (
      compareDeclaredElsewhere(audiences, destination, facts.declaredHostsOf) ??
      cannotTell(t`Its audience ${listed} names no host, and nothing seen says which host it stands for.`)
    );
  }
  if (elsewhere.some((url) => url.host === destination.host)) {
    return cannotTell(t`Its audience ${listed} is on this host, under another path.`);
  }
  // Behind one host several APIs may stand, each with a path and an audience of its own.
  const expectedHere = expected.filter((audience) => {
    const url = locatorOf(audience);
    return url === null || url.host !== destination.host || isBelow(destination.path, url);
  });
  if (expectedHere.length > 0) {
    return notMeant(
      true,
      t`Its audience is ${listed}; ${destination.host} answers to ${quoted(expectedHere)}.`,
    );
  }
  const hostname = destination.host.replace(/:\d+$/, '');
  // Many apps reach their API through the server of their pages.
  if (destination.role === 'client' && elsewhere.some((url) => siteOf(url.hostname) === siteOf(hostname))) {
    return cannotTell(
      t`Its audience ${listed} is another host of the same site, to which the app's own origin may pass it on.`,
    );
  }
  // A token may have a second audience, such as the UserInfo Endpoint, beside a mere name of the API.
  if (audiences.every((audience) => facts.isLocated(audience))) {
    return notMeant(
      true,
      t`Its audience is ${listed}, where other requests went; this one went to ${destination.host}.`,
    );
  }
  if (audiences.every((audience) => facts.isServer(audience))) {
    return notMeant(
      true,
      t`Its audience ${listed} is an authorization server; it went to ${destination.host}.`,
    );
  }
  if (isLoopback(hostname) && !elsewhere.every((url) => isLoopback(url.hostname))) {
    return cannotTell(
      t`Its audience is ${listed}; ${destination.host} may be the same API under development.`,
    );
  }
  const nowhere = elsewhere.find((url) => !isPublicName(url.hostname));
  if (nowhere !== undefined && isPublicName(hostname)) {
    return cannotTell(
      t`Its audience is ${listed}; no public host is called "${nowhere.hostname}", so it is a mere name, or one inside a network.`,
    );
  }
  const name = audiences.find((audience) => facts.isNamed(audience) && !facts.isLocated(audience));
  if (name !== undefined && !facts.isAskedFor(name)) {
    return cannotTell(
      t`Its audience "${name}" was asked for by "audience", which takes names that need not be places.`,
    );
  }
  const isNamedElsewhere = !elsewhere.some((url) => isHosted(url.hostname));
  if (isNamedElsewhere && isHosted(hostname)) {
    return cannotTell(
      t`Its audience is ${listed}; ${destination.host} is a customer's host of a hosting company, where that API may run.`,
    );
  }
  const isOwnSite =
    destination.role === 'client' || (destination.role === 'protected_resource' && !destination.known);
  if (isOwnSite && elsewhere.every((url) => isHosted(url.hostname)) && !isHosted(hostname)) {
    return cannotTell(
      t`Its audience ${listed} is a host of a hosting company, which ${destination.host} may be another name of.`,
    );
  }
  // A `resource` may be a locator, and may be a name (RFC 8707 §2); an address of this machine names nothing else.
  const isAskedFor = audiences.every((audience) => facts.isAskedFor(audience));
  const wentElsewhere = isAskedFor
    ? notMeant(false, t`It was asked for ${listed} (RFC 8707), and went to ${destination.host}.`)
    : notMeant(false, t`Its audience ${listed} is on another site than ${destination.host}.`);
  if (isAskedFor && elsewhere.every((url) => isLoopback(url.hostname))) return wentElsewhere;
  const kinship = elsewhere.map((url) => isOneParty(siteOf(url.hostname), siteOf(hostname)));
  // By name alone customers of one hosting company are as near.
  if (kinship.includes('yes') || (isNamedElsewhere && !isLoopback(hostname) && kinship.includes('perhaps'))) {
    return cannotTell(
      t`Its audience ${listed} is another host of the same site or party, which may be no more than a name.`,
    );
  }
  return wentElsewhere;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/**
 * Application ID URIs in a tenant's initial domain: names that look like URLs, and at which nothing answers
 * (https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions).
 */
const APPLICATION_ID_URI = /\.onmicrosoft\.(?:com|us)$|\.onmschina\.cn$/;

function locatorOf(audience: string): URL | null {
  const url = parseUrl(audience);
  return url !== null && /^https?:$/.test(url.protocol) && !APPLICATION_ID_URI.test(url.hostname)
    ? url
    : null;
}

function isBelow(path: string, audience: URL): boolean {
  const root = audience.pathname.replace(/\/$/, '');
  return path === root || path.startsWith(`${root}/`);
}

function meant(text: string): AudienceComparison {
  return { outcome: 'meant', certain: true, text };
}

function notMeant(certain: boolean, text: string): AudienceComparison {
  return { outcome: 'not_meant', certain, text };
}

function cannotTell(text: string): AudienceComparison {
  return { outcome: 'cannot_tell', certain: false, text };
}
