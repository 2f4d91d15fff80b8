import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import { learnFromStorage } from '../../../src/core/learn/storage.ts';
import type { StoredEntry } from '../../../src/core/model/sdk.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { AT } from '../../fixtures/case.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const APP = 'https://app.example';
const ID = jwt({ alg: 'RS256' }, { sub: 'id' });
const ACCESS = jwt({ alg: 'RS256' }, { sub: 'access' });
const OPAQUE = 'opaque-refresh-token-0123456789';
const NAMES = new Map([
  [fingerprint(ID), 'ID'],
  [fingerprint(ACCESS), 'ACCESS'],
  [fingerprint(OPAQUE), 'OPAQUE'],
]);

/** What entries teach, in words. */
function taught(...entries: readonly (readonly [string, unknown])[]): readonly string[] {
  const stored = entries.map(([key, value]): StoredEntry => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { area: 'session', key, value: text };
  });
  return learnFromStorage(APP, stored, AT).map((lesson) => {
    switch (lesson.learned) {
      case 'sdk':
        return `sdk ${lesson.sdk} at ${lesson.origin}`;
      case 'client':
        return `client ${lesson.clientId} at ${lesson.serverOrigin} of ${lesson.origins.join()}`;
      case 'storage': {
        const { token, says, clientId, resources, opaqueLength } = lesson;
        const more = [
          ...(clientId === null ? [] : [clientId]),
          ...resources,
          ...(opaqueLength === undefined ? [] : ['opaque']),
        ];
        return `${NAMES.get(token)} as ${says} ${more.join(' ')}`.trim();
      }
      default:
        return lesson.learned;
    }
  });
}

