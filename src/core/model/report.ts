import type { UnseenReason } from './exchange.ts';
import type { Finding } from './finding.ts';
import type { Destination } from './knowledge.ts';
import type {
  Check,
  Confidence,
  Evidence,
  Fingerprint,
  SightingLocation,
  SignatureState,
  TokenKind,
} from './token.ts';

/**
 * What an audit found, to be shared: what other programs rely on. Everything in it is redacted: nothing can be
 * replayed, nobody is named. More fields may come; a change of meaning raises `schemaVersion`.
 */
export interface AuditReport {
  readonly schemaVersion: '1.0';
  readonly tool: { readonly name: 'aud-it'; readonly version: string };
  readonly session: ReportSession;
  readonly coverage: {
    readonly exchanges: number;
    readonly withToken: number;
    readonly unseen: readonly ReportUnseen[];
  };
  readonly clients: readonly ReportClient[];
  readonly resources: readonly ReportResource[];
  readonly tokens: readonly ReportToken[];
  /** Every exchange that carried a token or taught something, in the order in which they began. */
  readonly exchanges: readonly ReportExchange[];
  /** By exchange, and of one exchange the worst first. */
  readonly findings: readonly ReportFinding[];
  /** Where only what is new since another report is listed: which, and what became of its findings. */
  readonly baseline?: { readonly name: string; readonly still: number; readonly fixed: number };
}

export interface ReportSession {
  readonly name: string;
  /** ISO 8601; null where nothing was seen. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly source: 'chrome' | 'firefox' | 'webkit' | 'har';
  readonly steps: readonly ReportStep[];
}

/** What a person noted while recording. */
export interface ReportStep {
  /** ISO 8601. */
  readonly at: string;
  readonly note: string;
  /** A step of the walk by its name, a remark, or what the recording itself did; a remark where it doesn't say. */
  readonly kind?: 'step' | 'note' | 'recording';
}

export interface ReportUnseen {
  readonly reason: UnseenReason;
  readonly count: number;
  /** When, where that is known: ISO 8601. */
  readonly during?: readonly { readonly from: string; readonly to: string }[];
}

export interface ReportClient {
  readonly clientId: string;
  /** null where no metadata says which issuer the endpoint that it was sent to belongs to. */
  readonly issuer: string | null;
  readonly origins: readonly string[];
  /** The exchange that showed it first; `configuration` where a person declared it. */
  readonly learnedFrom: string;
}

export interface ReportResource {
  /** A host pattern where a person declared it. */
  readonly host: string;
  readonly audiences: readonly string[];
  /** The exchange that showed it first. */
  readonly learnedFrom: string;
}

export interface ReportToken {
  readonly fingerprint: Fingerprint;
  readonly kind: TokenKind;
  readonly confidence: Confidence;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  readonly issuer: string | null;
  readonly audience: readonly string[];
  readonly clientId: string | null;
  readonly scope: readonly string[];
  /** NumericDate (RFC 7519 §2): s since the epoch. */
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
  readonly signature: {
    readonly status: SignatureState['status'];
    /** Why it is invalid, or a word for why it could not be checked. */
    readonly reason: string | null;
    /** The same for people. */
    readonly text: string | null;
    readonly keyId: string | null;
  };
  /** Each check with the worst that came of it at any of the token's requests. */
  readonly checks: readonly Check[];
  /** The exchange whose response issued it. */
  readonly issuedIn: string | null;
  /** The exchanges whose requests carried it, oldest first. */
  readonly usedIn: readonly string[];
}

export interface ReportExchange {
  readonly id: string;
  /** The place in the HAR that it was read from; null where it was seen live. */
  readonly entry: HarPlace | null;
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  /** The origin of the page that made it. */
  readonly initiator: string | null;
  readonly role: Destination['role'];
  readonly status: number | null;
  readonly sightings: readonly {
    readonly location: SightingLocation;
    readonly name: string;
    readonly token: Fingerprint;
  }[];
}

/** An entry of a HAR file: `log.entries[index]`. */
export interface HarPlace {
  readonly file: string;
  readonly index: number;
  /** The line of the file on which the entry begins, from 1. */
  readonly line?: number;
}

/** A finding as it is shared: its words are redacted. */
export interface ReportFinding extends Finding {
  /** Where it is accepted by design: why, and until when (ISO 8601 date). */
  readonly accepted?: { readonly reason: string; readonly until: string };
}
