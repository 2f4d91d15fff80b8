import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createAppHost } from './app-host.ts';
import { createCollector } from './collector.ts';
import { type Handler, RequestError, send } from './http.ts';
import { createSigningKey, type SigningKey } from './keys.ts';
import { createLegacyProvider } from './legacy-provider.ts';
import { createLoginHost } from './login.ts';
import { fetchOnLoopback } from './loopback-fetch.ts';
import { createMarketHost } from './market-host.ts';
import type { LoginKeys } from './mint.ts';
import {
  CLIENT_ID,
  type Origins,
  originsOn,
  RESOURCE_SCOPES,
  resourceIdentifier,
  STOCK_PATH,
} from './origins.ts';
import { createProtectedResource } from './protected-resource.ts';
import { createProvider } from './provider.ts';
import { createRequestLog, type LoggedRequest } from './request-log.ts';

const TEXT = 'text/plain; charset=utf-8';

/** A running lab. */
export type Lab = {
  readonly origins: Origins;
  readonly port: number;
  /** The app's `client_id`, which is also the audience of its ID tokens. */
  readonly clientId: string;
  /** The audiences of the two APIs' access tokens. */
  readonly resources: { readonly api: string; readonly orders: string };
  /** What the APIs and the collector received, oldest first; it grows while the lab runs. */
  readonly requests: readonly LoggedRequest[];
  /** Fetches a URL of the lab from Node, which may not be able to resolve its names. Follows no redirect. */
  readonly fetch: typeof fetchOnLoopback;
  /** Stops the server and drops its connections. */
  close(): Promise<void>;
};

type Keys = LoginKeys & { readonly legacy: SigningKey; readonly requests: SigningKey };

function hostsOf(origins: Origins, keys: Keys, log: ReturnType<typeof createRequestLog>) {
  const provider = createProvider(origins, keys.published, keys.requests);
  const handlers: readonly (readonly [string, Handler])[] = [
    [origins.app, createAppHost(origins, keys.requests)],
    [origins.login, createLoginHost(provider, origins, keys)],
    [
      origins.api,
      createProtectedResource({
        ...{ host: 'api', name: 'Catalogue', scope: RESOURCE_SCOPES.api, lax: true },
        ...{ origins, log },
      }),
    ],
    [
      origins.orders,
      createProtectedResource({
        ...{ host: 'orders', name: 'Orders', scope: RESOURCE_SCOPES.orders, lax: false },
        ...{ origins, log },
      }),
    ],
    [
      origins.stock,
      createProtectedResource({
        ...{ host: 'stock', name: 'Stock', scope: RESOURCE_SCOPES.stock, path: STOCK_PATH, lax: false },
        ...{ origins, log },
      }),
    ],
    [
      origins.mirror,
      createProtectedResource({
        ...{ host: 'mirror', name: 'Mirror', scope: RESOURCE_SCOPES.api, lax: false },
        ...{ origins, log },
      }),
    ],
    [origins.market, createMarketHost(origins)],
    [origins.legacy, createLegacyProvider(origins, keys.legacy)],
    [origins.collector, createCollector(origins.collector, log)],
  ];
  return new Map(handlers.map(([origin, handler]) => [new URL(origin).host, handler]));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

/**
 * Starts the lab: an OpenID provider, an app, two APIs and a third party, each on an origin of its own, on one
 * loopback server that tells them apart by the Host header.
 *
 * `port` 0 (the default) takes a free one. Rejects when the port is taken.
 */
export async function startLab(options: { readonly port?: number } = {}): Promise<Lab> {
  // Keys first: from `listening` to the first handler there is no pause in which a request could come to nobody.
  const [published, unpublished, legacy, requests] = await Promise.all([
    createSigningKey(),
    createSigningKey(),
    createSigningKey(),
    createSigningKey(),
  ]);
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the lab is not on a TCP port');
  const { port } = address;

  const origins = originsOn(port);
  const log = createRequestLog();
  const hosts = hostsOf(origins, { published, unpublished, legacy, requests }, log);
  server.on('request', (request, response) => {
    const handler = hosts.get(request.headers.host ?? '');
    if (handler === undefined) {
      // 421 Misdirected Request (RFC 9110, section 15.5.20): this server has no such host.
      send(response, 421, TEXT, `The lab's app is at ${origins.app}/\n`);
      return;
    }
    handler(request, response).catch((error: unknown) => {
      const refused = error instanceof RequestError ? error : undefined;
      if (refused === undefined) console.error(`lab: a request to ${request.headers.host} failed:`, error);
      if (response.headersSent) response.destroy();
      else send(response, refused?.status ?? 500, TEXT, `${refused?.message ?? 'the lab failed'}\n`);
    });
  });

  return {
    origins,
    port,
    clientId: CLIENT_ID,
    resources: { api: resourceIdentifier(origins.api), orders: resourceIdentifier(origins.orders) },
    requests: log.entries,
    fetch: fetchOnLoopback,
    close: () => closeServer(server),
  };
}
