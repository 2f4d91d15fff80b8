import type { IssuerMetadata, KeySet } from '../model/knowledge.ts';

/** An issuer's keys, or why there are none. */
export type IssuerKeys =
  | { readonly status: 'found'; readonly metadata: IssuerMetadata; readonly keySet: KeySet }
  | { readonly status: 'unreachable'; readonly text: string };

/** Where keys come from: the network in the extension, recorded traffic for a file, a fixture in a test. */
export interface KeySource {
  /**
   * The keys that `issuer` publishes. The caller has made sure that this issuer may be asked.
   * @param wantedKeyId the `kid` that a token names: where a cached key set lacks it, the source may ask once more
   * @returns never rejects
   */
  keysOf(issuer: string, wantedKeyId: string | null): Promise<IssuerKeys>;
}
