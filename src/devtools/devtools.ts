/**
 * The devtools page: makes the panel, says that this tab is looked at, and hands the background what only the network
 * log shows: response bodies, and requests from when nobody else was there. It runs whether or not the panel is opened.
 */
import browser, { type Runtime } from 'webextension-polyfill';
import { type FromDevtools, PORTS, readToDevtools, type WantedResponse } from '../messages.ts';
import {
  fromHarEntry,
  type HarEntry,
  isBodyWorthReading,
  isWorthTelling,
  readHarEntry,
} from '../observe/har.ts';
import { networkLog, responseContent } from './network-log.ts';

/** Both browsers put a background to sleep after 30 s; a message in less keeps it awake. */
const KEEP_AWAKE_MS = 15_000;

/**
 * How finished requests are followed. Firefox tells of each as it ends, with its body. Chromium gives each request that
 * it tells of a number, and forgets all numbers as soon as the page's URL changes, be it by `history.replaceState`,
 * which apps call right after the token response: what it told of at once can't be read any more, then or later. So
 * Chromium is asked for its log when the background wants a body, and a moment later. That spares the page, too.
 */
const TELLS_EACH_REQUEST = browser.runtime.getURL('').startsWith('moz-extension:');
const SETTLE_MS = 400;

/** What was under way when the background was stopped may have been lost with it. */
const OVERLAP_MS = 2_000;

const tab = browser.devtools.inspectedWindow.tabId;
const started = Date.now();
let told = 0;
let wanted: WantedResponse[] = [];
let port: Runtime.Port = connect();

void browser.devtools.panels.create('Aud-it', '/icons/icon-32.png', '/src/panel/panel.html');
if (TELLS_EACH_REQUEST)
  browser.devtools.network.onRequestFinished.addListener((request) => void tell(request));
void backfill(0);
setInterval(() => send({ type: 'devtools/keep-awake' }), KEEP_AWAKE_MS);

function connect(): Runtime.Port {
  const connected = browser.runtime.connect({ name: PORTS.devtools });
  connected.onMessage.addListener((message: unknown) => {
    const asked = readToDevtools(message);
    if (asked === null || TELLS_EACH_REQUEST) return;
    wanted.push(asked.wanted);
    if (wanted.length === 1) setTimeout(() => void readWanted(), SETTLE_MS);
  });
  // The background was stopped: connecting wakes it, and it learns that somebody still looks.
  connected.onDisconnect.addListener(() => {
    port = connect();
    void backfill(Date.now() - OVERLAP_MS);
  });
  connected.postMessage({ type: 'devtools/observe', tab } satisfies FromDevtools);
  return connected;
}

function send(message: FromDevtools): void {
  port.postMessage(message);
}

/** Tells what the network log has from a time on, in ms since the epoch. What the background saw itself, it will know again. */
async function backfill(since: number): Promise<void> {
  for (const { request, entry } of await listed()) {
    if (Date.parse(entry.startedDateTime) >= since) await tell(request);
  }
}

async function tell(request: object): Promise<void> {
  const entry = readHarEntry(request);
  if (entry === null || !isWorthTelling(entry)) return;
  const responseBody = isBodyWorthReading(entry) ? await responseContent(request) : null;
  const id = `d${started}.${++told}.${tab}`;
  send({
    type: 'devtools/exchanges',
    exchanges: [fromHarEntry(entry, { id, tab, responseBody, pageOrigin: null })],
  });
}

/** Reads the bodies that the background asked for since. */
async function readWanted(): Promise<void> {
  const asked = wanted;
  wanted = [];
  const log = await listed();
  for (const { exchange: id, method, url, at } of asked) {
    const found = log
      .filter(({ entry: { request } }) => request.method === method && request.url === url)
      .sort((a, b) => distance(a.entry, at) - distance(b.entry, at))[0];
    if (found === undefined) continue;
    const responseBody = await responseContent(found.request);
    send({
      type: 'devtools/response',
      exchange: fromHarEntry(found.entry, { id, tab, responseBody, pageOrigin: null }),
    });
  }
}

async function listed(): Promise<readonly { readonly request: object; readonly entry: HarEntry }[]> {
  return (await networkLog()).flatMap((request) => {
    const entry = readHarEntry(request);
    return entry === null ? [] : [{ request, entry }];
  });
}

function distance(entry: HarEntry, at: number): number {
  return Math.abs(Date.parse(entry.startedDateTime) - at);
}
