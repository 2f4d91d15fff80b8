import type { HttpExchange } from '../model/exchange.ts';
import type { ContactLesson } from '../model/knowledge.ts';
import { isPrivateNetwork } from '../syntax/private-network.ts';
import { isLoopback, parseUrl, webOrigin } from '../syntax/url.ts';

/**
 * That a page talked to an origin on this machine or on a private network: only such origins there are asked for keys, and
 * those on this machine only where the page is there too.
 * @returns null for a request to anywhere else
 */
export function contactOf({ id, url, initiator, destination }: HttpExchange): ContactLesson | null {
  const origin = webOrigin(url);
  const hostname = origin === null ? '' : hostOf(origin);
  if (origin === null || !(isLoopback(hostname) || isPrivateNetwork(hostname))) return null;
  // No page: a person typed it, or opened it from elsewhere.
  const fromLoopback = initiator === null ? destination === 'document' : isLoopback(hostOf(initiator));
  return { learned: 'contact', origin, fromLoopback, learnedFrom: id };
}

function hostOf(origin: string): string {
  return parseUrl(origin)?.hostname ?? '';
}
