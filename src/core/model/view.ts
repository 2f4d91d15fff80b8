import type { UnseenReason } from './exchange.ts';
import type { Finding } from './finding.ts';
import type { Passport } from './passport.ts';
import type {
  Check,
  Classification,
  Fingerprint,
  SightingLocation,
  SignatureState,
  TokenKind,
} from './token.ts';

/** The one word for a request: its worst finding, or that it can't be told, or that all is accepted by design, or nothing wrong. */
export type RowVerdict = 'error' | 'warning' | 'notice' | 'cantTell' | 'accepted' | 'passed';

/** A request that carried a token, as the list shows it. No query values, no token. */
export interface AuditRow {
  readonly id: string;
  /** Counts up within the session: the order of the list. */
  readonly order: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number | null;
  readonly kinds: readonly TokenKind[];
  readonly locations: readonly SightingLocation[];
  readonly audiences: readonly string[];
  readonly issuers: readonly string[];
  /** The client_ids of the clients that the tokens were issued to, as far as they are known. */
  readonly clients: readonly string[];
  /** The tokens, in the order of their sightings. */
  readonly tokens: readonly Fingerprint[];
  readonly verdict: RowVerdict;
  /** Rules with outcome `failed`, worst first; without those that are accepted by design. */
  readonly failed: readonly string[];
  /** Rules with outcome `failed` that the configuration accepts by design. */
  readonly accepted: readonly string[];
  /** Rules with outcome `cantTell`. */
  readonly cantTell: readonly string[];
  /** When the first of its tokens ends by this machine's clock, in ms since the epoch, where one says so. */
  readonly expiresAt?: number;
}

/** Everything about the chosen request. */
export interface AuditDetail {
  readonly row: AuditRow;
  readonly request: {
    readonly method: string;
    /** Redacted: the values of parameters that carried tokens are replaced. */
    readonly url: string;
    readonly initiator: string | null;
    /** Where it went: the role and why it is held for that. */
    readonly role: string;
    readonly because: string;
  };
  /** The verdict in one sentence. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** Each finding as a bug report in Markdown, redacted, in the same order. */
  readonly reports: readonly string[];
  readonly tokens: readonly TokenView[];
}

export interface TokenView {
  readonly fingerprint: Fingerprint;
  readonly location: SightingLocation;
  readonly name: string;
  readonly scheme: string | null;
  readonly classification: Classification;
  /** The JOSE Header and the JWT Claims Set, a line a member; empty where there are none to read. */
  readonly header: readonly ClaimView[];
  readonly claims: readonly ClaimView[];
  /** Why there is nothing to read: malformed, encrypted, opaque. */
  readonly unreadable: string | null;
  readonly signature: SignatureState;
  readonly checks: readonly Check[];
  readonly issuer: string | null;
  readonly audiences: readonly string[];
  readonly clientId: string | null;
  readonly scope: readonly string[];
  /** Its `exp` by this machine's clock, in ms since the epoch, where it has one. */
  readonly expiresAt?: number;
  readonly issuedIn: Place | null;
  /** Where it went, oldest first; at most 200, `usedInTotal` says how many there are. */
  readonly usedIn: readonly Place[];
  readonly usedInTotal: number;
  readonly passport: Passport;
}

export interface ClaimView {
  readonly name: string;
  /** The value as JSON text. */
  readonly json: string;
  /** What the member means, by its standard; null for private ones. */
  readonly meaning: string | null;
  /** For NumericDate members (RFC 7519 §2): ms since the epoch. */
  readonly time: number | null;
}

/** An exchange that a token was issued in or travelled on. */
export interface Place {
  /** The row's id; null where the exchange is not in the list. */
  readonly row: string | null;
  readonly at: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly verdict: RowVerdict | null;
}

/** What was seen and what was not. */
export interface Coverage {
  readonly exchanges: number;
  readonly withToken: number;
  /** False while nothing of a sign-in was seen: how tokens were issued is not known. Live only. */
  readonly sawSignIn?: boolean;
  readonly unseen: readonly { readonly reason: UnseenReason; readonly count: number }[];
}

/** Whether the extension may see the traffic at all. */
export interface Access {
  /** False where the browser's user has taken back the host permissions. */
  readonly granted: boolean;
  /** The origins of the inspected page that are not covered. */
  readonly missing: readonly string[];
}

/** One request that left the browser for an authorization server's metadata or keys. */
export interface AskedUrl {
  readonly url: string;
  /** ms since the epoch. */
  readonly at: number;
  /** HTTP status; null where no answer came, 0 for a redirect that the browser shows no more of. */
  readonly status: number | null;
}
