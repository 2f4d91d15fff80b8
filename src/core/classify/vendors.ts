import type { TokenKind } from '../model/token.ts';

/** What a claim must be: there at all, this very value, or (each of) its strings of this form. */
export type ClaimTest = true | string | RegExp;

/**
 * A shape of token that a vendor documents. Data, not code: a vendor is added by a row, with its source.
 */
export interface VendorProfile {
  readonly vendor: string;
  /** null where the vendor's ID and access tokens look so alike that neither may be said. */
  readonly says: TokenKind | null;
  /** A vendor's own mark of the kind is `certain`; a shape that only this kind of the vendor's tokens has is `strong`. */
  readonly confidence: 'certain' | 'strong';
  readonly claims: Readonly<Record<string, ClaimTest>>;
  readonly without?: readonly string[];
  /** What it has, in words for people. */
  readonly text: string;
  readonly source: string;
}

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
const COGNITO =
  'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html';
const KEYCLOAK =
  'https://github.com/keycloak/keycloak/blob/main/core/src/main/java/org/keycloak/util/TokenUtil.java';
const OKTA = 'https://developer.okta.com/docs/concepts/oauth-claims/';
const PING_AM = 'https://docs.pingidentity.com/pingam/8/oauth2-guide/client-side-tokens.html';
const CURITY = 'https://curity.io/docs/idsvr/latest/token-service-admin-guide/';
const CASDOOR = 'https://github.com/casdoor/casdoor/blob/master/object/token_jwt.go';
const AUTHENTIK = 'https://github.com/goauthentik/authentik/blob/main/authentik/providers/oauth2/id_token.py';
const SIMPLE_JWT =
  'https://django-rest-framework-simplejwt.readthedocs.io/en/latest/settings.html#token-type-claim';
const FIREBASE = 'https://firebase.google.com/docs/auth/admin/verify-id-tokens';

