import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import { NO_CONFIGURATION } from '../../src/core/model/configuration.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

/**
 * APIs on other domains than their apps, as they are in the wild: none may raise an alarm, and none is called a stranger.
 * No case is from the corpus.
 */
const NOW_S = AT / 1000;

/** An app with its login, and one call with the token that it got. */
interface Told {
  readonly page: string;
  readonly server: string;
  readonly api: string;
  readonly claims?: JsonObject;
  /** In the place of a JWT. */
  readonly raw?: string;
  readonly clientId?: string;
  /** More parameters of the authorization request and of the token request. */
  readonly asked?: Readonly<Record<string, string>>;
}

function accessToken({ server, claims = {}, raw, clientId = '0oa1b2c3d4' }: Told): string {
  const issued = {
    iss: server,
    sub: 'u',
    iat: NOW_S - 5,
    exp: NOW_S + 900,
    client_id: clientId,
    scope: 'read',
  };
  return (
    raw ?? jwt({ alg: 'RS256', kid: 'k', typ: 'at+jwt' }, { ...issued, aud: 'api://default', ...claims })
  );
}

function flow(told: Told): readonly HttpExchange[] {
  const { page, server, clientId = '0oa1b2c3d4', asked = {} } = told;
  const redirect = `${page}/cb`;
  const parameters = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirect, scope: 'openid', state: 's' },
    ...{ nonce: 'n', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' },
    ...{ code_challenge_method: 'S256', ...asked },
  });
  return [
    exchange({ url: `${server}/authorize?${parameters}`, destination: 'document', initiator: null }),
    exchange({
      url: `${server}/oauth/token`,
      method: 'POST',
      initiator: page,
      requestBody: form({
        ...{ grant_type: 'authorization_code', code: 'c', client_id: clientId, redirect_uri: redirect },
        ...{ code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', ...asked },
      }),
      response: json({ token_type: 'Bearer', access_token: accessToken(told) }),
    }),
    call(told.page, told.api, accessToken(told)),
  ];
}

function call(page: string | null, url: string, raw: string): HttpExchange {
  return exchange({ url, initiator: page, requestHeaders: bearer(raw) });
}

/** What is said of the last of them, but for what could not be told. */
function said(exchanges: readonly HttpExchange[]): readonly string[] {
  const audit = new Audit();
  for (const one of exchanges) audit.observe(one);
  return (audit.detail(exchanges.at(-1)?.id ?? '')?.findings ?? [])
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ ruleId, severity }) => `${ruleId}: ${severity}`);
}

const OPAQUE = 'NjQ1ZmE4ODctYWJjZC00ZWY2LTk4NzYtNTQzMjEwZmVkY2Jh';
const OKTA = 'https://login-7f3a.okta.com/oauth2/default';
const ENTRA = 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0';
const TENANT = { aud: '6e74172b-be56-4843-9ff4-e66a39bb12e3' };

