import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClassificationFacts, classify } from '../../../src/core/classify/classify.ts';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { TokenKind } from '../../../src/core/model/token.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const ISSUER = 'https://as.example';
/** What each ID token has (OpenID Connect Core 1.0 §2), and many other tokens too. */
const BASE = { iss: ISSUER, sub: 'u1', aud: 'app', exp: 1_767_229_200, iat: 1_767_225_600 };

type Told = Partial<Omit<ClassificationFacts, 'isClientOf'>> & {
  readonly header?: JsonObject;
  readonly client?: string;
};

const BEARER = { location: 'authorization_header', name: 'Authorization', scheme: 'bearer' } as const;

function tell(claims: JsonObject, { header = {}, client, ...facts }: Told = {}) {
  return kindOf(jwt({ alg: 'RS256', ...header }, claims), { ...facts, ...(client ? { client } : {}) });
}

function kindOf(raw: string, { client, ...facts }: Told = {}) {
  const isClientOf = (clientId: string, issuer: string | null) => clientId === client && issuer === ISSUER;
  return classify(decode(raw, 'name'), {
    ...{ provenance: null, stored: null, places: [BEARER], isClientOf, raw },
    ...facts,
  });
}

const issued = (issuedAs: TokenKind) => ({
  provenance: { issuedAs, issuedIn: 'w1', endpoint: `${ISSUER}/token` },
});
const kept = (says: TokenKind) => ({
  stored: { says, sdk: 'oidc-client-ts', origin: 'https://app.example', place: 'sessionStorage' },
});
const named = (name: string, location: 'query' | 'form_body' = 'form_body') => ({
  places: [{ location, name, scheme: null }],
});

describe('what a client library keeps', () => {
  it.each<[string, JsonObject, Told, string]>([
    ['an ID token of few claims', BASE, kept('id_token'), 'id_token, strong'],
    ['a session of an app’s own', { sub: 'u1' }, kept('access_token'), 'access_token, strong'],
    ['what its claims deny', { ...BASE, scope: 'a', client_id: 'x' }, kept('id_token'), 'access_token, weak'],
    [
      'what its header denies',
      BASE,
      { ...kept('id_token'), header: { typ: 'at+jwt' } },
      'access_token, certain',
    ],
    [
      'what its response denies',
      BASE,
      { ...kept('access_token'), ...issued('id_token') },
      'id_token, certain',
    ],
    [
      'what is sent under another name',
      BASE,
      { ...kept('access_token'), ...named('id_token') },
      'access_token, weak',
    ],
  ])('%s', (_, claims, told, expected) => {
    const { kind, confidence, evidence } = tell(claims, told);
    expect(`${kind}, ${confidence}`).toBe(expected);
    expect(evidence).toContainEqual({
      source: 'storage',
      says: told.stored?.says,
      text: `oidc-client-ts keeps it as "${told.stored?.says}" in the sessionStorage of https://app.example.`,
      exchange: null,
    });
  });

  it('an opaque token is what it is kept as, unless its vendor’s mark says otherwise', () => {
    expect(kindOf('a'.repeat(40), kept('access_token'))).toMatchObject({
      kind: 'access_token',
      confidence: 'strong',
    });
    expect(kindOf(`ghr_${'a'.repeat(40)}`, kept('access_token'))).toMatchObject({ confidence: 'weak' });
  });
});

describe('provenance', () => {
  it('is certain, and comes first among the evidence', () => {
    const { kind, confidence, evidence } = tell(BASE, issued('id_token'));
    expect({ kind, confidence }).toEqual({ kind: 'id_token', confidence: 'certain' });
    expect(evidence[0]).toMatchObject({ source: 'provenance', exchange: 'w1' });
  });

  it('tells an opaque token and a JWE too', () => {
    expect(kindOf('abc', issued('refresh_token'))).toMatchObject({
      kind: 'refresh_token',
      confidence: 'certain',
    });
    const jwe = `${base64url('{"alg":"dir","enc":"A256GCM"}')}..aXY.dGV4dA.dGFn`;
    expect(kindOf(jwe, issued('access_token'))).toMatchObject({
      kind: 'access_token',
      confidence: 'certain',
    });
  });

  it('outweighs claims that look otherwise', () => {
    expect(tell({ ...BASE, nonce: 'n' }, issued('access_token'))).toMatchObject({
      kind: 'access_token',
      confidence: 'certain',
    });
  });

  it("is in doubt where the token's own type contradicts it", () => {
    expect(tell(BASE, { ...issued('id_token'), header: { typ: 'at+jwt' } })).toMatchObject({
      kind: 'id_token',
      confidence: 'weak',
    });
  });
});

