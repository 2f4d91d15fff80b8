/** The lab's hosts by role. Each is an origin of its own, all on one loopback port. */
export type HostRole = 'app' | 'login' | 'api' | 'orders' | 'collector';

/** An origin (scheme, host, port; no trailing slash) for each role. */
export type Origins = Readonly<Record<HostRole, string>>;

/** The `client_id` of the single-page app at the lab's OpenID provider. */
export const CLIENT_ID = 'shop-spa';

/** The scope value that each protected resource knows. */
export const RESOURCE_SCOPES = { api: 'catalogue:read', orders: 'orders:read' } as const;

/**
 * The lab's origins on a port. Browsers resolve `*.localhost` to loopback by themselves and hold it to be a secure
 * context (W3C Secure Contexts, section 3.1), so WebCrypto and service workers work over plain http.
 */
export function originsOn(port: number): Origins {
  return {
    app: `http://app.shop.localhost:${port}`,
    login: `http://login.shop.localhost:${port}`,
    api: `http://api.shop.localhost:${port}`,
    orders: `http://orders.shop.localhost:${port}`,
    collector: `http://collector.tracker.localhost:${port}`,
  };
}

/** The resource indicator (RFC 8707) of a protected resource; its access tokens bear it as `aud`. */
export function resourceIdentifier(origin: string): string {
  return `${origin}/`;
}
