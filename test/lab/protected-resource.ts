import type { IncomingMessage } from 'node:http';
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { answerCors, type Handler, readBody, sendJson, urlOf } from './http.ts';
import { fetchOnLoopback } from './loopback-fetch.ts';
import { CLIENT_ID, type Origins, resourceIdentifier } from './origins.ts';
import type { RequestLog } from './request-log.ts';

/** Which of the APIs, what it guards, and whether it has endpoints that were pinned to the wrong audience. */
export type ProtectedResourceOptions = {
  readonly host: 'api' | 'orders' | 'stock' | 'mirror';
  readonly name: string;
  /** The path of its identifier: what lies below is the resource. `/` where it is left out. */
  readonly path?: string;
  readonly origins: Origins;
  readonly scope: string;
  readonly lax: boolean;
  readonly log: RequestLog;
};

/** What an endpoint demands of a token. No `typ` means that any is taken, an ID token's included. */
type Policy = { readonly issuer: string; readonly audience: readonly string[]; readonly typ?: 'at+jwt' };

type Presented = { readonly sentIn: 'Authorization header' | 'URL query'; readonly token: string };

type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

const ALGORITHMS = ['RS256'];
const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** The bearer token of the header (RFC 6750, section 2.1) or, where an endpoint is lax, of the query. */
function tokenOf(request: IncomingMessage, url: URL, lax: boolean): Presented | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { sentIn: 'Authorization header', token: bearer };
  const parameter = lax ? url.searchParams.get('id_token') : null;
  return parameter === null ? undefined : { sentIn: 'URL query', token: parameter };
}

/** What the API says it saw of a token: the members that its decision rests on, or that it can't be read. */
function describe(token: string): unknown {
  try {
    const { alg, typ, kid } = decodeProtectedHeader(token);
    const { iss, aud, exp, scope, client_id } = decodeJwt(token);
    return { header: { alg, typ, kid }, claims: { iss, aud, exp, scope, client_id } };
  } catch {
    return 'not a JWT';
  }
}

async function judge(token: string, keys: JWTVerifyGetKey, policy: Policy): Promise<Verdict> {
  const { issuer, audience, typ } = policy;
  const options: JWTVerifyOptions = { issuer, audience: [...audience], algorithms: ALGORITHMS };
  try {
    await jwtVerify(token, keys, typ === undefined ? options : { ...options, typ });
    return { accepted: true };
  } catch (error) {
    return { accepted: false, reason: error instanceof Error ? error.message : 'unknown failure' };
  }
}

/**
 * An API of the shop (a protected resource). It validates the bearer token of every request (RFC 9068, section 4) and
 * answers in JSON what it accepts, what it saw and, with a 401 and `WWW-Authenticate` (RFC 6750, section 3), why it
 * refuses. It publishes its metadata (RFC 9728). With `lax`, `/lax/…` and `/export` show the habit that this project
 * is about: someone added the app's `client_id` to the accepted audiences, and since then ID tokens "work".
 *
 * The keys are fetched over HTTP from the provider's `jwks_uri`, not handed over in the process: so what is checked
 * against is what is really published, for everyone to see.
 */
export function createProtectedResource(options: ProtectedResourceOptions): Handler {
  const { host, origins, scope, log } = options;
  const origin = origins[host];
  const identifier = resourceIdentifier(origin, options.path);
  // The well-known part stands between the host and the path of the identifier (RFC 9728, section 3.1).
  const metadataPath = WELL_KNOWN + (options.path ?? '');
  const keys = createRemoteJWKSet(new URL(`${origins.login}/jwks`), {
    [customFetch]: (url) => fetchOnLoopback(url),
  });
  const strictPolicy: Policy = { issuer: origins.login, audience: [identifier], typ: 'at+jwt' };
  const laxPolicy: Policy = { issuer: origins.login, audience: [identifier, CLIENT_ID] };

  function challenge(reason: string | undefined): string {
    const parameters = [`Bearer realm="${host}"`];
    // Without a token there is no error to name (RFC 6750, section 3.1); quotes would end the quoted string.
    if (reason !== undefined) {
      parameters.push('error="invalid_token"', `error_description="${reason.replaceAll(/["\\]/g, "'")}"`);
    }
    parameters.push(`resource_metadata="${origin}${metadataPath}"`);
    return parameters.join(', ');
  }

  return async (request, response) => {
    if (answerCors(request, response, origins.app)) return;
    const url = urlOf(request, origin);
    if (url.pathname === metadataPath) {
      sendJson(response, 200, {
        resource: identifier,
        resource_name: options.name,
        authorization_servers: [origins.login],
        scopes_supported: [scope],
        bearer_methods_supported: ['header'],
      });
      return;
    }

    const body = await readBody(request);
    const lax = options.lax && (url.pathname.startsWith('/lax/') || url.pathname === '/export');
    const policy = lax ? laxPolicy : strictPolicy;
    const presented = tokenOf(request, url, lax);
    const verdict = presented === undefined ? undefined : await judge(presented.token, keys, policy);
    const reason = verdict?.accepted === false ? verdict.reason : undefined;
    const status = verdict?.accepted === true ? 200 : 401;
    log.add({
      host,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.search,
      authorization: request.headers.authorization,
      body,
      status,
    });
    if (status === 401) response.setHeader('www-authenticate', challenge(reason));
    sendJson(response, status, {
      resource: identifier,
      accepts: { ...policy, typ: policy.typ ?? 'any', algorithms: ALGORITHMS },
      saw:
        presented === undefined ? 'no token' : { sentIn: presented.sentIn, token: describe(presented.token) },
      accepted: status === 200,
      ...(status === 401 && { reason: reason ?? 'a bearer token is required' }),
    });
  };
}
