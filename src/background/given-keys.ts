import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { KeySet } from '../core/model/knowledge.ts';
import { readGivenKeySet } from '../core/verify/given-keys.ts';
import { readSecret } from '../core/verify/secret.ts';
import { keySetSchema } from './key-schemas.ts';

const PREFIX = 'g:';

/** Issuers that keys are given for; the oldest give way. */
const MAX_ISSUERS = 100;

/**
 * The keys and secrets that a person gave, by issuer (null: of tokens that name none). Public keys outlive the background's
 * sleep in `storage.session`; secrets stay in this object alone, and are gone with it.
 */
export class GivenKeys {
  readonly #keySets = new Map<string | null, KeySet>();
  readonly #secrets = new Map<string | null, Uint8Array>();

  /** Takes back what was kept over the background's sleep. */
  restore(stored: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(stored)) {
      if (!key.startsWith(PREFIX)) continue;
      const kept = v.safeParse(storedSchema, value);
      if (kept.success && !this.#keySets.has(kept.output.issuer))
        put(this.#keySets, kept.output.issuer, kept.output.keySet);
    }
  }

  /** @returns why the keys were not taken, null where they were */
  giveKeys(issuer: string | null, text: string): string | null {
    const given = readGivenKeySet(text);
    if (!given.read) return given.problem;
    put(this.#keySets, issuer, given.keySet);
    const kept = { [`${PREFIX}${issuer ?? ''}`]: { issuer, keySet: given.keySet } };
    // Where there is no room for them, they hold until the background sleeps.
    void browser.storage.session.set(kept).catch(() => undefined);
    return null;
  }

  /** @returns why the secret was not taken, null where it was */
  giveSecret(issuer: string | null, secret: string, encoding: 'text' | 'base64url'): string | null {
    const read = readSecret(secret, encoding);
    if (typeof read === 'string') return read;
    put(this.#secrets, issuer, read);
    return null;
  }

  keySet(issuer: string | null): KeySet | null {
    return this.#keySets.get(issuer) ?? null;
  }

  secret(issuer: string | null): Uint8Array | null {
    return this.#secrets.get(issuer) ?? null;
  }

  has(issuer: string | null): boolean {
    return this.#keySets.has(issuer) || this.#secrets.has(issuer);
  }
}

function put<T>(map: Map<string | null, T>, issuer: string | null, value: T): void {
  map.delete(issuer);
  const [oldest] = map.keys();
  if (map.size >= MAX_ISSUERS && oldest !== undefined) map.delete(oldest);
  map.set(issuer, value);
}

const storedSchema: v.GenericSchema<unknown, { readonly issuer: string | null; readonly keySet: KeySet }> =
  v.object({ issuer: v.nullable(v.string()), keySet: keySetSchema });
