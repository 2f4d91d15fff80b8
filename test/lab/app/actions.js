import { sendFromIframe, sendFromServiceWorker, sendFromWorker } from './contexts.js';

/**
 * What an action works with: the habit's request, ready to send, and where tokens come from.
 * @typedef {object} Tools
 * @property {Record<string, any>} lab what `/lab.json` says
 * @property {{ method: string, url: string }} request
 * @property {import('./session.js').Session} session
 * @property {(path: string) => Promise<string>} mint a token from the lab's own endpoints on the login host
 */

/** The status of a fetch whose answer was read to the end, so that nothing of it is pending when the result shows. */
async function sendAndRead(url, options) {
  const response = await fetch(url, options);
  await response.text();
  return response.status;
}

/** Makes the request with a bearer token and gives its status. */
function sendBearer({ method, url }, token) {
  return sendAndRead(url, { method, headers: { authorization: `Bearer ${token}` } });
}

/** @param {string} text base64url */
function decodeBase64Url(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
function encodeBase64Url(bytes) {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The same token with one byte of its signature flipped. @param {string} token */
export function breakSignature(token) {
  const [header, payload, signature] = token.split('.');
  const bytes = decodeBase64Url(signature);
  bytes[bytes.length >> 1] ^= 0xff;
  return `${header}.${payload}.${encodeBase64Url(bytes)}`;
}

/** The same claims as an Unsecured JWT (RFC 7519, section 6). @param {string} token */
export function dropSignature(token) {
  const [header, payload] = token.split('.');
  const members = JSON.parse(new TextDecoder().decode(decodeBase64Url(header)));
  const unsecured = new TextEncoder().encode(JSON.stringify({ ...members, alg: 'none' }));
  return `${encodeBase64Url(unsecured)}.${payload}.`;
}

/**
 * What the app does for each habit, by id. Each gives the HTTP status of the request that carried the token, or
 * nothing when it leaves the page.
 * @type {Record<string, (tools: Tools) => Promise<number | undefined>>}
 */
export const actions = {
  'access-token-to-api': async ({ session, request }) => sendBearer(request, await session.accessToken()),
  'access-token-to-orders': async ({ session, request }) => sendBearer(request, await session.ordersToken()),
  'opaque-access-token': async ({ session, request }) => sendBearer(request, await session.opaqueToken()),
  'id-token-to-api': async ({ session, request }) => sendBearer(request, await session.idToken()),
  'id-token-from-iframe': async ({ session, request }) => sendFromIframe(request, await session.idToken()),
  'id-token-from-worker': async ({ session, request }) => sendFromWorker(request, await session.idToken()),
  'id-token-from-service-worker': async ({ session, request }) =>
    sendFromServiceWorker(request, await session.idToken()),
  'id-token-to-third-party': async ({ session, request }) => {
    const body = new URLSearchParams({ event: 'purchase', id_token: await session.idToken() });
    return sendAndRead(request.url, { method: request.method, body });
  },
  'id-token-in-url': async ({ session, request }) => {
    const url = new URL(request.url);
    url.searchParams.set('id_token', await session.idToken());
    return sendAndRead(url, { method: request.method });
  },
  'access-token-to-wrong-api': async ({ session, request }) =>
    sendBearer(request, await session.accessToken()),
  'broken-signature': async ({ session, request }) =>
    sendBearer(request, breakSignature(await session.accessToken())),
  'alg-none': async ({ session, request }) => sendBearer(request, dropSignature(await session.accessToken())),
  'expired-token': async ({ mint, request }) => sendBearer(request, await mint('/lab/expired-token')),
  'unknown-key': async ({ mint, request }) => sendBearer(request, await mint('/lab/unknown-key-token')),
  'logout-with-id-token-hint': async ({ session }) => session.signOut(),
};
