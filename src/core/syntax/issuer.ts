import type { JsonObject } from '../model/json.ts';
import { stringMember } from './json.ts';
import { isLoopback, parseUrl } from './url.ts';

/**
 * Where an issuer publishes: https, or http on loopback; no query, fragment or credentials (OpenID Connect Discovery 1.0
 * §3, RFC 8414 §2). Google's ID tokens may name their issuer without a scheme
 * (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken).
 * @returns null for what is no such place
 */
export function issuerUrl(issuer: string): URL | null {
  const url = parseUrl(issuer === 'accounts.google.com' ? `https://${issuer}` : issuer);
  if (url === null || url.username !== '' || url.password !== '' || /[?#]/.test(issuer)) return null;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url : null;
}

/** How two names of issuers compare. `slash`: they differ by the slash at their end alone. */
export type IssuerComparison = 'same' | 'slash' | 'other';

/** What multi-tenant metadata has in place of a tenant (https://learn.microsoft.com/entra/identity-platform/access-tokens#multitenant-applications). */
export const TENANT = '{tenantid}';

/**
 * Compares a token's issuer with the one that a metadata document (or a key) names: to the letter, as OpenID Connect Core
 * 1.0 §3.1.3.7 has it. A template stands for each tenant: then the token's `tid` must be the tenant.
 */
export function compareIssuers(claims: JsonObject, published: string): IssuerComparison {
  const issuer = stringMember(claims, 'iss');
  if (issuer === null) return 'other';
  if (issuer === published || (issuer === 'accounts.google.com' && published === `https://${issuer}`))
    return 'same';
  const tenant = tenantIn(issuer, published);
  if (tenant !== null) {
    const claimed = stringMember(claims, 'tid');
    return claimed === null || claimed === tenant ? 'same' : 'other';
  }
  return issuer.replace(/\/$/, '') === published.replace(/\/$/, '') ? 'slash' : 'other';
}

/** @returns the path segment of an issuer that a template leaves open; null where it does not fit it */
export function tenantIn(issuer: string, template: string): string | null {
  const parts = template.split(TENANT);
  const [before = '', after = ''] = parts;
  // One segment of the path, of an origin that is written out.
  if (parts.length !== 2 || !/^https?:\/\/[^/]+\/(?:.*\/)?$/.test(before) || !/^(?:\/|$)/.test(after))
    return null;
  if (!issuer.startsWith(before) || !issuer.endsWith(after)) return null;
  const tenant = issuer.slice(before.length, issuer.length - after.length);
  return /^[\w.-]{1,256}$/.test(tenant) && tenant !== '.' && tenant !== '..' ? tenant : null;
}
