import { getDomainWithoutSuffix, parse } from 'tldts';
import { remembering } from './remember.ts';

/** What somebody chose as the name of a site: `shop` of `api.shop.example`. Empty for an address. */
export const siteName: (hostname: string) => string = remembering(
  (hostname) => getDomainWithoutSuffix(hostname, { allowPrivateDomains: true }) ?? '',
  256,
);

/** What stands before the public suffix of a host: `api.shop` of `api.shop.example`. */
export function beforeSuffix(hostname: string): string {
  const { domainWithoutSuffix, subdomain } = parse(hostname, { allowPrivateDomains: true });
  return [subdomain, domainWithoutSuffix].filter((part) => part !== null && part !== '').join('.');
}
