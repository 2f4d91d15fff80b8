import { describe, expect, it } from 'vitest';
import { learn } from '../../../src/core/learn/learn.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import { exchange, form } from '../../fixtures/exchange.ts';

function sdks(told: Partial<HttpExchange> & { readonly url: string }): readonly string[] {
  return learn(exchange(told)).flatMap((lesson) =>
    lesson.learned === 'sdk' ? [`${lesson.sdk} at ${lesson.origin}`] : [],
  );
}

const APP = 'https://app.example';

describe('the client library in use', () => {
  it.each<[string, Partial<HttpExchange> & { readonly url: string }, string]>([
    [
      'MSAL, by its token request',
      {
        url: 'https://login.microsoftonline.com/t/oauth2/v2.0/token',
        method: 'POST',
        requestBody: form({
          grant_type: 'authorization_code',
          client_id: 'c',
          'x-client-SKU': 'msal.js.browser',
        }),
      },
      'msal-browser',
    ],
    [
      'Auth0, by its parameter',
      { url: 'https://t.auth0.com/authorize?client_id=c&auth0Client=eyJ' },
      'auth0-spa-js',
    ],
    [
      'Okta, by its header',
      {
        url: 'https://org.okta.com/oauth2/v1/token',
        requestHeaders: [{ name: 'X-Okta-User-Agent-Extended', value: 'okta-auth-js/7.14.0' }],
      },
      'okta-auth-js',
    ],
    [
      'keycloak-js, by its frame',
      { url: 'https://sso.example/realms/a/protocol/openid-connect/login-status-iframe.html' },
      'keycloak-js',
    ],
    [
      'Amplify',
      {
        url: 'https://cognito-idp.eu-west-1.amazonaws.com/',
        requestHeaders: [{ name: 'x-amz-user-agent', value: 'aws-amplify/6.0.0 auth/4' }],
      },
      'aws-amplify',
    ],
    [
      'Firebase',
      {
        url: 'https://identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=k',
        requestHeaders: [{ name: 'X-Client-Version', value: 'Chrome/JsCore/10.1.0/FirebaseCore-web' }],
      },
      'firebase',
    ],
    [
      'Supabase',
      {
        url: 'https://ref.supabase.co/auth/v1/token?grant_type=password',
        requestHeaders: [{ name: 'X-Client-Info', value: 'supabase-js-web/2.45.0' }],
      },
      'supabase-js',
    ],
    ['Clerk', { url: 'https://clerk.app.example/v1/client?_clerk_js_version=5' }, 'clerk-js'],
    [
      'Google',
      { url: 'https://accounts.google.com/gsi/iframe/select?client_id=c' },
      'google-identity-services',
    ],
  ])('%s', (_, told, sdk) => {
    expect(sdks(told)).toEqual([`${sdk} at ${APP}`]);
  });

  it('of an authorization request, it is that of the page which the response returns to', () => {
    const parameters = new URLSearchParams({
      ...{ client_id: 'c', response_type: 'code', redirect_uri: 'https://other.example/callback' },
      'x-client-SKU': 'msal.js.browser',
    });
    expect(
      sdks({
        url: `https://login.microsoftonline.com/t/oauth2/v2.0/authorize?${parameters}`,
        destination: 'document',
        initiator: null,
      }),
    ).toEqual(['msal-browser at https://other.example']);
  });

  it.each([
    'https://api.example/things?x-client-SKU=MSAL.NetCore',
    'https://api.example/things',
    'https://evil.example/accounts.google.com/gsi/iframe',
  ])('%s tells of none', (url) => {
    expect(sdks({ url })).toEqual([]);
  });
});
