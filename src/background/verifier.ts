import type { Audit, AuditChange, PendingToken } from '../core/audit.ts';
import { stringMember } from '../core/syntax/json.ts';
import type { KeySource } from '../core/verify/key-source.ts';
import { verifySignature } from '../core/verify/signature.ts';

/** Gives the audit the signature states that wait for keys: each distinct token once, while observing goes on. */
export class Verifier {
  readonly #audit: Audit;
  readonly #keys: KeySource;
  readonly #changed: (change: AuditChange) => void;
  readonly #underWay = new Set<string>();

  constructor(audit: Audit, keys: KeySource, changed: (change: AuditChange) => void) {
    this.#audit = audit;
    this.#keys = keys;
    this.#changed = changed;
  }

  /** Starts on whatever waits. Never rejects. */
  async verifyPending(): Promise<void> {
    const waiting = [...this.#audit.pending()].filter(({ fingerprint }) => !this.#underWay.has(fingerprint));
    for (const { fingerprint } of waiting) this.#underWay.add(fingerprint);
    await Promise.all(waiting.map((pending) => this.#verify(pending)));
  }

  async #verify({ fingerprint, raw, token, issuer }: PendingToken): Promise<void> {
    try {
      const keys = await this.#keys.keysOf(issuer, stringMember(token.header, 'kid'));
      if (keys.status === 'found') {
        this.#changed(
          this.#audit.learn([{ learned: 'metadata', metadata: keys.metadata, learnedFrom: null }]),
        );
      }
      this.#changed(this.#audit.setSignature(fingerprint, await verifySignature(raw, token, keys)));
    } catch (error) {
      const text = `Checking it failed: ${String(error).slice(0, 200)}`;
      this.#changed(
        this.#audit.setSignature(fingerprint, { status: 'unverifiable', reason: 'issuer_unreachable', text }),
      );
    } finally {
      this.#underWay.delete(fingerprint);
    }
  }
}
