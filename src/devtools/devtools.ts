/**
 * The devtools page: makes the panel, says that this tab is looked at, and hands the background what only the network
 * log shows: response bodies, and requests from when nobody else was there. It runs whether or not the panel is opened.
 */
import '../language.ts';

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
import { pageStorage } from './page-storage.ts';
import { ReadBodies } from './read-bodies.ts';
import { RecentlyTold } from './recently-told.ts';

/** Both browsers put a background to sleep after 30 s; a message in less keeps it awake. */
const KEEP_AWAKE_MS = 15_000;

/**
 * How finished requests are followed. Firefox tells of each as it ends, with its body. Chromium gives each request that
 * it tells of a number, and forgets all numbers as soon as the page's URL changes, be it by `history.replaceState`,
 * which apps call right after the token response: what it told of at once can't be read any more, then or later. So
 * Chromium is asked for its log when the background wants something of it, and a moment later; and whatever body can teach
 * something is read as soon as it is told of, wanted or not yet. That spares the page, too.
 */
const TELLS_EACH_REQUEST = browser.runtime.getURL('').startsWith('moz-extension:');
const SETTLE_MS = 400;

/**
 * Only token responses are read as soon as that. Asked between a token response and the change of URL after it, the log would
 * cost its body: for metadata and cookies it is asked when the page has come to rest, or by the way.
 */
const REST_MS = 2_000;
const REST_AT_MOST_MS = 10_000;

/** A response that the log does not have by then, counted from its request, it never will. */
const LISTED_WITHIN_MS = 10_000;

/** What a page says first over a WebSocket, it says by then. */
const WEB_SOCKET_MS = 5_000;

/**
 * What was under way when the background was stopped may have been lost with it, and that it stopped may be told late. What was
 * told is told again: the log may not have its body any more. Chromium's log is also asked, twice: a request may be in it only
 * when it ends. Firefox loses for good the entries of requests that are under way while its log is asked for.
 */
const LOST_WITHIN_MS = 10_000;
const ASK_AGAIN_MS = 2_000;

const tab = browser.devtools.inspectedWindow.tabId;
const started = Date.now();
let told = 0;
let wanted: WantedResponse[] = [];
/** More than these at once are not answered: what is not seen is counted. */
const MAX_WANTED = 1_000;
const read = new ReadBodies();
const recentlyTold = new RecentlyTold<FromDevtools>(LOST_WITHIN_MS);
let reading: ReturnType<typeof setTimeout> | undefined;
let readBy = Number.POSITIVE_INFINITY;
let port: Runtime.Port = connect();

void browser.devtools.panels.create('Aud-it', '/icons/icon-32.png', '/src/panel/panel.html');
if (TELLS_EACH_REQUEST)
  browser.devtools.network.onRequestFinished.addListener((request) => void tell(request));
void backfill(0);
browser.devtools.network.onNavigated.addListener(() => void tellStorage());
void tellStorage();
setInterval(() => send({ type: 'devtools/keep-awake' }), KEEP_AWAKE_MS);

function connect(): Runtime.Port {
  const connected = browser.runtime.connect({ name: PORTS.devtools });
  connected.onMessage.addListener((message: unknown) => {
    const asked = readToDevtools(message);
    if (asked?.type === 'devtools/read-storage') void tellStorage();
    if (asked?.type !== 'devtools/read' || TELLS_EACH_REQUEST) return;
    readSoon(asked.wanted);
    if (/^wss?:/.test(asked.wanted.url)) setTimeout(() => readSoon(asked.wanted), WEB_SOCKET_MS);
  });
  // The background was stopped: connecting wakes it, and it learns that somebody still looks.
  connected.onDisconnect.addListener(() => {
    try {
      port = connect();
    } catch {
      // The extension was reloaded or removed: this page belongs to the one that is gone.
      return;
    }
    const now = Date.now();
    for (const message of recentlyTold.messages(now)) send(message);
    if (TELLS_EACH_REQUEST) return;
    const since = now - LOST_WITHIN_MS;
    void backfill(since);
    setTimeout(() => void backfill(since), ASK_AGAIN_MS);
  });
  connected.postMessage({ type: 'devtools/observe', tab } satisfies FromDevtools);
  return connected;
}

function send(message: FromDevtools): void {
  try {
    port.postMessage(message);
  } catch {
    // The background is stopping; what is told now, the log tells again once it is back.
  }
}

/** Tells what the network log has from a time on, in ms since the epoch. What the background saw itself, it will know again. */
async function backfill(since: number): Promise<void> {
  for (const { request, entry } of await listed()) {
    if (Date.parse(entry.startedDateTime) >= since) await tell(request);
  }
}