describe('explicit typing', () => {
  it.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt'])(
    '%s is an access token',
    (typ) => {
      expect(tell({ ...BASE, nonce: 'n' }, { header: { typ } })).toMatchObject({
        kind: 'access_token',
        confidence: 'certain',
      });
    },
  );

  it.each([
    ['dpop+jwt', 'dpop_proof'],
    ['logout+jwt', 'logout_token'],
    ['secevent+jwt', 'security_event'],
    ['oauth-authz-req+jwt', 'request_object'],
    ['client-authentication+jwt', 'client_assertion'],
    ['oauth-id-jag+jwt', 'unknown_jwt'],
    ['entity-statement+jwt', 'unknown_jwt'],
    ['passport', 'unknown_jwt'],
  ] as const)('%s is a %s, whatever it claims', (typ, kind) => {
    const claims = { ...BASE, nonce: 'n', scope: 'a', client_id: 'app', at_hash: 'a' };
    expect(tell(claims, { header: { typ } })).toMatchObject({ kind, confidence: 'certain' });
  });

  it.each(['JWT', 'jwt', 'JOSE', 1, null])('"typ": %s says nothing', (typ) => {
    expect(tell({ ...BASE, nonce: 'n' }, { header: { typ } })).toMatchObject({ kind: 'id_token' });
  });

  it('a nonce in the header is no ID token’s (Microsoft Graph)', () => {
    expect(tell(BASE, { header: { nonce: 'n' } }).confidence).toBe('weak');
  });

  it('two types at once are believed in neither', () => {
    expect(tell({ ...BASE, token_use: 'id' }, { header: { typ: 'at+jwt' } }).confidence).toBe('weak');
  });
});

describe('security events', () => {
  const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} };

  it('a logout token is told from an ID token by its events alone', () => {
    const { iat, iss, aud, sub } = BASE;
    expect(tell({ iss, sub, aud, iat, jti: 'j', sid: 's', events: logout }, { client: 'app' })).toMatchObject(
      {
        kind: 'logout_token',
        confidence: 'certain',
      },
    );
  });

  it('a logout token typed as a security event token is still a logout token', () => {
    expect(tell({ ...BASE, events: logout }, { header: { typ: 'secevent+jwt' } })).toMatchObject({
      kind: 'logout_token',
      confidence: 'certain',
    });
  });

  it('a claim that only shares the name is no event', () => {
    for (const events of [{}, { view: true }, ['a'], 'a', null]) {
      expect(tell({ ...BASE, scope: 'api', client_id: 'c', events })).toMatchObject({ kind: 'access_token' });
    }
  });
});

