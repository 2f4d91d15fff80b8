import type { TokenKind } from '../model/token.ts';

/** What a claim must be: there at all, this very value, or (each of) its strings of this form. */
export type ClaimTest = true | string | RegExp;

/**
 * A shape of token that a vendor documents. Data, not code: a vendor is added by a row, with its source.
 */
export interface VendorProfile {
  readonly vendor: string;
  /** null where the vendor's ID and access tokens look so alike that neither may be said. */
  readonly says: TokenKind | null;
  /** A vendor's own mark of the kind is `certain`; a shape that only this kind of the vendor's tokens has is `strong`. */
  readonly confidence: 'certain' | 'strong';
  readonly claims: Readonly<Record<string, ClaimTest>>;
  readonly without?: readonly string[];
  /** What it has, in words for people. */
  readonly text: string;
  readonly source: string;
}
