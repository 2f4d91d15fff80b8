import type { SdkFix } from '../model/finding.ts';
import type { SdkId } from '../model/sdk.ts';
import { t } from '../text.ts';

type Advice = Pick<SdkFix, 'text' | 'code'>;
type BySdk = Partial<Record<SdkId, Advice>>;

/** The libraries as their makers write them. */
export const SDK_NAMES: Readonly<Record<SdkId, string>> = {
  'oidc-client-ts': 'oidc-client-ts',
  'auth0-spa-js': 'Auth0 SPA SDK',
  'msal-browser': 'MSAL.js',
  'okta-auth-js': 'Okta Auth JS',
  'keycloak-js': 'keycloak-js',
  'aws-amplify': 'AWS Amplify',
  firebase: 'Firebase Authentication',
  'appauth-js': 'AppAuth-JS',
  'supabase-js': 'supabase-js',
  'clerk-js': 'Clerk',
  'angular-oauth2-oidc': 'angular-oauth2-oidc',
  'google-identity-services': 'Google Identity Services',
};

/**
 * How each library is asked for an access token for one API, and how it is sent. By the libraries' own documentation:
 * https://github.com/authts/oidc-client-ts/blob/main/docs/protocols/authorization-code-grant-with-pkce.md,
 * https://github.com/auth0/auth0-spa-js/blob/main/EXAMPLES.md,
 * https://learn.microsoft.com/entra/identity-platform/scenario-spa-acquire-token,
 * https://learn.microsoft.com/entra/msal/javascript/angular/v4-v5-upgrade-guide (since 5, a pattern is the whole URL),
 * https://github.com/okta/okta-auth-js#getaccesstoken,
 * https://www.keycloak.org/securing-apps/javascript-adapter,
 * https://docs.amplify.aws/react/build-a-backend/auth/connect-your-frontend/manage-user-sessions/,
 * https://github.com/openid/AppAuth-JS, https://github.com/manfredsteyer/angular-oauth2-oidc,
 * https://developers.google.com/identity/oauth2/web/guides/use-token-model,
 * https://clerk.com/docs/guides/sessions/jwt-templates.
 */
