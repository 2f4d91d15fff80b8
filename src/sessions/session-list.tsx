import type { RecordedSession } from '../core/model/session.ts';
import { Icon } from '../panel/components/icon.tsx';
import { line } from '../panel/plain-text.ts';
import { formatBytes, formatDateTime, formatDuration, SESSION_WORDS } from '../panel/session-words.ts';
import { formatNumber } from '../panel/words.ts';
import type { SessionsStore } from './store.ts';

const WORDS = SESSION_WORDS.page;

/** All sessions, newest first; two of them can be chosen for comparison. */
export function SessionList({ store }: { readonly store: SessionsStore }) {
  const sessions = store.list.value?.sessions ?? [];
  const chosen = store.chosen.value;
  return (
    <section class="sessions-list" aria-label={WORDS.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{WORDS.columns.choose}</span>
            </th>
            <th scope="col">{WORDS.columns.name}</th>
            <th scope="col">{WORDS.columns.found}</th>
            <th scope="col" class="when">
              {WORDS.columns.when}
            </th>
            <th scope="col" class="size">
              {WORDS.columns.size}
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <SessionLine key={session.id} store={store} session={session} />
          ))}
        </tbody>
      </table>
      <p class="compare-bar">
        <button
          type="button"
          class="button"
          data-action="compare"
          disabled={chosen.length < 2}
          onClick={() => void store.compare()}
        >
          {WORDS.compare}
        </button>
        {chosen.length < 2 && <span class="muted">{WORDS.chooseTwo}</span>}
      </p>
    </section>
  );
}

function SessionLine({
  store,
  session,
}: {
  readonly store: SessionsStore;
  readonly session: RecordedSession;
}) {
  const { id, name, state, startedAt, kept, exchanges } = session;
  const view = store.view.value;
  const isOpen = view.view === 'session' && view.session.id === id;
  const isChosen = store.chosen.value.some((one) => one.id === id);
  return (
    <tr data-session={id} data-name={name} data-state={state} aria-selected={isOpen}>
      <td>
        <input
          type="checkbox"
          aria-label={WORDS.compareThis(line(name))}
          checked={isChosen}
          onChange={({ currentTarget }) => store.choose(id, currentTarget.checked)}
        />
      </td>
      <td class="name">
        <button
          type="button"
          class="link-button"
          data-action="open"
          aria-expanded={isOpen}
          onClick={() => void store.open(isOpen ? null : id)}
        >
          <bdi>{line(name)}</bdi>
        </button>
        <Marks session={session} />
      </td>
      <td class="found">
        {kept.errors > 0 && (
          <span class="verdict" data-tone="error">
            <Icon name="error" />
            {formatNumber(kept.errors)}
          </span>
        )}
        {kept.warnings > 0 && (
          <span class="verdict" data-tone="warning">
            <Icon name="warning" />
            {formatNumber(kept.warnings)}
          </span>
        )}
        <span class="muted">{WORDS.requests(exchanges)}</span>
      </td>
      <td class="when">
        {formatDateTime(startedAt)} <span class="muted">{formatDuration(durationOf(session))}</span>
      </td>
      <td class="size muted">{formatBytes(kept.bytes)}</td>
    </tr>
  );
}

function Marks({ session }: { readonly session: RecordedSession }) {
  const { state, isInterrupted, scope, source, gaps } = session;
  const marks = [
    ...(state === 'recording' ? [SESSION_WORDS.recording] : []),
    ...(state === 'paused' ? [SESSION_WORDS.paused] : []),
    ...(isInterrupted ? [WORDS.interrupted] : []),
    ...(scope === null ? [source === 'har' ? 'HAR' : WORDS.imported] : []),
    ...(gaps.length > 0 ? [WORDS.gaps(gaps.length)] : []),
  ];
  return (
    <>
      {marks.map((mark) => (
        <span class="mark" key={mark}>
          {mark}
        </span>
      ))}
    </>
  );
}

/** The time in which it recorded, in ms. */
export function durationOf({ active, startedAt, lastSign }: RecordedSession): number {
  if (active.length === 0) return lastSign - startedAt;
  return active.reduce((sum, { from, to }) => sum + (to ?? lastSign) - from, 0);
}
