import type { Severity } from '../core/model/finding.ts';
import type { AuditReport, ReportFinding } from '../core/model/report.ts';

/** An audit of a browser test's traffic, from the moment at which it was started. */
export interface AuditSession {
  /** Notes where the test is; the report lists it with its time. */
  step(note: string): void;
  /**
   * The report on all that was seen so far. Waits for answers that are under way and for issuers' keys, each for a bounded time.
   * Never rejects.
   */
  report(): Promise<AuditReport>;
  /** What {@link report} found wrong, narrowed by the selection: what `toHaveNoFindings` looks for. */
  findings(selection?: FindingSelection): Promise<readonly ReportFinding[]>;
  /**
   * Writes the report as JSON, its folder too: what `aud-it merge` joins.
   * @throws Error where the file can't be written
   */
  write(file: string): Promise<void>;
  /** Stops listening. @returns the last report, which stays */
  stop(): Promise<AuditReport>;
}

/** Which findings count. What could not be told and what is accepted by design never does. */
export interface FindingSelection {
  /** The mildest severity that counts. Default: `notice`, all. */
  readonly atOrAbove?: Severity;
  /** Ids of the rules that count. Default: all. */
  readonly rules?: readonly string[];
  /** Findings that don't count: by rule id, or by what of them the function knows. */
  readonly ignore?: readonly string[] | ((finding: ReportFinding) => boolean);
}

export interface AuditOptions {
  /** What the report calls the session. Default: `browser test`. */
  readonly name?: string;
  /**
   * Whether issuers are asked for their keys: those that the traffic shows as authorization servers, over https (http on
   * loopback), with Node's own fetch. Default: true.
   */
  readonly online?: boolean;
  /**
   * What the team declares (docs/configuration.md): a file, or what one would hold. Default: `aud-it.config.json` of the working
   * directory, where there is one.
   */
  readonly config?: string | object;
  /** A JWK Set (RFC 7517 §5) for all issuers, or an object of issuer → JWK Set. They are asked for no keys then. */
  readonly jwks?: object;
  /** How long a report waits for answers that are under way, in ms. Default: 2,000. */
  readonly settleMs?: number;
}
