import { t } from '../text.ts';
import { VENDOR_MARKS } from './vendor-marks.ts';
import type { VendorProfile } from './vendor-profile.ts';
import { WORKLOADS } from './workloads.ts';

/** Microsoft's issuers: Entra ID (with its national clouds), External ID, Azure AD B2C. */
const MICROSOFT =
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us|de)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|[\w-]+\.(?:ciamlogin|b2clogin)\.com)\//;
const MICROSOFT_ID_TOKENS = 'https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference';
const MICROSOFT_ACCESS_TOKENS =
  'https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference';
const GOOGLE = /^(?:https:\/\/)?accounts\.google\.com$/;
const GOOGLE_CLIENT = /\.apps\.googleusercontent\.com$/;
const GOOGLE_ID_TOKENS =
  'https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload';
const AUTHENTIK = 'https://github.com/goauthentik/authentik/blob/main/authentik/providers/oauth2/id_token.py';
const FIREBASE = 'https://firebase.google.com/docs/auth/admin/verify-id-tokens';

/** In this order; the first that fits is believed. */
export const VENDOR_PROFILES: readonly VendorProfile[] = [
  ...VENDOR_MARKS,

  // Issuers and claims that tell a token of another kind.
  {
    vendor: 'Apple',
    says: 'security_event',
    confidence: 'strong',
    claims: { iss: /^https:\/\/appleid\.apple\.com$/, events: true },
    text: t`It has an "events" claim, which Apple writes as a string`,
    source:
      'https://developer.apple.com/documentation/signinwithapple/processing-changes-for-sign-in-with-apple-accounts',
  },
  {
    vendor: 'Firebase',
    says: 'session_token',
    confidence: 'strong',
    claims: { iss: /^https:\/\/session\.firebase\.google\.com\// },
    text: t`Its issuer is that of Firebase session cookies`,
    source: 'https://firebase.google.com/docs/auth/admin/manage-cookies',
  },
  {
    vendor: 'Firebase App Check',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: /^https:\/\/firebaseappcheck\.googleapis\.com\// },
    text: t`It attests an app, not a person or a grant`,
    source: 'https://firebase.google.com/docs/app-check/custom-resource-backend',
  },
  {
    vendor: 'Google IAP',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: 'https://cloud.google.com/iap' },
    text: t`It is the header that the Identity-Aware Proxy signs for a backend`,
    source: 'https://cloud.google.com/iap/docs/signed-headers-howto',
  },
  {
    vendor: 'Apple',
    says: 'client_assertion',
    confidence: 'strong',
    claims: { iss: /^[A-Z0-9]{10}$/, aud: /^https:\/\/appleid\.apple\.com$/, sub: true },
    text: t`It is issued by a developer team to Apple: a client secret`,
    source:
      'https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret',
  },
  {
    vendor: 'Google',
    says: 'client_assertion',
    confidence: 'strong',
    claims: {
      iss: /\.gserviceaccount\.com$/,
      aud: /^https:\/\/(?:oauth2\.googleapis\.com\/token|www\.googleapis\.com\/oauth2\/v[34]\/token|accounts\.google\.com\/o\/oauth2\/token)$/,
    },
    text: t`It is issued by a service account to Google's token endpoint`,
    source: 'https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests',
  },
  ...WORKLOADS,
  {
    vendor: 'Clerk',
    says: 'session_token',
    confidence: 'strong',
    claims: { sid: /^sess_/, iss: true },
    without: ['aud', 'scope', 'at_hash'],
    text: t`Its session is named as Clerk names sessions ("sess_…"), and it has no audience`,
    source: 'https://clerk.com/docs/guides/sessions/session-tokens',
  },
  {
    vendor: 'Supabase',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: 'supabase', role: /^(?:anon|service_role)$/, ref: true },
    text: t`It is a project's API key`,
    source: 'https://supabase.com/docs/guides/api/api-keys',
  },

  // Access tokens that lack the claims of RFC 9068.
  {
    vendor: 'Supabase',
    says: 'access_token',
    confidence: 'strong',
    claims: { role: true, aal: /^aal[123]$/, session_id: true, sub: true },
    text: t`It has the claims "role", "aal" and "session_id"`,
    source: 'https://supabase.com/docs/guides/auth/jwt-fields',
  },
  {
    vendor: 'Microsoft',
    says: 'access_token',
    confidence: 'strong',
    claims: { iss: MICROSOFT, azpacr: true },
    text: t`It tells how the client authenticated ("azpacr")`,
    source: MICROSOFT_ACCESS_TOKENS,
  },
  {
    vendor: 'Microsoft',
    says: 'access_token',
    confidence: 'strong',
    claims: { iss: MICROSOFT, appidacr: true },
    text: t`It tells how the client authenticated ("appidacr")`,
    source: MICROSOFT_ACCESS_TOKENS,
  },
  {
    vendor: 'WorkOS',
    says: 'access_token',
    confidence: 'strong',
    claims: { iss: /^https:\/\/api\.workos\.com(?:\/|$)/, sid: /^session_/, sub: /^user_/ },
    without: ['at_hash', 'nonce'],
    text: t`Its session is named as AuthKit names those of its access tokens ("session_…")`,
    source: 'https://workos.com/docs/reference/authkit/session-tokens/access-token',
  },
  {
    vendor: 'SAP Cloud Identity Services',
    says: 'access_token',
    confidence: 'strong',
    claims: { ias_apis: true, iss: true },
    without: ['at_hash', 'c_hash', 'nonce'],
    text: t`It lists the API permission groups that its bearer may use ("ias_apis")`,
    source: 'https://sap.github.io/cloud-identity-developer-guide/Authorization/App2App.html',
  },
  {
    vendor: 'authentik',
    says: 'access_token',
    confidence: 'certain',
    claims: { acr: /^goauthentik\.io\//, azp: true, uid: true },
    without: ['at_hash', 'c_hash'],
    text: t`It has the claims "azp" and "uid", which authentik adds to access tokens alone`,
    source: AUTHENTIK,
  },

  // Issuers whose ID tokens may lack the claims that only ID tokens have, by what their access tokens always have.
  {
    vendor: 'Microsoft',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: MICROSOFT, sub: true, aud: true },
    without: ['scp', 'azp', 'azpacr', 'appid', 'appidacr', 'scope', 'events', 'idtyp'],
    text: t`It names no client beside its audience, as every access token of Microsoft does ("azp", "appid")`,
    source: MICROSOFT_ID_TOKENS,
  },
  {
    vendor: 'Auth0',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: /^https?:\/\/[\w.-]+\.auth0\.com\/?$/, sub: true, aud: /^[^:/]+$/ },
    without: ['azp', 'client_id', 'scope', 'gty', 'permissions', 'events'],
    text: t`Its audience is no URL and it names no client, as every access token of Auth0 does ("azp", "client_id")`,
    source: 'https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles',
  },
  {
    vendor: 'Firebase',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: /^https:\/\/securetoken\.google\.com\//, sub: true },
    text: t`Its issuer is that of Firebase ID tokens`,
    source: FIREBASE,
  },
  {
    vendor: 'Google',
    says: null,
    confidence: 'strong',
    claims: { iss: GOOGLE, email: /\.gserviceaccount\.com$/ },
    text: t`Its subject is a service account, and its audience a service`,
    source: 'https://cloud.google.com/docs/authentication/get-id-token',
  },
  {
    vendor: 'Google',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: GOOGLE, sub: true, aud: GOOGLE_CLIENT, azp: GOOGLE_CLIENT },
    text: t`Its audience is a client of Google's, whose access tokens are no JWTs`,
    source: GOOGLE_ID_TOKENS,
  },
  onlyIdTokens(
    'Apple',
    /^https:\/\/appleid\.apple\.com$/,
    'https://developer.apple.com/documentation/signinwithapplerestapi/authenticating-users-with-sign-in-with-apple',
  ),
  {
    vendor: 'GitLab',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: /^https:\/\/gitlab\.com$/, sub: /^\d+$/, aud: true, exp: true },
    without: ['scope', 'events'],
    text: t`It is issued by GitLab, whose access tokens are no JWTs`,
    source: 'https://docs.gitlab.com/integration/openid_connect_provider/',
  },
  onlyIdTokens(
    'Kakao',
    /^https:\/\/kauth\.kakao\.com$/,
    'https://developers.kakao.com/docs/latest/en/kakaologin/utilize#oidc',
  ),
  onlyIdTokens(
    'LinkedIn',
    /^https:\/\/www\.linkedin\.com\/oauth$/,
    'https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2',
  ),
  onlyIdTokens(
    'Intuit',
    /^https:\/\/oauth\.platform\.intuit\.com\/op\/v1$/,
    'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/openid-connect',
  ),
  onlyIdTokens(
    'Slack',
    /^https:\/\/slack\.com$/,
    'https://docs.slack.dev/authentication/sign-in-with-slack/',
  ),
  onlyIdTokens(
    'LINE',
    /^https:\/\/access\.line\.me$/,
    'https://developers.line.biz/en/docs/line-login/verify-id-token/',
  ),
  onlyIdTokens(
    'Twitch',
    /^https:\/\/id\.twitch\.tv\/oauth2$/,
    'https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/',
  ),
  onlyIdTokens(
    'Facebook',
    /^https:\/\/(?:www\.)?facebook\.com$/,
    'https://developers.facebook.com/docs/facebook-login/limited-login/token/',
  ),

  // Vendors whose ID and access tokens differ in nothing but what was seen above, if at all.
  {
    vendor: 'Shopify',
    says: null,
    confidence: 'strong',
    claims: {
      iss: /^https:\/\/[\w-]+\.myshopify\.com\/admin$/,
      dest: /^https:\/\/[\w-]+\.myshopify\.com$/,
      sid: true,
    },
    text: t`Shopify calls it a session token, and lately an ID token`,
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization/session-tokens',
  },
  {
    vendor: 'FusionAuth',
    says: null,
    confidence: 'strong',
    claims: { applicationId: true, authenticationType: true },
    without: ['at_hash', 'c_hash', 'scope'],
    text: t`Its access tokens, too, have the client_id for audience`,
    source: 'https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/tokens',
  },
  {
    vendor: 'authentik',
    says: null,
    confidence: 'strong',
    claims: { acr: /^goauthentik\.io\// },
    without: ['at_hash', 'c_hash', 'scope'],
    text: t`Its access tokens, too, have the claims of an ID token`,
    source: AUTHENTIK,
  },
];

function onlyIdTokens(vendor: string, issuer: RegExp, source: string): VendorProfile {
  return {
    ...{ vendor, says: 'id_token', confidence: 'strong', source },
    claims: { iss: issuer, sub: true, aud: true, exp: true },
    without: ['scope', 'events'],
    text: t`It is issued by ${vendor}, whose access tokens are no JWTs`,
  };
}
