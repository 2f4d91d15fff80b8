import type { DecodedToken } from '../model/token.ts';
import { stringsMember } from './json.ts';
import { parseUrl } from './url.ts';

/** More are no real token's. */
const MAX_AUDIENCES = 64;

/**
 * True where a token's own "aud" is the URL of the place, or of a path above it: whatever the token is, it says that it is
 * for whoever is there (RFC 7519 §4.1.3).
 */
export function namesPlace(
  token: DecodedToken,
  { host, path }: { readonly host: string; readonly path: string },
): boolean {
  if (token.form !== 'jwt') return false;
  return stringsMember(token.claims, 'aud')
    .slice(0, MAX_AUDIENCES)
    .some((audience) => {
      const url = parseUrl(audience);
      if (url === null || !/^https?:$/.test(url.protocol) || url.host !== host) return false;
      const root = url.pathname.replace(/\/$/, '');
      return path === root || path.startsWith(`${root}/`);
    });
}
