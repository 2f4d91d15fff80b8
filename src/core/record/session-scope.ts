import type { ExchangeRecord } from '../model/record.ts';
import type { RecordedSession, SessionScope } from '../model/session.ts';
import { parseUrl, siteOf, webOrigin } from '../syntax/url.ts';

/**
 * Whether a recording takes a request. A site's are those that go to it and those that its pages make: the way to its
 * authorization server and back is among them.
 */
export function isInScope(
  scope: SessionScope,
  { tab, url, initiator }: Pick<ExchangeRecord, 'tab' | 'url' | 'initiator'>,
): boolean {
  switch (scope.of) {
    case 'all':
      return true;
    case 'tab':
      return tab === scope.tab;
    case 'site':
      return siteOfUrl(url) === scope.site || (initiator !== null && siteOfUrl(initiator) === scope.site);
  }
}

/** Whether a session recorded at a moment, in ms since the epoch. */
export function wasActive({ active }: Pick<RecordedSession, 'active'>, at: number): boolean {
  return active.some(({ from, to }) => at >= from && (to === null || at <= to));
}

/** The registrable domain of a web page's URL; null for other URLs. */
export function siteOfUrl(url: string): string | null {
  const origin = webOrigin(url);
  return origin === null ? null : siteOf(parseUrl(origin)?.hostname ?? '');
}