describe('ID tokens', () => {
  it.each([
    ['at_hash', { at_hash: 'a' }],
    ['c_hash', { c_hash: 'a' }],
    ['a nonce', { nonce: 'n' }],
    ['its client as authorized party, and a login', { azp: 'app', auth_time: 1 }],
    ['its client among several audiences (Zitadel)', { aud: ['app', 'project'], azp: 'app', amr: ['pwd'] }],
    ['its issuer for audience (Kinde)', { aud: [ISSUER], azp: 'app', at_hash: 'a' }],
    ['a client_id that is its audience (Supabase)', { client_id: 'app', nonce: 'n', auth_time: 1 }],
  ])('are told by %s', (_, claims) => {
    expect(tell({ ...BASE, ...claims })).toMatchObject({ kind: 'id_token', confidence: 'strong' });
  });

  it('are told by a known client for audience with a login', () => {
    for (const login of [{ auth_time: 1 }, { sid: 's' }, { acr: '0' }, { amr: ['pwd'] }]) {
      expect(tell({ ...BASE, ...login }, { client: 'app' })).toMatchObject({
        kind: 'id_token',
        confidence: 'strong',
      });
    }
  });

  it('are not told from a signed UserInfo response by who somebody is (OpenID Connect Core 1.0 §5.3.2)', () => {
    const person = { ...BASE, name: 'Jane', email: 'jane@example.com' };
    expect(tell(person)).toMatchObject({ kind: 'id_token', confidence: 'weak' });
    expect(tell(person, { client: 'app' })).toMatchObject({ kind: 'id_token', confidence: 'weak' });
  });

  it('a known client_id at another issuer proves nothing', () => {
    const other = { ...BASE, iss: 'https://other.example', auth_time: 1 };
    expect(tell(other, { client: 'app' })).toMatchObject({ confidence: 'weak' });
  });

  it('null and empty claims say nothing, as some servers write them', () => {
    const nulls = { nonce: null, at_hash: '', scope: null, scp: null, client_id: null, azp: null };
    expect(tell({ ...BASE, ...nulls })).toMatchObject({ kind: 'unknown_jwt', confidence: 'weak' });
  });

  it('a self-issued ID token has a nonce, a client assertion has none', () => {
    const self = { ...BASE, iss: 'did:key:z6Mk', sub: 'did:key:z6Mk', aud: 'https://rp.example' };
    expect(tell(self)).toMatchObject({ kind: 'client_assertion', confidence: 'strong' });
    expect(tell({ ...self, nonce: 'n' }).kind).not.toBe('client_assertion');
  });
});

describe('access tokens', () => {
  it.each([
    ['a scope', { aud: 'https://api.example', scope: 'read' }],
    ['a scope in an array', { aud: ['api'], scope: ['read'] }],
    ['scp, though the client is the audience (Entra)', { azp: 'app', scp: 'access_as_user', name: 'Jane' }],
    ['scp with a nonce (Azure AD B2C)', { aud: 'api', azp: 'app', scp: 'read', nonce: 'n' }],
    ['authorization_details', { aud: 'api', authorization_details: [{ type: 'payment' }] }],
    ['a client that is not their audience', { aud: 'api', client_id: 'app' }],
    ['the same with a login (RFC 9068 §2.2.1)', { aud: 'api', client_id: 'app', auth_time: 1, acr: '0' }],
    ['the client credentials grant', { aud: 'api', azp: 'app', gty: 'client-credentials' }],
    ['permissions for another audience', { aud: 'https://api.example', azp: 'app', permissions: ['read'] }],
  ])('are told by %s', (_, claims) => {
    expect(tell({ ...BASE, ...claims })).toMatchObject({ kind: 'access_token', confidence: 'strong' });
  });

  it('without issuer are told by scope and client (PingFederate)', () => {
    expect(tell({ scope: ['read'], client_id: 'app', exp: BASE.exp })).toMatchObject({
      kind: 'access_token',
      confidence: 'strong',
    });
  });

  it.each([
    [
      'a scope, to the client, with who logged in (UAA writes it into ID tokens)',
      { azp: 'app', scope: ['openid'], email: 'a@b.example' },
    ],
    ['a scope, to the server itself (a JWT refresh token)', { aud: ISSUER, azp: 'app', scope: 'openid' }],
    ['permissions of an app’s own session', { permissions: ['read'] }],
    ['a subject without login, to the client (client credentials)', { sub: 'app', azp: 'app' }],
    ['no sign at all', {}],
  ])('stay in doubt with %s', (_, claims) => {
    expect(tell({ ...BASE, ...claims }, { client: 'app' }).confidence).toBe('weak');
  });
});

