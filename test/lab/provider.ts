import { randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
// Not the package's entry: all that it adds is a warning, printed on Node 20, that its author supports Node 22 and
// later only. The lab's needs are met on Node 20, its tests show it, and `npm start` must not begin with a warning.
import { Provider } from 'oidc-provider/lib/provider.js';
import { clientsOf } from './clients.ts';
import type { SigningKey } from './keys.ts';
import { deviceDonePage, devicePage, errorPage, loggedOutPage, logoutPage } from './login-pages.ts';
import { type Origins, RESOURCE_SCOPES, resourceIdentifier, STOCK_PATH } from './origins.ts';
import { ADA } from './people.ts';
import { createProviderStore } from './provider-store.ts';

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;

/** Long enough for a look around without a renewal, short enough that renewals happen. */
const TOKEN_TTL_SECONDS = 15 * MINUTE_SECONDS;

const OIDC_SCOPES = ['openid', 'profile', 'email'];

/** The whole `scope` that the app asks for: identity, and both protected resources that it knows beforehand. */
export const APP_SCOPE = [...OIDC_SCOPES, RESOURCE_SCOPES.api, RESOURCE_SCOPES.orders].join(' ');

/**
 * The lab's OpenID provider, with the login host as its issuer. It issues JWT access tokens (RFC 9068) to the two
 * protected resources, named by resource indicators (RFC 8707), and opaque ones when no resource is asked for.
 * State and cookie keys live and die with it.
 * @param key signs everything
 * @param requestKey signs the request objects (RFC 9101) of the app's backend
 */
export function createProvider(origins: Origins, key: SigningKey, requestKey: SigningKey): Provider {
  const { kty, n, e, d, p, q, dp, dq, qi } = key.privateJwk;
  const scopeOfResource = new Map<string, string>([
    [resourceIdentifier(origins.api), RESOURCE_SCOPES.api],
    [resourceIdentifier(origins.orders), RESOURCE_SCOPES.orders],
    [resourceIdentifier(origins.stock, STOCK_PATH), RESOURCE_SCOPES.stock],
  ]);

  function resourceServer(resource: string): ResourceServer {
    const scope = scopeOfResource.get(resource);
    return {
      // An unknown resource has no scope to grant and so gets no token.
      scope: scope ?? '',
      audience: resource,
      accessTokenFormat: 'jwt',
      accessTokenTTL: TOKEN_TTL_SECONDS,
      jwt: { sign: { alg: 'RS256' } },
    };
  }

  /** The shop and its login belong together, so nobody is asked for consent: the first request grants it all. */
  async function loadOrCreateGrant({ oidc }: KoaContextWithOIDC) {
    const clientId = oidc.client?.clientId;
    const accountId = oidc.session?.accountId;
    if (clientId === undefined || accountId === undefined) return undefined;
    const grantId = oidc.session?.grantIdFor(clientId);
    const existing = grantId === undefined ? undefined : await oidc.provider.Grant.find(grantId);
    if (existing !== undefined) return existing;
    const grant = new oidc.provider.Grant({ clientId, accountId });
    grant.addOIDCScope(OIDC_SCOPES.join(' '));
    for (const [resource, scope] of scopeOfResource) grant.addResourceScope(resource, scope);
    await grant.save();
    return grant;
  }

  const configuration: Configuration = {
    adapter: createProviderStore(),
    jwks: { keys: [{ kty, n, e, d, p, q, dp, dq, qi, kid: key.kid, alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: clientsOf(origins, requestKey),
    clientBasedCORS: (_context, origin) => origin === origins.app || origin === origins.market,
    scopes: OIDC_SCOPES,
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name'],
      email: ['email', 'email_verified'],
    },
    // As many providers do: the app greets people by name from the ID token, with no call to UserInfo.
    conformIdTokenClaims: false,
    findAccount: (_context, id) =>
      id === ADA.sub ? { accountId: ADA.sub, claims: () => ({ ...ADA }) } : undefined,
    loadExistingGrant: loadOrCreateGrant,
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    routes: {
      authorization: '/authorize',
      pushed_authorization_request: '/par',
      device_authorization: '/device/authorize',
      code_verification: '/device',
      revocation: '/revoke',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/jwks',
      end_session: '/logout',
    },
    ttl: {
      AccessToken: TOKEN_TTL_SECONDS,
      AuthorizationCode: MINUTE_SECONDS,
      DeviceCode: MINUTE_SECONDS,
      IdToken: TOKEN_TTL_SECONDS,
      Interaction: DAY_SECONDS,
      RefreshToken: DAY_SECONDS,
      Session: DAY_SECONDS,
      Grant: DAY_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context) => {
          context.body = errorPage('invalid_request', 'come with the code that the app shows');
        },
        userCodeConfirmSource: (context, form) => {
          context.body = devicePage(form);
        },
        successSource: (context) => {
          context.body = deviceDonePage(origins.app);
        },
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => resourceServer(resource),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = logoutPage(form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = loggedOutPage();
        },
      },
    },
    renderError: (context, out) => {
      context.type = 'html';
      context.body = errorPage(out.error, out.error_description);
    },
  };
  return new Provider(origins.login, configuration);
}
