import * as v from 'valibot';
import type { HttpBody, HttpExchange, HttpHeader } from '../core/model/exchange.ts';
import { destinationOf } from './destination.ts';
import { sentMessages, webSocketMessages } from './har-messages.ts';
import { mayTeachByResponse } from './teaching.ts';
import { textBody } from './web-request.ts';

/** How long an entry took, in ms; what is no such number says nothing. */
export const took: v.GenericSchema<unknown, number | null> = v.fallback(
  v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  null,
);

const headers = v.optional(v.array(v.object({ name: v.string(), value: v.fallback(v.string(), '') })), []);

/** An entry of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/#entries): the members that the audit reads. */
const entrySchema = v.object({
  startedDateTime: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  time: took,
  _resourceType: v.optional(v.string()),
  _webSocketMessages: webSocketMessages,
  request: v.object({
    method: v.string(),
    url: v.string(),
    headers,
    postData: v.nullish(
      v.object({
        mimeType: v.fallback(v.string(), ''),
        text: v.nullish(v.string()),
        params: v.nullish(v.array(v.object({ name: v.string(), value: v.nullish(v.string()) }))),
      }),
    ),
  }),
  response: v.object({ status: v.number(), headers }),
});

export type HarEntry = v.InferOutput<typeof entrySchema>;

/** @returns the entry, null for what is none (a browser's extra members are ignored) */
export function readHarEntry(value: unknown): HarEntry | null {
  const result = v.safeParse(entrySchema, value);
  return result.success ? result.output : null;
}

/** Headers that never hold a token which the audit reads from here, and are too dear or too private to pass on. */
const LEFT_OUT =
  /^(?:set-cookie|user-agent|accept.*|sec-(?!websocket-protocol$).*|if-.*|cache-control|pragma)$/i;

/** The beginning of a JWT or of JSON, in base64url, and again so wrapped. */
const WRAPPED = /ey[A-DI-L]|ew[k-r0-3]|WyJ|W3s|ZXlK|ZXdv/;

/** Signs of a request that carries or teaches something; the rest stays where it is. */
const WORTH_TELLING = /eyJ|token|client_id|grant_type|\.well-known/;

/**
 * True for an entry that the audit may learn from. Most of a page's requests are none, and passing each on would slow
 * the page.
 */
export function isWorthTelling(entry: HarEntry): boolean {
  const { request, response } = entry;
  if (request.headers.some((header) => /^authorization$/i.test(header.name) || holdsToken(header)))
    return true;
  return (
    WORTH_TELLING.test(request.url) ||
    WORTH_TELLING.test(request.postData?.text ?? '') ||
    WORTH_TELLING.test(locationOf(response.headers)) ||
    response.headers.some(isResourceChallenge) ||
    sentMessages(entry).length > 0 ||
    isFormPost(request)
  );
}

function holdsToken({ name, value }: HttpHeader): boolean {
  return WRAPPED.test(value) || (/^sec-websocket-protocol$/i.test(name) && /bearer|token/i.test(value));
}

/** Cookies are passed on where a token may be among them. */
function isPassedOn(header: HttpHeader): boolean {
  return /^cookie$/i.test(header.name) ? holdsToken(header) : !LEFT_OUT.test(header.name);
}

function locationOf(headers: readonly HttpHeader[]): string {
  return headerValue(headers, 'location') ?? '';
}

/**
 * True where the response's body can teach something: token responses and metadata. Reading each body would slow the
 * page.
 */
export function isBodyWorthReading({ request, response }: HarEntry): boolean {
  const mediaType = response.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  if (response.status < 200 || response.status >= 300 || !/json|jwt/i.test(mediaType)) return false;
  return mayTeachByResponse({
    method: request.method,
    url: request.url,
    requestBody: requestBodyOf(request),
  });
}

/**
 * @param id names the exchange within the session
 * @param responseBody as getContent gave it; null where it was not asked for, or is lost
 * @param isRead true where it was asked for
 * @param pageOrigin the origin of the inspected page, for requests that don't say theirs
 */
export function fromHarEntry(
  entry: HarEntry,
  {
    id,
    tab,
    responseBody,
    isRead = false,
    pageOrigin,
  }: { id: string; tab: number; responseBody: string | null; isRead?: boolean; pageOrigin: string | null },
): HttpExchange {
  const { startedDateTime, time, request, response, _resourceType } = entry;
  // Fetch Metadata (Sec-Fetch-Dest) where the browser sent it; Chromium's own mark elsewhere.
  const destination = destinationOf(headerValue(request.headers, 'sec-fetch-dest') ?? _resourceType ?? '');
  const target = locationOf(response.headers);
  const messages = sentMessages(entry);
  return {
    id,
    at: Date.parse(startedDateTime),
    witness: 'devtools',
    tab,
    method: request.method,
    url: request.url,
    initiator:
      originOf(headerValue(request.headers, 'origin')) ??
      originOf(headerValue(request.headers, 'referer')) ??
      (destination === 'document' ? null : pageOrigin),
    destination,
    requestHeaders: request.headers.filter(isPassedOn),
    requestBody: requestBodyOf(request),
    response: {
      status: response.status,
      headers: [
        ...(WORTH_TELLING.test(target) ? [{ name: 'Location', value: target }] : []),
        ...response.headers.filter(isResourceChallenge),
        // What a server says of the time is heard of answers to POST alone.
        ...(request.method === 'POST' ? response.headers.filter(isDate) : []),
      ],
      body: responseBodyOf(responseBody, isRead, headerValue(response.headers, 'content-type')),
      ...(time === null ? {} : { tookMs: time }),
    },
    ...(messages.length > 0 ? { sentMessages: messages } : {}),
  };
}

function isDate({ name }: HttpHeader): boolean {
  return /^date$/i.test(name);
}

/** RFC 9728 §5.1. */
function isResourceChallenge({ name, value }: HttpHeader): boolean {
  return /^www-authenticate$/i.test(name) && value.includes('resource_metadata');
}

function responseBodyOf(body: string | null, isRead: boolean, mediaType: string | null): HttpBody {
  if (body !== null) {
    const isJwt = /^application\/(?:[\w-]+\+)?jwt\b/i.test(mediaType ?? '');
    return textBody(isJwt ? 'application/jwt' : 'application/json', body);
  }
  return isRead ? { form: 'unseen', reason: 'body_not_available' } : { form: 'none' };
}

function requestBodyOf({ postData }: HarEntry['request']): HttpBody {
  if (postData === null || postData === undefined) return { form: 'none' };
  if (typeof postData.text === 'string') return textBody(postData.mimeType, postData.text);
  if (Array.isArray(postData.params)) {
    return {
      form: 'fields',
      fields: postData.params.map(({ name, value }) => ({ name, value: value ?? '' })),
    };
  }
  return { form: 'unseen', reason: 'body_not_available' };
}

function isFormPost({ method, postData }: HarEntry['request']): boolean {
  return method === 'POST' && /^application\/x-www-form-urlencoded/i.test(postData?.mimeType ?? '');
}

function headerValue(all: readonly HttpHeader[], wanted: string): string | null {
  return all.find(({ name }) => name.toLowerCase() === wanted)?.value ?? null;
}

function originOf(url: string | null): string | null {
  if (url === null || !/^https?:/.test(url)) return null;
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}
