import type { AudienceComparison, Destination } from './knowledge.ts';
import type { CheckedToken, Fingerprint, SightingLocation } from './token.ts';

export type Severity = 'error' | 'warning' | 'notice';

export interface Reference {
  /** Title with section: "OpenID Connect Core 1.0 §2". */
  readonly title: string;
  readonly url: string;
}

/** One sighting with everything a rule may look at. A pure value: the rule sees nothing else. */
export interface Case {
  readonly sighting: {
    readonly location: SightingLocation;
    readonly name: string;
    readonly scheme: string | null;
  };
  readonly token: CheckedToken;
  readonly request: {
    readonly method: string;
    /** ms since the epoch: the moment at which everything is judged. */
    readonly at: number;
    /** The origin of the page that made it. */
    readonly initiator: string | null;
    readonly destination: Destination;
  };
  readonly audience: AudienceComparison;
  /** The app whose `client_id` is the token's audience, where one is known. */
  readonly client: { readonly clientId: string; readonly origins: readonly string[] } | null;
  /** The vendor's own documentation that has ID tokens like this one sent to APIs. */
  readonly acceptedByDesign: { readonly vendor: string; readonly text: string } | null;
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

/** A rule: metadata beside a pure function. Its file, id, test and documentation share one name, which tells the failing state. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  readonly references: readonly Reference[];
  readonly judge: (subject: Case) => Verdict;
}

/** A rule's verdict on one sighting that a person should see. */
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
  readonly evidence: readonly string[];
  readonly references: readonly Reference[];
}
