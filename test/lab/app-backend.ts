import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from './http.ts';
import { nowSeconds, type SigningKey, signJwt } from './keys.ts';
import { FLOWS_CLIENT_ID, type Origins } from './origins.ts';

/**
 * The backend of the app, on the app's own origin, below `/api/`. It takes whatever it is sent; whom it lets in is no
 * matter of the lab's. `POST /api/request-object` signs the parameters that it is sent as a request object (RFC 9101,
 * section 4) and answers `{ request }`.
 */
export async function answerAsBackend(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  origins: Origins,
  key: SigningKey,
): Promise<void> {
  const body = await readBody(request);
  if (pathname !== '/api/request-object') return sendJson(response, 200, { taken: true });
  const asked = Object.fromEntries(new URLSearchParams(body));
  const issuedAt = nowSeconds();
  const times = { iat: issuedAt, nbf: issuedAt, exp: issuedAt + 60, jti: randomUUID() };
  const claims = { ...asked, ...times, iss: FLOWS_CLIENT_ID, aud: origins.login };
  sendJson(response, 200, { request: await signJwt(key, claims, { typ: 'oauth-authz-req+jwt' }) });
}
