import type { TokenKind } from '../model/token.ts';
import { t } from '../text.ts';
import type { VendorProfile } from './vendor-profile.ts';

const COGNITO =
  'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html';
const KEYCLOAK =
  'https://github.com/keycloak/keycloak/blob/main/core/src/main/java/org/keycloak/util/TokenUtil.java';
const OKTA = 'https://developer.okta.com/docs/concepts/oauth-claims/';
const PING_AM = 'https://docs.pingidentity.com/pingam/8/oauth2-guide/client-side-tokens.html';
const CURITY = 'https://curity.io/docs/idsvr/latest/token-service-admin-guide/';
const CASDOOR = 'https://github.com/casdoor/casdoor/blob/master/object/token_jwt.go';
const SIMPLE_JWT =
  'https://django-rest-framework-simplejwt.readthedocs.io/en/latest/settings.html#token-type-claim';

/** Claims by which a vendor itself says of what kind its token is. */
export const VENDOR_MARKS: readonly VendorProfile[] = [
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
  mark('Descope', 'session_token', 'drn', 'DS', 'https://github.com/descope/node-sdk'),
  mark('Descope', 'refresh_token', 'drn', 'DSR', 'https://github.com/descope/go-sdk'),
  okta('id_token', 'ID.'),
  okta('access_token', 'AT.'),
  {
    vendor: 'Cloudflare Access',
    says: 'session_token',
    confidence: 'certain',
    claims: { iss: /\.cloudflareaccess\.com$/, type: /^(?:app|org)$/ },
    text: t`It has Cloudflare Access's "type" claim`,
    source:
      'https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/application-token/',
  },
  {
    vendor: 'Stytch',
    says: 'session_token',
    confidence: 'certain',
    claims: { 'https://stytch.com/session': true },
    text: t`It has the claim "https://stytch.com/session"`,
    source: 'https://stytch.com/docs/guides/sessions/session-jwts',
  },
];

function mark(vendor: string, says: TokenKind, claim: string, value: string, source: string): VendorProfile {
  const text = t`Its "${claim}" claim is "${value}"`;
  return { vendor, says, confidence: 'certain', claims: { [claim]: value }, text, source };
}

function okta(says: TokenKind, prefix: string): VendorProfile {
  const claims = { ver: true, jti: new RegExp(`^${prefix.replace('.', '\\.')}[\\w-]+`) } as const;
  return {
    ...{ vendor: 'Okta', says, confidence: 'certain', claims, source: OKTA },
    text: t`Its "jti" begins with "${prefix}"`,
  };
}
