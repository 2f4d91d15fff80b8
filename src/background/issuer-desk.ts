import browser, { type Runtime } from 'webextension-polyfill';
import type { Audit, AuditChange } from '../core/audit.ts';
import type { AskedUrl } from '../core/model/view.ts';
import { KeyFetcher } from '../core/verify/key-fetcher.ts';
import type { FromPanel, ToPanel } from '../messages.ts';
import { fetchShowingRedirects } from './fetch-showing-redirects.ts';
import { GivenKeys } from './given-keys.ts';
import { KeyStore } from './key-store.ts';
import { Verifier } from './verifier.ts';

/** Requests that are listed in the panel: the newest. */
const MAX_ASKED = 100;

/** What a person may ask about an issuer's keys. */
type Asked = Extract<
  FromPanel,
  { readonly type: 'panel/approve-issuer' | 'panel/check-again' | 'panel/give-keys' | 'panel/give-secret' }
>;

/** All that has to do with issuers' keys: fetched, kept, given by a person; and what left the browser for them. */
export class IssuerDesk {
  readonly #audit: Audit;
  readonly #changed: (change: AuditChange) => void;
  readonly #tell: (message: ToPanel) => void;
  readonly #store = new KeyStore();
  readonly #given = new GivenKeys();
  readonly #keys: KeyFetcher;
  readonly #verifier: Verifier;
  #asked: readonly AskedUrl[] = [];

  constructor(audit: Audit, changed: (change: AuditChange) => void, tell: (message: ToPanel) => void) {
    this.#audit = audit;
    this.#changed = changed;
    this.#tell = tell;
    this.#keys = new KeyFetcher(fetchShowingRedirects, Date.now, {
      witness: {
        asked: (request) => this.#note(request),
        dated: (origin, serverMs, localMs) => this.#changed(audit.clock(origin, serverMs, localMs)),
      },
      keep: (kept) => this.#store.keep(kept),
    });
    this.#verifier = new Verifier(audit, this.#keys, changed, {
      given: this.#given,
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
  }

  /** Takes back what was kept over the background's sleep. */
  async restore(): Promise<void> {
    const stored = await browser.storage.session.get(null);
    this.#keys.restore(this.#store.restore(stored));
    this.#given.restore(stored);
  }

  /** Starts on what waits, and looks again at what newer keys may change: nobody looked while the background slept. */
  start(): void {
    // What was verified last may not have been kept: what a person gave is tried on all of them.
    void this.#verifier.verifyPending(this.#audit.tokenNames());
    void this.#verifier.lookAgain(this.#audit.tokenNames());
  }

  /** @param changed tokens that are new or whose state changed */
  verify(changed: Iterable<string>): void {
    void this.#verifier.verifyPending(changed);
  }

  /** What left the browser, for a panel that was opened since. */
  asked(): Extract<ToPanel, { readonly type: 'audit/asked' }> {
    return { type: 'audit/asked', asked: this.#asked };
  }

  /** Does what a person asked for. */
  async take(asked: Asked, port: Pick<Runtime.Port, 'postMessage'>): Promise<void> {
    switch (asked.type) {
      case 'panel/approve-issuer':
        return this.#approve(asked.issuer);
      case 'panel/check-again':
        return this.#checkAgain(asked.token);
      case 'panel/give-keys':
      case 'panel/give-secret': {
        const { issuer } = asked;
        const problem =
          asked.type === 'panel/give-keys'
            ? this.#given.giveKeys(issuer, asked.keys)
            : this.#given.giveSecret(issuer, asked.secret, asked.encoding);
        try {
          port.postMessage({ type: 'audit/keys-taken', issuer, problem } satisfies ToPanel);
        } catch {
          // The panel was closed meanwhile: what was given counts all the same.
        }
        if (problem === null) await this.#verifier.keysGiven(issuer);
      }
    }
  }

  /** An approval counts for an issuer that waits for one, and for no place that is never asked. */
  #approve(issuer: string): void {
    if (this.#audit.knowledge.mayAsk(issuer) === 'not_approved')
      this.#changed(this.#audit.learn([{ learned: 'approval', issuer }]));
  }

  async #checkAgain(name: string): Promise<void> {
    const issuer = this.#audit.readable(name)?.issuer ?? null;
    if (issuer !== null) await this.#keys.forget(issuer);
    await this.#verifier.lookAgain([name]);
  }

  #note(request: AskedUrl): void {
    this.#asked = [...this.#asked, request].slice(-MAX_ASKED);
    this.#tell(this.asked());
  }
}
