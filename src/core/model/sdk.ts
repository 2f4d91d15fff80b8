/** Client libraries that can be told apart, by the names of their packages. */
export type SdkId =
  | 'oidc-client-ts'
  | 'auth0-spa-js'
  | 'msal-browser'
  | 'okta-auth-js'
  | 'keycloak-js'
  | 'aws-amplify'
  | 'firebase'
  | 'appauth-js'
  | 'supabase-js'
  | 'clerk-js'
  | 'angular-oauth2-oidc'
  | 'google-identity-services';

/** One entry of a page's `localStorage` or `sessionStorage`, as the page gave it: it may say anything. */
export interface StoredEntry {
  readonly area: 'local' | 'session';
  readonly key: string;
  readonly value: string;
}