/** In this order; the first that fits is believed. */
export const VENDOR_PROFILES: readonly VendorProfile[] = [
  // The vendor's own mark of the kind.
  mark('Amazon Cognito', 'id_token', 'token_use', 'id', COGNITO),
  mark('Amazon Cognito', 'access_token', 'token_use', 'access', COGNITO),
  mark('Keycloak', 'id_token', 'typ', 'ID', KEYCLOAK),
  mark('Keycloak', 'access_token', 'typ', 'Bearer', KEYCLOAK),
  mark('Keycloak', 'access_token', 'typ', 'DPoP', KEYCLOAK),
  mark('Keycloak', 'refresh_token', 'typ', 'Refresh', KEYCLOAK),
  mark('Keycloak', 'refresh_token', 'typ', 'Offline', KEYCLOAK),
  mark('Keycloak', 'logout_token', 'typ', 'Logout', KEYCLOAK),
  mark('PingAM', 'id_token', 'tokenName', 'id_token', PING_AM),
  mark('PingAM', 'access_token', 'tokenName', 'access_token', PING_AM),
  mark('PingAM', 'refresh_token', 'tokenName', 'refresh_token', PING_AM),
  mark('Curity', 'id_token', 'purpose', 'id', CURITY),
  mark('Curity', 'access_token', 'purpose', 'access_token', CURITY),
  mark(
    'Oracle',
    'id_token',
    'tok_type',
    'IT',
    'https://docs.oracle.com/en/cloud/paas/identity-cloud/idcsa/IdentityToken.html',
  ),
  mark(
    'Oracle',
    'access_token',
    'tok_type',
    'AT',
    'https://docs.oracle.com/en/cloud/paas/identity-cloud/idcsa/AccessToken.html',
  ),
  // Casdoor gives out one and the same JWT as ID token and as access token: it is made to be sent to APIs.
  mark('Casdoor', 'access_token', 'tokenType', 'access-token', CASDOOR),
  mark('Casdoor', 'refresh_token', 'tokenType', 'refresh-token', CASDOOR),
  mark('Simple JWT', 'access_token', 'token_type', 'access', SIMPLE_JWT),
  mark('Simple JWT', 'refresh_token', 'token_type', 'refresh', SIMPLE_JWT),
  okta('id_token', 'ID.'),
  okta('access_token', 'AT.'),
  {
    vendor: 'Cloudflare Access',
    says: 'session_token',
    confidence: 'certain',
    claims: { iss: /\.cloudflareaccess\.com$/, type: /^(?:app|org)$/ },
    text: 'It has Cloudflare Access\'s "type" claim',
    source:
      'https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/application-token/',
  },
  {
    vendor: 'Stytch',
    says: 'session_token',
    confidence: 'certain',
    claims: { 'https://stytch.com/session': true },
    text: 'It has the claim "https://stytch.com/session"',
    source: 'https://stytch.com/docs/guides/sessions/session-jwts',
  },

  // Issuers and claims that tell a token of another kind.
  {
    vendor: 'Apple',
    says: 'security_event',
    confidence: 'strong',
    claims: { iss: /^https:\/\/appleid\.apple\.com$/, events: true },
    text: 'It has an "events" claim, which Apple writes as a string',
    source:
      'https://developer.apple.com/documentation/signinwithapple/processing-changes-for-sign-in-with-apple-accounts',
  },
  {
    vendor: 'Firebase',
    says: 'session_token',
    confidence: 'strong',
    claims: { iss: /^https:\/\/session\.firebase\.google\.com\// },
    text: 'Its issuer is that of Firebase session cookies',
    source: 'https://firebase.google.com/docs/auth/admin/manage-cookies',
  },
  {
    vendor: 'Firebase App Check',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: /^https:\/\/firebaseappcheck\.googleapis\.com\// },
    text: 'It attests an app, not a person or a grant',
    source: 'https://firebase.google.com/docs/app-check/custom-resource-backend',
  },
  {
    vendor: 'Google IAP',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: 'https://cloud.google.com/iap' },
    text: 'It is the header that the Identity-Aware Proxy signs for a backend',
    source: 'https://cloud.google.com/iap/docs/signed-headers-howto',
  },
  {
    vendor: 'Apple',
    says: 'client_assertion',
    confidence: 'strong',
    claims: { iss: /^[A-Z0-9]{10}$/, aud: /^https:\/\/appleid\.apple\.com$/, sub: true },
    text: 'It is issued by a developer team to Apple: a client secret',
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
    text: "It is issued by a service account to Google's token endpoint",
    source: 'https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests',
  },
  {
    vendor: 'Kubernetes',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { sub: /^system:serviceaccount:/ },
    text: 'Its subject is a service account of a cluster',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/',
  },
  {
    vendor: 'SPIFFE',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { sub: /^spiffe:\/\// },
    text: 'Its subject is a workload (JWT-SVID §3.1)',
    source: 'https://github.com/spiffe/spiffe/blob/main/standards/JWT-SVID.md',
  },
  {
    vendor: 'GitHub Actions',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/ },
    text: 'Its subject is a workflow run',
    source: 'https://docs.github.com/actions/reference/security/oidc',
  },
  {
    vendor: 'Clerk',
    says: 'session_token',
    confidence: 'strong',
    claims: { sid: /^sess_/, iss: true },
    without: ['aud', 'scope', 'at_hash'],
    text: 'Its session is named as Clerk names sessions ("sess_…"), and it has no audience',
    source: 'https://clerk.com/docs/guides/sessions/session-tokens',
  },
  {
    vendor: 'Supabase',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: 'supabase', role: /^(?:anon|service_role)$/, ref: true },
    text: "It is a project's API key",
    source: 'https://supabase.com/docs/guides/api/api-keys',
  },

  // Access tokens that lack the claims of RFC 9068.
  {
    vendor: 'Supabase',
    says: 'access_token',
    confidence: 'strong',
    claims: { role: true, aal: /^aal[123]$/, session_id: true, sub: true },
    text: 'It has the claims "role", "aal" and "session_id"',
    source: 'https://supabase.com/docs/guides/auth/jwt-fields',
  },
  {
    vendor: 'Microsoft',
    says: 'access_token',
    confidence: 'strong',
    claims: { iss: MICROSOFT, azpacr: true },
    text: 'It tells how the client authenticated ("azpacr")',
    source: MICROSOFT_ACCESS_TOKENS,
  },
  {
    vendor: 'Microsoft',
    says: 'access_token',
    confidence: 'strong',
    claims: { iss: MICROSOFT, appidacr: true },
    text: 'It tells how the client authenticated ("appidacr")',
    source: MICROSOFT_ACCESS_TOKENS,
  },
  {
    vendor: 'authentik',
    says: 'access_token',
    confidence: 'certain',
    claims: { acr: /^goauthentik\.io\//, azp: true, uid: true },
    without: ['at_hash', 'c_hash'],
    text: 'It has the claims "azp" and "uid", which authentik adds to access tokens alone',
    source: AUTHENTIK,
  },

  // Issuers whose ID tokens may lack the claims that only ID tokens have, by what their access tokens always have.
  {
    vendor: 'Microsoft',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: MICROSOFT, sub: true, aud: true },
    without: ['scp', 'azp', 'azpacr', 'appid', 'appidacr', 'scope', 'events', 'idtyp'],
    text: 'It names no client beside its audience, as every access token of Microsoft does ("azp", "appid")',
    source: MICROSOFT_ID_TOKENS,
  },
  {
    vendor: 'Auth0',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: /^https?:\/\/[\w.-]+\.auth0\.com\/?$/, sub: true, aud: /^[^:/]+$/ },
    without: ['azp', 'client_id', 'scope', 'gty', 'permissions', 'events'],
    text: 'Its audience is no URL and it names no client, as every access token of Auth0 does ("azp", "client_id")',
    source: 'https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles',
  },
  {
    vendor: 'Firebase',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: /^https:\/\/securetoken\.google\.com\//, sub: true },
    text: 'Its issuer is that of Firebase ID tokens',
    source: FIREBASE,
  },
  {
    vendor: 'Google',
    says: null,
    confidence: 'strong',
    claims: { iss: GOOGLE, email: /\.gserviceaccount\.com$/ },
    text: 'Its subject is a service account, and its audience a service',
    source: 'https://cloud.google.com/docs/authentication/get-id-token',
  },
  {
    vendor: 'Google',
    says: 'id_token',
    confidence: 'strong',
    claims: { iss: GOOGLE, sub: true, aud: GOOGLE_CLIENT, azp: GOOGLE_CLIENT },
    text: "Its audience is a client of Google's, whose access tokens are no JWTs",
    source: GOOGLE_ID_TOKENS,
  },
  onlyIdTokens(
    'Apple',
    /^https:\/\/appleid\.apple\.com$/,
    'https://developer.apple.com/documentation/signinwithapplerestapi/authenticating-users-with-sign-in-with-apple',
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
    vendor: 'FusionAuth',
    says: null,
    confidence: 'strong',
    claims: { applicationId: true, authenticationType: true },
    without: ['at_hash', 'c_hash', 'scope'],
    text: 'Its access tokens, too, have the client_id for audience',
    source: 'https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/tokens',
  },
  {
    vendor: 'authentik',
    says: null,
    confidence: 'strong',
    claims: { acr: /^goauthentik\.io\// },
    without: ['at_hash', 'c_hash', 'scope'],
    text: 'Its access tokens, too, have the claims of an ID token',
    source: AUTHENTIK,
  },
];

function mark(vendor: string, says: TokenKind, claim: string, value: string, source: string): VendorProfile {
  const text = `Its "${claim}" claim is "${value}"`;
  return { vendor, says, confidence: 'certain', claims: { [claim]: value }, text, source };
}

function okta(says: TokenKind, prefix: string): VendorProfile {
  const claims = { ver: true, jti: new RegExp(`^${prefix.replace('.', '\\.')}[\\w-]+`) } as const;
  return {
    ...{ vendor: 'Okta', says, confidence: 'certain', claims, source: OKTA },
    text: `Its "jti" begins with "${prefix}"`,
  };
}

function onlyIdTokens(vendor: string, issuer: RegExp, source: string): VendorProfile {
  return {
    ...{ vendor, says: 'id_token', confidence: 'strong', source },
    claims: { iss: issuer, sub: true, aud: true, exp: true },
    without: ['scope', 'events'],
    text: `It is issued by ${vendor}, whose access tokens are no JWTs`,
  };
}
