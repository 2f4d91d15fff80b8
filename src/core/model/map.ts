import type { TokenKind } from './token.ts';
import type { RowVerdict } from './view.ts';

/** What a party of the map is: who issues, the app itself, and whom it sends tokens to. */
export type PartyRole = 'server' | 'client' | 'backend' | 'api' | 'third_party' | 'unknown';

/** The one picture of an app: its parties, and the tokens that flow between them. */
export interface AppMap {
  readonly parties: readonly MapParty[];
  readonly flows: readonly MapFlow[];
  /** Parties beyond the bound: their flows are left off too. */
  readonly partiesLeftOff: number;
  readonly matrix: AudienceMatrix;
}

export interface MapParty {
  readonly id: string;
  readonly role: PartyRole;
  /** A host, or the client_ids of the app; empty for an app whose pages were not told. */
  readonly name: string;
  /** A client's origins, or the audiences that a host answers to. */
  readonly also: readonly string[];
  /** What the list of requests is filtered by to see its requests. */
  readonly filter: string;
}

export interface MapFlow {
  readonly from: string;
  readonly to: string;
  /** `login`: an authorization request, which carries no token. */
  readonly says: 'sent' | 'issued' | 'login';
  readonly kind: TokenKind | null;
  readonly count: number;
  /** The worst that was found of it; null where nothing was judged (what is issued). */
  readonly verdict: RowVerdict | null;
  readonly filter: string;
}

/** Audiences of the tokens that were sent, by the hosts that they were sent to. */
export interface AudienceMatrix {
  readonly audiences: readonly string[];
  readonly hosts: readonly string[];
  readonly cells: readonly MatrixCell[];
  readonly audiencesLeftOff: number;
  readonly hostsLeftOff: number;
}

export interface MatrixCell {
  /** Indices of {@link AudienceMatrix}' lists. */
  readonly audience: number;
  readonly host: number;
  readonly count: number;
  readonly verdict: RowVerdict;
  readonly filter: string;
}
