import * as v from 'valibot';
import type { HttpBody, HttpExchange, HttpHeader, HttpResponse } from '../core/model/exchange.ts';
import { parseUrl, webOrigin } from '../core/syntax/url.ts';
import { destinationOf } from './destination.ts';
import { took } from './har.ts';
import { sentMessages, webSocketMessages } from './har-messages.ts';
import type { CutTexts } from './har-scanner.ts';
import { mayTeachByResponse } from './teaching.ts';
import { MAX_BODY_BYTES, textBody } from './web-request.ts';

export { NOTHING_CUT } from './har-scanner.ts';

const text = v.fallback(v.nullable(v.string()), null);

function list<T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> {
  const items = v.pipe(
    v.array(v.unknown()),
    v.transform((values) =>
      values.flatMap((value) => {
        const read = v.safeParse(item, value);
        return read.success ? [read.output] : [];
      }),
    ),
  );
  return v.fallback(items, []);
}

const pairs: v.GenericSchema<unknown, readonly HttpHeader[]> = list(
  v.object({ name: v.string(), value: v.fallback(v.string(), '') }),
);

/**
 * An entry of a HAR file: the members that are read. Only the request's URL must be there; browsers and proxies leave
 * out or misspell the rest now and then.
 */
const entrySchema = v.object({
  startedDateTime: v.fallback(v.nullable(v.union([v.string(), v.number()])), null),
  time: took,
  pageref: text,
  _resourceType: text,
  _webSocketMessages: webSocketMessages,
  request: v.object({
    method: v.fallback(v.string(), 'GET'),
    url: v.string(),
    headers: pairs,
    cookies: pairs,
    postData: v.fallback(v.nullable(v.object({ mimeType: text, text, params: pairs, _file: text })), null),
  }),
  response: v.fallback(
    v.nullable(
      v.object({
        status: v.fallback(v.number(), 0),
        headers: pairs,
        cookies: pairs,
        redirectURL: text,
        content: v.fallback(
          v.nullable(
            v.object({ size: v.fallback(v.number(), 0), mimeType: text, text, encoding: text, _file: text }),
          ),
          null,
        ),
      }),
    ),
    null,
  ),
});

export type HarFileEntry = v.InferOutput<typeof entrySchema>;

/** Undoes a content coding (RFC 9110 §8.4.1) of bounded size; null where it can't. */
export type Inflate = (bytes: Uint8Array, coding: string) => Uint8Array | null;

/** Gives a body that Playwright put into a file beside the HAR (its `_file`); null where it is not there. */
export type Attached = (name: string) => Uint8Array | null;

/** Nothing stands beside it. */
export const NOTHING_ATTACHED: Attached = () => null;

/** @returns the entry, null for what names no URL */
export function readHarFileEntry(value: unknown): HarFileEntry | null {
  const result = v.safeParse(entrySchema, value);
  return result.success ? result.output : null;
}

/** True for what went over the network as a request of its own: no tunnel, no `data:` URL, nothing of an extension. */
export function isHttp({ request }: HarFileEntry): boolean {
  if (request.method.toUpperCase() === 'CONNECT') return false;
  // Whether it can be parsed costs far less than its parts, which are not asked for before its turn comes.
  return /^(?:https?|wss?):/i.test(request.url) ? URL.canParse(request.url) : webOrigin(request.url) !== null;
}

/** @returns ms since the epoch, null where the entry doesn't say */
export function startOf({ startedDateTime }: HarFileEntry): number | null {
  const at =
    typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : (startedDateTime ?? Number.NaN);
  return Number.isNaN(new Date(at).getTime()) ? null : at;
}

/** A document that replaces the page or a frame: by Fetch Metadata, the browser's own mark, or what it accepts. */
export function isDocument({ request, _resourceType }: HarFileEntry): boolean {
  const told = headerOf(request.headers, 'sec-fetch-dest');
  if (told !== null) return /^(?:document|iframe|frame)$/.test(told);
  if (_resourceType !== null) return _resourceType === 'document';
  return /^\s*text\/html/i.test(headerOf(request.headers, 'accept') ?? '');
}

/**
 * @param pageOrigin the origin of the page that the entry belongs to, for requests that don't say theirs
 * @param cut gives the texts of bodies that are read
 */
export function fromHarFileEntry(
  entry: HarFileEntry,
  {
    id,
    at,
    pageOrigin,
    inflate,
    cut,
    attached = NOTHING_ATTACHED,
  }: {
    id: string;
    at: number;
    pageOrigin: string | null;
    inflate: Inflate;
    cut: CutTexts;
    attached?: Attached;
  },
): HttpExchange {
  const { request, _resourceType } = entry;
  const isPage = isDocument(entry);
  const type = headerOf(request.headers, 'sec-fetch-dest') ?? _resourceType ?? '';
  const messages = sentMessages(entry);
  const requestBody = requestBodyOf(request, cut, attached);
  const { method, url } = request;
  return {
    ...{ id, at, method, url, requestBody },
    witness: 'har',
    tab: null,
    initiator:
      originOf(headerOf(request.headers, 'origin')) ??
      originOf(headerOf(request.headers, 'referer')) ??
      (isPage ? null : pageOrigin),
    destination: isPage ? 'document' : destinationOf(type),
    requestHeaders: withCookies(request),
    response: responseOf(entry, mayTeachByResponse({ method, url, requestBody }), { inflate, cut, attached }),
    ...(messages.length > 0 ? { sentMessages: messages } : {}),
  };
}

