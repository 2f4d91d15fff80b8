import type { RecordedSession } from '../core/model/session.ts';
import type { CurrentSession } from '../session-messages.ts';

/** What people are told of the session that is recorded; null where none is. */
export function currentOf(session: RecordedSession | null): CurrentSession | null {
  if (session === null || session.scope === null || session.state === 'ended') return null;
  const { id, name, state, scope, startedAt, exchanges, kept, steps, gaps } = session;
  const own = steps.filter(({ kind }) => kind !== 'recording');
  return {
    ...{ id, name, state, startedAt, exchanges },
    scope: scope.of,
    site: scope.of === 'site' ? scope.site : null,
    errors: kept.errors,
    warnings: kept.warnings,
    steps: own.length,
    lastStep: own.at(-1)?.note ?? null,
    gaps: gaps.length,
    leftOut: session.unseen.find(({ reason }) => reason === 'private_window')?.count ?? 0,
  };
}
