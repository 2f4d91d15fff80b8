/** Where a token can be that is hard to see from a test: each tool must find it once, and only once. */
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { type AuditSession, auditPlaywright, auditPuppeteer } from '../../src/testing/index.ts';
import type { BrowserKind } from '../browsers/panel-driver.ts';
import { jwt } from '../fixtures/jwt.ts';

const ARGS = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const TOKEN = jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'the-app', nonce: 'n', sub: 'ada' });
const BEARER = `{ headers: { authorization: 'Bearer ${TOKEN}' } }`;

/** Passes on what it is asked for; the page takes it over at once. */
const SERVICE_WORKER = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('/via-worker')) event.respondWith(fetch(event.request));
});`;

const POPUP = `<script>fetch('/from-popup', ${BEARER}).then((r) => r.text()).then(() => { opener.popupIsDone(); });</script>`;

/** In the page: hands the token about. */
const HANDS_IT_ABOUT = `(async () => {
  const read = async (...request) => (await fetch(...request)).text();
  await new Promise((resolve, reject) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/live', ['bearer', '${TOKEN}']);
    socket.onerror = () => reject(new Error('It was not opened.'));
    socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init', token: '${TOKEN}' }));
    socket.onmessage = () => { socket.close(); resolve(); };
  });
  await read('/hop');
  await navigator.serviceWorker.register('/sw.js');
  if (navigator.serviceWorker.controller === null)
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  await read('/via-worker', ${BEARER});
  await new Promise((resolve) => {
    globalThis.popupIsDone = resolve;
    open('/popup');
  });
  document.cookie = 'session=${TOKEN}; path=/with-cookie';
  await read('/with-cookie');
})()`;

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const send = (type: string, text: string) => response.writeHead(200, { 'content-type': type }).end(text);
  if (path === '/sw.js') send('text/javascript', SERVICE_WORKER);
  else if (path === '/popup') send('text/html', POPUP);
  else if (path === '/') send('text/html', '<title>A page</title>');
  else if (path === '/hop') response.writeHead(302, { location: `/landed?id_token=${TOKEN}` }).end();
  else send('application/json', '{}');
});
const sockets = new WebSocketServer({ server, handleProtocols: () => 'bearer' });
sockets.on('connection', (socket) => {
  socket.on('message', () => socket.send('heard'));
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  origin = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  for (const client of sockets.clients) client.terminate();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Seen {
  readonly places: readonly string[];
  /** Reasons with how often. */
  readonly unseen: readonly string[];
}

async function seenBy(audit: AuditSession): Promise<Seen> {
  const { exchanges, coverage } = await audit.stop();
  const carrying = exchanges.filter(({ sightings }) => sightings.length > 0);
  const places = carrying.map(({ url, sightings }) => {
    const locations = sightings.map(({ location }) => location).sort();
    return `${new URL(url).pathname} ${locations.join(' ')}`;
  });
  return {
    places: places.sort(),
    unseen: coverage.unseen.map(({ reason, count }) => `${reason} ${count}`),
  };
}

async function throughPuppeteer(kind: BrowserKind): Promise<Seen> {
  const executablePath = inject('browsers')[kind];
  const browser = await puppeteer.launch(
    kind === 'firefox'
      ? { browser: 'firefox', executablePath, extraPrefsFirefox: { 'dom.disable_open_during_load': false } }
      : { executablePath, args: ARGS },
  );
  try {
    const page = await browser.newPage();
    const audit = await auditPuppeteer(page, { online: false });
    await page.goto(`${origin}/`);
    await page.evaluate(HANDS_IT_ABOUT);
    return await seenBy(audit);
  } finally {
    await browser.close();
  }
}

const EVERYWHERE = [
  '/from-popup authorization_header',
  '/hop redirect',
  '/landed query',
  '/live websocket_message websocket_protocol',
  '/via-worker authorization_header',
  '/with-cookie cookie',
];

it('Playwright in Chromium sees each place once', async () => {
  const browser = await chromium.launch({ executablePath: inject('browsers').chromium, args: ARGS });
  try {
    const page = await browser.newPage();
    const audit = auditPlaywright(page, { online: false });
    await page.goto(`${origin}/`);
    await page.evaluate(HANDS_IT_ABOUT);
    expect(await seenBy(audit)).toEqual({ places: EVERYWHERE, unseen: [] });
  } finally {
    await browser.close();
  }
});

it('Puppeteer in Chromium sees each place once, but for what a popup sends as it opens, which it counts', async () => {
  expect(await throughPuppeteer('chromium')).toEqual({
    places: EVERYWHERE.filter((place) => !place.startsWith('/from-popup ')),
    unseen: ['not_shown_to_test 1'],
  });
});

it('Puppeteer in Firefox sees each place once, but for what is sent over a WebSocket; it counts service workers', async () => {
  const places = EVERYWHERE.map((place) => place.replace('websocket_message ', ''));
  expect(await throughPuppeteer('firefox')).toEqual({ places, unseen: ['not_shown_to_test 1'] });
});
