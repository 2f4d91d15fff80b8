import type { JsonObject } from '../model/json.ts';
import type { IssuerMetadata } from '../model/knowledge.ts';
import { parseJsonObject } from '../syntax/json.ts';
import { metadataUrls, readKeySet, readMetadata } from '../syntax/metadata.ts';
import { isLoopback, parseUrl } from '../syntax/url.ts';
import type { IssuerKeys, KeySource } from './key-source.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1_048_576;
/** Keys are asked for again after this long. */
const FRESH_MS = 600_000;
/** An unknown `kid` asks once more, but no oftener than this; so does an issuer that could not be reached. */
const COOLDOWN_MS = 60_000;
/** Issuers whose keys are kept: a hostile page may name as many as it likes. */
const MAX_ISSUERS = 200;

interface Cached {
  readonly keys: Promise<IssuerKeys>;
  readonly at: number;
}

export interface FetchLimits {
  /** How long one document may take, to its last byte, in ms. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * Fetches issuers' keys: the metadata below the issuer's own URL, then the key set that it names. https only, http on
 * loopback; no credentials, no referrer, no redirects; bounded in time and size. Whether an issuer may be asked at all
 * is the caller's to know: a token's `iss` alone is the attacker's.
 */
export class KeyFetcher implements KeySource {
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  readonly #limits: FetchLimits;
  readonly #cache = new Map<string, Cached>();

  /** @param now ms since the epoch */
  constructor(
    fetchIt: typeof fetch,
    now: () => number,
    limits: FetchLimits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
  ) {
    this.#fetch = fetchIt;
    this.#now = now;
    this.#limits = limits;
  }

  async keysOf(issuer: string, wantedKeyId: string | null): Promise<IssuerKeys> {
    const cached = this.#cache.get(issuer);
    let known: IssuerKeys | null = null;
    if (cached !== undefined) {
      const keys = await cached.keys;
      const age = this.#now() - cached.at;
      const lacks = keys.status === 'unreachable' || !hasKey(keys, wantedKeyId);
      if (age < (lacks ? COOLDOWN_MS : FRESH_MS)) return keys;
      if (age < FRESH_MS && keys.status === 'found') known = keys;
    }
    // Others may have asked while this one waited: one request, however many tokens wait.
    const current = this.#cache.get(issuer);
    if (current !== undefined && current !== cached) return current.keys;
    // An unknown `kid` made us ask: if nobody answers, the keys that are known are none the worse for it.
    const keys = this.#fetchKeys(issuer).then((asked) =>
      asked.status === 'unreachable' && known !== null ? known : asked,
    );
    this.#keep(issuer, { keys, at: this.#now() });
    return keys;
  }

  #keep(issuer: string, cached: Cached): void {
    this.#cache.delete(issuer);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= MAX_ISSUERS && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(issuer, cached);
  }

  async #fetchKeys(issuer: string): Promise<IssuerKeys> {
    try {
      const metadata = await this.#fetchMetadata(issuer);
      if (metadata === null)
        return { status: 'unreachable', text: `No metadata document was found at "${issuer}".` };
      const { jwksUri } = metadata;
      if (jwksUri === null)
        return { status: 'unreachable', text: `The metadata of "${issuer}" names no "jwks_uri".` };
      if (!mayAskForKeys(jwksUri, issuer)) {
        return {
          status: 'unreachable',
          text: `The "jwks_uri" of "${issuer}" is not a place that keys are fetched from.`,
        };
      }
      const keySet = readKeySet(await this.#fetchJson(jwksUri));
      return keySet === null
        ? { status: 'unreachable', text: `What "${issuer}" publishes at its "jwks_uri" is no JWK Set.` }
        : { status: 'found', metadata, keySet };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        status: 'unreachable',
        text: `The keys of "${issuer}" could not be fetched: ${reason.slice(0, 200)}`,
      };
    }
  }

  async #fetchMetadata(issuer: string): Promise<IssuerMetadata | null> {
    // Google's ID tokens may name their issuer without a scheme.
    const identifier = issuer === 'accounts.google.com' ? `https://${issuer}` : issuer;
    if (!isAskable(parseUrl(identifier))) return null;
    let failure: unknown = null;
    for (const place of metadataUrls(identifier)) {
      try {
        const metadata = readMetadata(await this.#fetchJson(place), new URL(place));
        if (metadata !== null) return metadata;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== null) throw failure;
    return null;
  }

  /** @throws where the answer is late, too large, a redirect, an error, or no JSON object */
  async #fetchJson(url: string): Promise<JsonObject> {
    const response = await this.#fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(this.#limits.timeoutMs),
    });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const object = parseJsonObject(await readBounded(response, this.#limits.maxBytes));
    if (object === null) throw new Error(`${url} answered with something else than a JSON object`);
    return object;
  }
}

function hasKey(keys: IssuerKeys, keyId: string | null): boolean {
  return keys.status === 'found' && (keyId === null || keys.keySet.keys.some(({ kid }) => kid === keyId));
}

function isAskable(url: URL | null): boolean {
  return (
    url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
  );
}

/** A public issuer can't send us to this machine or to a bare address: only a loopback issuer has keys there. */
function mayAskForKeys(jwksUri: string, issuer: string): boolean {
  const url = parseUrl(jwksUri);
  const own = parseUrl(issuer);
  if (url === null || !isAskable(url)) return false;
  if (url.origin === own?.origin) return true;
  const isAddress = /^\[|^\d+(?:\.\d+){3}$/.test(url.hostname);
  return isLoopback(url.hostname) ? own !== null && isLoopback(own.hostname) : !isAddress;
}

async function readBounded(response: Response, maxBytes: number): Promise<string> {
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
      throw new Error(`${response.url} answered with more than ${maxBytes} bytes`);
    }
    text += utf8.decode(value, { stream: true });
  }
}
