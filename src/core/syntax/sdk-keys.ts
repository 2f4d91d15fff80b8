import type { SdkId } from '../model/sdk.ts';

/** Keys under which a client library keeps its state in the page's storage, and where its source or documentation says so. */
interface StorageKey {
  readonly sdk: SdkId;
  readonly key: RegExp;
  readonly source: string;
}

/** Only what is under such keys is read. Sources of regular expressions go to the page: no flags, no look-behind. */
export const STORAGE_KEYS: readonly StorageKey[] = [
  {
    sdk: 'oidc-client-ts',
    key: /^oidc\.user:.+:[^:]+$/,
    source: 'https://github.com/authts/oidc-client-ts/blob/main/src/UserManager.ts',
  },
  {
    sdk: 'auth0-spa-js',
    key: /^@@auth0spajs@@::.+::.+$/,
    source: 'https://github.com/auth0/auth0-spa-js/blob/main/src/cache/shared.ts',
  },
  {
    sdk: 'msal-browser',
    key: /^msal\..+$/,
    source:
      'https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-browser/src/cache/CacheKeys.ts',
  },
  {
    sdk: 'msal-browser',
    key: /^[^ ]+-(?:idtoken|accesstoken|accesstoken_with_authscheme|refreshtoken)-[^ ]+-.*$/,
    source:
      'https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/cache/CacheManager.ts',
  },
  {
    sdk: 'okta-auth-js',
    key: /^okta-token-storage(?:_.*)?$/,
    source: 'https://github.com/okta/okta-auth-js#storagemanager',
  },
  {
    sdk: 'keycloak-js',
    key: /^kc-callback-.+$/,
    source: 'https://github.com/keycloak/keycloak-js/blob/main/lib/keycloak.js',
  },
  {
    sdk: 'aws-amplify',
    key: /^CognitoIdentityServiceProvider\.[\w-]+\..+$/,
    source: 'https://docs.amplify.aws/react/build-a-backend/auth/concepts/tokens-and-credentials/',
  },
  {
    sdk: 'firebase',
    key: /^firebase:authUser:[^:]+:.+$/,
    source:
      'https://github.com/firebase/firebase-js-sdk/blob/main/packages/auth/src/core/persistence/persistence_user_manager.ts',
  },
  {
    sdk: 'appauth-js',
    key: /^(?:appauth_current_authorization_request|.+_appauth_authorization_request)$/,
    source: 'https://github.com/openid/AppAuth-JS/blob/master/src/redirect_based_handler.ts',
  },
  {
    sdk: 'supabase-js',
    key: /^sb-[\w-]+-auth-token$/,
    source:
      'https://github.com/supabase/supabase-js/blob/master/packages/core/supabase-js/src/SupabaseClient.ts',
  },
  {
    sdk: 'clerk-js',
    key: /^(?:__clerk_environment|clerk_telemetry_throttler|__clerk_db_jwt)$/,
    source: 'https://github.com/clerk/javascript/tree/main/packages/clerk-js',
  },
  {
    sdk: 'angular-oauth2-oidc',
    key: /^(?:id_token_claims_obj|id_token|access_token|refresh_token)$/,
    source:
      'https://github.com/manfredsteyer/angular-oauth2-oidc/blob/master/projects/lib/src/oauth-service.ts',
  },
];

/** @returns the library that keeps something under this key, null where none does */
export function sdkOfKey(key: string): SdkId | null {
  return STORAGE_KEYS.find((known) => known.key.test(key))?.sdk ?? null;
}
