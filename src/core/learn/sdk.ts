import type { HttpExchange } from '../model/exchange.ts';
import type { Lesson } from '../model/knowledge.ts';
import type { SdkId } from '../model/sdk.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';
import { t } from '../text.ts';

/** What a client library puts into its requests by itself, and where its source or documentation says so. */
interface RequestMark {
  readonly sdk: SdkId;
  readonly because: string;
  readonly source: string;
  readonly fits: (request: ReadRequest) => boolean;
}

interface ReadRequest {
  readonly url: URL;
  readonly parameter: (name: string) => string;
  readonly header: (name: string) => string;
}

const MARKS: readonly RequestMark[] = [
  {
    sdk: 'msal-browser',
    because: t`Its requests say "x-client-SKU=msal.js.browser".`,
    source:
      'https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/request/RequestParameterBuilder.ts',
    fits: ({ parameter }) => /^(?:@azure\/)?msal\.js/.test(parameter('x-client-SKU')),
  },
  {
    sdk: 'auth0-spa-js',
    because: t`Its requests bear "auth0Client".`,
    source: 'https://github.com/auth0/auth0-spa-js/blob/main/src/constants.ts',
    fits: ({ parameter, header }) => parameter('auth0Client') !== '' || header('auth0-client') !== '',
  },
  {
    sdk: 'okta-auth-js',
    because: t`Its requests bear "X-Okta-User-Agent-Extended: okta-auth-js".`,
    source: 'https://github.com/okta/okta-auth-js/blob/master/lib/http/OktaUserAgent.ts',
    fits: ({ header }) => header('x-okta-user-agent-extended').includes('okta-auth-js'),
  },
  {
    sdk: 'keycloak-js',
    because: t`It loads Keycloak's status frame or its test for third-party cookies.`,
    source: 'https://github.com/keycloak/keycloak-js/blob/main/lib/keycloak.js',
    fits: ({ url }) =>
      /\/protocol\/openid-connect\/(?:login-status-iframe\.html|3p-cookies\/step1\.html)$/.test(url.pathname),
  },
  {
    sdk: 'aws-amplify',
    because: t`Its requests bear "X-Amz-User-Agent: aws-amplify".`,
    source: 'https://github.com/aws-amplify/amplify-js/blob/main/packages/core/src/Platform/index.ts',
    fits: ({ header }) => header('x-amz-user-agent').startsWith('aws-amplify'),
  },
  {
    sdk: 'firebase',
    because: t`Its requests bear "X-Client-Version: …FirebaseCore-web".`,
    source: 'https://github.com/firebase/firebase-js-sdk/blob/main/packages/auth/src/core/util/version.ts',
    fits: ({ header }) => /\bFirebaseCore-web\b|^.{1,40}\/JsCore\//.test(header('x-client-version')),
  },
  {
    sdk: 'supabase-js',
    because: t`Its requests bear "X-Client-Info: supabase-js".`,
    source:
      'https://github.com/supabase/supabase-js/blob/master/packages/core/supabase-js/src/lib/constants.ts',
    fits: ({ header }) => /^(?:supabase-|gotrue-js|auth-js)/.test(header('x-client-info')),
  },
  {
    sdk: 'clerk-js',
    because: t`Its requests bear "_clerk_js_version".`,
    source: 'https://github.com/clerk/javascript/blob/main/packages/clerk-js/src/core/fapiClient.ts',
    fits: ({ parameter }) => parameter('_clerk_js_version') !== '',
  },
  {
    sdk: 'google-identity-services',
    because: t`It loads Google’s sign-in frame.`,
    source: 'https://developers.google.com/identity/gsi/web/guides/client-library',
    fits: ({ url }) => url.hostname === 'accounts.google.com' && url.pathname.startsWith('/gsi/'),
  },
];

/** Cheap: all that any of the marks needs, before anything is parsed. */
const MAY_TELL =
  /x-client-SKU|auth0Client|openid-connect\/(?:login-status|3p-cookies)|_clerk_js_version|accounts\.google\.com\/gsi\//i;
const TELLING_HEADERS =
  /^(?:auth0-client|x-okta-user-agent-extended|x-amz-user-agent|x-client-version|x-client-info)$/i;

/**
 * Which client library made a request, by what libraries tell of themselves.
 * @param fields the parameters of the request's body
 * @returns the library in use at the page that made it, or that the response returns to
 */
export function sdkLessons(exchange: HttpExchange, url: URL, fields: URLSearchParams): readonly Lesson[] {
  const isTold =
    MAY_TELL.test(exchange.url) ||
    fields.has('x-client-SKU') ||
    exchange.requestHeaders.some(({ name }) => TELLING_HEADERS.test(name));
  if (!isTold) return [];
  const request: ReadRequest = {
    url,
    parameter: (name) => url.searchParams.get(name) ?? fields.get(name) ?? '',
    header: (wanted) =>
      exchange.requestHeaders.find(({ name }) => name.toLowerCase() === wanted)?.value.slice(0, 256) ?? '',
  };
  // A document is asked for by a page that it replaces, and answers to another perhaps.
  const redirect = parseUrl(request.parameter('redirect_uri'));
  const origin = redirect === null ? exchange.initiator : webOrigin(redirect.href);
  if (origin === null) return [];
  return MARKS.filter(({ fits }) => fits(request)).map(({ sdk, because }) => ({
    ...({ learned: 'sdk', sdk, origin, because, learnedFrom: exchange.id } as const),
  }));
}
