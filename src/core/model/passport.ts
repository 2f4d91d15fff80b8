import type { Destination } from './knowledge.ts';
import type { Fingerprint, TokenKind } from './token.ts';
import type { Place, RowVerdict } from './view.ts';

/** The life of one token: issued there, as that; renewed; sent to each host. */
export interface Passport {
  /** What the response that issued it called it; null where its issuing was not seen. */
  readonly issuedAs: TokenKind | null;
  /** The token that it took the place of, by a refresh. */
  readonly replaces: Renewal | null;
  /** The token that took its place. */
  readonly replacedBy: Renewal | null;
  /** By the first request; at most 50, `hostsTotal` says how many there are. */
  readonly hosts: readonly PassportHost[];
  readonly hostsTotal: number;
  /** Requests that were looked at for this; more are counted in `TokenView.usedInTotal` only. */
  readonly counted: number;
}

export interface Renewal {
  readonly token: Fingerprint;
  /** The token request that renewed it. */
  readonly place: Place;
}

export interface PassportHost {
  readonly host: string;
  readonly role: Destination['role'];
  readonly count: number;
  /** How many of its requests have which verdict, the worst first. */
  readonly verdicts: readonly { readonly verdict: RowVerdict; readonly count: number }[];
  /** The row of the first of its requests with the worst verdict. */
  readonly row: string | null;
  /** ms since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
}
