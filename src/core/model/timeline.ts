import type { TokenKind } from './token.ts';
import type { RowVerdict } from './view.ts';

/** The logins of a tab, oldest first. */
export interface Timeline {
  readonly logins: readonly Login[];
  /** Older logins beyond the bound. */
  readonly leftOff: number;
}

/**
 * How far a login was seen. `began_before`: its beginning was not; `unfinished`: nothing came back yet; `code_went_on`: a
 * code came back, and who redeemed it was not seen (the app's server, perhaps); `refused`: an error came back.
 */
export type LoginState = 'complete' | 'began_before' | 'unfinished' | 'code_went_on' | 'refused';

export interface Login {
  readonly id: string;
  /** null where no request named it. */
  readonly clientId: string | null;
  /** The authorization server's host, or what the token names as its issuer; null where neither was seen. */
  readonly server: string | null;
  readonly state: LoginState;
  readonly steps: readonly LoginStep[];
  readonly stepsLeftOff: number;
}

export type StepKind =
  | 'pushed'
  | 'asked'
  | 'asked_silently'
  | 'returned'
  | 'refused'
  | 'exchanged'
  | 'granted'
  | 'delivered'
  | 'used'
  | 'renewed'
  | 'revoked'
  | 'logged_out';

/** One step, or several alike in one. */
export interface LoginStep {
  readonly does: StepKind;
  /** ms since the epoch, of the first and of the last. */
  readonly at: number;
  readonly lastAt: number;
  readonly count: number;
  /** The exchange of the first of them, or of the first with the worst verdict. */
  readonly exchange: string;
  readonly host: string;
  readonly verdict: RowVerdict | null;
  /** Tokens that it brought, or the one that was used. */
  readonly kinds: readonly TokenKind[];
  /** What the standard calls it: a grant type, a response type, an error. */
  readonly term: string | null;
  readonly scope: readonly string[];
  /** Of an authorization request: how PKCE protects the code (RFC 7636); null where it doesn't or it can't be told. */
  readonly pkce: string | null;
}
