import * as v from 'valibot';
import type { HttpExchange, UnseenReason } from '../core/model/exchange.ts';
import { t } from '../core/text.ts';
import { Utf8Stream } from './har-encoding.ts';
import {
  type Attached,
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
import { SanitisedSigns } from './har-sanitised.ts';
import {
  type CutTexts,
  type HarPart,
  type HarProblem,
  HarScanner,
  MAX_ENTRY_BYTES,
  NOTHING_CUT,
} from './har-scanner.ts';
import { RedirectFragments } from './redirect-fragments.ts';
import { StartOrder, type Waiting } from './start-order.ts';

export { FORM_BYTES, formOf } from './har-encoding.ts';
export type { Attached, Inflate } from './har-entry.ts';
export type { HarProblem } from './har-scanner.ts';
export { MAX_BODY_BYTES } from './web-request.ts';

/** An exchange of a HAR, with its place there. */
export interface HarExchange {
  /** The place in `log.entries`. */
  readonly index: number;
  /** The line on which the entry begins, from 1. */
  readonly line: number;
  readonly exchange: HttpExchange;
}

/** What a HAR file told beside its exchanges. */
export interface HarSummary {
  /** How many entries the file has, read or not. */
  readonly entries: number;
  readonly unseen: readonly { readonly reason: UnseenReason; readonly count: number }[];
  /** The file is broken from here on: what stands before was read. */
  readonly problem: HarProblem | null;
  /** The first entry that could not be read; the rest of the file was. */
  readonly malformed: HarProblem | null;
  /** What is to be known of the file as a whole, for people. */
  readonly note: string | null;
}

export interface HarReading extends HarSummary {
  /** In the order in which the requests began. */
  readonly exchanges: readonly HarExchange[];
}

export interface HarOptions {
  /** Names the exchange of an entry within the session. */
  readonly idOf: (index: number) => string;
  readonly inflate: Inflate;
  /** Default: nothing stands beside the file. */
  readonly attached?: Attached;
}

/** As har-report.ts signs. */
const OURS = 'aud-it';
const REDACTED_BY_US = t`Aud-it redacted it, so its tokens are gone: what was found in that session stands in its JSON export`;

/** Entries that may stand before the first that says when it began. */
const MAX_UNTIMED = 1000;
/** Pages of one session: more than any real one has. */
const MAX_PAGES = 10_000;

/**
 * Reads a HAR 1.2 file as Chromium, Firefox, Playwright, Charles and mitmproxy write it, piece by piece: of a file of any
 * size, only the entries that wait for their turn are held. Never throws: what can't be read is counted, and named with
 * its place.
 */
export class HarReader {
  readonly #options: HarOptions;
  readonly #utf8 = new Utf8Stream();
  readonly #scanner = new HarScanner((part) => this.#part(part));
  readonly #signs = new SanitisedSigns();
  readonly #order: StartOrder;
  readonly #fragments = new RedirectFragments();
  readonly #unseen = new Map<UnseenReason, number>();
  readonly #origins = new Map<string, string>();
  #untimed: Told[] = [];
  /** When the last one began that said so. */
  #last: number | null = null;
  #creator = '';
  #exchanges = 0;
  #malformed: HarProblem | null = null;
  #isNoText = false;

  /** @param take is handed each exchange, in the order in which they began (within a window, in a large file) */
  constructor(options: HarOptions, take: (exchange: HarExchange) => void) {
    this.#options = options;
    this.#order = new StartOrder((waiting) => take(this.#placed(waiting)));
  }

  /** @param bytes the next piece; the caller may use it again */
  push(bytes: Uint8Array): void {
    if (this.#isNoText) return;
    const text = this.#utf8.push(bytes);
    if (text === null) this.#isNoText = true;
    else this.#scanner.push(text);
  }

  end(): HarSummary {
    const rest = this.#isNoText ? null : this.#utf8.end();
    if (rest === null) {
      const problem = { text: t`it is an archive or compressed: unpack it first`, line: 1, column: 1 };
      return { entries: 0, unseen: [], problem, malformed: null, note: null };
    }
    this.#scanner.push(rest);
    const problem = this.#scanner.end();
    for (const told of this.#untimed) this.#lose(told, t`no entry says when it began`);
    this.#order.end();
    if (this.#signs.isSanitised(this.#creator)) this.#count('har_sanitised', this.#exchanges);
    return {
      entries: this.#scanner.entries,
      unseen: [...this.#unseen].map(([reason, count]) => ({ reason, count })),
      ...{ problem, malformed: this.#malformed, note: this.#creator === OURS ? REDACTED_BY_US : null },
    };
  }

  #count(reason: UnseenReason, times = 1): void {
    if (times > 0) this.#unseen.set(reason, (this.#unseen.get(reason) ?? 0) + times);
  }

  #lose({ line, column }: Pick<HarPart, 'line' | 'column'>, text: string): void {
    this.#count('entry_malformed');
    this.#malformed ??= { text, line, column };
  }

  #part(part: HarPart): void {
    if (part.kind === 'entry') this.#entry(part);
    else if (part.kind === 'page') this.#page(parsed(part.text));
    else this.#creator = creatorName(parsed(part.text));
  }

  #entry({ index, text, line, column, cut }: HarPart): void {
    if (text === null) {
      const limit = `${MAX_ENTRY_BYTES / 1_048_576} MiB`;
      this.#lose({ line, column }, t`entry ${index} is larger than ${limit}, or nested too deeply`);
      return;
    }
    const entry = readHarFileEntry(parsed(text));
    if (entry === null) this.#lose({ line, column }, t`entry ${index} is no request with a URL`);
    if (entry === null || !isHttp(entry)) return;
    const own = startOf(entry);
    if (own === null && this.#last === null) {
      if (this.#untimed.length < MAX_UNTIMED)
        this.#untimed.push({ index, line, column, entry: restored(entry, cut), cut: NOTHING_CUT });
      else this.#lose({ line, column }, t`entry ${index} does not say when it began`);
      return;
    }
    // Who doesn't say when it began, began when the one before it did (or, failing that, the one after it).
    const at = own ?? this.#last ?? 0;
    this.#last = at;
    const untimed = this.#untimed;
    this.#untimed = [];
    for (const told of [...untimed, { index, line, column, entry, cut }]) this.#told(told, at);
  }

  #told({ index, line, entry, cut }: Told, at: number): void {
    this.#noteDocument(entry);
    const { inflate, idOf, attached } = this.#options;
    // The page's origin is looked up when its turn comes: it may be told later.
    const exchange = fromHarFileEntry(entry, {
      ...{ id: idOf(index), at, inflate, pageOrigin: null, cut },
      ...(attached === undefined ? {} : { attached }),
    });
    this.#exchanges++;
    this.#signs.note(entry, exchange);
    const body = exchange.response?.body;
    if (body?.form === 'unseen') this.#count(body.reason);
    this.#order.push({ index, line, pageref: entry.pageref, exchange });
  }

  #placed({ index, line, pageref, exchange: told }: Waiting): HarExchange {
    const exchange = this.#fragments.follow(told);
    const isUntold = exchange.initiator === null && exchange.destination !== 'document' && pageref !== null;
    const initiator = isUntold ? (this.#origins.get(pageref) ?? null) : exchange.initiator;
    return { index, line, exchange: isUntold ? { ...exchange, initiator } : exchange };
  }

  /** Chromium writes a page's URL into its title. */
  #page(value: unknown): void {
    const page = v.safeParse(PAGE, value);
    const origin = page.success ? originOf(page.output.title) : null;
    if (page.success && origin !== null && this.#origins.size < MAX_PAGES) {
      this.#origins.set(page.output.id, origin);
    }
  }

  /** Elsewhere its first document tells the page's origin. */
  #noteDocument(entry: HarFileEntry): void {
    const { pageref, request, response } = entry;
    if (pageref === null || this.#origins.has(pageref) || response?.status !== 200) return;
    if (!isDocument(entry) || this.#origins.size >= MAX_PAGES) return;
    const origin = originOf(request.url);
    if (origin !== null && headerOf(request.headers, 'sec-fetch-dest') !== 'iframe') {
      this.#origins.set(pageref, origin);
    }
  }
}

interface Told {
  readonly index: number;
  readonly line: number;
  readonly column: number;
  readonly entry: HarFileEntry;
  readonly cut: CutTexts;
}

/** The entry with the texts of its bodies, for one that waits. */
function restored(entry: HarFileEntry, { restore }: CutTexts): HarFileEntry {
  const { request, response } = entry;
  const { postData } = request;
  const content = response?.content ?? null;
  const of = (text: string | null) => (text === null ? null : restore(text));
  return {
    ...entry,
    request: { ...request, postData: postData === null ? null : { ...postData, text: of(postData.text) } },
    response:
      response === null || content === null
        ? response
        : { ...response, content: { ...content, text: of(content.text) } },
  };
}

const PAGE = v.object({ id: v.string(), title: v.string() });
const CREATOR = v.object({ name: v.string() });

function creatorName(creator: unknown): string {
  const result = v.safeParse(CREATOR, creator);
  return result.success ? result.output.name : '';
}

/** @returns the value, undefined for what is no JSON */
function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a whole file at once, for what is in memory anyway. Never throws.
 * @param file its octets, or its text
 */
export function readHar(file: Uint8Array | string, options: HarOptions): HarReading {
  const exchanges: HarExchange[] = [];
  const reader = new HarReader(options, (exchange) => exchanges.push(exchange));
  reader.push(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  return { ...reader.end(), exchanges };
}
