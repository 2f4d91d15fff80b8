import type { IssuerMetadata } from '../model/knowledge.ts';
import { issuerUrl } from '../syntax/issuer.ts';
import { metadataUrls, readKeySet, readMetadata } from '../syntax/metadata.ts';
import { isPrivateNetwork } from '../syntax/private-network.ts';
import { isLoopback, parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { type Fetching, type FetchWitness, fetchDocument } from './fetch-document.ts';
import { COOLDOWN_MS, FETCH_LIMITS, type FetchLimits } from './key-limits.ts';
import type { IssuerKeys, KeySource } from './key-source.ts';

/** Issuers whose keys are kept: a hostile page may name as many as it likes. */
const MAX_ISSUERS = 200;

const ASKED_JUST_NOW_MS = 2_000;

/** Keys as they are kept: also over the background's sleep. */
export interface KeptKeys {
  readonly issuer: string;
  readonly keys: IssuerKeys;
  /** When they were asked for, in ms since the epoch, and how long they are fresh, in ms. */
  readonly at: number;
  readonly freshMs: number;
}

interface Cached {
  readonly kept: Promise<KeptKeys>;
}

/** The surroundings of a {@link KeyFetcher}: who is told, and where keys are kept. */
export interface KeyFetcherOptions {
  readonly limits?: FetchLimits;
  readonly witness?: FetchWitness;
  /** Takes each answer, to be given back to {@link KeyFetcher.restore}. */
  readonly keep?: (kept: KeptKeys) => void;
}

/**
 * Fetches issuers' keys: the metadata below the issuer's own URL, then the key set that it names. https only, http on
 * loopback; no credentials, no referrer, redirects within the origin only; bounded in time and size. Whether an issuer may be
 * asked at all is the caller's to know: a token's `iss` alone is the attacker's.
 */
export class KeyFetcher implements KeySource {
  readonly #fetching: Fetching;
  readonly #keep: (kept: KeptKeys) => void;
  readonly #cache = new Map<string, Cached>();

  /** @param now ms since the epoch */
  constructor(fetchIt: typeof fetch, now: () => number, options: KeyFetcherOptions = {}) {
    const { limits = FETCH_LIMITS, witness = null, keep = () => undefined } = options;
    this.#fetching = { fetch: fetchIt, now, limits, witness };
    this.#keep = keep;
  }

  /** Takes back what was kept. What was asked for since is newer, and stays. */
  restore(all: readonly KeptKeys[]): void {
    for (const kept of all.slice(0, MAX_ISSUERS)) {
      const name = cacheKey(kept.issuer);
      // A clock that was set back since would hold them for fresh for ever.
      if (!this.#cache.has(name) && kept.at <= this.#fetching.now())
        this.#put(name, { kept: Promise.resolve(kept) });
    }
  }

  /** A person wants it asked anew: what was answered more than two seconds ago is forgotten. */
  async forget(issuer: string): Promise<void> {
    const name = cacheKey(issuer);
    const cached = this.#cache.get(name);
    if (cached === undefined) return;
    const { at } = await cached.kept;
    if (this.#fetching.now() - at >= ASKED_JUST_NOW_MS && this.#cache.get(name) === cached)
      this.#cache.delete(name);
  }

  async keysOf(issuer: string, wantedKeyId: string | null, newerThan?: number): Promise<IssuerKeys> {
    const name = cacheKey(issuer);
    const cached = this.#cache.get(name);
    let known: IssuerKeys | null = null;
    if (cached !== undefined) {
      const { keys, at, freshMs } = await cached.kept;
      const age = this.#fetching.now() - at;
      const isLacking =
        keys.status === 'unreachable' ||
        !hasKey(keys, wantedKeyId) ||
        (newerThan !== undefined && at <= newerThan);
      if (age < (isLacking ? COOLDOWN_MS : freshMs)) return keys;
      if (age < freshMs && keys.status === 'found') known = keys;
    }
    // Others may have asked while this one waited: one request, however many tokens wait.
    const current = this.#cache.get(name);
    if (current !== undefined && current !== cached) return (await current.kept).keys;
    const kept = this.#ask(issuer, known);
    this.#put(name, { kept });
    return (await kept).keys;
  }

  async #ask(issuer: string, known: IssuerKeys | null): Promise<KeptKeys> {
    const at = this.#fetching.now();
    const { keys: asked, freshMs } = await this.#fetchKeys(issuer, at);
    // An unknown `kid` made us ask: if nobody answers, the keys that are known are none the worse for it.
    const keys = asked.status === 'unreachable' && known !== null ? known : asked;
    const kept = { issuer, keys, at, freshMs };
    this.#keep(kept);
    return kept;
  }

  #put(name: string, cached: Cached): void {
    this.#cache.delete(name);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= MAX_ISSUERS && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(name, cached);
  }

  async #fetchKeys(
    issuer: string,
    askedAt: number,
  ): Promise<{ readonly keys: IssuerKeys; readonly freshMs: number }> {
    const unreachable = (text: string) =>
      ({ keys: { status: 'unreachable', text, askedAt }, freshMs: COOLDOWN_MS }) as const;
    try {
      const metadata = await this.#fetchMetadata(issuer);
      if (metadata === null) return unreachable(t`No metadata document was found at "${issuer}".`);
      const { jwksUri } = metadata;
      if (jwksUri === null) return unreachable(t`The metadata of "${issuer}" names no "jwks_uri".`);
      if (!mayAskForKeys(jwksUri, issuer)) {
        return unreachable(t`The "jwks_uri" of "${issuer}" is not a place that keys are fetched from.`);
      }
      const { document, freshMs } = await fetchDocument(jwksUri, this.#fetching);
      const keySet = readKeySet(document);
      return keySet === null
        ? unreachable(t`What "${issuer}" publishes at its "jwks_uri" is no JWK Set.`)
        : { keys: { status: 'found', metadata, keySet, askedAt }, freshMs };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return unreachable(t`The keys of "${issuer}" could not be fetched: ${reason.slice(0, 200)}`);
    }
  }

  async #fetchMetadata(issuer: string): Promise<IssuerMetadata | null> {
    const url = issuerUrl(issuer);
    if (url === null) return null;
    let failure: unknown = null;
    for (const place of metadataUrls(url.href)) {
      try {
        const metadata = readMetadata((await fetchDocument(place, this.#fetching)).document, new URL(place));
        if (metadata !== null) return metadata;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== null) throw failure;
    return null;
  }
}

/** An issuer with a slash at its end and one without publish at the same place (OpenID Connect Discovery 1.0 §4). */
function cacheKey(issuer: string): string {
  return issuer.replace(/\/$/, '');
}

function hasKey(keys: IssuerKeys, keyId: string | null): boolean {
  return keys.status === 'found' && (keyId === null || keys.keySet.keys.some(({ kid }) => kid === keyId));
}

/** An issuer sends us nowhere on this machine or on a private network, nor to a bare address, but to its own origin. */
function mayAskForKeys(jwksUri: string, issuer: string): boolean {
  const url = parseUrl(jwksUri);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.origin === issuerUrl(issuer)?.origin) return true;
  const isAddress = /^\[|^\d+(?:\.\d+){3}$/.test(url.hostname);
  return (
    url.protocol === 'https:' && !isAddress && !isLoopback(url.hostname) && !isPrivateNetwork(url.hostname)
  );
}
