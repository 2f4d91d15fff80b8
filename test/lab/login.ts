import type { Provider } from 'oidc-provider';
import { answerCors, type Handler, send, sendJson, urlOf } from './http.ts';
import { type SigningKey, signAccessToken } from './keys.ts';
import { errorPage, signInPage } from './login-pages.ts';
import { type Origins, RESOURCE_SCOPES, resourceIdentifier } from './origins.ts';
import { ADA } from './people.ts';

const HOUR_SECONDS = 3600;

/** The provider's keys: the one it publishes and signs with, and one that it never published. */
export type LoginKeys = { readonly published: SigningKey; readonly unpublished: SigningKey };

/**
 * The login host: the provider, the sign-in page that the provider sends people to, and two endpoints that no
 * provider has. `POST /lab/expired-token` and `POST /lab/unknown-key-token` answer `{ token }`, an access token for
 * the catalogue that is past its time, or signed with a key that is not in the provider's key set.
 */
export function createLoginHost(provider: Provider, origins: Origins, keys: LoginKeys): Handler {
  const answerAsProvider = provider.callback();
  const claims = {
    issuer: origins.login,
    audience: resourceIdentifier(origins.api),
    scope: RESOURCE_SCOPES.api,
  };

  const mint = new Map<string, () => Promise<string>>([
    [
      '/lab/expired-token',
      () => signAccessToken(keys.published, { ...claims, expiresInSeconds: -HOUR_SECONDS }),
    ],
    [
      '/lab/unknown-key-token',
      () => signAccessToken(keys.unpublished, { ...claims, expiresInSeconds: HOUR_SECONDS }),
    ],
  ]);

  /** GET shows the sign-in page, POST is Ada's sign-in; consent needs no page (see provider.ts). */
  const interact: Handler = async (request, response) => {
    try {
      await provider.interactionDetails(request, response);
    } catch {
      // The cookie that ties this page to an authorization request is gone or expired.
      send(response, 400, 'text/html; charset=utf-8', errorPage('invalid_request', 'this sign-in is over'));
      return;
    }
    if (request.method === 'POST') {
      await provider.interactionFinished(request, response, { login: { accountId: ADA.sub } });
      return;
    }
    send(response, 200, 'text/html; charset=utf-8', signInPage());
  };

  return async (request, response) => {
    const { pathname } = urlOf(request, origins.login);
    if (pathname.startsWith('/interaction/')) return interact(request, response);
    const mintToken = mint.get(pathname);
    if (mintToken === undefined) return answerAsProvider(request, response);
    if (answerCors(request, response, origins.app)) return;
    if (request.method !== 'POST') return sendJson(response, 405, { error: 'use POST' });
    sendJson(response, 200, { token: await mintToken() });
  };
}
