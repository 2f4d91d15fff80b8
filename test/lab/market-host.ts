import { readFile } from 'node:fs/promises';
import { answerCors, type Handler, readBody, send, sendJson, urlOf } from './http.ts';
import { MARKET_CLIENT_ID, type Origins } from './origins.ts';

const PAGE = new URL('./app/partner.html', import.meta.url);
const SCRIPT = new URL('./app/partner.js', import.meta.url);

/**
 * The market: another party's app, which people sign in to with the same provider, and its API, which takes whatever it is
 * sent. `/partner` signs in and tells the app that opened it; `/partner.json` tells that page where it is.
 */
export function createMarketHost(origins: Origins): Handler {
  return async (request, response) => {
    if (answerCors(request, response, origins.app)) return;
    const { pathname } = urlOf(request, origins.market);
    if (pathname === '/partner') return send(response, 200, 'text/html; charset=utf-8', await readFile(PAGE));
    if (pathname === '/partner.js')
      return send(response, 200, 'text/javascript; charset=utf-8', await readFile(SCRIPT));
    if (pathname === '/partner.json')
      return sendJson(response, 200, {
        login: origins.login,
        opener: origins.app,
        clientId: MARKET_CLIENT_ID,
      });
    await readBody(request);
    sendJson(response, 200, { taken: true });
  };
}
