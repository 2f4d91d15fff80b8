import { readFile } from 'node:fs/promises';
import { answerAsBackend } from './app-backend.ts';
import { FLOWS } from './flows.ts';
import { HABITS } from './habits.ts';
import { type Handler, readBody, send, sendJson, urlOf } from './http.ts';
import type { SigningKey } from './keys.ts';
import {
  CLIENT_ID,
  FLOWS_CLIENT_ID,
  type Origins,
  RESOURCE_SCOPES,
  resourceIdentifier,
  STOCK_PATH,
  TV_CLIENT_ID,
} from './origins.ts';
import { APP_SCOPE } from './provider.ts';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

function ownFile(name: string, type: string) {
  return { url: new URL(`./app/${name}`, import.meta.url), type };
}

/** A library's browser module, straight out of its package: the app has no bundler, only an import map. */
function libraryFile(specifier: string) {
  return { url: new URL(import.meta.resolve(specifier)), type: SCRIPT };
}

/** Everything that the app's host serves; a path that is not listed does not exist. */
const FILES = new Map([
  ['/', ownFile('index.html', HTML)],
  ['/callback', ownFile('index.html', HTML)],
  ['/iframe.html', ownFile('iframe.html', HTML)],
  ['/popup', ownFile('popup.html', HTML)],
  ['/style.css', ownFile('style.css', 'text/css; charset=utf-8')],
  ['/icon.svg', ownFile('icon.svg', 'image/svg+xml')],
  ...[
    'main.js',
    'session.js',
    'actions.js',
    'flows.js',
    'steps.js',
    'flow.js',
    'popup.js',
    'contexts.js',
    'courier.js',
    'worker.js',
    'service-worker.js',
  ].map((name) => [`/${name}`, ownFile(name, SCRIPT)] as const),
  ['/vendor/oidc-client-ts.js', libraryFile('oidc-client-ts')],
  ['/vendor/jwt-decode.js', libraryFile('jwt-decode')],
]);

const FLOW_PAGE = ownFile('flow.html', HTML);

/**
 * The single-page app's host: its files, its backend below `/api/`, and `/lab.json`, which tells it where everything is
 * and what its habits are. Below `/flow/` it takes authorization responses, also those that are posted.
 * @param requestKey signs the backend's request objects
 */
export function createAppHost(origins: Origins, requestKey: SigningKey): Handler {
  return async (request, response) => {
    const { pathname } = urlOf(request, origins.app);
    if (pathname.startsWith('/api/')) {
      return answerAsBackend(request, response, pathname, origins, requestKey);
    }
    if (pathname.startsWith('/flow/')) {
      await readBody(request);
      return send(response, 200, FLOW_PAGE.type, await readFile(FLOW_PAGE.url));
    }
    if (pathname === '/lab.json') {
      return sendJson(response, 200, {
        origins,
        clientId: CLIENT_ID,
        scope: APP_SCOPE,
        resources: { api: resourceIdentifier(origins.api), orders: resourceIdentifier(origins.orders) },
        stock: { identifier: resourceIdentifier(origins.stock, STOCK_PATH), scope: RESOURCE_SCOPES.stock },
        flowsClientId: FLOWS_CLIENT_ID,
        tvClientId: TV_CLIENT_ID,
        habits: HABITS,
        flows: FLOWS,
      });
    }
    const file = FILES.get(pathname);
    if (file === undefined)
      return send(response, 404, 'text/plain; charset=utf-8', 'There is no such page.\n');
    send(response, 200, file.type, await readFile(file.url));
  };
}
