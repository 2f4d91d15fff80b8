import type { HttpExchange } from '../model/exchange.ts';
import type { JsonObject } from '../model/json.ts';
import type { ResourceLesson } from '../model/knowledge.ts';
import { stringMember } from '../syntax/json.ts';
import { parseUrl } from '../syntax/url.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/**
 * What a protected resource says of itself: in its metadata, which names the identifier that it was found by (RFC 9728
 * §3.3), or in a challenge, which says where its metadata is (§5.1). A host can speak for itself only.
 * @param answer the response's JSON object, null where there is none
 */
export function fromResourceMetadata(
  exchange: HttpExchange,
  url: URL,
  answer: JsonObject | null,
): readonly ResourceLesson[] {
  const named = answer === null ? null : stringMember(answer, 'resource');
  const found = identifierOf(url);
  if (found !== null && named !== null && isSame(named, found)) return [lesson(named, url, exchange.id)];
  const challenged = identifierOf(challengedMetadata(exchange));
  return challenged === null || challenged.origin !== url.origin || !isBelow(url, challenged)
    ? []
    : [lesson(challenged.href.replace(/\/$/, ''), url, exchange.id)];
}

function lesson(audience: string, url: URL, learnedFrom: string): ResourceLesson {
  return { learned: 'resource', audience, shownBy: 'resource_metadata', host: url.host, learnedFrom };
}

/** The resource whose metadata is at a URL: its well-known part stands between host and path (RFC 9728 §3.1). */
function identifierOf(url: URL | null): URL | null {
  if (url === null || !url.pathname.startsWith(WELL_KNOWN) || url.href.length > 2048) return null;
  const path = url.pathname.slice(WELL_KNOWN.length);
  return path === '' || path.startsWith('/') ? parseUrl(`${url.origin}${path}`) : null;
}

function challengedMetadata({ response }: HttpExchange): URL | null {
  if (response === null || response.status !== 401) return null;
  const challenge = response.headers.find(({ name }) => /^www-authenticate$/i.test(name))?.value ?? '';
  const told = /\bresource_metadata\s*=\s*(?:"([^"]{1,2048})"|([^\s,"]{1,2048}))/i.exec(challenge);
  return parseUrl(told?.[1] ?? told?.[2] ?? '');
}

function isSame(named: string, found: URL): boolean {
  return named.length <= 2048 && parseUrl(named)?.href.replace(/\/$/, '') === found.href.replace(/\/$/, '');
}

function isBelow({ pathname }: URL, resource: URL): boolean {
  const root = resource.pathname.replace(/\/$/, '');
  return pathname === root || pathname.startsWith(`${root}/`);
}
