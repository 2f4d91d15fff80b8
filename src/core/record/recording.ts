import type { UnseenReason } from '../model/exchange.ts';
import type { ReportStep } from '../model/report.ts';
import type { RecordedSession, SessionScope } from '../model/session.ts';
import { t } from '../text.ts';

/** How a recording goes on: each function gives the session as it is afterwards. Times are ms since the epoch. */

const MAX_NAME = 200;
const MAX_NOTE = 2_000;
/** More than a person notes; what is beyond is not taken. */
const MAX_STEPS = 1_000;
const MAX_GAPS = 1_000;

/** A start, or an end, that is noted among the steps. */
const NOTES = {
  paused: t`Recording paused`,
  resumed: t`Recording resumed`,
  continued: t`Recording continued after the browser had ended it`,
} as const;

export function begin(told: {
  readonly id: string;
  readonly name: string;
  readonly scope: SessionScope;
  readonly source: RecordedSession['source'];
  readonly version: string;
  readonly at: number;
}): RecordedSession {
  const { id, name, scope, source, version, at } = told;
  return {
    ...{ schema: 1, id, source, version, scope },
    name: nameOf(name),
    state: 'recording',
    isInterrupted: false,
    startedAt: at,
    lastSign: at,
    active: [{ from: at, to: null }],
    ...{ gaps: [], steps: [], exchanges: 0, unseen: [] },
    kept: { exchanges: 0, errors: 0, warnings: 0, bytes: 0 },
  };
}

export function pause(session: RecordedSession, at: number): RecordedSession {
  if (session.state !== 'recording') return session;
  return noted({ ...closed(session, at), state: 'paused' }, at, NOTES.paused);
}

export function resume(session: RecordedSession, at: number): RecordedSession {
  if (session.state !== 'paused') return session;
  return noted(opened(session, at), at, NOTES.resumed);
}

export function stop(session: RecordedSession, at: number): RecordedSession {
  if (session.state === 'ended') return session;
  return { ...closed(session, at), state: 'ended' };
}

/** The browser ended while it was recorded: its last sign of life is all that is known of its end. */
export function interrupt(session: RecordedSession): RecordedSession {
  if (session.state === 'ended') return session;
  const ended = closed(session, session.lastSign);
  return { ...ended, lastSign: session.lastSign, state: 'ended', isInterrupted: true };
}

/**
 * Goes on with a session that the browser ended.
 * @param scope as a person wants it now: tabs don't outlive the browser
 */
export function continued(session: RecordedSession, scope: SessionScope, at: number): RecordedSession {
  if (session.state !== 'ended' || session.scope === null) return session;
  const whole = session.isInterrupted ? withGap(session, session.lastSign, at) : session;
  return noted({ ...opened(whole, at), scope, isInterrupted: false }, at, NOTES.continued);
}

/** Notes a time in which nothing could be recorded, because the browser had stopped the extension. */
export function withGap(session: RecordedSession, from: number, to: number): RecordedSession {
  if (to <= from) return session;
  if (session.gaps.length >= MAX_GAPS) return withUnseen(session, 'background_stopped', 1);
  return { ...session, gaps: [...session.gaps, { from, to }] };
}

export function withStep(
  session: RecordedSession,
  at: number,
  kind: 'step' | 'note',
  note: string,
): RecordedSession {
  const text = note.trim().slice(0, MAX_NOTE);
  return text === ''
    ? session
    : { ...session, steps: withNote(session.steps, { at: iso(at), kind, note: text }) };
}

export function withUnseen(session: RecordedSession, reason: UnseenReason, count: number): RecordedSession {
  if (count <= 0) return session;
  const before = session.unseen.find((one) => one.reason === reason)?.count ?? 0;
  const others = session.unseen.filter((one) => one.reason !== reason);
  return { ...session, unseen: [...others, { reason, count: before + count }] };
}

export function renamed(session: RecordedSession, name: string): RecordedSession {
  return { ...session, name: nameOf(name) };
}

function nameOf(name: string): string {
  return name.trim().slice(0, MAX_NAME) || t`Session without a name`;
}

function opened(session: RecordedSession, at: number): RecordedSession {
  return {
    ...session,
    state: 'recording',
    lastSign: at,
    active: [...session.active, { from: at, to: null }],
  };
}

function closed(session: RecordedSession, at: number): RecordedSession {
  return {
    ...session,
    lastSign: at,
    active: session.active.map((span) => (span.to === null ? { from: span.from, to: at } : span)),
  };
}

function noted(session: RecordedSession, at: number, note: string): RecordedSession {
  return { ...session, steps: withNote(session.steps, { at: iso(at), kind: 'recording', note }) };
}

function withNote(steps: readonly ReportStep[], step: ReportStep): readonly ReportStep[] {
  return steps.length >= MAX_STEPS ? steps : [...steps, step];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