const ACCESS_TOKEN: BySdk = {
  'oidc-client-ts': {
    text: t`Name the API in the settings ("resource" or a scope of the API) and send user.access_token, not user.id_token.`,
    code: `const manager = new UserManager({ ...settings, scope: 'openid orders', resource: 'https://api.example.com' });
const user = await manager.getUser();
await fetch(url, { headers: { Authorization: \`Bearer \${user.access_token}\` } });`,
  },
  'auth0-spa-js': {
    text: t`Name the API by "audience" (its identifier in the dashboard) and send what getTokenSilently() gives, not getIdTokenClaims().__raw.`,
    code: `const token = await auth0.getTokenSilently({
  authorizationParams: { audience: 'https://api.example.com', scope: 'read:orders' },
});
await fetch(url, { headers: { Authorization: \`Bearer \${token}\` } });`,
  },
  'msal-browser': {
    text: t`Ask for a scope of this API ("api://<its application ID>/…") and send result.accessToken, not result.idToken. One request asks for the scopes of one API.`,
    code: `const result = await msal.acquireTokenSilent({
  account,
  scopes: ['api://<application ID of the API>/Orders.Read'],
});
await fetch(url, { headers: { Authorization: \`Bearer \${result.accessToken}\` } });`,
  },
  'okta-auth-js': {
    text: t`Use a custom authorization server whose audience is this API, ask for one of its scopes, and send getAccessToken(), not getIdToken().`,
    code: `const okta = new OktaAuth({
  issuer: 'https://<org>.okta.com/oauth2/<authorization server>',
  clientId,
  scopes: ['openid', 'orders.read'],
});
await fetch(url, { headers: { Authorization: \`Bearer \${okta.getAccessToken()}\` } });`,
  },
  'keycloak-js': {
    text: t`Send keycloak.token, not keycloak.idToken. To have this API in its "aud", give the client a scope with an audience mapper for it.`,
    code: `await keycloak.updateToken(30);
await fetch(url, { headers: { Authorization: \`Bearer \${keycloak.token}\` } });`,
  },
  'aws-amplify': {
    text: t`Send tokens.accessToken, not tokens.idToken, and have the authorizer ask for a custom scope of a resource server: API Gateway takes access tokens only where a scope is set.`,
    code: `import { fetchAuthSession } from 'aws-amplify/auth';

const { tokens } = await fetchAuthSession();
await fetch(url, { headers: { Authorization: \`Bearer \${tokens?.accessToken}\` } });`,
  },
  'appauth-js': {
    text: t`Add a scope of the API (or "resource") to the authorization request and send tokenResponse.accessToken, not tokenResponse.idToken.`,
    code: `const request = new AuthorizationRequest({
  ...{ client_id, redirect_uri, response_type: AuthorizationRequest.RESPONSE_TYPE_CODE },
  scope: 'openid orders',
  extras: { resource: 'https://api.example.com' },
});
headers.set('Authorization', \`Bearer \${tokenResponse.accessToken}\`);`,
  },
  'angular-oauth2-oidc': {
    text: t`Send oauthService.getAccessToken(), not getIdToken(), to the URLs of this API only; the interceptor does both.`,
    code: `provideOAuthClient({
  resourceServer: { allowedUrls: ['https://api.example.com/'], sendAccessToken: true },
});`,
  },
  'google-identity-services': {
    text: t`The "credential" of Sign in with Google is an ID token for your own log-in. For Google’s APIs, ask for an access token; for your own API, start a session of your own.`,
    code: `const client = google.accounts.oauth2.initTokenClient({
  client_id,
  scope: 'https://www.googleapis.com/auth/drive.readonly',
  callback: ({ access_token }) => listFiles(access_token),
});
client.requestAccessToken();`,
  },
  'clerk-js': {
    text: t`Ask for a token of a JWT template whose "aud" is this API.`,
    code: `const token = await clerk.session?.getToken({ template: 'orders-api' });
await fetch(url, { headers: { Authorization: \`Bearer \${token}\` } });`,
  },
  'supabase-js': {
    text: t`Send session.access_token, and only to your project and to backends that verify it. Edge functions get it by themselves.`,
    code: `const { data } = await supabase.auth.getSession();
await fetch(url, { headers: { Authorization: \`Bearer \${data.session?.access_token}\` } });`,
  },
  firebase: {
    text: t`Firebase has ID tokens sent to your own backend, which verifies them with the Admin SDK. To anybody else, send none: have the backend call.`,
    code: `const token = await getAuth().currentUser?.getIdToken();
// In the backend:
const { uid } = await getAuth().verifyIdToken(token);`,
  },
};

/** How a token goes to one API alone: of those who can attach tokens by themselves. */
const BY_HOST: BySdk = {
  ...ACCESS_TOKEN,
  'msal-browser': {
    text: t`Map each API to its scopes. The interceptor then attaches a token of its own to each, and none to other hosts.`,
    code: `// MSAL Angular; elsewhere call acquireTokenSilent with the scopes of the API that is called.
protectedResourceMap: new Map([
  ['https://graph.microsoft.com/v1.0/*', ['User.Read']],
  ['https://api.example.com/*', ['api://<application ID of the API>/Orders.Read']],
]),`,
  },
};

