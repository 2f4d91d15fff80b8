import type { UnseenReason } from './exchange.ts';
import type {
  AuditReport,
  ReportClient,
  ReportExchange,
  ReportFinding,
  ReportResource,
  ReportSession,
  ReportStep,
  ReportToken,
} from './report.ts';
import type { Check, Fingerprint } from './token.ts';

/** Which requests a recording takes: those of one tab; those to a site or from its pages; all. */
export type SessionScope =
  | { readonly of: 'tab'; readonly tab: number }
  /** A registrable domain, as the Public Suffix List tells it. */
  | { readonly of: 'site'; readonly site: string }
  | { readonly of: 'all' };

/** From when to when, in ms since the epoch. `to` is null while it lasts. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** What is kept on the disk of a session beside its parts. Redacted, as everything on the disk. */
export interface RecordedSession {
  /** The shape of this record and of its parts. */
  readonly schema: 1;
  readonly id: string;
  readonly name: string;
  readonly source: ReportSession['source'];
  /** The version of Aud-it that wrote it. */
  readonly version: string;
  /** null for an imported one. */
  readonly scope: SessionScope | null;
  readonly state: 'recording' | 'paused' | 'ended';
  /** Ended by the browser and not by a person: it can be continued. */
  readonly isInterrupted: boolean;
  /** ms since the epoch, as all times here. */
  readonly startedAt: number;
  /** When something was last written: after a crash all that is known of its end. */
  readonly lastSign: number;
  /** When it recorded; several where it was paused. */
  readonly active: readonly Span[];
  /** When it should have recorded and could not, because the browser had stopped the extension. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  readonly steps: readonly ReportStep[];
  /** How many requests were seen, with a token or without. */
  readonly exchanges: number;
  readonly unseen: readonly { readonly reason: UnseenReason; readonly count: number }[];
  readonly kept: {
    /** Exchanges that carried a token or taught something. */
    readonly exchanges: number;
    /** Those with an error, and with a warning and no error. */
    readonly errors: number;
    readonly warnings: number;
    /** As JSON text. */
    readonly bytes: number;
  };
}

/** A piece of a session: what is written at once when an exchange is judged, or judged again. */
export type SessionPart =
  | {
      readonly part: 'exchange';
      /** Counts up within the audit that judged it. */
      readonly order: number;
      readonly exchange: ReportExchange;
      /** What the checks of its tokens said at this request. */
      readonly checks: readonly { readonly token: Fingerprint; readonly checks: readonly Check[] }[];
      readonly findings: readonly RecordedFinding[];
    }
  | { readonly part: 'token'; readonly token: RecordedToken }
  | { readonly part: 'client'; readonly client: ReportClient }
  | { readonly part: 'resource'; readonly resource: ReportResource }
  | ({ readonly part: 'words'; readonly id: string } & FindingWords);

/** What is the same at all of a token's requests. */
export type RecordedToken = Omit<ReportToken, 'checks' | 'usedIn'>;

/** What every finding of a rule says alike: kept once. */
export type FindingWords = Pick<ReportFinding, 'title' | 'why' | 'fix' | 'fixFor' | 'references'>;

export interface RecordedFinding extends Omit<ReportFinding, keyof FindingWords> {
  /** The id of its {@link FindingWords}. */
  readonly words: string;
}

/** A part with the name under which it is kept: a newer one of the same name replaces it. */
export interface NamedPart {
  readonly key: string;
  readonly value: SessionPart;
  /** Of its JSON text. */
  readonly bytes: number;
}

/** A session that was brought in from a file. */
export interface ImportedSession {
  readonly session: RecordedSession;
  readonly report: AuditReport;
}