const FLOWS: readonly (readonly [string, Told])[] = [
  [
    'one name under two suffixes',
    { page: 'https://app.customer.com', server: OKTA, api: 'https://api.customer.io/v1/me' },
  ],
  [
    'a name within a longer one',
    { page: 'https://www.lumen.com', server: OKTA, api: 'https://gateway.lumencloud.net/v1' },
  ],
  [
    'a shop of one country with the API of all',
    { page: 'https://www.moebelhaus.de', server: OKTA, api: 'https://api.moebelhaus.com/cart' },
  ],
  [
    'a short name with a hyphen',
    { page: 'https://www.abc.com', server: OKTA, api: 'https://api.abc-retail.net/items' },
  ],
  [
    'an app on a hosting company’s domain, its API on its own',
    {
      page: 'https://frontdesk.netlify.app',
      server: 'https://guesthouse.eu.auth0.com',
      api: 'https://api.guesthouse.io/rooms',
    },
  ],
  [
    'an app on a CDN’s domain, its API on its own',
    { page: 'https://d111111abcdef8.cloudfront.net', server: OKTA, api: 'https://api.guesthouse.io/rooms' },
  ],
  [
    'GitHub Pages and an API elsewhere',
    { page: 'https://someone.github.io', server: OKTA, api: 'https://api.weathernow.dev/today' },
  ],
  [
    'Amazon API Gateway',
    {
      page: 'https://www.lumen.com',
      server: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf',
      api: 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/items',
      claims: { token_use: 'access', aud: [] },
    },
  ],
  [
    'AWS AppSync',
    {
      page: 'https://www.lumen.com',
      server: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf',
      api: 'https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/graphql',
      claims: { token_use: 'access', aud: [] },
    },
  ],
  [
    'a Lambda function URL',
    { page: 'https://www.lumen.com', server: OKTA, api: 'https://abcdef123456.lambda-url.eu-west-1.on.aws/' },
  ],
  [
    'Azure App Service',
    {
      page: 'https://www.lumen.com',
      server: ENTRA,
      api: 'https://orders-42.azurewebsites.net/',
      claims: TENANT,
    },
  ],
  [
    'Azure API Management',
    {
      page: 'https://www.lumen.com',
      server: ENTRA,
      api: 'https://gw-42.azure-api.net/orders',
      claims: TENANT,
    },
  ],
  [
    'Cloud Run',
    { page: 'https://www.lumen.com', server: OKTA, api: 'https://orders-abc123-ew.a.run.app/v1' },
  ],
  ['Heroku', { page: 'https://www.lumen.com', server: OKTA, api: 'https://orders-api-42.herokuapp.com/' }],
  ['Vercel', { page: 'https://www.lumen.com', server: OKTA, api: 'https://orders-api-42.vercel.app/api' }],
  [
    'Cloudflare Workers',
    { page: 'https://www.lumen.com', server: OKTA, api: 'https://orders.someone.workers.dev/' },
  ],
  [
    'a developer’s page and the API of production',
    { page: 'http://localhost:3000', server: OKTA, api: 'https://api.guesthouse.io/rooms' },
  ],
  [
    'a page and the API on a developer’s machine',
    { page: 'https://www.lumen.com', server: OKTA, api: 'http://localhost:8080/rooms' },
  ],
  [
    'an API on a private address',
    { page: 'https://intranet.lumen.com', server: OKTA, api: 'https://10.20.30.40:8443/rooms' },
  ],
  [
    'an API under a name of the own network',
    { page: 'https://intranet.lumen.com', server: OKTA, api: 'https://orders.corp.internal/rooms' },
  ],
  [
    'a customer’s own domain in front of a vendor’s app: the issuer is the vendor’s',
    {
      page: 'https://desk.somebank.com',
      server: 'https://auth.ticketly.io',
      api: 'https://api.ticketly.io/v2',
    },
  ],
  [
    'the same, with a tenant of Auth0 that is called as the vendor is',
    {
      page: 'https://desk.somebank.com',
      server: 'https://ticketly.eu.auth0.com',
      api: 'https://api.ticketly.io/v2',
    },
  ],
  [
    'the same, with Azure AD B2C',
    {
      page: 'https://desk.somebank.com',
      server: 'https://ticketly.b2clogin.com/775527ff-9a37-4307-8b3d-cc311f58d925/v2.0',
      api: 'https://api.ticketly.io/v2',
      claims: TENANT,
    },
  ],
  [
    'the same, with a Keycloak of the vendor’s',
    {
      page: 'https://desk.somebank.com',
      server: 'https://sso.ticketly.net/realms/customers',
      api: 'https://api.ticketly.io/v2',
      claims: { aud: 'account', typ: 'Bearer' },
    },
  ],
  [
    'a tenant’s subdomain at a vendor',
    { page: 'https://www.somebank.com', server: OKTA, api: 'https://somebank.casework.io/api' },
  ],
  [
    'an audience with the name of the API in it',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://orders.guesthouse.io/',
      claims: { aud: 'guesthouse-orders' },
    },
  ],
  [
    'an application ID URI of Entra',
    {
      page: 'https://www.lumen.com',
      server: ENTRA,
      api: 'https://orders.guesthouse.io/',
      claims: { aud: 'api://guesthouse.onmicrosoft.com/orders' },
    },
  ],
  [
    'a claim in a namespace of the API',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://api.guesthouse.io/',
      claims: { 'https://guesthouse.io/roles': ['clerk'] },
    },
  ],
  [
    'a scope that is a URL of the API',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://api.guesthouse.io/',
      raw: OPAQUE,
      asked: { scope: 'openid https://guesthouse.io/auth/rooms.read' },
    },
  ],
  [
    'an opaque token that was asked for by "resource"',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://api.guesthouse.io/rooms',
      raw: OPAQUE,
      asked: { resource: 'https://api.guesthouse.io' },
    },
  ],
  [
    'a client_id with the name of the API in it',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://api.guesthouse.io/rooms',
      clientId: 'guesthouse-spa',
    },
  ],
  [
    'SharePoint, whose audience is a GUID',
    {
      page: 'https://www.lumen.com',
      server: ENTRA,
      api: 'https://lumen.sharepoint.com/_api/web',
      claims: { aud: '00000003-0000-0ff1-ce00-000000000000' },
    },
  ],
  [
    'Exchange, by another domain of Microsoft’s',
    {
      page: 'https://www.lumen.com',
      server: ENTRA,
      api: 'https://outlook.office365.com/api/v2.0/me',
      claims: { aud: '00000002-0000-0ff1-ce00-000000000000' },
    },
  ],
  [
    'Google, whose APIs are no hosts of google.com',
    {
      page: 'https://www.lumen.com',
      server: 'https://accounts.google.com',
      api: 'https://people.googleapis.com/v1/people/me',
      raw: `ya29.${OPAQUE}`,
    },
  ],
  [
    'Salesforce, with a domain for each customer',
    {
      page: 'https://www.lumen.com',
      server: 'https://login.salesforce.com/services',
      api: 'https://guesthouse.my.salesforce.com/services/data/v60.0',
      raw: `00D000000000001!${OPAQUE}`,
    },
  ],
  [
    'Shopify, with a domain for each shop',
    {
      page: 'https://www.lumen.com',
      server: 'https://shopify.com/authentication/1234',
      api: 'https://lumen-store.myshopify.com/account/customer/api',
      raw: `shcat_${OPAQUE}`,
    },
  ],
  [
    'Battle.net, whose API is Blizzard’s',
    {
      page: 'https://www.lumen.com',
      server: 'https://oauth.battle.net',
      api: 'https://eu.api.blizzard.com/profile/user/wow',
      raw: OPAQUE,
    },
  ],
  [
    'an application ID URI that looks like a URL',
    {
      page: 'https://www.lumen.com',
      server: ENTRA,
      api: 'https://orders.lumen.com/v1',
      claims: { aud: 'https://contoso.onmicrosoft.com/orders' },
    },
  ],
  [
    'an abstract "resource" with the domain of the API',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://gw.guesthouse.io/rooms',
      claims: { aud: 'https://api.guesthouse.io' },
      asked: { resource: 'https://api.guesthouse.io' },
    },
  ],
  [
    'a vendor’s opaque token at another host of its own',
    {
      page: 'https://www.lumen.com',
      server: 'https://accounts.spotify.com',
      api: 'https://api.spotify.com/v1/me',
      raw: OPAQUE,
    },
  ],
  [
    'Supabase',
    {
      page: 'https://www.lumen.com',
      server: 'https://zyxwvutsrqponmlkjihg.supabase.co/auth/v1',
      api: 'https://zyxwvutsrqponmlkjihg.supabase.co/rest/v1/todos',
      claims: { aud: 'authenticated', role: 'authenticated', aal: 'aal1', session_id: 's' },
    },
  ],
  [
    'a backend that takes AWS’s sign-in',
    {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://cognito-identity.eu-west-1.amazonaws.com/',
    },
  ],
];

