import type { ResourceLesson } from '../model/knowledge.ts';
import { parseUrl } from '../syntax/url.ts';

/**
 * A token that travels to the very place which its audience names shows that this audience is a location, not a mere
 * name (RFC 8707 §2): the same audience seen at another host is then a mismatch.
 * @param audiences the token's `aud`
 * @param url where the request went
 */
export function locate(
  audiences: readonly string[],
  url: string,
  learnedFrom: string,
): readonly ResourceLesson[] {
  const place = parseUrl(url);
  if (place === null) return [];
  return audiences.flatMap((audience) => {
    const named = parseUrl(audience);
    if (named === null || named.host !== place.host || !/^https?:$/.test(named.protocol)) return [];
    const root = named.pathname.replace(/\/$/, '');
    if (place.pathname !== root && !place.pathname.startsWith(`${root}/`)) return [];
    return [{ learned: 'resource', audience, shownBy: 'request', host: named.host, learnedFrom } as const];
  });
}
