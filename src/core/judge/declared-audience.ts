import type { DeclaredResource } from '../model/configuration.ts';
import type { AudienceComparison, Destination } from '../model/knowledge.ts';
import { readHostPattern } from '../syntax/host-pattern.ts';
import { isLoopback, parseUrl, siteOf } from '../syntax/url.ts';
import { t } from '../text.ts';

/** Compares with what a person declared for the very place. @returns null where nothing was declared for it */
export function compareDeclared(
  audiences: readonly string[],
  destination: Destination,
  resource: DeclaredResource | null,
): AudienceComparison | null {
  if (resource === null || audiences.length === 0) return null;
  const agreed = audiences.find((audience) => resource.audiences.includes(audience));
  if (agreed !== undefined) {
    const text = t`Its audience "${agreed}" is declared for ${resource.host} in the configuration.`;
    return { outcome: 'meant', certain: true, text };
  }
  // Audiences are compared by letter (RFC 7519 §2); which of the two spellings is the mistake is not ours to say.
  const declared = new Set(resource.audiences.map(withoutSlash));
  const near = audiences.find((audience) => declared.has(withoutSlash(audience)));
  if (near !== undefined) {
    const text = t`Its audience "${near}" differs by the slash at its end from what the configuration declares for ${resource.host}.`;
    return { outcome: 'cannot_tell', certain: false, text };
  }
  const text = t`Its audience is ${quoted(audiences)}; the configuration declares ${quoted(resource.audiences)} for ${destination.host}.`;
  return { outcome: 'not_meant', certain: true, text };
}

/**
 * What is left for names that are no places: they were declared, but for other hosts than this one.
 * @param hostsOf the host patterns that an audience was declared for
 * @returns null where one of them was declared for no host
 */
export function compareDeclaredElsewhere(
  audiences: readonly string[],
  destination: Destination,
  hostsOf: (audience: string) => readonly string[],
): AudienceComparison | null {
  const hosts = audiences.map(hostsOf);
  if (hosts.length === 0 || hosts.some((some) => some.length === 0)) return null;
  const all = [...new Set(hosts.flat())];
  const told = t`Its audience ${quoted(audiences)} is declared for ${all.join(', ')} in the configuration; the request went to ${destination.host}.`;
  const hostname = parseUrl(destination.origin)?.hostname ?? '';
  const site = siteOf(hostname);
  // What was declared need not be all: another host of the same party, or the same API under development, may be left out.
  const mayBeIt = isLoopback(hostname) || all.some((host) => siteOfPattern(host) === site);
  return mayBeIt
    ? { outcome: 'cannot_tell', certain: false, text: told }
    : { outcome: 'not_meant', certain: false, text: told };
}

function siteOfPattern(text: string): string | null {
  const pattern = readHostPattern(text);
  return 'expected' in pattern ? null : siteOf(pattern.hostname);
}

function withoutSlash(audience: string): string {
  return audience.replace(/\/$/, '');
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
