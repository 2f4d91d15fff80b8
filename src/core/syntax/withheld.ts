import type { SessionScope } from '../model/session.ts';

/**
 * Why a recording may not keep an exchange: it is, or may be, of a private window, which leaves nothing on the disk; or it
 * tells of a request once more, for another tab, as of a service worker's that several tabs share; or both.
 */
export type Withheld = 'private' | 'copy' | 'private-copy';

/**
 * Says of an exchange why a recording may not keep it. Its id says so, because all that is learned of an exchange bears that
 * (`learnedFrom`), also after the exchange was forgotten.
 */
export function withhold(id: string, why: Withheld | null): string {
  return why === null || withheld(id) !== null ? id : `${why}:${id}`;
}

/** @returns why a recording may not keep what bears this id; null where it may */
export function withheld(id: string): Withheld | null {
  const end = id.indexOf(':');
  const why = end === -1 ? '' : id.slice(0, end);
  return why === 'private' || why === 'copy' || why === 'private-copy' ? why : null;
}

/** Whether a private window told it, or may have. */
export function isPrivate(id: string): boolean {
  const why = withheld(id);
  return why === 'private' || why === 'private-copy';
}

/** What a recording does with an exchange of this id: a copy was kept, or left out, under another one. */
export function fateOf(scope: SessionScope, id: string): 'kept' | 'left_out' | 'copy' {
  const why = withheld(id);
  // One tab's recording sees no other copy of it.
  const isCopy = scope.of !== 'tab' && (why === 'copy' || why === 'private-copy');
  return isCopy ? 'copy' : isPrivate(id) ? 'left_out' : 'kept';
}