const CODE_FLOW: BySdk = {
  'oidc-client-ts': {
    text: t`Set response_type to "code" (the default); PKCE is then used by itself.`,
    code: `new UserManager({ ...settings, response_type: 'code' });`,
  },
  'msal-browser': {
    text: t`MSAL.js 2 and later use the code flow with PKCE: replace MSAL 1 ("msal") by @azure/msal-browser, and register the redirect URI as "Single-page application".`,
    code: null,
  },
  'okta-auth-js': {
    text: t`Leave responseType out and "pkce" on (both are defaults), and allow "Authorization Code" for the application.`,
    code: 'new OktaAuth({ issuer, clientId, redirectUri, pkce: true });',
  },
  'keycloak-js': {
    text: t`Use the standard flow with PKCE, and switch "Implicit flow" off for the client.`,
    code: `await keycloak.init({ flow: 'standard', pkceMethod: 'S256' });`,
  },
  'angular-oauth2-oidc': {
    text: t`Set responseType to "code"; PKCE is then used by itself.`,
    code: `export const authConfig: AuthConfig = { issuer, clientId, redirectUri, responseType: 'code' };`,
  },
  'aws-amplify': {
    text: t`Set the response type of the hosted UI to "code".`,
    code: `Amplify.configure({
  Auth: { Cognito: { ...pool, loginWith: { oauth: { ...oauth, responseType: 'code' } } } },
});`,
  },
  'appauth-js': {
    text: t`Ask for response type "code" and hand the AuthorizationRequest a crypto, so that it makes the PKCE challenge.`,
    code: 'new AuthorizationRequest({ ...request, response_type: AuthorizationRequest.RESPONSE_TYPE_CODE }, new DefaultCrypto(), true);',
  },
  'google-identity-services': {
    text: t`Use the code model and let your backend redeem the code.`,
    code: `google.accounts.oauth2.initCodeClient({ client_id, scope, ux_mode: 'popup', callback: sendCodeToBackend }).requestCode();`,
  },
  'supabase-js': {
    text: t`Set flowType to "pkce".`,
    code: `createClient(url, key, { auth: { flowType: 'pkce' } });`,
  },
};

const REFRESH: BySdk = {
  'oidc-client-ts': {
    text: t`The library renews: send user.access_token, and call signinSilent() or let automaticSilentRenew do it.`,
    code: `const user = await manager.signinSilent();`,
  },
  'auth0-spa-js': {
    text: t`The SDK renews by itself: getTokenSilently() gives a fresh access token; the refresh token stays in its worker.`,
    code: `createAuth0Client({ domain, clientId, useRefreshTokens: true, cacheLocation: 'memory' });`,
  },
  'msal-browser': {
    text: t`MSAL.js renews by itself in acquireTokenSilent(); the refresh token is not yours to send.`,
    code: 'const { accessToken } = await msal.acquireTokenSilent({ account, scopes });',
  },
  'okta-auth-js': {
    text: t`The token manager renews by itself; send getAccessToken().`,
    code: `await okta.tokenManager.renew('accessToken');`,
  },
  'keycloak-js': {
    text: t`Call updateToken() before each request and send keycloak.token; keycloak.refreshToken goes to Keycloak alone.`,
    code: 'await keycloak.updateToken(30);',
  },
  'aws-amplify': {
    text: t`fetchAuthSession() renews by itself; send tokens.accessToken.`,
    code: `await fetchAuthSession({ forceRefresh: true });`,
  },
};

/** What to do in the library in use, by rule. Where there is nothing beyond the general advice, there is no entry. */
export const SDK_FIXES: Readonly<Record<string, BySdk>> = {
  'id-token-as-bearer': ACCESS_TOKEN,
  'id-token-in-body': ACCESS_TOKEN,
  'audience-mismatch': BY_HOST,
  'audience-missing': ACCESS_TOKEN,
  'access-token-across-sites': BY_HOST,
  'token-to-unconnected-site': BY_HOST,
  'other-token-as-bearer': ACCESS_TOKEN,
  'token-in-url': ACCESS_TOKEN,
  'implicit-grant': CODE_FLOW,
  'missing-pkce': CODE_FLOW,
  'missing-nonce': CODE_FLOW,
  'refresh-token-outside-token-endpoint': REFRESH,
};