describe('tokens of other kinds are never taken for ID or access tokens', () => {
  it.each([
    ['a client assertion', { iss: 'app', sub: 'app', aud: `${ISSUER}/token`, jti: 'j', exp: 1, iat: 1 }],
    [
      'a client assertion of a client named by URL',
      { ...BASE, iss: 'https://app.example', sub: 'https://app.example', aud: ISSUER },
    ],
    [
      'a service account’s grant, with a scope',
      { iss: 'sa@p.iam.gserviceaccount.com', scope: 'read', aud: `${ISSUER}/token`, exp: 1, iat: 1 },
    ],
    [
      'a person’s grant, with a scope (DocuSign)',
      { iss: 'key', sub: 'u1', aud: 'account.docusign.com', scope: 'signature', exp: 1, iat: 1 },
    ],
    ['a key of an app’s own (GitHub App)', { iss: '12345', exp: 1, iat: 1 }],
    ['a workload’s token', { ...BASE, sub: 'repo:a/b', aud: 'https://cloud.example', repository: 'a/b' }],
    [
      'a service account’s ID token',
      {
        ...BASE,
        iss: 'https://accounts.google.com',
        aud: 'x.apps.googleusercontent.com',
        azp: 'sa@p.iam.gserviceaccount.com',
        email: 'sa@p.iam.gserviceaccount.com',
      },
    ],
    ['a verifiable credential', { ...BASE, nonce: 'n', vc: { type: ['VerifiableCredential'] } }],
    ['an introspection response', { ...BASE, scope: 'a', token_introspection: { active: true } }],
    ['an authorization response (JARM)', { iss: ISSUER, aud: 'app', exp: 1, code: 'c', state: 's' }],
    [
      'a request object',
      {
        iss: 'app',
        aud: ISSUER,
        client_id: 'app',
        redirect_uri: 'https://app.example/cb',
        scope: 'openid',
        nonce: 'n',
      },
    ],
    [
      'a session of Clerk’s',
      {
        iss: 'https://x.clerk.accounts.dev',
        sub: 'user_1',
        azp: 'https://app.example',
        sid: 'sess_1',
        exp: 1,
        iat: 1,
      },
    ],
    ['a session of Stytch’s', { ...BASE, 'https://stytch.com/session': { id: 's' } }],
  ])('%s', (_, claims) => {
    for (const client of ['app', 'nobody']) {
      const { kind, confidence } = tell(claims, { client });
      if (confidence !== 'weak') expect(['id_token', 'access_token']).not.toContain(kind);
    }
  });

  it('an authorization response is told by its code, without subject (JARM §2.1)', () => {
    expect(tell({ iss: ISSUER, aud: 'app', exp: 1, code: 'c', state: 's' })).toMatchObject({
      kind: 'authorization_response',
      confidence: 'strong',
    });
  });
});

