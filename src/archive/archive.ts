import type { NamedPart, RecordedSession, SessionPart } from '../core/model/session.ts';

/** What the disk holds of sessions. */
export interface ArchiveList {
  readonly sessions: readonly RecordedSession[];
  /** Ids of those that can't be read any more: they can be deleted. */
  readonly unreadable: readonly string[];
}

export interface ArchiveParts {
  readonly parts: readonly SessionPart[];
  /** How many can't be read any more. */
  readonly unreadable: number;
}

/** How much room sessions take, in bytes. */
export interface ArchiveRoom {
  readonly used: number;
  readonly limit: number;
}

/**
 * Sessions on the disk. Only redacted records ever reach it. All methods reject where the disk does: it is full, or the
 * database was written by a newer version.
 */
export interface Archive {
  list(): Promise<ArchiveList>;
  /** @returns null where there is none, or it can't be read */
  session(id: string): Promise<RecordedSession | null>;
  parts(id: string): Promise<ArchiveParts>;
  /** Writes a session and parts of it, all or nothing. */
  write(session: RecordedSession, parts: readonly NamedPart[]): Promise<void>;
  remove(id: string): Promise<void>;
  room(): Promise<ArchiveRoom>;
}

/** Sessions are refused more than this together, in octets of JSON: more than 100,000 requests with tokens, at some 2 kB each. */
export const ARCHIVE_LIMIT = 250_000_000;

/** From here on it is said that room gets scarce. */
export const NEARLY_FULL = 0.8;

export function isNearlyFull({ used, limit }: ArchiveRoom): boolean {
  return used >= limit * NEARLY_FULL;
}
