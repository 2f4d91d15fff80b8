import { decode } from '../decode/decode.ts';
import type { Knowledge } from '../learn/knowledge.ts';
import type { TokenRecord } from '../model/record.ts';
import type { Fingerprint, RecordedSighting, SignatureState, TokenSighting } from '../model/token.ts';
import type { Ledger, TokenEntry } from '../record/ledger.ts';
import { TokenNames } from '../record/token-names.ts';
import {
  classificationOf,
  isAskable,
  issuerOf,
  isWaiting,
  NOT_CHECKED_YET,
  waitingState,
} from '../verdict.ts';
import { hasGuessableSecret } from '../verify/guessable-secret.ts';
import { signatureWithoutKeys } from '../verify/signature.ts';

/** A token that waits for its issuer's keys. */
export interface PendingToken {
  readonly fingerprint: Fingerprint;
  readonly raw: string;
  readonly token: Extract<TokenEntry['decoded'], { form: 'jwt' }>;
  readonly issuer: string;
}

/** A token that keys can be tried on. */
export interface ReadableToken extends Omit<PendingToken, 'issuer'> {
  readonly issuer: string | null;
  readonly signature: SignatureState;
}

/** A token whose signature waits for keys. */
export interface UnverifiedToken extends Omit<ReadableToken, 'issuer'> {
  readonly issuer: string;
  /** When it was sent last, in ms since the epoch. */
  readonly at: number;
}

/** Places that one token was seen in: more than any real one has. */
const MAX_PLACES = 32;

/** The tokens of a session: decoded once, classified as long as what is known holds, and waiting for keys or not. */
export class SessionTokens {
  readonly #ledger: Ledger;
  readonly #knowledge: Knowledge;
  readonly #names = new TokenNames();
  /** Tokens whose issuer may be asked for keys and was not yet. */
  readonly #waiting = new Set<Fingerprint>();
  /** By which state of the knowledge each token was classified last: as long as it holds, it is not classified again. */
  readonly #classified = new WeakMap<TokenEntry, number>();

  constructor(ledger: Ledger, knowledge: Knowledge) {
    this.#ledger = ledger;
    this.#knowledge = knowledge;
  }

  /** A sighting as it is recorded: with the token's fingerprint in the place of the token. */
  recorded({ location, name, scheme, raw }: TokenSighting): RecordedSighting {
    return { location, name, scheme, token: this.#names.of(raw) };
  }

  /** Takes a token, where it is new. */
  add(raw: string, name: Fingerprint): void {
    if (this.#ledger.tokens.has(name)) return;
    const decoded = decode(raw, name);
    this.#ledger.tokens.set(name, {
      decoded,
      raw,
      classification: { kind: 'opaque', confidence: 'weak', evidence: [] },
      signature: signatureWithoutKeys(decoded) ?? NOT_CHECKED_YET,
      guessableSecret: hasGuessableSecret(raw, decoded),
      places: [],
      exchanges: [],
      visits: new Map(),
    });
  }

  /**
   * Notes where a token was seen.
   * @returns true where one that went elsewhere before now bears another name: its kind is weighed anew for all of them
   */
  place({ location, name, scheme, token }: RecordedSighting, exchange: string): boolean {
    const entry = this.#ledger.tokens.get(token);
    if (entry === undefined) return false;
    // A second witness tells of an exchange that may be long past.
    const isTold =
      entry.exchanges.at(-1) === exchange ||
      this.#ledger.exchanges.get(exchange)?.record.sightings.some((other) => other.token === token) === true;
    if (!isTold) entry.exchanges.push(exchange);
    const known = entry.places.some(
      (place) => place.location === location && place.name === name && place.scheme === scheme,
    );
    if (known || entry.places.length >= MAX_PLACES) return false;
    entry.places.push({ location, name, scheme });
    this.#classified.delete(entry);
    return entry.exchanges.length > 1;
  }

  /** Says anew what a token is and whether its issuer may be asked, where anything was learned since. */
  weigh(name: Fingerprint): void {
    const entry = this.#ledger.tokens.get(name);
    if (entry === undefined || this.#classified.get(entry) === this.#knowledge.version) return;
    this.#classified.set(entry, this.#knowledge.version);
    entry.classification = classificationOf(entry, this.#knowledge);
    entry.signature = waitingState(entry, this.#knowledge);
    if (isAskable(entry.signature)) this.#waiting.add(name);
    else this.#waiting.delete(name);
  }

  /** @returns false where the token was forgotten */
  setSignature(name: Fingerprint, signature: SignatureState): boolean {
    const entry = this.#ledger.tokens.get(name);
    if (entry === undefined) return false;
    entry.signature = signature;
    this.#classified.delete(entry);
    if (!isAskable(signature)) this.#waiting.delete(name);
    return true;
  }

  /** The tokens whose issuer may be asked for keys and was not yet. */
  *pending(): Iterable<PendingToken> {
    for (const name of this.#waiting) {
      const token = this.readable(name);
      if (token !== null && token.issuer !== null) yield { ...token, issuer: token.issuer };
    }
  }

  /** The tokens whose signature waits for keys, as of now, and when each was sent last (ms since the epoch). */
  unverified(): readonly UnverifiedToken[] {
    const found = new Map<Fingerprint, UnverifiedToken>();
    for (const { record } of this.#ledger.exchanges.values()) {
      for (const { token: name } of record.sightings) {
        this.weigh(name);
        const token = this.readable(name);
        if (token === null || token.issuer === null || !isWaiting(token.signature)) continue;
        found.set(name, { ...token, issuer: token.issuer, at: record.at });
      }
    }
    return [...found.values()];
  }

  /** A token that can be read, whatever its state; null for any other. */
  readable(name: Fingerprint): ReadableToken | null {
    const entry = this.#ledger.tokens.get(name);
    if (entry?.decoded.form !== 'jwt') return null;
    const { raw, decoded, signature } = entry;
    return { fingerprint: name, raw, token: decoded, issuer: issuerOf(entry), signature };
  }

  /** A token as it outlives the background's sleep; null where it was forgotten. */
  record(name: Fingerprint): TokenRecord | null {
    const entry = this.#ledger.tokens.get(name);
    return entry === undefined ? null : { fingerprint: name, raw: entry.raw, signature: entry.signature };
  }

  /** Forgets what else is known of tokens that the ledger forgot. */
  forget(names: Iterable<Fingerprint>): void {
    for (const name of names) this.#waiting.delete(name);
    this.#names.clear();
  }
}
