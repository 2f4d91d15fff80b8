import { base64url, jwt, type Signer } from '../fixtures/jwt.ts';
import type { LoopbackServer } from '../fixtures/loopback-server.ts';
import type { Lab } from '../lab/lab.ts';
import { type Answer, json, openServer } from './issuers.ts';

/** What the page is called at the issuer. */
export const CLIENT_ID = 'shapes-web';

/** Looks like nothing: what it is, only the response that issues it tells. */
export const OPAQUE = '2YotnFZFEjr1zCsicMWpAA-7Qx9';

/** As AWS has them: long, and no JWT. */
const AWS_SESSION = `IQoJb3JpZ2luX2VjE${'a1B2c3D4'.repeat(12)}==`;

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);
const times = () => ({ iat: nowSeconds() - 5, exp: nowSeconds() + 900 });
const notFound: Answer = (response) => void response.writeHead(404).end();

/**
 * An issuer with a path, whose metadata is only where RFC 8414 §3.1 has it: the well-known part before that path, not
 * behind it.
 */
export function openShapesIssuer(key: Signer): Promise<LoopbackServer> {
  return openServer((origin) => ({
    '/shapes/.well-known/openid-configuration': notFound,
    '/.well-known/oauth-authorization-server/shapes': json({
      issuer: `${origin}/shapes`,
      token_endpoint: `${origin}/shapes/token`,
      jwks_uri: `${origin}/shapes/keys`,
      // Beside its path: only the metadata tells whose it is.
      userinfo_endpoint: `${origin}/people/me`,
    }),
    '/shapes/keys': json({ keys: [key.publicJwk] }),
    '/shapes/token': json({ token_type: 'Bearer', expires_in: 900, access_token: OPAQUE }),
  }));
}