describe('vendors', () => {
  it.each([
    ['Cognito', { ...BASE, token_use: 'id' }, 'id_token'],
    ['Cognito', { iss: ISSUER, sub: 'u', client_id: 'app', token_use: 'access' }, 'access_token'],
    ['Keycloak', { ...BASE, typ: 'Bearer', nonce: 'n', azp: 'app' }, 'access_token'],
    ['Keycloak', { ...BASE, typ: 'Offline', scope: 'openid' }, 'refresh_token'],
    [
      'PingAM',
      { ...BASE, tokenName: 'access_token', client_id: 'app', scope: ['openid'], auth_time: 1 },
      'access_token',
    ],
    ['Curity', { ...BASE, purpose: 'id', aud: ['https://api.example', 'app'], azp: 'app' }, 'id_token'],
    ['Oracle', { ...BASE, tok_type: 'IT', aud: ['https://idcs.example/', 'app'] }, 'id_token'],
    [
      'Casdoor',
      { ...BASE, tokenType: 'access-token', azp: 'app', nonce: 'n', scope: 'openid' },
      'access_token',
    ],
    ['Okta', { ...BASE, ver: 1, jti: 'AT.abc', auth_time: 1 }, 'access_token'],
    ['Simple JWT', { token_type: 'refresh', exp: 1, jti: 'j', user_id: 1 }, 'refresh_token'],
    [
      'authentik',
      { ...BASE, acr: 'goauthentik.io/providers/oauth2/default', azp: 'app', uid: 'x', nonce: 'n' },
      'access_token',
    ],
  ] as const)('%s marks its tokens', (_, claims, kind) => {
    expect(tell(claims)).toMatchObject({ kind, confidence: 'certain' });
  });

  it.each([
    ['Microsoft', { ...BASE, iss: 'https://login.microsoftonline.com/t/v2.0', oid: 'o' }, 'id_token'],
    ['Microsoft in China', { ...BASE, iss: 'https://login.partner.microsoftonline.cn/t/v2.0' }, 'id_token'],
    ['Microsoft', { ...BASE, iss: 'https://sts.windows.net/t/', appid: 'a', appidacr: '1' }, 'access_token'],
    ['Auth0', { ...BASE, iss: 'https://tenant.eu.auth0.com/', name: 'Jane' }, 'id_token'],
    ['Firebase', { ...BASE, iss: 'https://securetoken.google.com/p', auth_time: 1 }, 'id_token'],
    [
      'Supabase',
      { ...BASE, aud: 'authenticated', role: 'authenticated', aal: 'aal1', session_id: 's', email: 'a@b' },
      'access_token',
    ],
  ] as const)('%s documents what it issues', (_, claims, kind) => {
    expect(tell(claims)).toMatchObject({ kind, confidence: 'strong' });
  });

  it('an access token with the client for audience and a login is in doubt, not an ID token (FusionAuth)', () => {
    const claims = {
      ...BASE,
      applicationId: 'app',
      authenticationType: 'PASSWORD',
      auth_time: 1,
      email: 'a@b',
    };
    expect(tell(claims, { client: 'app' }).confidence).toBe('weak');
    expect(tell({ ...claims, at_hash: 'a' }, { client: 'app' })).toMatchObject({
      kind: 'id_token',
      confidence: 'strong',
    });
  });

  it('an issuer that merely reads like a vendor’s is none of its', () => {
    for (const iss of [
      'https://tenant.auth0.com.evil.example/',
      'https://evil.example/https://x.auth0.com/',
    ]) {
      expect(tell({ ...BASE, iss, name: 'Jane' }).confidence).toBe('weak');
    }
  });

  it('evidence cites the vendor’s own word', () => {
    const { evidence } = tell({ ...BASE, token_use: 'id' });
    expect(evidence.find(({ source }) => source === 'vendor')?.text).toContain(
      'https://docs.aws.amazon.com/',
    );
  });

  it.each([
    ['gho_16C7e42F292c6912E7710c838347Ae178B4a', 'access_token'],
    ['ghr_1B4a2e77838347a7E420ce178F2E7c6912E1', 'refresh_token'],
    ['ory_rt_abcdefghijklmnop.abcdefghijklmnop', 'refresh_token'],
    ['Atza|IQEBLjAsAhRmHjNgHpi0U-Dme37rR6CuUpSR', 'access_token'],
  ] as const)('%s says by its beginning what it is', (raw, kind) => {
    expect(kindOf(raw)).toMatchObject({ kind, confidence: 'strong' });
    expect(kindOf(raw, named('id_token'))).toMatchObject({ kind, confidence: 'weak' });
  });

  it('a beginning alone is no token', () => {
    expect(kindOf('gho_')).toMatchObject({ kind: 'opaque', confidence: 'weak' });
    expect(kindOf('my_gho_16C7e42F292c6912E7710c838347Ae178B4a')).toMatchObject({ kind: 'opaque' });
  });
});

