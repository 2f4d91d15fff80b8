import type { Audit, PendingToken } from '../core/audit.ts';
import { isJsonObject, parseJsonObject, stringMember } from '../core/syntax/json.ts';
import { readKeySet } from '../core/syntax/metadata.ts';
import { isWaiting } from '../core/verdict.ts';
import type { IssuerKeys, KeySource } from '../core/verify/key-source.ts';
import { verifySignature } from '../core/verify/signature.ts';

/** Checks the tokens that wait for keys, while the test goes on. */
export class SessionKeys {
  readonly #audit: Audit;
  readonly #keys: KeySource;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(audit: Audit, keys: KeySource) {
    this.#audit = audit;
    this.#keys = keys;
  }

  /** Starts on whatever waits. */
  verifyPending(): void {
    for (const pending of [...this.#audit.pending()]) this.#start(pending);
  }

  /** Tries the keys on tokens whose issuer the traffic doesn't show, too: for keys that a person gave. */
  verifyUnknown(): void {
    for (const { tokens } of this.#audit.reportFacts().exchanges) {
      for (const { token } of tokens) {
        if (token.form !== 'jwt' || !isWaiting(token.signature)) continue;
        const issuer = stringMember(token.claims, 'iss');
        const raw = this.#audit.tokenRecord(token.fingerprint)?.raw;
        if (issuer === null || raw === undefined) continue;
        this.#start({ fingerprint: token.fingerprint, raw, token, issuer });
      }
    }
  }

  /** Resolves once nothing waits. Keys come, or don't, within the source's own limits. Never rejects. */
  async settled(): Promise<void> {
    this.verifyPending();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #start(pending: PendingToken): void {
    if (this.#underWay.has(pending.fingerprint)) return;
    const checked = this.#verify(pending).finally(() => this.#underWay.delete(pending.fingerprint));
    this.#underWay.set(pending.fingerprint, checked);
  }

  async #verify({ fingerprint, raw, token, issuer }: PendingToken): Promise<void> {
    try {
      const keys = await this.#keys.keysOf(issuer, stringMember(token.header, 'kid'));
      if (keys.status === 'found') {
        this.#audit.learn([{ learned: 'metadata', metadata: keys.metadata, learnedFrom: null }]);
      }
      this.#audit.setSignature(fingerprint, await verifySignature(raw, token, keys));
    } catch (error) {
      const text = `Checking it failed: ${String(error).slice(0, 200)}`;
      this.#audit.setSignature(fingerprint, { status: 'unverifiable', reason: 'issuer_unreachable', text });
    }
  }
}

/**
 * Keys that a person gave.
 * @param jwks a JWK Set (RFC 7517 §5), or an object of issuer → JWK Set
 * @throws TypeError for anything else
 */
export function givenKeys(audit: Audit, jwks: object): KeySource {
  // Its types may be a library's own: what counts is what it says as JSON.
  const given = parseJsonObject(JSON.stringify(jwks)) ?? {};
  const forAll = readKeySet(given);
  const byIssuer = new Map(
    forAll === null
      ? Object.entries(given).map(([issuer, value]) => [
          issuer,
          isJsonObject(value) ? readKeySet(value) : null,
        ])
      : [],
  );
  for (const [issuer, keySet] of byIssuer) {
    if (keySet === null)
      throw new TypeError(`jwks: what stands at "${issuer}" is no JWK Set ({"keys": […]})`);
  }
  return {
    keysOf: async (issuer, keyId): Promise<IssuerKeys> => {
      // A set that names no issuer is that of whose tokens name its keys: others' tokens are not judged by it.
      const isOfAll = forAll !== null && (keyId === null || forAll.keys.some(({ kid }) => kid === keyId));
      const keySet = isOfAll ? forAll : (byIssuer.get(issuer) ?? null);
      if (keySet === null) return { status: 'unreachable', text: 'No keys of its issuer were given (jwks).' };
      // The issuer as it calls itself, so far as the traffic told.
      const known = audit.knowledge.metadata(issuer);
      const metadata = known ?? { issuer, jwksUri: null, endpoints: [] };
      return { status: 'found', metadata, keySet, from: 'person' };
    },
  };
}

/** For those who want no connection opened. */
export const NO_KEYS: KeySource = {
  keysOf: async () => ({
    status: 'unreachable',
    text: "Its issuer's keys were not given (jwks), and no connection was opened (online: false).",
  }),
};
