import { createHmac, KeyObject, randomUUID, sign } from 'node:crypto';
import { nowSeconds, type SigningKey, signAccessToken, signJwt } from './keys.ts';
import { CLIENT_ID, type Origins, RESOURCE_SCOPES, resourceIdentifier } from './origins.ts';
import { ADA } from './people.ts';

/** The provider's keys: the one it publishes and signs with, and one that it never published. */
export type LoginKeys = { readonly published: SigningKey; readonly unpublished: SigningKey };

const HOUR_SECONDS = 3600;

/** Where the wholesale API would be, if there were one: nothing answers there. */
const WHOLESALE = 'https://wholesale.shop.example/';

/** As it stands on jwt.io and in half of the tutorials. */
const TUTORIAL_SECRET = 'your-256-bit-secret';
const OWN_SECRET = randomUUID() + randomUUID();

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A session of the app's own making: it names nobody but its subject. */
function sessionToken(secret: string): string {
  const issuedAt = nowSeconds();
  const claims = { sub: ADA.sub, cart: randomUUID(), iat: issuedAt, exp: issuedAt + HOUR_SECONDS };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Signed with SHA-1, as no library does any more. */
function sha1Token(key: SigningKey, claims: object): string {
  const signed = `${encode({ alg: 'RS1', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA1', Buffer.from(signed), KeyObject.from(key.privateKey)).toString('base64url')}`;
}

/**
 * Tokens that the provider would never issue, each really signed, by the path of the endpoint that hands them out. The
 * habits that show what is wrong with them need them.
 */
export function createMint(origins: Origins, keys: LoginKeys): ReadonlyMap<string, () => Promise<string>> {
  const catalogue = {
    iss: origins.login,
    aud: resourceIdentifier(origins.api),
    scope: RESOURCE_SCOPES.api,
  };
  const { aud: _none, ...forNobody } = catalogue;
  const ago = (seconds: number) => nowSeconds() - seconds;

  const minted: Readonly<Record<string, () => Promise<string> | string>> = {
    expired: () =>
      signAccessToken(keys.published, { ...catalogue, iat: ago(2 * HOUR_SECONDS), exp: ago(HOUR_SECONDS) }),
    'unknown-key': () => signAccessToken(keys.unpublished, catalogue),
    early: () =>
      signAccessToken(keys.published, {
        ...catalogue,
        nbf: ago(-HOUR_SECONDS),
        exp: ago(-2 * HOUR_SECONDS),
      }),
    'no-audience': () => signAccessToken(keys.published, forNobody),
    wholesale: () => signAccessToken(keys.published, { ...catalogue, aud: WHOLESALE, scope: 'stock:read' }),
    mirror: () => signAccessToken(keys.published, { ...catalogue, aud: resourceIdentifier(origins.mirror) }),
    // OpenID Connect Back-Channel Logout 1.0, section 2.4.
    logout: () =>
      signJwt(
        keys.published,
        {
          ...{ iss: origins.login, aud: CLIENT_ID, sub: ADA.sub, jti: randomUUID() },
          ...{ iat: ago(0), exp: ago(-HOUR_SECONDS) },
          events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        },
        { typ: 'logout+jwt' },
      ),
    sha1: () =>
      sha1Token(keys.unpublished, { sub: ADA.sub, scope: 'all', iat: ago(0), exp: ago(-HOUR_SECONDS) }),
    session: () => sessionToken(OWN_SECRET),
    tutorial: () => sessionToken(TUTORIAL_SECRET),
    // The shape of https://firebase.google.com/docs/auth/admin/verify-id-tokens; Google's own key is not in our hands.
    firebase: () =>
      signJwt(keys.unpublished, {
        iss: 'https://securetoken.google.com/shop-demo',
        aud: 'shop-demo',
        ...{ sub: ADA.sub, user_id: ADA.sub, auth_time: ago(60), iat: ago(60), exp: ago(-HOUR_SECONDS) },
        firebase: { identities: {}, sign_in_provider: 'anonymous' },
      }),
  };
  return new Map(Object.entries(minted).map(([name, make]) => [`/lab/${name}-token`, async () => make()]));
}
