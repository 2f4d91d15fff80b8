import type { Severity } from './finding.ts';
import type { TokenKind } from './token.ts';

/** What a person says of their app: `aud-it.config.json`, and what the options page edits. It holds no secret. */
export interface Configuration {
  readonly clients: readonly DeclaredClient[];
  readonly resources: readonly DeclaredResource[];
  /** Issuers whose tokens the app's own resources may take; empty where nothing is said of them. */
  readonly trustedIssuers: readonly string[];
  /** By rule id. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly acceptedByDesign: readonly AcceptedUse[];
  /** True where a vendor's own documentation of a use no longer makes it milder. */
  readonly strict: boolean;
}

/** An app's registration at an authorization server. */
export interface DeclaredClient {
  readonly clientId: string;
  readonly issuer: string;
  /** Where its pages are. */
  readonly origins: readonly string[];
}

/** An API, and the identifiers that it answers to in "aud" (RFC 7519 §4.1.3). */
export interface DeclaredResource {
  /** A host pattern, as `src/core/syntax/host-pattern.ts` reads it. */
  readonly host: string;
  readonly audiences: readonly string[];
}

/** A use that the team has looked at and accepts. All that is said of it must fit. */
export interface AcceptedUse {
  readonly rules: readonly string[];
  readonly issuer?: string;
  /** A `client_id`. */
  readonly client?: string;
  /** A host pattern. */
  readonly host?: string;
  readonly kind?: TokenKind;
  readonly reason: string;
  /** The last day on which it is accepted (ISO 8601 date, UTC). */
  readonly until: string;
}

/** A host pattern, read once. It is data, never a regular expression: matching takes one comparison. */
export interface HostPattern {
  readonly text: string;
  /** A host name, or what stands behind `*.`. */
  readonly hostname: string;
  readonly isWildcard: boolean;
  /** A port; `*` for any; null for the default one of the scheme. */
  readonly port: string | null;
  /** Without a slash at its end; empty for all. */
  readonly path: string;
}

/** An {@link AcceptedUse} with its place in the configuration and its host pattern read. */
export interface Acceptance {
  readonly index: number;
  readonly use: AcceptedUse;
  readonly host: HostPattern | null;
  /** ms since the epoch: from then on it no longer counts. */
  readonly end: number;
}

/** How an issuer stands to the ones that were declared as trusted. `nearly`: but for a slash at its end. */
export type IssuerTrust = 'trusted' | 'nearly' | 'untrusted' | 'undeclared';

/** One thing that is wrong in a configuration. */
export interface ConfigurationProblem {
  /** As a program would write it: `resources[2].audiences`; empty for the whole. */
  readonly path: string;
  /** What was expected and what was found, in one line for people. */
  readonly text: string;
}

export const NO_CONFIGURATION: Configuration = {
  clients: [],
  resources: [],
  trustedIssuers: [],
  severities: {},
  acceptedByDesign: [],
  strict: false,
};
