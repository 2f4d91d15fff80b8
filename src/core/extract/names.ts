/** Parameters whose value is a token by their standard's own definition, opaque or not. */
export const TOKEN_PARAMETERS: ReadonlySet<string> = new Set([
  'access_token', // RFC 6750 §2.2, §2.3
  'id_token', // OpenID Connect Core 1.0 §3.2.2.5
  'id_token_hint', // OpenID Connect Core 1.0 §3.1.2.1
  'refresh_token', // RFC 6749 §6
  'subject_token', // RFC 8693 §2.1
  'actor_token', // RFC 8693 §2.1
  'client_assertion', // RFC 7521 §4.2
  'logout_token', // OpenID Connect Back-Channel Logout 1.0 §2.5
]);

/** Authentication schemes whose credentials are one token, beside those whose value looks like a JWT anyway. */
export const TOKEN_SCHEMES: ReadonlySet<string> = new Set([
  'bearer', // RFC 6750 §2.1
  'dpop', // RFC 9449 §7.1
  'gnap', // RFC 9635 §7.2
  'oauth', // as Salesforce and Google had it before RFC 6750; OAuth 1.0 has parameters instead (RFC 5849 §3.5.1)
]);

/**
 * Headers that carry a token, opaque or not, by convention or by a vendor's documentation. Names that only have "token"
 * in them are not enough: those against cross-site request forgery, for paging and the like are no credentials.
 */
export const TOKEN_HEADERS: ReadonlySet<string> = new Set([
  'access-token',
  'auth-token',
  'id-token',
  'x-access-token',
  'x-auth-token',
  'x-authentication-token',
  'x-authorization',
  'x-id-token',
  'x-jwt-assertion',
  'x-session-token',
  'x-user-token',
  'x-original-authorization',
  'x-forwarded-authorization',
  // https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview
  'x-forwarded-access-token',
  'x-auth-request-access-token',
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
  'x-amz-security-token',
  // https://docs.cloud.google.com/iap/docs/signed-headers-howto
  'x-goog-iap-jwt-assertion',
  // https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/
  'cf-access-jwt-assertion',
  'cf-access-token',
  // https://learn.microsoft.com/azure/app-service/configure-authentication-oauth-tokens
  'x-ms-token-aad-id-token',
  'x-ms-token-aad-access-token',
  'x-zumo-auth',
  // https://shopify.dev/docs/api/usage/authentication
  'x-shopify-access-token',
]);

/** Headers that browsers and caches write: no app puts a token there. Referer repeats the URL of a page, which was judged. */
export const BROWSER_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'host',
  'if-modified-since',
  'if-none-match',
  'origin',
  'referer',
  'user-agent',
]);

/** What apps send for a token that they don't have (yet): a bug, but no token. */
export const NO_TOKENS: ReadonlySet<string> = new Set([
  '',
  'undefined',
  'null',
  'true',
  'false',
  '[object Object]',
]);
