import type { IssuerTrust } from './configuration.ts';
import type { AudienceComparison, Destination } from './knowledge.ts';
import type { ProtocolMessage } from './protocol.ts';
import type { CheckedToken, Fingerprint, SightingLocation, TokenKind } from './token.ts';

export type Severity = 'error' | 'warning' | 'notice';

export interface Reference {
  /** Title with section: "OpenID Connect Core 1.0 §2". */
  readonly title: string;
  readonly url: string;
}

/** The request that is judged, as far as rules look at it. */
export interface JudgedRequest {
  readonly method: string;
  /** ms since the epoch: the moment at which everything is judged. */
  readonly at: number;
  /** The origin of the page that made it. */
  readonly initiator: string | null;
  readonly destination: Destination;
  /** Encrypted on its way (https, wss), or never on a network (loopback). */
  readonly isConfidential: boolean;
  readonly isWebSocket: boolean;
}

/** Whether anything that was seen connects where a request went with the token: its app, its issuer, what it was asked for. */
export interface Connection {
  /** `none` where the parties are known, and none has to do with that place; `cannot_tell` where an unseen tie is likely. */
  readonly outcome: 'connected' | 'none' | 'cannot_tell';
  /** What was compared, in words for people; empty where nothing can be told. */
  readonly text: string;
}

/** One sighting with everything a rule may look at. A pure value: the rule sees nothing else. */
export interface Case {
  readonly sighting: {
    readonly location: SightingLocation;
    readonly name: string;
    readonly scheme: string | null;
  };
  readonly token: CheckedToken;
  /** What the other tokens of the same request are. */
  readonly beside: readonly TokenKind[];
  readonly request: JudgedRequest;
  readonly audience: AudienceComparison;
  readonly connection: Connection;
  /** The app whose `client_id` is the token's audience, where one is known. */
  readonly client: { readonly clientId: string; readonly origins: readonly string[] } | null;
  /** The client_ids that the page's origin is known to use at the token's issuer. */
  readonly pageClients: readonly string[];
  /** Where this very token was issued, where that was seen. */
  readonly issued: { readonly origin: string; readonly clientId: string | null } | null;
  /** Where it went before this request; authorization servers are left out, but for APIs beside their endpoints. */
  readonly earlier: {
    /** Registrable domains, in the order of first use. */
    readonly sites: readonly string[];
    /** The same with authorization servers. */
    readonly everywhere: readonly string[];
    /** Nothing that was seen connects the first of these sites with the token: which of two is the wrong one is open. */
    readonly isFirstStranger: boolean;
    /** How many requests handed it to this same origin in a body. */
    readonly handOffs: number;
  };
  /** The vendor's own documentation that has ID tokens like this one sent to APIs. */
  readonly acceptedByDesign: { readonly vendor: string; readonly text: string } | null;
  /** How the token's issuer stands to those that a person declared as trusted; `undeclared` also where it names none. */
  readonly issuerTrust: IssuerTrust;
}

/** A request of the protocol itself, with everything a rule may look at. */
export interface MessageCase {
  readonly message: ProtocolMessage;
  readonly request: JudgedRequest;
}

/** What a rule says of a case. Weak evidence makes `cantTell`, never `failed`. */
export type Verdict =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'inapplicable' }
  | { readonly outcome: 'cantTell'; readonly because: string }
  | {
      readonly outcome: 'failed';
      /** Where it differs from the rule's own. */
      readonly severity?: Severity;
      /** What happened, in one sentence that names the parties. */
      readonly what: string;
      readonly evidence: readonly string[];
    };

/** What a rule says of itself. Its file, id, test and documentation share one name, which tells the failing state. */
export interface RuleMetadata {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  readonly references: readonly Reference[];
}

/** A rule on tokens: metadata beside a pure function. */
export interface Rule extends RuleMetadata {
  /**
   * Places that it looks at though no app's code put the token there for this request: the browser adds `cookie`s, and
   * a `redirect` hands the token on. Rules that don't name them are not asked.
   */
  readonly looksAlsoAt?: readonly SightingLocation[];
  readonly judge: (subject: Case) => Verdict;
}

/** A rule on requests of the protocol itself. */
export interface MessageRule extends RuleMetadata {
  readonly judge: (subject: MessageCase) => Verdict;
}

/** What to do about a finding in one client library. */
export interface SdkFix {
  /** The library, as its maintainers write it: `oidc-client-ts`, `MSAL.js`. */
  readonly sdk: string;
  /** Why it is held to be in use, in words for people. */
  readonly because: string;
  readonly text: string;
  /** A sample, in the library's own language; null where words are enough. */
  readonly code: string | null;
}

/** A rule's verdict on one sighting, or on a request of the protocol, that a person should see. */
export interface Finding {
  readonly ruleId: string;
  readonly outcome: 'failed' | 'cantTell';
  readonly severity: Severity;
  readonly exchange: string;
  readonly token: Fingerprint | null;
  readonly title: string;
  /** What happened, in one sentence. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** The same for the client library that the page was seen to use, where it could be told and there is more to say. */
  readonly fixFor?: SdkFix;
  readonly evidence: readonly string[];
  readonly references: readonly Reference[];
  /** Where the configuration accepts it by design: why, and the last day on which it does (ISO 8601 date, UTC). */
  readonly accepted?: { readonly reason: string; readonly until: string };
}
