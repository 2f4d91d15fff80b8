import type { IssuerMetadata, KeySet } from '../model/knowledge.ts';
import type { KeyOrigin } from '../model/token.ts';

/** An issuer's keys, or why there are none. */
export type IssuerKeys =
  | {
      readonly status: 'found';
      readonly metadata: IssuerMetadata;
      readonly keySet: KeySet;
      /** When the issuer was asked for them, in ms since the epoch; left out where nobody was asked. */
      readonly askedAt?: number;
      /** Who gave them; the issuer, where it is left out. */
      readonly from?: KeyOrigin;
    }
  | { readonly status: 'unreachable'; readonly text: string; readonly askedAt?: number };

/** Where keys come from: the network in the extension, recorded traffic for a file, a fixture in a test. */
export interface KeySource {
  /**
   * The keys that `issuer` publishes. The caller has made sure that this issuer may be asked.
   * @param wantedKeyId the `kid` that a token names: where a cached key set lacks it, the source may ask once more
   * @param newerThan keys that were asked for then (ms since the epoch) or before don't do: the source asks again, unless
   *   it did just before
   * @returns never rejects
   */
  keysOf(issuer: string, wantedKeyId: string | null, newerThan?: number): Promise<IssuerKeys>;
}
