import type { JsonObject } from '../model/json.ts';
import type { AskedUrl } from '../model/view.ts';
import { parseJsonObject } from '../syntax/json.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { type FetchLimits, freshFor, MAX_REDIRECTS } from './key-limits.ts';

/** Who is told of each request. */
export interface FetchWitness {
  readonly asked: (request: AskedUrl) => void;
  /** An answer's `Date` (RFC 9110 §6.6.1) beside the clock at hand when it came, both in ms since the epoch. */
  readonly dated: (origin: string, serverMs: number, localMs: number) => void;
}

export interface FetchedDocument {
  readonly document: JsonObject;
  /** How long it may be used, in ms. */
  readonly freshMs: number;
}

/** What fetches a document: the surroundings of {@link fetchDocument}. */
export interface Fetching {
  readonly fetch: typeof fetch;
  /** ms since the epoch */
  readonly now: () => number;
  readonly limits: FetchLimits;
  readonly witness: FetchWitness | null;
}

/**
 * Fetches a JSON object: without credentials, referrer and the browser's own cache; redirects within the same origin
 * only, at most 3.
 * @throws Error, with a clause for people, where the answer is late, too large, a redirect elsewhere, an error, or no JSON object
 */
export async function fetchDocument(url: string, with_: Fetching): Promise<FetchedDocument> {
  // One clock for all of its redirects.
  const signal = AbortSignal.timeout(with_.limits.timeoutMs);
  let place = url;
  for (let hops = 0; ; hops++) {
    const response = await ask(place, signal, with_);
    const isRedirect =
      response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
    if (!isRedirect)
      return { document: await objectIn(response, place, with_), freshMs: freshness(response) };
    await response.body?.cancel();
    if (hops >= MAX_REDIRECTS) throw new Error(t`${url} redirects more than ${MAX_REDIRECTS} times`);
    place = nextPlace(place, response);
  }
}

async function ask(
  url: string,
  signal: AbortSignal,
  { fetch: fetchIt, now, witness }: Fetching,
): Promise<Response> {
  const at = now();
  const told = { url, at };
  try {
    const response = await fetchIt(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      // Keys are kept by ourselves: who asks again wants to know what is published now.
      cache: 'no-store',
      headers: { accept: 'application/json' },
      signal,
    });
    witness?.asked({ ...told, status: response.status });
    const date = dateOf(response);
    const origin = parseUrl(url)?.origin;
    if (Number.isFinite(date) && origin !== undefined) witness?.dated(origin, date, now());
    return response;
  } catch (error) {
    witness?.asked({ ...told, status: null });
    throw error;
  }
}

/** In ms since the epoch, NaN where it says none. A cache on the way gives the time at which it got the answer (RFC 9111 §5.1). */
function dateOf({ headers }: Response): number {
  return headers.has('age') ? Number.NaN : Date.parse(headers.get('date') ?? '');
}

async function objectIn(response: Response, url: string, { limits }: Fetching): Promise<JsonObject> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(t`${url} answered ${response.status}`);
  }
  const object = parseJsonObject(await readBounded(response, limits.maxBytes, url));
  if (object === null) throw new Error(t`${url} answered with something else than a JSON object`);
  return object;
}

function freshness(response: Response): number {
  return freshFor(response.headers.get('cache-control'));
}

/** @throws where it leads elsewhere, or can't be told where */
function nextPlace(from: string, response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(t`${from} redirects, which is not followed`);
  const [here, there] = [parseUrl(from), resolve(location, from)];
  if (here === null || there === null || here.origin !== there.origin || there.username !== '') {
    throw new Error(t`${from} redirects to another origin, which is not followed`);
  }
  there.hash = '';
  return there.href;
}

function resolve(location: string, base: string): URL | null {
  try {
    return new URL(location, base);
  } catch {
    return null;
  }
}

async function readBounded(response: Response, maxBytes: number, url: string): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const utf8 = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + utf8.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Error(t`${url} answered with more than ${maxBytes} bytes`);
    }
    text += utf8.decode(value, { stream: true });
  }
}