const session = (claims: JsonObject) =>
  jwt({ alg: 'RS256', kid: 'k' }, { iat: NOW_S - 5, exp: NOW_S + 60, ...claims });
const CLERK = session({
  iss: 'https://clerk.lumen.com',
  sub: 'user_1',
  sid: 'sess_1',
  azp: 'https://www.lumen.com',
});

/** No flow was seen: what an app sends beside OAuth. */
const CALLS: readonly (readonly [string, string, string])[] = [
  [
    'a publishable key of a payment service',
    'https://api.stripe.com/v1/tokens',
    'pk_live_51AbCdEfGhIjKlMnOpQrStUv',
  ],
  ['a key of a content service', 'https://cdn.contentful.com/spaces/x/entries', OPAQUE],
  [
    'a vendor’s API key that is a JWT',
    'https://api.themoviedb.org/3/movie/1',
    session({
      aud: '5f2d1c0b9a8e7d6c5b4a392817065544',
      sub: '5f2d1c0b9a8e7d6c',
      scopes: ['api_read'],
      version: 1,
    }),
  ],
  [
    'Supabase’s anon key',
    'https://zyxwvutsrqponmlkjihg.supabase.co/rest/v1/todos',
    session({ iss: 'supabase', ref: 'zyxwvutsrqponmlkjihg', role: 'anon' }),
  ],
  ['a session of Ory at Ory', 'https://project.projects.oryapis.com/sessions/whoami', `ory_st_${OPAQUE}`],
  ['a session of Clerk at a backend of like name', 'https://api.lumen-backend.io/me', CLERK],
  ['a session of Clerk at a hosted backend', 'https://orders-42.onrender.com/me', CLERK],
  [
    'App Check at Google',
    'https://firestore.googleapis.com/v1/projects/p',
    session({
      iss: 'https://firebaseappcheck.googleapis.com/123',
      aud: ['projects/123'],
      sub: '1:123:web:abc',
    }),
  ],
  [
    'an access token whose login was not seen',
    'https://api.guesthouse.io/rooms',
    accessToken({ page: '', server: OKTA, api: '' }),
  ],
];

