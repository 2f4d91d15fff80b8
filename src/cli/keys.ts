import type { Audit, UnverifiedToken } from '../core/audit.ts';
import type { IssuerMetadata, KeySet } from '../core/model/knowledge.ts';
import type { KeyOrigin } from '../core/model/token.ts';
import { isJsonObject, parseJson, stringMember } from '../core/syntax/json.ts';
import { readKeySet } from '../core/syntax/metadata.ts';
import { givenKeySetOf, readGivenKeySet } from '../core/verify/given-keys.ts';
import type { IssuerKeys, KeySource } from '../core/verify/key-source.ts';
import type { RecordedKeys } from '../observe/recorded-keys.ts';
import { InputError } from './arguments.ts';

export { RecordedKeys } from '../observe/recorded-keys.ts';

/** The keys that a person gave: of one issuer, or by issuer. */
export type GivenKeys =
  | { readonly of: 'anybody'; readonly keySet: KeySet }
  | { readonly of: 'issuers'; readonly keySets: ReadonlyMap<string, KeySet> };

/**
 * Reads the file of `--jwks`: a JWK Set (RFC 7517 §5), an object of issuer → JWK Set, one JWK, or public keys and certificates
 * in PEM (RFC 7468).
 * @throws InputError for anything else
 */
export function readGivenKeys(text: string, file: string): GivenKeys {
  if (/^\s*-----BEGIN /m.test(text)) {
    const pem = readGivenKeySet(text);
    if (!pem.read) throw new InputError(`${file}: ${pem.problem}`);
    return { of: 'anybody', keySet: pem.keySet };
  }
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if (parsed === null) throw new InputError(`${file}: it is no JSON (or nested too deeply)`);
  if (!isJsonObject(parsed.value))
    throw new InputError(`${file}: it is neither a JWK Set nor an object of them`);
  if ('keys' in parsed.value || typeof parsed.value['kty'] === 'string') {
    const own = givenKeySetOf(parsed.value);
    if (own.read) return { of: 'anybody', keySet: own.keySet };
    if (readKeySet(parsed.value) !== null || 'kty' in parsed.value)
      throw new InputError(`${file}: ${own.problem}`);
  }
  const keySets = new Map<string, KeySet>();
  for (const [issuer, value] of Object.entries(parsed.value)) {
    const own = isJsonObject(value) && readKeySet(value) !== null ? givenKeySetOf(value) : null;
    // A set without a key is that of an issuer who has none.
    const keySet = own === null ? null : own.read ? own.keySet : { keys: [] };
    if (keySet === null)
      throw new InputError(`${file}: what stands at "${issuer}" is no JWK Set ({"keys": […]})`);
    keySets.set(issuer, keySet);
  }
  if (keySets.size === 0) throw new InputError(`${file}: it holds no key`);
  return { of: 'issuers', keySets };
}

/** Issuers that are asked: a hostile recording may name as many as it likes. */
const MAX_ASKED = 100;

/** A recording older than this may have been signed with keys that were withdrawn since. */
const KEYS_LAST_MS = 86_400_000;

/** Where the keys for recorded tokens come from: what a person gave, what the recording shows, and the issuer itself. */
export class FileKeys {
  readonly #audit: Audit;
  readonly #given: GivenKeys | null;
  readonly #recorded: RecordedKeys;
  /** null where no connection may be opened. */
  readonly #online: KeySource | null;
  /** The issuers that a JWK Set without a name is held for. */
  readonly #givenFor = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #now: number;

  constructor(
    audit: Audit,
    sources: {
      readonly given: GivenKeys | null;
      readonly recorded: RecordedKeys;
      readonly online: KeySource | null;
      /** ms since the epoch */
      readonly now: number;
    },
    tokens: readonly UnverifiedToken[],
  ) {
    this.#audit = audit;
    this.#given = sources.given;
    this.#recorded = sources.recorded;
    this.#online = sources.online;
    this.#now = sources.now;
    if (sources.given?.of === 'anybody') this.#assign(sources.given.keySet, tokens);
  }

  /** A JWK Set is that of the issuer whose tokens name its keys; where there is one issuer only, it is that one's. */
  #assign(keySet: KeySet, tokens: readonly UnverifiedToken[]): void {
    const keyIds = new Set(keySet.keys.flatMap(({ kid }) => kid ?? []));
    const issuers = new Set<string>();
    for (const { token, issuer } of tokens) {
      issuers.add(issuer);
      if (keyIds.has(stringMember(token.header, 'kid') ?? '')) this.#givenFor.add(issuer);
    }
    const [only] = issuers;
    if (issuers.size === 1 && only !== undefined) this.#givenFor.add(only);
  }

  /** @returns null where nothing is to be said beyond what the audit says already. Never rejects. */
  async keysFor({ token, issuer, signature, at }: UnverifiedToken): Promise<IssuerKeys | null> {
    // Google's ID tokens may name their issuer without a scheme.
    const identifier = issuer === 'accounts.google.com' ? `https://${issuer}` : issuer;
    const known = this.#audit.knowledge.metadata(identifier);
    // The issuer as it calls itself, so far as that is known: the keys were given for this one.
    const metadata = known ?? { issuer: identifier, jwksUri: null, endpoints: [] };
    const given = this.#givenTo(issuer) ?? this.#givenTo(identifier);
    const recorded = this.#recorded.of(known);
    const keyId = stringMember(token.header, 'kid');
    const offline = given ?? recorded;
    const from = given === null ? 'recording' : 'person';
    if (offline !== null && (keyId === null || has(offline, keyId))) return found(metadata, offline, from);
    if (given !== null && recorded !== null && keyId !== null && has(recorded, keyId)) {
      return found(metadata, recorded, 'recording');
    }
    const mayAsk = signature.status === 'unverifiable' && signature.reason === 'not_checked_yet';
    if (this.#online === null || !mayAsk) {
      if (offline !== null) return found(metadata, offline, from);
      return mayAsk ? { status: 'unreachable', text: NOT_ASKED } : null;
    }
    if (this.#asked.size >= MAX_ASKED && !this.#asked.has(issuer)) return null;
    this.#asked.add(issuer);
    const asked = await this.#online.keysOf(issuer, keyId);
    if (asked.status === 'unreachable') return offline === null ? asked : found(metadata, offline, from);
    this.#audit.learn([{ learned: 'metadata', metadata: asked.metadata, learnedFrom: null }]);
    if (keyId === null || has(asked.keySet, keyId) || this.#now - at < KEYS_LAST_MS) return asked;
    const text = `Its issuer publishes no key "${keyId}" today; when this was recorded it may have.`;
    return { status: 'unreachable', text };
  }

  #givenTo(issuer: string): KeySet | null {
    if (this.#given === null) return null;
    if (this.#given.of === 'issuers') return this.#given.keySets.get(issuer) ?? null;
    return this.#givenFor.has(issuer) ? this.#given.keySet : null;
  }
}

const NOT_ASKED =
  "Its issuer's keys are not in the recording and were not given (--jwks), and no connection was opened (--online).";

function has({ keys }: KeySet, keyId: string): boolean {
  return keys.some(({ kid }) => kid === undefined || kid === keyId);
}

function found(metadata: IssuerMetadata, keySet: KeySet, from: KeyOrigin): IssuerKeys {
  return { status: 'found', metadata, keySet, from };
}
