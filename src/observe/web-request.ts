import type { WebRequest } from 'webextension-polyfill';
import type { FormField, HttpBody, HttpExchange, HttpHeader } from '../core/model/exchange.ts';
import { looksLikeJwt } from '../core/syntax/jwt-shape.ts';
import { parseUrl } from '../core/syntax/url.ts';
import { type Withheld, withhold } from '../core/syntax/withheld.ts';
import { destinationOf } from './destination.ts';
import { multipartFields } from './multipart.ts';

/** Longer bodies are no token or authorization requests: they are counted, not read. */
export const MAX_BODY_BYTES = 262_144;

/** What the browsers tell of a request beyond the common types: Chromium an `initiator`, Firefox an `originUrl`. */
export interface RequestOrigin {
  readonly initiator?: string;
  readonly originUrl?: string;
}

type SendHeadersDetails = WebRequest.OnSendHeadersDetailsType & RequestOrigin;
type RequestBody = WebRequest.OnBeforeRequestDetailsTypeRequestBodyType;

/** @returns the origin of the page (or worker) that made a request, null where the browser made it itself */
export function initiatorOf(details: RequestOrigin): string | null {
  const told = details.initiator ?? details.originUrl;
  if (told === undefined || told === 'null') return null;
  const origin = parseUrl(told)?.origin ?? 'null';
  return origin === 'null' ? null : origin;
}

/** What the ids of all exchanges of one request begin with. */
export function idPrefix(
  { requestId }: Pick<SendHeadersDetails, 'requestId'>,
  why: Withheld | null = null,
): string {
  return withhold(`w${requestId}.`, why);
}

/**
 * @param details of onSendHeaders, the moment at which the request leaves with its final headers
 * @param body as onBeforeRequest told it, null for a request without one
 * @param tab the tab that it is attributed to
 * @param why a recording must not keep it; null where it may
 */
export function fromWebRequest(
  details: SendHeadersDetails,
  body: HttpBody | null,
  tab: number,
  why: Withheld | null = null,
): HttpExchange {
  return {
    // Each hop of a redirect bears the first one's requestId.
    id: `${idPrefix(details, why)}${Math.round(details.timeStamp)}.${tab}`,
    at: details.timeStamp,
    witness: 'web_request',
    tab,
    method: details.method,
    url: details.url,
    initiator: initiatorOf(details),
    destination: destinationOf(details.type),
    requestHeaders: (details.requestHeaders ?? []).flatMap(headerOf),
    requestBody: body ?? { form: 'none' },
    response: null,
  };
}

/** @returns an exchange that was told of before, with where its response redirected to */
export function redirected(
  exchange: HttpExchange,
  { statusCode, redirectUrl }: Pick<WebRequest.OnBeforeRedirectDetailsType, 'statusCode' | 'redirectUrl'>,
): HttpExchange {
  const headers = [{ name: 'Location', value: redirectUrl }];
  return { ...exchange, response: { status: statusCode, headers, body: { form: 'none' } } };
}

/** @returns the body as far as webRequest shows it: parsed forms, raw bytes of anything else */
export function bodyOf(body: RequestBody | undefined): HttpBody {
  if (body === undefined) return { form: 'none' };
  const form: unknown = body.formData;
  if (typeof form === 'object' && form !== null) {
    const fields = fieldsOf(form);
    const size = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    return size > MAX_BODY_BYTES ? { form: 'unseen', reason: 'body_too_large' } : { form: 'fields', fields };
  }
  if (body.raw === undefined || body.error !== undefined)
    return { form: 'unseen', reason: 'body_not_available' };
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const part of body.raw) {
    // A part that is a file is not shown.
    if (!(part.bytes instanceof ArrayBuffer)) return { form: 'unseen', reason: 'body_not_available' };
    length += part.bytes.byteLength;
    if (length > MAX_BODY_BYTES) return { form: 'unseen', reason: 'body_too_large' };
    parts.push(new Uint8Array(part.bytes));
  }
  const utf8 = new TextDecoder();
  const text = parts.map((part) => utf8.decode(part, { stream: true })).join('') + utf8.decode();
  return textBody('', text);
}

/** @returns a text body; as its fields where it is a form, multipart or not, that the browser didn't parse */
export function textBody(mediaType: string, text: string): HttpBody {
  if (text.length > MAX_BODY_BYTES) return { form: 'unseen', reason: 'body_too_large' };
  const parts = multipartFields(mediaType, text);
  if (parts !== null) return { form: 'fields', fields: parts };
  const isForm =
    mediaType.toLowerCase().startsWith('application/x-www-form-urlencoded') ||
    (mediaType === '' && /^[\w.[\]-]+=[^\s{}<>]*$/.test(text) && !looksLikeJwt(text));
  if (!isForm) return { form: 'text', mediaType, text };
  return { form: 'fields', fields: [...new URLSearchParams(text)].map(([name, value]) => ({ name, value })) };
}

function fieldsOf(form: object): readonly FormField[] {
  return Object.entries(form).flatMap(([name, values]: [string, unknown]) =>
    Array.isArray(values)
      ? values.filter((value) => typeof value === 'string').map((value) => ({ name, value }))
      : [],
  );
}

function headerOf({ name, value }: { name: string; value?: string }): readonly HttpHeader[] {
  return value === undefined ? [] : [{ name, value }];
}