export function headerOf(headers: readonly HttpHeader[], wanted: string): string | null {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? null;
}

/** Some tools write cookies into a list of their own alone. */
function withCookies({ headers, cookies }: HarFileEntry['request']): readonly HttpHeader[] {
  if (cookies.length === 0 || headerOf(headers, 'cookie') !== null) return headers;
  const value = cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
  return [...headers, { name: 'Cookie', value }];
}

function requestBodyOf(
  { headers, postData }: HarFileEntry['request'],
  { restore }: CutTexts,
  attached: Attached,
): HttpBody {
  if (postData === null) return { form: 'none' };
  if (postData.text !== null && postData.text !== '') {
    const sent = restore(postData.text);
    if (sent === null) return { form: 'unseen', reason: 'body_malformed' };
    return textBody(postData.mimeType ?? headerOf(headers, 'content-type') ?? '', sent);
  }
  if (postData.params.length > 0) {
    return {
      form: 'fields',
      fields: postData.params.map(({ name, value }) => ({ name, value: plain(value) })),
    };
  }
  if (postData._file !== null) {
    return fileBody(postData._file, postData.mimeType ?? headerOf(headers, 'content-type') ?? '', attached);
  }
  // Some tools write an empty body where there is none, and some where they left it out.
  return Number(headerOf(headers, 'content-length') ?? 0) > 0
    ? { form: 'unseen', reason: 'body_not_available' }
    : { form: 'none' };
}

function fileBody(name: string, mediaType: string, attached: Attached): HttpBody {
  const bytes = attached(name);
  if (bytes === null) return { form: 'unseen', reason: 'body_not_available' };
  return bytes.length === 0 ? { form: 'none' } : textBody(mediaType, new TextDecoder().decode(bytes));
}

/** Some tools write parameters as they were sent. */
function plain(value: string): string {
  if (!/%[0-9a-f]{2}/i.test(value)) return value;
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

/** Bodies in which a token or metadata may stand. Scripts, styles and pictures are not held. */
const READABLE = /json|jwt|jose|html|xml|text\/plain|x-www-form-urlencoded|^$/i;

function responseOf(
  { response, time }: HarFileEntry,
  mayTeach: boolean,
  { inflate, cut, attached }: { inflate: Inflate; cut: CutTexts; attached: Attached },
): HttpResponse | null {
  // A request without an answer: cancelled, blocked, or still under way.
  if (response === null || response.status < 100) return null;
  const { status, headers: told, redirectURL, content } = response;
  const isNamed = redirectURL !== null && redirectURL !== '' && headerOf(told, 'location') === null;
  const headers = isNamed ? [...told, { name: 'Location', value: redirectURL }] : told;
  const mediaType = content?.mimeType ?? headerOf(headers, 'content-type') ?? '';
  const file = mayTeach ? (content?._file ?? null) : null;
  const isRead = READABLE.test(mediaType) || mayTeach;
  const inline = isRead ? bodyOf(response, mediaType, inflate, cut) : null;
  const body = inline ?? (file === null ? null : fileBody(file, mediaType, attached));
  const isUnseen = body === null && mayTeach && (content?.size ?? 0) > 0;
  const unseen = { form: 'unseen', reason: 'body_not_available' } as const;
  return {
    ...{ status, headers, body: body ?? (isUnseen ? unseen : { form: 'none' }) },
    ...(time === null ? {} : { tookMs: time }),
  };
}

/** HAR has bodies decoded, but some tools leave the content coding on, and write the bytes as base64. */
function bodyOf(
  { headers, content }: NonNullable<HarFileEntry['response']>,
  mediaType: string,
  inflate: Inflate,
  cut: CutTexts,
): HttpBody | null {
  if (content === null || content.text === null || content.text === '') return null;
  const isBase64 = content.encoding?.toLowerCase() === 'base64';
  if (!isBase64 && saysNothing(content.text, mediaType, cut)) return { form: 'none' };
  const text = cut.restore(content.text);
  if (text === null) return { form: 'unseen', reason: 'body_malformed' };
  if (!isBase64) return textBody(mediaType, text);
  const bytes = bytesOf(text);
  if (bytes === null) return { form: 'unseen', reason: 'body_malformed' };
  const coding = headerOf(headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  const isPlain = coding === '' || coding === 'identity' || startsLikeJson(bytes);
  const plainBytes = isPlain ? bytes : (inflate(bytes, coding) ?? bytes);
  return textBody(mediaType, new TextDecoder().decode(plainBytes));
}

/**
 * True for a long text from which nobody learns, such as a document's: of answers, only JSON objects and signed ones are
 * read. What begins with white space or an escape, or is too large to be held, is left to those who look closer.
 */
function saysNothing(text: string, mediaType: string, { peek }: CutTexts): boolean {
  const told = peek(text);
  if (told === null || told.length > MAX_BODY_BYTES || /jwt/i.test(mediaType)) return false;
  const { first } = told;
  return first > 0x20 && first < 0x7f && first !== 0x7b && first !== 0x5c;
}

function startsLikeJson(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b || bytes[0] === 0x5b;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

export function originOf(url: string | null): string | null {
  const parsed = url === null || !/^https?:/i.test(url) ? null : parseUrl(url);
  return parsed === null ? null : parsed.origin;
}
