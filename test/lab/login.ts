import type { Provider } from 'oidc-provider';
import { answerCors, type Handler, send, sendJson, urlOf } from './http.ts';
import { errorPage, signInPage } from './login-pages.ts';
import { createMint, type LoginKeys } from './mint.ts';
import type { Origins } from './origins.ts';
import { ADA } from './people.ts';

/**
 * The login host: the provider, the sign-in page that the provider sends people to, and endpoints that no provider has:
 * `POST /lab/…-token` answers `{ token }`, one that the provider would never issue (see mint.ts).
 */
export function createLoginHost(provider: Provider, origins: Origins, keys: LoginKeys): Handler {
  const answerAsProvider = provider.callback();
  const mint = createMint(origins, keys);

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
