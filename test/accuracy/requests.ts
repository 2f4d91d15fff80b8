import { decode } from '../../src/core/decode/decode.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { stringMember } from '../../src/core/syntax/json.ts';
import type { Shape } from '../fixtures/corpus.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';

export const APP = 'https://app.example.com';

/** A request that carries a token, and how the corpus names where it goes. */
export interface Carrier {
  readonly destination: string;
  readonly request: HttpExchange;
}

/**
 * The request to a destination of the corpus: `https://…?id_token_hint=` ends with the parameter that carries the token,
 * `https://… (body: client_assertion)` and `(POST idtoken=)` name a field of a form, all else is a bearer token.
 * @returns null for what is no place: "(client only)", "n/a"
 */
export function carrierOf(
  destination: string,
  token: string,
  at: number,
  initiator: string | null,
): Carrier | null {
  const url = /^any (?:other )?host/.test(destination)
    ? 'https://elsewhere.example/'
    : /^https?:\/\/\S+/.exec(destination)?.[0];
  if (url === undefined) return null;
  const common = { at, initiator };
  const field = /\((?:body: |POST )?(\w+)=?\)$/.exec(destination)?.[1];
  if (field !== undefined && (/\(body: |\(POST /.test(destination) || destination.endsWith('=)'))) {
    const request = exchange({ ...common, url, method: 'POST', requestBody: form({ [field]: token }) });
    return { destination, request };
  }
  if (url.endsWith('='))
    return { destination, request: exchange({ ...common, url: url + encodeURIComponent(token) }) };
  return { destination, request: exchange({ ...common, url, requestHeaders: bearer(token) }) };
}

/**
 * The same token at the same place as its own standard sends it, where that is not as a bearer token: a logout token in
 * a form (OpenID Connect Back-Channel Logout 1.0 §2.5), a DPoP proof in its header (RFC 9449 §4.1), and so on.
 */
export function naturalCarrierOf(
  { kind }: Shape,
  destination: string,
  token: string,
  at: number,
  initiator: string | null,
): Carrier | null {
  const plain = carrierOf(destination, token, at, initiator);
  if (plain === null || plain.request.requestHeaders.length === 0) return null;
  const { url } = plain.request;
  const common = { url, at, initiator };
  if (kind === 'dpop_proof') {
    const request = exchange({ ...common, requestHeaders: [{ name: 'DPoP', value: token }] });
    return { destination: `${destination} (DPoP header)`, request };
  }
  const fields = NATURAL_FIELDS[kind];
  if (fields === undefined) return null;
  const [name] = Object.keys(fields).slice(-1);
  const body = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value ?? token]));
  return {
    destination: `${destination} (form: ${name})`,
    request: exchange({ ...common, method: 'POST', requestBody: form(body) }),
  };
}

/** Forms by kind; null stands for the token. */
const NATURAL_FIELDS: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  logout_token: { logout_token: null },
  refresh_token: { grant_type: 'refresh_token', client_id: 'the-app', refresh_token: null },
  client_assertion: {
    grant_type: 'authorization_code',
    code: 'a-code',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: null,
  },
};

const FIELDS = ['id_token', 'access_token', 'refresh_token', 'device_secret'] as const;

/** What a documented token is bound to: the nonce that it names, and no access token where it has the hash of one that nobody knows. */
function boundTo(token: string): {
  readonly nonce: { readonly nonce?: string };
  readonly accessToken: { readonly access_token?: string };
} {
  const decoded = decode(token, '');
  const claims = decoded.form === 'jwt' ? decoded.claims : {};
  const nonce = stringMember(claims, 'nonce');
  return {
    nonce: nonce === null ? {} : { nonce },
    accessToken: stringMember(claims, 'at_hash') === null ? { access_token: 'SlAV32hkKG' } : {},
  };
}

/** The token's flow: an authorization request with the `client_id`, a token response with the token in its kind's field. */
export function flowOf(shape: Shape, token: string, at: number): readonly HttpExchange[] {
  const server = serverOf(shape);
  const clientId = shape.client_id;
  const field = FIELDS.find((name) => name === shape.kind || name === shape.opaque_role);
  const bound = boundTo(token);
  const authorization = new URLSearchParams({
    response_type: 'code',
    client_id: clientId ?? '',
    redirect_uri: `${APP}/callback`,
    scope: 'openid',
    state: 'a-state',
    ...bound.nonce,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const redeemed = {
    ...{ grant_type: 'authorization_code', code: 'a-code', redirect_uri: `${APP}/callback` },
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    client_id: clientId ?? 'the-app',
  };
  const issued = { token_type: 'Bearer', expires_in: 3600, ...bound.accessToken };
  return [
    ...(clientId === null
      ? []
      : [
          exchange({
            at: at - 30_000,
            url: `${server}/authorize?${authorization}`,
            destination: 'document',
            initiator: null,
          }),
        ]),
    ...(field === undefined
      ? []
      : [
          exchange({
            at: at - 20_000,
            url: `${server}/token`,
            method: 'POST',
            initiator: APP,
            requestBody: form(redeemed),
            response: json({ ...issued, [field]: token }),
          }),
        ]),
    ...(shape.legit_destination_examples.some((destination) => destination.startsWith('(response body'))
      ? [exchange({ at: at - 10_000, url: `${server}/userinfo`, response: signedAnswer(token) })]
      : []),
  ];
}

function signedAnswer(token: string): HttpExchange['response'] {
  return { status: 200, headers: [], body: { form: 'text', mediaType: 'application/jwt', text: token } };
}

/**
 * The server that the app logs in at: the issuer where it is a URL; that for which a client assertion is made; that at
 * whose own endpoint an opaque token is at home; else a server of no name.
 */
function serverOf({ kind, form: shape, payload, legit_destination_examples: homes }: Shape): string {
  const issuer = payload?.['iss'];
  if (issuer === 'accounts.google.com') return `https://${issuer}`;
  if (typeof issuer === 'string' && /^https?:\/\//.test(issuer)) return issuer.replace(/\/$/, '');
  const audience = payload?.['aud'];
  if (kind === 'client_assertion' && typeof audience === 'string') return new URL(audience).origin;
  const endpoint = homes.find((home) => /^https:\S+\/(?:token|access_token|userinfo)$/.test(home));
  return shape === 'opaque' && endpoint !== undefined ? new URL(endpoint).origin : 'https://as.example';
}
