/** The lab's hosts by role. Each is an origin of its own, all on one loopback port. */
export type HostRole =
  | 'app'
  | 'login'
  | 'api'
  | 'orders'
  | 'stock'
  | 'mirror'
  | 'market'
  | 'legacy'
  | 'collector';

/** An origin (scheme, host, port; no trailing slash) for each role. */
export type Origins = Readonly<Record<HostRole, string>>;

/** The `client_id` of the single-page app at the lab's OpenID provider. */
export const CLIENT_ID = 'shop-spa';

/** Its other registrations: for the ways of logging in that the app shows beside its own, and for its television. */
export const FLOWS_CLIENT_ID = 'shop-flows';
export const TV_CLIENT_ID = 'shop-tv';

/** The `client_id` of the market, another party's app, at the same provider. */
export const MARKET_CLIENT_ID = 'market-spa';

/** The scope value that each protected resource knows. */
export const RESOURCE_SCOPES = {
  api: 'catalogue:read',
  orders: 'orders:read',
  stock: 'stock:read',
} as const;

/** The path below which the stock API's resource lies: the host has no other, but could have. */
export const STOCK_PATH = '/v1';

/** Names without DNS that stand for hosts beyond this machine: a browser has to be told that they are here. */
export const LOCAL_HOSTS: readonly string[] = ['mirror.shop.test'];

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
    stock: `http://stock.shop.localhost:${port}`,
    // To a browser this is no loopback host: http to it is plain http.
    mirror: `http://mirror.shop.test:${port}`,
    market: `http://app.market.localhost:${port}`,
    legacy: `http://login.legacy.localhost:${port}`,
    collector: `http://collector.tracker.localhost:${port}`,
  };
}

/** The resource indicator (RFC 8707) of a protected resource; its access tokens bear it as `aud`. */
export function resourceIdentifier(origin: string, path = '/'): string {
  return origin + path;
}
