import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { listenSecurely, type SecureServer } from '../fixtures/secure-server.ts';
import { createSigningKey, nowSeconds, signJwt } from '../lab/keys.ts';
import { escapeHtml } from '../lab/login-pages.ts';
import { ADA } from '../lab/people.ts';

/** What the app is called at Google. */
export const GOOGLE_CLIENT_ID = '314159265-shop.apps.googleusercontent.com';

const ACCOUNTS = 'accounts.google.com';

/** A host with nothing to say, over https: any page may ask it anything. */
export const SECURE_MIRROR = 'mirror.shop.test';

/** An app on the internet, and a host of which nothing says that they belong together. */
export const [SHOP, STRANGER] = ['www.threadshop.com', 'in.trackify.io'] as const;

/**
 * Stands in for Google's sign-in as far as a page and an auditor see it
 * (https://developers.google.com/identity/gsi/web/reference/html-reference): the frame of the button, which gives the page a
 * credential, and the page that posts one to the app's log-in. Beside it, hosts of nobody's.
 */
export async function startGoogle(): Promise<SecureServer> {
  const key = await createSigningKey();
  const { kty, n, e, kid } = key.privateJwk;
  const send = (response: ServerResponse, type: string, body: string): void => {
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body);
  };
  const credential = (clientId: string) =>
    signJwt(key, {
      ...{ iss: `https://${ACCOUNTS}`, azp: clientId, aud: clientId, sub: '2718281828', jti: randomUUID() },
      ...{ email: 'ada@gmail.example', email_verified: true, name: ADA.name },
      ...{ nbf: nowSeconds() - 60, iat: nowSeconds(), exp: nowSeconds() + 3600 },
    });

  return listenSecurely([ACCOUNTS, SECURE_MIRROR, SHOP, STRANGER], async (request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    const clientId = url.searchParams.get('client_id') ?? '';
    // The real frames know by the client where the page is.
    const app = url.searchParams.get('origin') ?? '';
    if (url.host !== ACCOUNTS) {
      response.setHeader('access-control-allow-headers', 'authorization');
      const page = '<!doctype html><title>Shop</title>';
      return url.host === SHOP ? send(response, 'text/html', page) : send(response, 'application/json', '{}');
    }
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return send(
          response,
          'application/json',
          JSON.stringify({ issuer: `https://${ACCOUNTS}`, jwks_uri: `https://${ACCOUNTS}/certs` }),
        );
      case '/certs':
        return send(
          response,
          'application/json',
          JSON.stringify({ keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] }),
        );
      case '/gsi/button': {
        const message = JSON.stringify({ credential: await credential(clientId) });
        return send(
          response,
          'text/html',
          `<!doctype html><title>Sign in</title><script>parent.postMessage(${message}, ${JSON.stringify(app)});</script>`,
        );
      }
      case '/gsi/select':
        return send(
          response,
          'text/html',
          `<!doctype html><title>Sign in</title>
          <form method="post" action="${escapeHtml(app)}/flow/google">
            <input name="credential" value="${await credential(clientId)}"><input name="g_csrf_token" value="0123456789abcdef">
          </form><script>document.forms[0].submit();</script>`,
        );
      default:
        response.writeHead(404).end();
    }
  });
}
