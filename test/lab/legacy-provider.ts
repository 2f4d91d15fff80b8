import { createHash, randomBytes } from 'node:crypto';
import { answerCors, type Handler, RequestError, readBody, send, sendJson, urlOf } from './http.ts';
import { nowSeconds, type SigningKey, signJwt } from './keys.ts';
import { escapeHtml } from './login-pages.ts';
import type { Origins } from './origins.ts';
import { ADA } from './people.ts';

/** What a code stands for until it is redeemed. */
type Grant = { readonly clientId: string; readonly nonce: string | null };

/** An authorization response: a redirect, or a page that posts it. */
type Answer =
  | { readonly status: 302; readonly location: string }
  | { readonly status: 200; readonly form: string };

/** Codes that wait at a time: more than any walk leaves behind. */
const MAX_CODES = 200;

const HOUR_SECONDS = 3600;

/** The left half of a SHA-256, which binds an ID token to what came with it (OpenID Connect Core 1.0, section 3.1.3.6). */
function halfHash(text: string): string {
  return createHash('sha256').update(text, 'ascii').digest().subarray(0, 16).toString('base64url');
}

/** A page that posts the authorization response by itself (OAuth 2.0 Form Post Response Mode, section 2). */
function formPost(action: string, answer: URLSearchParams): string {
  const fields = [...answer]
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  return `<!doctype html>
<title>One moment</title>
<form method="post" action="${escapeHtml(action)}">${fields}</form>
<script>document.forms[0].submit();</script>
`;
}

function randomText(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * An authorization server of many tenants, as old as the habits that it still allows: the implicit and the password
 * grant, requests without state, nonce or PKCE, client secrets from anywhere. Ada is signed in, always, and is never
 * asked. Each tenant is an issuer of its own, below a path. Three of them make mistakes: `wrong-nonce`, `wrong-at-hash` and
 * `wrong-c-hash` issue ID tokens that are not bound to what they came for. All others do what they are asked.
 */
export function createLegacyProvider(origins: Origins, key: SigningKey): Handler {
  const grants = new Map<string, Grant>();
  const { kty, n, e, kid } = key.privateJwk;

  function idToken(tenant: string, grant: Grant, beside: { accessToken?: string; code?: string }) {
    const { nonce, clientId } = grant;
    const hashOf = (text: string, mistaken: string) => halfHash(tenant === mistaken ? `not ${text}` : text);
    return signJwt(key, {
      iss: `${origins.legacy}/${tenant}`,
      aud: clientId,
      sub: ADA.sub,
      iat: nowSeconds(),
      exp: nowSeconds() + HOUR_SECONDS,
      auth_time: nowSeconds(),
      name: ADA.name,
      ...(nonce !== null && { nonce: tenant === 'wrong-nonce' ? randomText() : nonce }),
      ...(beside.accessToken && { at_hash: hashOf(beside.accessToken, 'wrong-at-hash') }),
      ...(beside.code && { c_hash: hashOf(beside.code, 'wrong-c-hash') }),
    });
  }

  /** The authorization response (OAuth 2.0 Multiple Response Type Encoding Practices). */
  async function authorize(tenant: string, asked: URLSearchParams): Promise<Answer> {
    const back = new URL(asked.get('redirect_uri') ?? '');
    // Nobody is registered, but nobody else is answered either.
    if (back.origin !== origins.app) throw new RequestError(400, 'that is no place of the app');
    const types = (asked.get('response_type') ?? '').split(' ');
    const grant = { clientId: asked.get('client_id') ?? '', nonce: asked.get('nonce') };
    const code = types.includes('code') ? randomText() : undefined;
    const accessToken = types.includes('token') ? randomText() : undefined;
    const state = asked.get('state');
    const answer = new URLSearchParams(state === null ? {} : { state });
    if (code !== undefined) {
      if (grants.size >= MAX_CODES) grants.clear();
      grants.set(code, grant);
      answer.set('code', code);
    }
    if (accessToken !== undefined) {
      for (const [name, value] of [
        ['access_token', accessToken],
        ['token_type', 'Bearer'],
        ['expires_in', '3600'],
      ] as const)
        answer.set(name, value);
    }
    if (types.includes('id_token')) {
      const beside = { ...(accessToken && { accessToken }), ...(code && { code }) };
      answer.set('id_token', await idToken(tenant, grant, beside));
    }
    if (asked.get('response_mode') === 'form_post') return { status: 200, form: formPost(back.href, answer) };
    if (types.length === 1 && code !== undefined) back.search = answer.toString();
    else back.hash = answer.toString();
    return { status: 302, location: back.href };
  }

  /** The token response (RFC 6749, section 5.1). */
  async function redeem(tenant: string, fields: URLSearchParams): Promise<object> {
    const accessToken = randomText();
    const answer = { access_token: accessToken, token_type: 'Bearer', expires_in: HOUR_SECONDS };
    const grant = grants.get(fields.get('code') ?? '');
    if (fields.get('grant_type') !== 'authorization_code') return answer;
    if (grant === undefined) throw new RequestError(400, 'there is no such code');
    grants.delete(fields.get('code') ?? '');
    return { ...answer, id_token: await idToken(tenant, grant, { accessToken }) };
  }

  return async (request, response) => {
    if (answerCors(request, response, origins.app)) return;
    const url = urlOf(request, origins.legacy);
    const [, tenant = '', ...path] = url.pathname.split('/');
    const issuer = `${origins.legacy}/${tenant}`;
    switch (path.join('/')) {
      case '.well-known/openid-configuration':
        return sendJson(response, 200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code', 'token', 'id_token', 'code id_token'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case 'jwks':
        return sendJson(response, 200, { keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] });
      case 'authorize': {
        const answer = await authorize(tenant, url.searchParams);
        if (answer.status === 200) return send(response, 200, 'text/html; charset=utf-8', answer.form);
        response.writeHead(302, { location: answer.location, 'cache-control': 'no-store' }).end();
        return;
      }
      case 'token':
        return sendJson(response, 200, await redeem(tenant, new URLSearchParams(await readBody(request))));
      default:
        return send(response, 404, 'text/plain; charset=utf-8', 'There is no such endpoint.\n');
    }
  };
}
