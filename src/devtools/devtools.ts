/**
 * The devtools page: makes the panel, says that this tab is looked at, and hands the background what only the network
 * shows (response bodies, requests from before we were there). It runs whether or not the panel is ever opened.
 */
import browser, { type Runtime } from 'webextension-polyfill';
import type { HttpExchange } from '../core/model/exchange.ts';
import { type FromDevtools, PORTS } from '../messages.ts';
import { fromHarEntry, isBodyWorthReading, isWorthTelling, readHarEntry } from '../observe/har.ts';

/** Both browsers put a background to sleep after 30 s; a message in less keeps it awake. */
const KEEP_AWAKE_MS = 15_000;

const tab = browser.devtools.inspectedWindow.tabId;
const started = Date.now();
let entries = 0;
let port: Runtime.Port = connect();

void browser.devtools.panels.create('Aud-it', '/icons/icon-32.png', '/src/panel/panel.html');
browser.devtools.network.onRequestFinished.addListener((request) => void tell(request));
void backfill();
setInterval(() => send({ type: 'devtools/keep-awake' }), KEEP_AWAKE_MS);

function connect(): Runtime.Port {
  const connected = browser.runtime.connect({ name: PORTS.devtools });
  // The background stopped: connecting wakes it, and it learns that somebody still looks.
  connected.onDisconnect.addListener(() => {
    port = connect();
  });
  connected.postMessage({ type: 'devtools/observe', tab } satisfies FromDevtools);
  return connected;
}

function send(message: FromDevtools): void {
  port.postMessage(message);
}

/** What the network saw before this page was there (Chromium has it, Firefox from the moment its network monitor runs). */
async function backfill(): Promise<void> {
  const log = await browser.devtools.network.getHAR();
  const listed: unknown = log['entries'];
  if (!Array.isArray(listed)) return;
  for (const request of listed) await tell(request);
}

type Listed = Parameters<Parameters<typeof browser.devtools.network.onRequestFinished.addListener>[0]>[0];

async function tell(request: Listed): Promise<void> {
  const entry = readHarEntry(request);
  if (entry === null || !isWorthTelling(entry)) return;
  // Only bodies that can teach something are read: reading each would slow the page.
  const responseBody = isBodyWorthReading(entry) ? await contentOf(request) : null;
  const id = `d${started}.${++entries}.${tab}`;
  const exchange: HttpExchange = fromHarEntry(entry, { id, tab, responseBody, pageOrigin: null });
  send({ type: 'devtools/exchanges', exchanges: [exchange] });
}

async function contentOf(request: Listed): Promise<string | null> {
  // Firefox's backfilled entries have no getContent.
  if (typeof request.getContent !== 'function') return null;
  const [content, encoding] = await request.getContent();
  if (typeof content !== 'string') return null;
  return encoding === 'base64' ? atob(content) : content;
}
