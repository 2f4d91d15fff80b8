import type { Audit, AuditChange, ReadableToken } from '../core/audit.ts';
import type { SignatureState } from '../core/model/token.ts';
import { stringMember } from '../core/syntax/json.ts';
import { t } from '../core/text.ts';
import type { IssuerKeys, KeySource } from '../core/verify/key-source.ts';
import { mayNewerKeysChange } from '../core/verify/second-look.ts';
import { verifySignature, verifyWithSecret } from '../core/verify/signature.ts';
import type { GivenKeys } from './given-keys.ts';
import { SecondLooks } from './second-looks.ts';

/** What a {@link Verifier} may do without in a test. */
export interface VerifierOptions {
  /** The keys that a person gave: they come first. */
  readonly given?: Pick<GivenKeys, 'keySet' | 'secret' | 'has'>;
  /** Calls back once, after so many ms; what it returns calls that off. */
  readonly after?: (ms: number, callback: () => void) => () => void;
}

const MAX_TRIED = 10_000;

/** Gives the audit the signature states that wait for keys: each distinct token once, and again when other keys may be there. */
export class Verifier {
  readonly #audit: Audit;
  readonly #keys: KeySource;
  readonly #given: VerifierOptions['given'] | null;
  readonly #tell: (change: AuditChange) => void;
  readonly #underWay = new Set<string>();
  /** Tokens under way for which keys were given meanwhile. */
  readonly #onceMore = new Set<string>();
  /** Tokens that were tried with what was given for their issuer. */
  readonly #tried = new Set<string>();
  readonly #looks: SecondLooks;