/** Tells what client libraries keep in the page's storage: also from before we were there. */
async function tellStorage(): Promise<void> {
  const storage = await pageStorage();
  if (storage !== null) send({ type: 'devtools/storage', ...storage, at: Date.now() });
}

async function tell(request: object): Promise<void> {
  const entry = readHarEntry(request);
  if (entry === null || !isWorthTelling(entry)) return;
  const isAsked = isBodyWorthReading(entry);
  if (isAsked) noteRead(entry);
  const responseBody = isAsked ? await responseContent(request) : null;
  const id = `d${started}.${++told}.${tab}`;
  const message: FromDevtools = {
    type: 'devtools/exchanges',
    exchanges: [fromHarEntry(entry, { id, tab, responseBody, isRead: isAsked, pageOrigin: null })],
  };
  sendAndNote(message);
}

function sendAndNote(message: FromDevtools): void {
  recentlyTold.note(message, Date.now());
  send(message);
}

function noteRead(entry: HarEntry): void {
  read.note(nameOf(entry), Date.parse(entry.startedDateTime));
}

function isRead(entry: HarEntry): boolean {
  return read.has(nameOf(entry), Date.parse(entry.startedDateTime));
}

function nameOf({ startedDateTime, request }: HarEntry): string {
  return `${startedDateTime} ${request.method} ${request.url}`;
}

function readSoon(one: WantedResponse): void {
  const now = Date.now();
  if (wanted.length === 0) readBy = now + REST_AT_MOST_MS;
  if (wanted.length >= MAX_WANTED) {
    giveUp(one);
    return;
  }
  wanted.push(one);
  const isUrgent = mayIssueTokens(one);
  if (!isUrgent && wanted.some(mayIssueTokens)) return;
  clearTimeout(reading);
  reading = setTimeout(() => void readWanted(), Math.min(readBy - now, isUrgent ? SETTLE_MS : REST_MS));
}

function mayIssueTokens({ method, body }: WantedResponse): boolean {
  return body && method === 'POST';
}

/** Reads what the background asked for since, and at the same time what it will ask for next. */
async function readWanted(): Promise<void> {
  const asked = wanted;
  wanted = [];
  const log = await listed();
  const byRequest = new Map<string, Logged[]>();
  for (const logged of log) {
    const { method, url } = logged.entry.request;
    const same = byRequest.get(`${method} ${url}`);
    if (same === undefined) byRequest.set(`${method} ${url}`, [logged]);
    else same.push(logged);
  }
  const answers = asked.map((one) => answer(one, nearest(byRequest, one)));
  const others = log.filter(({ entry }) => isBodyWorthReading(entry) && !isRead(entry));
  await Promise.all([...answers, ...others.map(({ request }) => tell(request))]);
}

async function answer(one: WantedResponse, found: Logged | null): Promise<void> {
  const { exchange: id, at, body } = one;
  // The log may have an entry before it has its response, and a response before it has an entry.
  const isListed = found !== null && found.entry.response.status > 0;
  if (body && !isListed && Date.now() - at < LISTED_WITHIN_MS) return readSoon(one);
  if (found === null) {
    giveUp(one);
    return;
  }
  if (!body && !isWorthTelling(found.entry)) return;
  if (body) noteRead(found.entry);
  const responseBody = body ? await responseContent(found.request) : null;
  const exchange = fromHarEntry(found.entry, { id, tab, responseBody, isRead: body, pageOrigin: null });
  sendAndNote({ type: 'devtools/response', exchange });
}

/** The log does not have it, and never will: what its body could have taught is counted as not seen. */
function giveUp({ exchange: id, method, url, at, body }: WantedResponse): void {
  if (!body) return;
  const unseen = { form: 'unseen', reason: 'body_not_available' } as const;
  send({
    type: 'devtools/response',
    exchange: {
      ...{ id, at, tab, method, url, initiator: null, destination: 'subresource', witness: 'devtools' },
      ...{ requestHeaders: [], requestBody: { form: 'none' } },
      response: { status: 0, headers: [], body: unseen },
    },
  });
}

interface Logged {
  readonly request: object;
  readonly entry: HarEntry;
}

function nearest(
  byRequest: ReadonlyMap<string, readonly Logged[]>,
  { method, url, at }: WantedResponse,
): Logged | null {
  // The network log has URLs without their fragments.
  const same = byRequest.get(`${method} ${url.replace(/#.*$/s, '')}`) ?? [];
  return [...same].sort((a, b) => distance(a.entry, at) - distance(b.entry, at))[0] ?? null;
}

async function listed(): Promise<readonly Logged[]> {
  return (await networkLog()).flatMap((request) => {
    const entry = readHarEntry(request);
    return entry === null ? [] : [{ request, entry }];
  });
}

function distance(entry: HarEntry, at: number): number {
  return Math.abs(Date.parse(entry.startedDateTime) - at);
}