describe('an API on another domain than its app', () => {
  it.each(FLOWS)('%s', (_what, told) => {
    expect(said(flow(told))).toEqual([]);
  });

  it.each(CALLS)('without a flow: %s', (_what, url, raw) => {
    expect(said([call('https://www.lumen.com', url, raw)])).toEqual([]);
  });

  it('who runs it has declared it', () => {
    const told: Told = {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://api.guesthouse.io/rooms',
    };
    const audit = new Audit();
    const resources = [{ host: 'api.guesthouse.io', audiences: ['api://default'] }];
    audit.configure({ ...NO_CONFIGURATION, resources }, AT);
    const exchanges = flow(told);
    for (const one of exchanges) audit.observe(one);
    expect(
      audit.detail(exchanges.at(-1)?.id ?? '')?.findings.filter((one) => one.outcome === 'failed'),
    ).toEqual([]);
  });
});

describe('an API whose token had gone to a stranger first', () => {
  it.each([
    ['on the domain of a hosting company', 'https://orders-42.azurewebsites.net/', OKTA],
    ['of the issuer', 'https://api.ticketly.io/v2', 'https://auth.ticketly.io'],
    ['that the app is called like', 'https://api.lumen.io/v2', OKTA],
  ])('%s is not blamed for it', (_what, api, server) => {
    const told: Told = { page: 'https://www.lumen.com', server, api };
    const [authorization, token, used] = flow(told);
    const beacon = call(told.page, 'https://in.trackify.io/e', accessToken(told));
    expect(said([authorization, token, beacon, used].filter((one) => one !== undefined))).toEqual([]);
    expect(said([authorization, token, beacon].filter((one) => one !== undefined))).toEqual([
      'token-to-unconnected-site: notice',
    ]);
  });

  it('the stranger is blamed when it comes second, though its name tells no more', () => {
    const told: Told = {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://orders-42.azurewebsites.net/',
    };
    const beacon = call(told.page, 'https://in.trackify.io/e', accessToken(told));
    expect(said([...flow(told), beacon])).toEqual(['access-token-across-sites: warning']);
  });
});

describe('a host that nothing connects with the token', () => {
  const STRANGERS: readonly (readonly [string, Told])[] = [
    [
      'a JWT for a mere name',
      { page: 'https://www.lumen.com', server: OKTA, api: 'https://in.trackify.io/e' },
    ],
    [
      'an opaque token',
      { page: 'https://www.lumen.com', server: OKTA, api: 'https://in.trackify.io/e', raw: OPAQUE },
    ],
    [
      'an issuer on a developer’s machine',
      { page: 'https://www.lumen.com', server: 'https://localhost:5001', api: 'https://in.trackify.io/e' },
    ],
  ];

  it.each(STRANGERS)('%s: is told of, and fails no build', (_what, told) => {
    expect(said(flow(told))).toEqual(['token-to-unconnected-site: notice']);
  });

  it('honestly also of an API on a domain of a wholly other name, until it is declared', () => {
    const told = { page: 'https://www.lumen.com', server: OKTA, api: 'https://api.guesthouse.io/rooms' };
    expect(said(flow(told))).toEqual(['token-to-unconnected-site: notice']);
  });

  it('is told of when the app becomes known later, too', () => {
    const told: Told = {
      page: 'https://www.lumen.com',
      server: OKTA,
      api: 'https://in.trackify.io/e',
      raw: OPAQUE,
    };
    const [authorization, token] = flow(told);
    const beacon = call(null, told.api, OPAQUE);
    const audit = new Audit();
    for (const one of [token, beacon, authorization]) if (one !== undefined) audit.observe(one);
    expect(audit.detail(beacon.id)?.findings.map(({ ruleId }) => ruleId)).toContain(
      'token-to-unconnected-site',
    );
  });
});
