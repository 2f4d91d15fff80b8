import * as v from 'valibot';
import type { HttpExchange, UnseenReason } from '../core/model/exchange.ts';
import { type HarDocument, type HarProblem, problemAt, type Slice, scanHar } from './har-document.ts';
import {
  fromHarFileEntry,
  type HarFileEntry,
  headerOf,
  type Inflate,
  isDocument,
  isHttp,
  originOf,
  readHarFileEntry,
  startOf,
} from './har-entry.ts';
import { isSanitised } from './har-sanitised.ts';

export type { HarProblem } from './har-document.ts';
export type { Inflate } from './har-entry.ts';

/** What a HAR file told. */
export interface HarReading {
  /** In the order in which the requests began; `index` is the place in `log.entries`. */
  readonly exchanges: readonly { readonly index: number; readonly exchange: HttpExchange }[];
  /** How many entries the file has, read or not. */
  readonly entries: number;
  readonly unseen: readonly { readonly reason: UnseenReason; readonly count: number }[];
  /** The file is broken from here on: what stands before was read. */
  readonly problem: HarProblem | null;
  /** The first entry that could not be read; the rest of the file was. */
  readonly malformed: HarProblem | null;
}

/**
 * Reads a HAR 1.2 file as Chromium, Firefox, Playwright, Charles and mitmproxy write it. Never throws: what can't be
 * read is counted, and named with its place.
 * @param text the file, decoded
 * @param idOf names the exchange of an entry within the session
 */
export function readHar(
  text: string,
  { idOf, inflate }: { readonly idOf: (index: number) => string; readonly inflate: Inflate },
): HarReading {
  const har = scanHar(text);
  const unseen = new Map<UnseenReason, number>();
  const count = (reason: UnseenReason, times = 1) => unseen.set(reason, (unseen.get(reason) ?? 0) + times);
  let malformed: HarProblem | null = null;
  const told = har.entries.flatMap((slice, index) => {
    const entry = readHarFileEntry(parsed(text, slice));
    if (entry !== null) return isHttp(entry) ? [{ index, entry }] : [];
    count('entry_malformed');
    malformed ??= problemAt(text, slice.start, `entry ${index} is no request with a URL`);
    return [];
  });
  const entries = timed(told);
  if (told.length > entries.length) {
    count('entry_malformed', told.length);
    malformed ??= problemAt(text, har.entries[0]?.start ?? 0, 'no entry says when it began');
  }
  const pages = pageOrigins(text, har, entries);
  const exchanges = entries.map(({ index, entry, at }) => ({
    index,
    exchange: fromHarFileEntry(entry, {
      ...{ id: idOf(index), at, inflate },
      pageOrigin: entry.pageref === null ? null : (pages.get(entry.pageref) ?? null),
    }),
  }));
  for (const { exchange } of exchanges) {
    if (exchange.response?.body.form === 'unseen') count(exchange.response.body.reason);
  }
  const creator = har.creator === null ? null : parsed(text, har.creator);
  if (
    isSanitised(
      creatorName(creator),
      entries.map(({ entry }) => entry),
      exchanges,
    )
  ) {
    count('har_sanitised', exchanges.length);
  }
  return {
    exchanges: exchanges.sort((a, b) => a.exchange.at - b.exchange.at || a.index - b.index),
    entries: har.entries.length,
    unseen: [...unseen].map(([reason, times]) => ({ reason, count: times })),
    problem: har.problem,
    malformed,
  };
}

interface Told {
  readonly index: number;
  readonly entry: HarFileEntry;
}

/** Who doesn't say when it began, began when the one before it did (or, failing that, the one after it). */
function timed(told: readonly Told[]): readonly (Told & { readonly at: number })[] {
  let last = told.map(({ entry }) => startOf(entry)).find((at) => at !== null) ?? null;
  if (last === null) return [];
  return told.map((one) => {
    const at = startOf(one.entry) ?? last ?? 0;
    last = at;
    return { ...one, at };
  });
}

/** The origin of each page: Chromium writes its URL into the title; elsewhere its first document tells. */
function pageOrigins(
  text: string,
  har: HarDocument,
  entries: readonly (Told & { readonly at: number })[],
): ReadonlyMap<string, string> {
  const origins = new Map<string, string>();
  for (const slice of har.pages) {
    const page = v.safeParse(v.object({ id: v.string(), title: v.string() }), parsed(text, slice));
    const origin = page.success ? originOf(page.output.title) : null;
    if (page.success && origin !== null) origins.set(page.output.id, origin);
  }
  for (const { entry } of entries) {
    const { pageref, request, response } = entry;
    if (pageref === null || origins.has(pageref) || !isDocument(entry) || response?.status !== 200) continue;
    const origin = originOf(request.url);
    if (origin !== null && headerOf(request.headers, 'sec-fetch-dest') !== 'iframe')
      origins.set(pageref, origin);
  }
  return origins;
}

function creatorName(creator: unknown): string {
  const result = v.safeParse(v.object({ name: v.string() }), creator);
  return result.success ? result.output.name : '';
}

/** @returns the value, undefined for what is no JSON */
function parsed(text: string, { start, end }: Slice): unknown {
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    return undefined;
  }
}

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so (some Windows tools).
 * @returns null where the file is an archive or a compressed one
 */
export function decodeHar(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if ((first === 0x50 && second === 0x4b) || (first === 0x1f && second === 0x8b)) return null;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
