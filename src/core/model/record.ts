import type { HttpExchange } from './exchange.ts';
import type { ProtocolMessage } from './protocol.ts';
import type { Fingerprint, RecordedSighting, SignatureState } from './token.ts';

/** What is kept of an exchange that carried a token or taught something: redacted, without header values and bodies. */
export interface ExchangeRecord {
  readonly id: string;
  /** Counts up within the session. */
  readonly order: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly tab: number | null;
  readonly witness: HttpExchange['witness'];
  readonly method: string;
  /** Query and fragment redacted by allow-list. */
  readonly url: string;
  /** Names the full URL without telling it, so that two witnesses of one request find each other. */
  readonly urlHash: string;
  readonly initiator: string | null;
  readonly status: number | null;
  /** DevTools showed it too. */
  readonly seenInDevtools: boolean;
  /** When it began by DevTools, which have another clock: ms since the epoch. */
  readonly listedAt?: number;
  /** How long it took by DevTools, in ms, where they told of it first. */
  readonly listedMs?: number;
  /** The id under which webRequest told of it, where DevTools did first. */
  readonly sentAs?: string;
  readonly sightings: readonly RecordedSighting[];
  /** What it says as a message of the protocol itself; null for any other request. */
  readonly message: ProtocolMessage | null;
}

/** What is kept of a token, in memory only: the raw token never reaches the disk. */
export interface TokenRecord {
  readonly fingerprint: Fingerprint;
  readonly raw: string;
  readonly signature: SignatureState;
}