describe('the place', () => {
  it('a parameter names what the claims leave open', () => {
    expect(tell(BASE, named('id_token_hint', 'query'))).toMatchObject({
      kind: 'id_token',
      confidence: 'strong',
    });
  });

  it('a parameter that contradicts the claims leaves the kind in doubt', () => {
    expect(tell({ ...BASE, nonce: 'n' }, named('access_token'))).toMatchObject({
      kind: 'id_token',
      confidence: 'weak',
    });
  });

  it('named as two things, a token is named as nothing', () => {
    const places = [...named('id_token').places, ...named('access_token').places];
    expect(tell(BASE, { places })).toMatchObject({ kind: 'unknown_jwt', confidence: 'weak' });
  });

  it('the name of an opaque token is a weak sign: apps name as they like', () => {
    expect(kindOf('abc', named('access_token'))).toMatchObject({ kind: 'access_token', confidence: 'weak' });
  });

  it.each([
    ['cookie', 'id_token', 'id_token'],
    ['cookie', 'sb-abc-auth-token.access_token', 'access_token'],
    ['cookie', 'CognitoIdentityServiceProvider.abc.ada.idToken', 'id_token'],
    ['header', 'X-Id-Token', 'id_token'],
    ['header', 'X-Forwarded-Access-Token', 'access_token'],
    ['header', 'X-Amz-Security-Token', 'session_token'],
    ['json_body', 'refreshToken', 'refresh_token'],
  ] as const)(
    'a %s that an app calls "%s" is a weak sign, where there is no other',
    (location, name, kind) => {
      const places = [{ location, name, scheme: null }];
      expect(tell({ sub: '1' }, { places })).toMatchObject({ kind, confidence: 'weak' });
      expect(kindOf('abc', { places })).toMatchObject({ kind, confidence: 'weak' });
    },
  );

  it('what an app calls it contradicts nothing', () => {
    const places = [{ location: 'cookie', name: 'access_token', scheme: null }] as const;
    expect(tell({ ...BASE, nonce: 'n' }, { places })).toMatchObject({
      kind: 'id_token',
      confidence: 'strong',
    });
  });

  it.each(['invalidtoken', 'void_token', 'X-CSRF-Token', 'token', 'session'])('"%s" says nothing', (name) => {
    const places = [{ location: 'cookie', name, scheme: null }] as const;
    expect(tell({ sub: '1' }, { places }).kind).toBe('unknown_jwt');
  });

  it('a parameter named as what objects inherit names nothing', () => {
    expect(tell(BASE, named('constructor'))).toMatchObject({ kind: 'unknown_jwt' });
  });
});

describe('what can’t be read', () => {
  it('a JWE hides its kind', () => {
    const raw = `${base64url('{"alg":"RSA-OAEP","enc":"A256GCM","cty":"JWT"}')}.a2V5.aXY.dGV4dA.dGFn`;
    expect(kindOf(raw)).toMatchObject({ kind: 'encrypted', confidence: 'strong' });
  });

  it('a malformed token is opaque', () => {
    expect(kindOf('eyJhbGciOiJub25lIn0.bm8.c2ln')).toMatchObject({ kind: 'opaque', confidence: 'weak' });
  });

  it('nothing that a token says makes it throw, and evidence is bounded', () => {
    const names = ['iss', 'sub', 'aud', 'azp', 'events', 'typ', 'jti', 'ver', 'scope', 'vc', 'gty', 'nonce'];
    const claims = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(claims, claims, (header, said) => {
        const told = tell(JSON.parse(JSON.stringify(said)), { header: JSON.parse(JSON.stringify(header)) });
        expect(told.evidence.length).toBeLessThan(20);
      }),
    );
  });
});

describe('vendors whose tokens have no claim that only one kind has', () => {
  it.each<[string, JsonObject, string]>([
    ['Kakao’s ID token', { ...BASE, iss: 'https://kauth.kakao.com', auth_time: 1 }, 'id_token, strong'],
    [
      'LinkedIn’s ID token',
      { ...BASE, iss: 'https://www.linkedin.com/oauth', name: 'Ada' },
      'id_token, strong',
    ],
    [
      'GitLab’s ID token',
      { ...BASE, iss: 'https://gitlab.com', sub: '42', auth_time: 1 },
      'id_token, strong',
    ],
    [
      'a GitLab job’s token',
      { ...BASE, iss: 'https://gitlab.com', sub: 'project_path:a/b:ref_type:branch' },
      'unknown_jwt, strong',
    ],
    [
      'AuthKit’s access token',
      {
        iss: 'https://api.workos.com/user_management/client_1',
        sub: 'user_1',
        sid: 'session_1',
        permissions: [],
      },
      'access_token, strong',
    ],
    ['SAP’s access token', { ...BASE, azp: 'app', ias_apis: ['orders'] }, 'access_token, strong'],
    ['Descope’s session', { iss: 'P2a', sub: 'U2', drn: 'DS', amr: ['email'] }, 'session_token, certain'],
  ])('%s', (_, claims, expected) => {
    const { kind, confidence } = tell(claims);
    expect(`${kind}, ${confidence}`).toBe(expected);
  });
});
