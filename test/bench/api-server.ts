/**
 * What the bench's page talks to, in a process of its own, so that neither the driver nor the measured page waits for the
 * other's event loop: a bare page, an API behind CORS, and the authorization server that issued the page's tokens. All on
 * one loopback port, told apart by path; the names of the hosts make them origins of their own.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { type Signer, signer } from '../fixtures/jwt.ts';

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><script src="/fetches.js"></script></html>';
const SCRIPT = readFileSync(new URL('./fetches.js', import.meta.url));
/** As small as answers get, so that what is measured is the request. */
const ANSWER = '{"ok":true}';
const HOUR_SECONDS = 3600;

const counts = { requests: 0, preflights: 0 };
const key = await signer('RS256', 'bench');

const server = createServer((request, response) => {
  const { host = '', origin } = request.headers;
  const path = request.url ?? '/';
  if (origin !== undefined) response.setHeader('access-control-allow-origin', origin);
  if (request.method === 'OPTIONS') {
    counts.preflights++;
    // Asked once for each URL (Fetch Standard §4.9): two hours are the longest that Chromium remembers.
    response.setHeader('access-control-allow-headers', 'authorization');
    response.setHeader('access-control-max-age', '7200');
    response.writeHead(204).end();
  } else if (path.startsWith('/api/')) {
    counts.requests++;
    send(response, 'application/json', ANSWER);
  } else if (path === '/token' && request.method === 'POST') {
    // Read to its end, for the connection's sake; whoever asks gets tokens.
    request.resume();
    void issue(key, `http://${host}`, host.replace(/^login\./, 'api.')).then((tokens) =>
      send(response, 'application/json', JSON.stringify(tokens)),
    );
  } else if (path === '/.well-known/openid-configuration') {
    const issuer = `http://${host}`;
    const metadata = { issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` };
    send(response, 'application/json', JSON.stringify(metadata));
  } else if (path === '/jwks') {
    send(response, 'application/json', JSON.stringify({ keys: [key.publicJwk] }));
  } else if (path === '/fetches.js') send(response, 'text/javascript', SCRIPT);
  else send(response, 'text/html', PAGE);
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
});
process.on('message', () => process.send?.(counts));
process.on('disconnect', () => process.exit());

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

/** A token response (OpenID Connect Core 1.0 §3.1.3.3) with tokens as large as real ones are. */
async function issue({ sign }: Signer, issuer: string, api: string): Promise<object> {
  const iat = Math.floor(Date.now() / 1000);
  const common = { iss: issuer, sub: 'ada-0001', iat, exp: iat + HOUR_SECONDS };
  const idToken = { ...common, aud: 'bench-spa', nonce: randomUUID(), auth_time: iat, name: 'Ada Lovelace' };
  const accessToken = {
    ...common,
    aud: `http://${api}/`,
    client_id: 'bench-spa',
    scope: 'openid profile catalogue:read catalogue:write',
    jti: randomUUID(),
  };
  return {
    token_type: 'Bearer',
    expires_in: HOUR_SECONDS,
    access_token: await sign({ typ: 'at+jwt' }, accessToken),
    id_token: await sign({}, idToken),
  };
}
