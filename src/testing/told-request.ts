import type { HttpExchange, HttpHeader } from '../core/model/exchange.ts';
import { webOrigin } from '../core/syntax/url.ts';
import { fromHarFileEntry, type HarFileEntry, headerOf, NOTHING_CUT } from '../observe/har-entry.ts';
import { mayTeachByResponse } from '../observe/teaching.ts';

/** A request as a test tool tells it: Playwright, Puppeteer, or the browser's own protocol. */
export interface ToldRequest {
  /** Unique within the session. */
  readonly id: string;
  /** When it began, in ms since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  /** Its body as text; null where there is none, or it is not shown. */
  readonly postData: string | null;
  /** Chromium's name for what asked for it (`document`, `fetch`, `script` …); null where the tool doesn't tell. */
  readonly resourceType: string | null;
  /** The origin of the page, frame or worker that made it; for a document, of the page that it replaces or is framed by. */
  readonly pageOrigin: string | null;
}

export interface ToldResponse {
  readonly status: number;
  readonly headers: readonly HttpHeader[];
  /** null where there is none, or it was not read. */
  readonly body: string | null;
  /** True where it should have been read, and the browser no longer had it. */
  readonly isBodyLost: boolean;
}

/** True for what went over the network as a request of its own: no `data:` or `blob:` URL. */
export function isHttpUrl(url: string): boolean {
  return webOrigin(url) !== null;
}

/** The origin of a page by its URL; null for one that has none (`about:blank`, `data:`). */
export function originOfPage(url: string): string | null {
  return webOrigin(url);
}

/**
 * @param response null while it is under way
 * @returns the exchange, told and read as an entry of a HAR is: one way through for what was recorded and what is tested
 */
export function exchangeOf(
  { id, at, method, url, headers, postData, resourceType, pageOrigin }: ToldRequest,
  response: ToldResponse | null,
  sentMessages: readonly string[] = [],
): HttpExchange {
  const sentType = headerOf(headers, 'content-type');
  const hasUnseenBody = postData === null && Number(headerOf(headers, 'content-length') ?? 0) > 0;
  const entry: HarFileEntry = {
    startedDateTime: at,
    // The tools tell when a request began and when they were told of its answer, which may be long after it came.
    time: null,
    pageref: null,
    _resourceType: resourceType,
    // RFC 6455 §5.2: 1 is text.
    _webSocketMessages: sentMessages.map((data) => ({ type: 'send', opcode: 1, data })),
    request: {
      ...{ method, url, headers, cookies: [] },
      postData:
        postData === null && !hasUnseenBody
          ? null
          : { mimeType: sentType, text: postData, params: [], _file: null },
    },
    response: response === null ? null : responseOf(response),
  };
  return fromHarFileEntry(entry, { id, at, pageOrigin, inflate: () => null, cut: NOTHING_CUT });
}

function responseOf({ status, headers, body, isBodyLost }: ToldResponse): HarFileEntry['response'] {
  return {
    ...{ status, headers, cookies: [], redirectURL: null },
    content: {
      // What has a size and no text was lost.
      size: body?.length ?? (isBodyLost ? 1 : 0),
      mimeType: headerOf(headers, 'content-type'),
      text: body,
      encoding: null,
      _file: null,
    },
  };
}

/** True where the response's body may teach something: token responses and metadata. Reading each would slow the test. */
export function isBodyWorthReading(
  request: ToldRequest,
  { status, headers }: Pick<ToldResponse, 'status' | 'headers'>,
): boolean {
  if (status < 200 || status > 299 || status === 204) return false;
  if (!/json|jwt/i.test(headerOf(headers, 'content-type') ?? '')) return false;
  const { method, url, requestBody } = exchangeOf(request, null);
  return mayTeachByResponse({ method, url, requestBody });
}

/** The headers of an object that has them by name. */
export function headersOf(byName: Readonly<Record<string, string>>): readonly HttpHeader[] {
  return Object.entries(byName).map(([name, value]) => ({ name, value }));
}
