import type { HostRole } from './origins.ts';

/** Something the lab's app does with a token when its button is pressed. */
export type Habit = {
  /** The value of the button's `data-habit` and of the result's `data-result`. */
  readonly id: string;
  readonly label: string;
  readonly good: boolean;
  readonly description: string;
  /** The ids of the rules that are expected to fire; none for a good habit. */
  readonly expected: readonly string[];
  /** Where the request that carries the token goes. Paths are distinct, so that a test can find its request. */
  readonly request: { readonly method: 'GET' | 'POST'; readonly host: HostRole; readonly path: string };
  /** Nobody but who made it can check the token's signature, so that its state stays unknown. */
  readonly unverifiable?: true;
};

/**
 * Every habit of the app, in the order of a walk. Logging out comes last because nothing works after it.
 * The app gets this list from its server, so that each fact is said once.
 */
export const HABITS = [
  {
    id: 'access-token-to-api',
    label: 'Access token to its API',
    good: true,
    description: 'Reads the catalogue with the access token that was issued for it.',
    expected: [],
    request: { method: 'GET', host: 'api', path: '/products' },
  },
  {
    id: 'access-token-to-orders',
    label: 'A second API, a second token',
    good: true,
    description: 'Asks the provider for a token whose audience is the orders API, then calls that API.',
    expected: [],
    request: { method: 'GET', host: 'orders', path: '/orders' },
  },
  {
    id: 'opaque-access-token',
    label: 'Opaque token to UserInfo',
    good: true,
    description: 'Asks for a token without a resource, gets an opaque one, and takes it to the provider.',
    expected: [],
    request: { method: 'GET', host: 'login', path: '/userinfo' },
  },
  {
    id: 'id-token-to-api',
    label: 'ID token as a bearer token',
    good: false,
    description:
      'Calls an API with the ID token. It works, because the API was pinned to the wrong audience.',
    expected: ['id-token-as-bearer'],
    request: { method: 'GET', host: 'api', path: '/lax/profile' },
  },
  {
    id: 'id-token-from-iframe',
    label: 'The same, from an iframe',
    good: false,
    description: 'The ID token goes to the API out of a frame of the app.',
    expected: ['id-token-as-bearer'],
    request: { method: 'GET', host: 'api', path: '/lax/from-iframe' },
  },
  {
    id: 'id-token-from-worker',
    label: 'The same, from a worker',
    good: false,
    description: 'The ID token goes to the API out of a dedicated worker.',
    expected: ['id-token-as-bearer'],
    request: { method: 'GET', host: 'api', path: '/lax/from-worker' },
  },
  {
    id: 'id-token-from-service-worker',
    label: 'The same, from a service worker',
    good: false,
    description:
      'The ID token goes to the API out of the service worker of the app, which belongs to no tab.',
    expected: ['id-token-as-bearer'],
    request: { method: 'GET', host: 'api', path: '/lax/from-service-worker' },
  },
  {
    id: 'id-token-to-third-party',
    label: 'ID token to a third party',
    good: false,
    description: 'Posts the ID token in a form to an analytics collector.',
    expected: ['id-token-to-third-party'],
    request: { method: 'POST', host: 'collector', path: '/collect' },
  },
  {
    id: 'id-token-in-url',
    label: 'ID token in a URL',
    good: false,
    description: 'Puts the ID token in the query of a download link, where logs and history keep it.',
    expected: ['token-in-url'],
    request: { method: 'GET', host: 'api', path: '/export' },
  },
  {
    id: 'access-token-to-wrong-api',
    label: 'Access token to the wrong API',
    good: false,
    description: "Takes the catalogue's access token to the orders API.",
    expected: ['audience-mismatch'],
    request: { method: 'GET', host: 'orders', path: '/invoices' },
  },
  {
    id: 'broken-signature',
    label: 'A broken signature',
    good: false,
    description: 'One byte of the signature of the access token is flipped.',
    expected: ['invalid-signature'],
    request: { method: 'GET', host: 'api', path: '/basket' },
  },
  {
    id: 'alg-none',
    label: 'No signature at all',
    good: false,
    description: 'The access token is rewritten as an Unsecured JWT: alg none, nothing after the last dot.',
    expected: ['unsecured-jwt'],
    request: { method: 'GET', host: 'api', path: '/wishlist' },
  },
  {
    id: 'expired-token',
    label: 'An expired token',
    good: false,
    description: 'A token that the provider really signed, and that expired an hour ago.',
    expected: ['expired-token'],
    request: { method: 'GET', host: 'api', path: '/reviews' },
  },
  {
    id: 'unknown-key',
    label: 'A key that nobody published',
    good: false,
    description: 'A token signed with a key that is not in the key set of the provider.',
    expected: ['unverifiable-token'],
    request: { method: 'GET', host: 'api', path: '/stock' },
  },
  {
    id: 'logout-with-id-token-hint',
    label: 'Log out with id_token_hint',
    good: true,
    description: 'Hands the ID token back to the provider that issued it, to end the session there.',
    expected: [],
    request: { method: 'GET', host: 'login', path: '/logout' },
  },
] as const satisfies readonly Habit[];