describe('what client libraries keep in a page’s storage', () => {
  it('oidc-client-ts: a user, under authority and client_id', () => {
    const user = { id_token: ID, access_token: ACCESS, refresh_token: OPAQUE, token_type: 'Bearer' };
    expect(taught(['oidc.user:https://as.example/realms/a:my-app', user])).toEqual([
      `sdk oidc-client-ts at ${APP}`,
      `client my-app at https://as.example of ${APP}`,
      'ID as id_token my-app',
      'ACCESS as access_token my-app',
      'OPAQUE as refresh_token my-app opaque',
    ]);
  });

  it('auth0-spa-js: an access token for its audience, and the ID token apart', () => {
    const decodedToken = { claims: { iss: 'https://tenant.auth0.com/' } };
    expect(
      taught(
        [
          '@@auth0spajs@@::my-app::https://api.example::openid read',
          { body: { access_token: ACCESS, refresh_token: OPAQUE }, expiresAt: 1 },
        ],
        ['@@auth0spajs@@::my-app::@@user@@', { id_token: ID, decodedToken }],
      ),
    ).toEqual([
      `sdk auth0-spa-js at ${APP}`,
      'ACCESS as access_token my-app https://api.example',
      'OPAQUE as refresh_token my-app opaque',
      `sdk auth0-spa-js at ${APP}`,
      `client my-app at https://tenant.auth0.com of ${APP}`,
      'ID as id_token my-app',
    ]);
  });

  it('MSAL: a credential each, of versions 2 to 4; what is encrypted tells of the library only', () => {
    const environment = 'login.windows.net';
    const of = (credentialType: string, secret: string) => ({
      ...{ credentialType, secret, environment, clientId: 'my-app', homeAccountId: 'u.t' },
    });
    expect(
      taught(
        ['u.t-login.windows.net-idtoken-my-app-t---', of('IdToken', ID)],
        ['msal.2|u.t|login.windows.net|accesstoken|my-app|t|a b||', of('AccessToken', ACCESS)],
        ['msal.1.token.keys.my-app', { idToken: [], accessToken: [], refreshToken: [] }],
        ['msal.1|u.t|login.windows.net|refreshtoken|my-app|||', { id: 'x', nonce: 'n', data: 'ciphertext' }],
      ),
    ).toEqual([
      `sdk msal-browser at ${APP}`,
      `client my-app at https://login.microsoftonline.com of ${APP}`,
      `client my-app at https://sts.windows.net of ${APP}`,
      'ID as id_token my-app',
      `sdk msal-browser at ${APP}`,
      `client my-app at https://login.microsoftonline.com of ${APP}`,
      `client my-app at https://sts.windows.net of ${APP}`,
      'ACCESS as access_token my-app',
      `sdk msal-browser at ${APP}`,
      `sdk msal-browser at ${APP}`,
    ]);
  });

  it('Okta: the tokens by name', () => {
    const issuer = 'https://org.okta.com/oauth2/default';
    const tokens = {
      idToken: { idToken: ID, clientId: 'my-app', issuer },
      accessToken: { accessToken: ACCESS, tokenType: 'Bearer' },
      refreshToken: { refreshToken: OPAQUE, issuer },
    };
    expect(taught(['okta-token-storage', tokens])).toEqual([
      `sdk okta-auth-js at ${APP}`,
      `client my-app at https://org.okta.com of ${APP}`,
      'ID as id_token my-app',
      'ACCESS as access_token my-app',
      'OPAQUE as refresh_token my-app opaque',
    ]);
  });

  it.each<[string, string, unknown, readonly string[]]>([
    ['Amplify', 'CognitoIdentityServiceProvider.my-app.ada.idToken', ID, ['ID as id_token my-app']],
    [
      'Amplify',
      'CognitoIdentityServiceProvider.my-app.a.b.accessToken',
      ACCESS,
      ['ACCESS as access_token my-app'],
    ],
    ['Amplify', 'CognitoIdentityServiceProvider.my-app.LastAuthUser', 'ada', []],
    [
      'Firebase, whose "accessToken" is an ID token',
      'firebase:authUser:key:[DEFAULT]',
      { stsTokenManager: { accessToken: ID, refreshToken: OPAQUE } },
      ['ID as id_token', 'OPAQUE as refresh_token opaque'],
    ],
    ['Supabase', 'sb-ref-auth-token', { access_token: ACCESS }, ['ACCESS as access_token']],
    [
      'Supabase in base64',
      'sb-ref-auth-token',
      `base64-${base64url(JSON.stringify({ access_token: ACCESS }))}`,
      ['ACCESS as access_token'],
    ],
    ['keycloak-js, which keeps no tokens', 'kc-callback-x', { state: 'x', nonce: 'n' }, []],
    ['AppAuth', 'x_appauth_authorization_request', { client_id: 'my-app' }, []],
    ['Clerk', '__clerk_environment', {}, []],
  ])('%s: %s', (_, key, value, expected) => {
    const [sdk, ...tokens] = taught([key, value]);
    expect(sdk).toMatch(/^sdk /);
    expect(tokens).toEqual(expected);
  });

  it('a key that is called "access_token" is believed only beside the mark of angular-oauth2-oidc', () => {
    expect(taught(['access_token', ACCESS])).toEqual([]);
    expect(taught(['access_token', ACCESS], ['id_token_claims_obj', '{}'])).toContain(
      'ACCESS as access_token',
    );
  });

  it('a page that writes there makes nobody an authorization server', () => {
    const known = new Knowledge();
    const user = JSON.stringify({ id_token: ID });
    const entries = [{ area: 'local', key: 'oidc.user:https://victim.example:app', value: user }] as const;
    for (const lesson of learnFromStorage(APP, entries, AT)) known.add(lesson);
    expect(known.isShownAsServer('https://victim.example')).toBe(false);
    expect(known.isServerOrigin('https://victim.example')).toBe(false);
    expect(known.provenance(fingerprint(ID))).toBeNull();
  });

  it('takes anything that a page may write', () => {
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...['oidc.user:a:b', '@@auth0spajs@@::a::b', 'msal.x', 'okta-token-storage', 'sb-a-auth-token'],
        ...[
          'firebase:authUser:a:b',
          'CognitoIdentityServiceProvider.a.b.idToken',
          'kc-callback-a',
          'access_token',
        ],
      ),
    );
    const value = fc.oneof(
      fc.string(),
      fc.jsonValue().map((one) => JSON.stringify(one)),
    );
    const entry = fc.record({ area: fc.constantFrom('local' as const, 'session' as const), key, value });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        const lessons = learnFromStorage(APP, entries, AT);
        expect(lessons.every(({ learned }) => ['sdk', 'client', 'storage'].includes(learned))).toBe(true);
      }),
    );
  });
});
