import type { Lesson } from '../model/knowledge.ts';
import type { Fingerprint } from '../model/token.ts';

/** What one step changed: what to show anew, and what to keep. */
export interface AuditChange {
  /** Exchanges whose row, findings or detail changed. */
  readonly exchanges: ReadonlySet<string>;
  /** Tokens that are new or whose signature state changed. */
  readonly tokens: ReadonlySet<Fingerprint>;
  readonly lessons: readonly Lesson[];
}

/** @returns a change of these and of nothing else */
export function changeOf(change: Partial<AuditChange>): AuditChange {
  return { ...NOTHING, ...change };
}

export const NOTHING: AuditChange = { exchanges: new Set(), tokens: new Set(), lessons: [] };

export function merge(a: AuditChange, b: AuditChange): AuditChange {
  return {
    exchanges: new Set([...a.exchanges, ...b.exchanges]),
    tokens: new Set([...a.tokens, ...b.tokens]),
    lessons: [...a.lessons, ...b.lessons],
  };
}
