import type { ClientMetadata } from 'oidc-provider';
import type { SigningKey } from './keys.ts';
import { CLIENT_ID, FLOWS_CLIENT_ID, MARKET_CLIENT_ID, type Origins, TV_CLIENT_ID } from './origins.ts';

const PUBLIC = { application_type: 'web', token_endpoint_auth_method: 'none' } as const;

/**
 * Who is registered at the lab's provider. All are public clients: what a page has, everybody has.
 * @param requestKey signs the request objects of the app's own backend
 */
export function clientsOf(origins: Origins, requestKey: SigningKey): ClientMetadata[] {
  const { kty, n, e, kid } = requestKey.privateJwk;
  return [
    {
      ...PUBLIC,
      client_id: CLIENT_ID,
      client_name: 'Shop',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [`${origins.app}/callback`, `${origins.app}/popup`],
      post_logout_redirect_uris: [`${origins.app}/`],
    },
    {
      ...PUBLIC,
      client_id: FLOWS_CLIENT_ID,
      client_name: 'Shop, other ways in',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['pushed', 'request-object', 'form-post-code', 'silent', 'stock'].map(
        (name) => `${origins.app}/flow/${name}`,
      ),
      request_object_signing_alg: 'RS256',
      jwks: { keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] },
    },
    {
      ...PUBLIC,
      client_id: TV_CLIENT_ID,
      client_name: 'Shop on television',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
    },
    {
      ...PUBLIC,
      client_id: MARKET_CLIENT_ID,
      client_name: 'Market',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${origins.market}/partner`],
    },
  ];
}
