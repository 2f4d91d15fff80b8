import { getDomain, parse } from 'tldts';
import { remembering } from './remember.ts';

/** @returns the parsed URL, or null for what is none (WHATWG URL). Who wants to change it makes one of its own. */
export const parseUrl: (text: string) => Readonly<URL> | null = remembering((text) => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}, 128);

/** @returns the URL's origin where it has one that hosts can share (http, https, ws, wss), else null */
export const webOrigin: (text: string) => string | null = remembering(parseWebOrigin, 256);

function parseWebOrigin(text: string): string | null {
  const url = parseUrl(text);
  if (url === null) return null;
  if (url.protocol === 'ws:') return `http://${url.host}`;
  if (url.protocol === 'wss:') return `https://${url.host}`;
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null;
}

/** Origin and path: a URL's place, without query and fragment. */
export function placeOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/**
 * The parameters in a URL's fragment (OAuth 2.0 Multiple Response Types §5), also behind the route of an app that
 * routes by fragment: `#/callback?id_token=…`, `#/callback&id_token=…`, `#/callback#id_token=…`, `#/id_token=…`.
 */
export function fragmentParameters(url: URL): URLSearchParams {
  const fragment = url.hash.slice(1);
  const route = /^[^=]*[?&#/]/.exec(fragment)?.[0] ?? '';
  return new URLSearchParams(route.includes('/') ? fragment.slice(route.length) : fragment);
}

/** localhost and its subdomains (RFC 6761 §6.3), 127.0.0.0/8 and [::1] (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  // A name may end with the dot of the root.
  const hostname = host.endsWith('.') ? host.slice(0, -1) : host;
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * The part of a host name that one party registers, by the Public Suffix List, its private part included
 * (so that two customers of one hosting company are strangers). An IP address or a bare name is its own site.
 */
export const siteOf: (hostname: string) => string = remembering(
  (hostname) => getDomain(hostname, { allowPrivateDomains: true }) ?? hostname,
  256,
);

/**
 * True for a name that the public DNS may know (its end is on the Public Suffix List), and for an address. The names for
 * documentation and tests (RFC 2606 §2) stand for public ones. Others, such as `orders-api`, `shopping.api` or
 * `vault.svc.cluster.local`, mean something inside one network at most.
 */
export function isPublicName(hostname: string): boolean {
  const { isIcann, isPrivate, isIp } = parse(hostname, { allowPrivateDomains: true });
  return (
    isIcann === true ||
    isPrivate === true ||
    isIp === true ||
    isLoopback(hostname) ||
    /\.(?:example|test|invalid)\.?$/.test(hostname)
  );
}

/**
 * True for a host that a hosting company gives to its customers: under a private suffix of the Public Suffix List.
 * googleapis.com is one, for what its customers store there: but its other hosts are Google's own APIs.
 */
export function isHosted(hostname: string): boolean {
  if (/(?:^|\.)googleapis\.com\.?$/.test(hostname)) return false;
  return parse(hostname, { allowPrivateDomains: true }).isPrivate === true;
}