  /** @param changed takes each change; what it throws is counted */
  constructor(
    audit: Audit,
    keys: KeySource,
    changed: (change: AuditChange) => void,
    options: VerifierOptions = {},
  ) {
    this.#audit = audit;
    this.#keys = keys;
    this.#given = options.given ?? null;
    this.#tell = changed;
    const after = options.after ?? (() => () => undefined);
    this.#looks = new SecondLooks((issuer, tokens, newerThan) => {
      for (const name of tokens) {
        const token = audit.readable(name);
        if (token === null) this.#looks.settled(issuer, name);
        else if (!this.#underWay.has(name)) void this.#verify(token, newerThan);
      }
    }, after);
  }

  /** Starts on whatever waits, and on those of the tokens that keys were given for. Never rejects. */
  async verifyPending(changed: Iterable<string> = []): Promise<void> {
    const waiting = new Map<string, ReadableToken>();
    for (const { fingerprint } of this.#audit.pending()) this.#want(fingerprint, waiting);
    for (const name of changed) {
      const token = this.#audit.readable(name);
      if (token !== null && this.#mayGivenDecide(token)) this.#want(name, waiting);
    }
    await Promise.all([...waiting.values()].map((token) => this.#verify(token)));
  }

  /** Keys or a secret were given for an issuer's tokens (null: for those that name none). Never rejects. */
  async keysGiven(issuer: string | null): Promise<void> {
    const waiting = new Map<string, ReadableToken>();
    for (const name of this.#audit.tokenNames()) {
      const token = this.#audit.readable(name);
      if (token === null || token.issuer !== issuer || token.signature.status === 'verified') continue;
      if (this.#underWay.has(name)) this.#onceMore.add(name);
      else waiting.set(name, token);
    }
    await Promise.all([...waiting.values()].map((token) => this.#verify(token)));
  }

  /** Looks again at tokens that newer keys may change: after the background slept, or because a person asks. Never rejects. */
  async lookAgain(names: Iterable<string>): Promise<void> {
    const waiting = new Map<string, ReadableToken>();
    for (const name of names) {
      const signature = this.#audit.readable(name)?.signature;
      if (signature !== undefined && mayNewerKeysChange(signature)) this.#want(name, waiting);
    }
    await Promise.all([...waiting.values()].map((token) => this.#verify(token)));
  }

  #want(name: string, waiting: Map<string, ReadableToken>): void {
    const token = this.#underWay.has(name) ? null : this.#audit.readable(name);
    if (token !== null) waiting.set(name, token);
  }

  /** True for a token that nothing but what a person gave may have decided. */
  #mayGivenDecide({ fingerprint, issuer, signature }: ReadableToken): boolean {
    if (signature.status !== 'unverifiable' || this.#given?.has(issuer) !== true) return false;
    if (this.#tried.has(fingerprint)) return false;
    if (this.#tried.size >= MAX_TRIED) this.#tried.clear();
    this.#tried.add(fingerprint);
    return true;
  }

  async #verify(token: ReadableToken, newerThan?: number): Promise<void> {
    const { fingerprint } = token;
    this.#underWay.add(fingerprint);
    const state = await this.#stateOf(token, newerThan).catch(
      (error: unknown): SignatureState => ({
        status: 'unverifiable',
        reason: 'key_rejected',
        text: t`Checking it failed: ${String(error).slice(0, 200)}`,
      }),
    );
    this.#underWay.delete(fingerprint);
    this.#apply(this.#audit.setSignature(fingerprint, state));
    const again = this.#onceMore.delete(fingerprint) ? this.#audit.readable(fingerprint) : null;
    if (again !== null) await this.#verify(again);
  }

  async #stateOf(token: ReadableToken, newerThan: number | undefined): Promise<SignatureState> {
    const given = await this.#byGiven(token);
    if (given?.status === 'verified' || given?.status === 'invalid') return given;
    const { issuer } = token;
    const isAsked = issuer !== null && isForIssuerKeys(token);
    if (!isAsked || this.#audit.knowledge.mayAsk(issuer) !== 'granted') return given ?? token.signature;
    return this.#byIssuer(token, issuer, newerThan);
  }

  async #byGiven({ raw, token, issuer }: ReadableToken): Promise<SignatureState | null> {
    const isSymmetric = /^HS\d/.test(stringMember(token.header, 'alg') ?? '');
    if (isSymmetric) {
      const secret = this.#given?.secret(issuer) ?? null;
      return secret === null ? null : verifyWithSecret(raw, token, secret);
    }
    const keySet = this.#given?.keySet(issuer) ?? null;
    if (keySet === null) return null;
    const known = issuer === null ? null : this.#audit.knowledge.metadata(issuer);
    const metadata = known ?? { issuer: issuer ?? '', jwksUri: null, endpoints: [] };
    return verifySignature(raw, token, { status: 'found', metadata, keySet, from: 'person' });
  }

  async #byIssuer(
    { fingerprint, raw, token }: ReadableToken,
    issuer: string,
    newerThan: number | undefined,
  ): Promise<SignatureState> {
    const keyId = stringMember(token.header, 'kid');
    let keys = await this.#keysOf(issuer, keyId, newerThan);
    let state = await verifySignature(raw, token, keys);
    const { askedAt } = keys;
    if (mayNewerKeysChange(state) && askedAt !== undefined && newerThan === undefined) {
      // Keys that were fetched before this token came may be old: its issuer may use another by now, under the same name too.
      keys = await this.#keysOf(issuer, keyId, askedAt);
      if (keys.askedAt !== askedAt) state = await verifySignature(raw, token, keys);
    }
    if (mayNewerKeysChange(state) && keys.askedAt !== undefined)
      this.#looks.wait(issuer, fingerprint, keys.askedAt);
    else this.#looks.settled(issuer, fingerprint);
    return state;
  }

  async #keysOf(issuer: string, keyId: string | null, newerThan: number | undefined): Promise<IssuerKeys> {
    const keys = await this.#keys.keysOf(issuer, keyId, newerThan);
    if (keys.status === 'found')
      this.#apply(this.#audit.learn([{ learned: 'metadata', metadata: keys.metadata, learnedFrom: null }]));
    if (keys.askedAt !== undefined) this.#looks.keysCame(issuer, keys.askedAt);
    return keys;
  }

  /** What goes wrong in showing or keeping a change says nothing of the token. */
  #apply(change: AuditChange): void {
    try {
      this.#tell(change);
    } catch {
      this.#audit.unseen('internal_error');
    }
  }
}

/** Neither a secret's nor an unsecured token. */
function isForIssuerKeys({ token, signature }: ReadableToken): boolean {
  return (
    signature.status !== 'unsecured' && !/^(?:HS\d.*|none)$/i.test(stringMember(token.header, 'alg') ?? '')
  );
}