/** Tokens of every kind, for the lab's app and API. */
export async function makeShapes(key: Signer, issuer: string, { origins, resources }: Lab) {
  const told = { iss: `${issuer}/shapes`, sub: 'ada', ...times() };
  const credential = { ...told, vct: 'urn:eudi:pid:1', cnf: { jwk: { kty: 'EC' } }, _sd_alg: 'sha-256' };
  const disclosure = base64url(JSON.stringify(['2GLC42sKQveCfGfryNRN9w', 'given_name', 'Ada']));
  const sdJwt = async (typ: string) => `${await key.sign({ typ }, credential)}~${disclosure}~`;
  const idToken = (claims: object) => key.sign({ typ: 'JWT' }, { ...told, auth_time: told.iat, ...claims });
  return {
    accessToken: await key.sign(
      { typ: 'at+jwt' },
      { ...told, aud: resources.api, client_id: CLIENT_ID, jti: 'a' },
    ),
    idToken: await idToken({ aud: [CLIENT_ID, 'https://backend.example'], azp: CLIENT_ID }),
    idTokenWithoutParty: await idToken({ aud: [CLIENT_ID, 'https://backend.example'] }),
    encrypted: [
      base64url('{"alg":"dir","enc":"A256GCM","kid":"k"}'),
      '',
      'aXZpdml2aXY',
      'Y2lwaGVydGV4dA',
      'dGFn',
    ].join('.'),
    dcSdJwt: await sdJwt('dc+sd-jwt'),
    vcSdJwt: await sdJwt('vc+sd-jwt'),
    proof: await key.sign(
      { typ: 'dpop+jwt', jwk: JSON.parse(JSON.stringify(key.publicJwk)) },
      { jti: 'p', htm: 'GET', htu: `${origins.api}/shapes/dpop`, iat: nowSeconds() },
    ),
    assertion: await key.sign(
      {},
      { iss: CLIENT_ID, sub: CLIENT_ID, aud: `${issuer}/shapes/token`, jti: 'c', ...times() },
    ),
    logoutToken: await key.sign(
      { typ: 'logout+jwt' },
      {
        ...{ ...told, aud: CLIENT_ID, jti: 'l' },
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
    ),
    // Of the app's own making: nobody else can check it.
    session: jwt(
      { alg: 'HS256', typ: 'JWT' },
      { userId: 7, cart: 'c'.repeat(300), ...times() },
      'c'.repeat(43),
    ),
    // As AWS's load balancer has it: padded, which no other JWT is.
    albData: [
      Buffer.from(
        JSON.stringify({
          alg: 'ES256',
          signer: 'arn:aws:elasticloadbalancing:x',
          iss: told.iss,
          client: 'c',
          exp: told.exp,
        }),
      ),
      Buffer.from(JSON.stringify({ sub: 'ada', email: 'ada@shop.example', exp: told.exp, iss: told.iss })),
      Buffer.alloc(64, 7),
    ]
      .map((part) => part.toString('base64').replaceAll('+', '-').replaceAll('/', '_'))
      .join('.'),
    cfAccess: await key.sign(
      {},
      {
        iss: 'https://team.cloudflareaccess.com',
        aud: ['f00'],
        type: 'app',
        email: 'ada@shop.example',
        identity_nonce: 'n',
        sub: 'ada',
        ...times(),
      },
    ),
    iap: await key.sign(
      {},
      {
        iss: 'https://cloud.google.com/iap',
        aud: '/projects/1/apps/shop',
        sub: 'accounts.google.com:7',
        email: 'accounts.google.com:ada@shop.example',
        ...times(),
      },
    ),
    awsSession: AWS_SESSION,
  };
}

export type Shapes = Awaited<ReturnType<typeof makeShapes>>;

/** Source that sends each shape to where it belongs, and beside them requests that carry none. */
export function sendShapes(shapes: Shapes, issuer: string, { origins }: Lab): string {
  return `(async () => {
    const shapes = ${JSON.stringify(shapes)};
    const app = ${JSON.stringify(origins.app)};
    const api = ${JSON.stringify(origins.api)};
    const issuer = ${JSON.stringify(issuer)};
    const send = (url, init) => fetch(url, init).then((answer) => answer.text());
    const post = (url, fields) => send(url, { method: 'POST', body: new URLSearchParams(fields) });
    const postJson = (url, value) =>
      send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
    const atApi = (path, headers) => send(api + '/shapes/' + path, { headers });
    const atApp = (path, headers) => send(app + '/shapes/' + path, { headers });

    // The token that this brings is used before anybody can have read the answer.
    await post(issuer + '/shapes/token', { grant_type: 'authorization_code', client_id: ${JSON.stringify(CLIENT_ID)}, code: 'c', code_verifier: 'v' });
    await send(api + '/shapes/opaque-parameter?token=${OPAQUE}');
    await atApi('opaque', { authorization: 'Bearer ${OPAQUE}' });
    await send(issuer + '/.well-known/oauth-authorization-server/shapes');
    await send(issuer + '/people/me', { headers: { authorization: 'Bearer ' + shapes.accessToken } });

    await atApi('access-token', { authorization: 'Bearer ' + shapes.accessToken });
    await atApi('dpop', { authorization: 'DPoP ' + shapes.accessToken, dpop: shapes.proof });
    await atApi('encrypted', { authorization: 'Bearer ' + shapes.encrypted });
    await post(app + '/shapes/presentation', { vp_token: shapes.dcSdJwt, state: 's' });
    await postJson(app + '/shapes/credential', { credential: shapes.vcSdJwt });
    await post(issuer + '/shapes/token', {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: shapes.assertion,
    });
    await post(app + '/shapes/backchannel-logout', { logout_token: shapes.logoutToken });
    await postJson(app + '/shapes/session/parties', { id_token: shapes.idToken });
    await postJson(app + '/shapes/session/no-party', { id_token: shapes.idTokenWithoutParty });

    await atApp('aws-session', { 'x-amz-security-token': shapes.awsSession });
    await atApp('alb', { 'x-amzn-oidc-data': shapes.albData });
    await atApp('cloudflare', { 'cf-access-jwt-assertion': shapes.cfAccess });
    await atApp('iap', { 'x-goog-iap-jwt-assertion': shapes.iap });

    const half = shapes.session.length / 2;
    const [header, payload, signature] = shapes.session.split('.');
    for (const [path, cookies] of Object.entries({
      numbered: { 'session.0': shapes.session.slice(0, half), 'session.1': shapes.session.slice(half) },
      wrapped: { auth: encodeURIComponent(JSON.stringify({ user: { jwt: shapes.session } })) },
      split: { jwt_hp: header + '.' + payload, jwt_s: signature },
    })) {
      const set = (name, value, age) => {
        document.cookie = name + '=' + value + '; path=/shapes/' + path + '; max-age=' + age;
      };
      for (const [name, value] of Object.entries(cookies)) set(name, value, 60);
      await new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = resolve;
        frame.src = app + '/shapes/' + path;
        document.body.append(frame);
      });
      for (const name of Object.keys(cookies)) set(name, '', 0);
    }

    // None of these carries a token: a page that is not there, files, and what Aud-it does itself.
    await send(app + '/shapes/nothing-here');
    await send(app + '/icon.svg?again');
    await send(app + '/style.css?again');
    return true;
  })()`;
}

/** The only rows that {@link sendShapes} must make: by path the kinds of their tokens, and the rules that failed. */
export const EXPECTED_ROWS: Readonly<Record<string, string>> = {
  '/shapes/opaque-parameter': 'access_token: token-in-url',
  '/shapes/opaque': 'access_token: ',
  '/people/me': 'access_token: ',
  '/shapes/access-token': 'access_token: ',
  '/shapes/dpop': 'access_token dpop_proof: ',
  '/shapes/encrypted': 'encrypted: ',
  '/shapes/presentation': 'unknown_jwt: ',
  '/shapes/credential': 'unknown_jwt: ',
  '/shapes/token': 'client_assertion: ',
  '/shapes/backchannel-logout': 'logout_token: ',
  '/shapes/session/parties': 'id_token: ',
  '/shapes/session/no-party': 'id_token: ',
  '/shapes/aws-session': 'session_token: ',
  '/shapes/alb': 'unknown_jwt: ',
  '/shapes/cloudflare': 'session_token: ',
  '/shapes/iap': 'unknown_jwt: ',
  '/shapes/numbered': 'unknown_jwt: ',
  '/shapes/wrapped': 'unknown_jwt: ',
  '/shapes/split': 'unknown_jwt: ',
};

/** Where the panel says that their tokens stood. */
export const EXPECTED_PLACES: Readonly<Record<string, string>> = {
  '/shapes/aws-session': 'request header, “x-amz-security-token”',
  '/shapes/alb': 'request header, “x-amzn-oidc-data”',
  '/shapes/numbered': 'cookie, “session”',
  '/shapes/wrapped': 'cookie, “auth.jwt”',
  '/shapes/split': 'cookie, “jwt_hp + jwt_s”',
};
