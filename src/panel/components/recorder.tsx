import { useSignal } from '@preact/signals';
import type { CurrentSession, ScopeChoice, ToSessions } from '../../session-messages.ts';
import { line } from '../plain-text.ts';
import { found, scopeName, SESSION_WORDS as WORDS } from '../session-words.ts';
import type { Sessions } from '../sessions.ts';
import { inOrder } from './in-order.tsx';

/** Records a session: names and starts it, notes steps, pauses and stops. In the popup and in the panel. */
export function Recorder({ sessions }: { readonly sessions: Sessions }) {
  const state = sessions.state.value;
  if (state === null) return null;
  const { current, room, problem } = state;
  return (
    <section class="recorder" data-recorder={current?.state ?? 'idle'} aria-label={WORDS.label}>
      {problem !== null && (
        <p class="recorder-problem" role="alert">
          {inOrder(line(problem))}
        </p>
      )}
      {room !== 'enough' && (
        <p class="recorder-problem" data-room={room} role="status">
          {room === 'none' ? WORDS.none : WORDS.scarce}
        </p>
      )}
      {current === null ? (
        state.isPrivate ? (
          <p class="muted" data-private="here">
            {WORDS.private}
          </p>
        ) : (
          <StartForm state={state} sessions={sessions} />
        )
      ) : (
        <Running current={current} sessions={sessions} />
      )}
      <button
        type="button"
        class="link-button"
        data-action="open-sessions"
        onClick={() => sessions.post({ type: 'sessions/open-page' })}
      >
        {WORDS.openAll}
      </button>
    </section>
  );
}

const SCOPES: readonly ScopeChoice[] = ['tab', 'site', 'all'];

function StartForm({ state, sessions }: { readonly state: ToSessions; readonly sessions: Sessions }) {
  const name = useSignal('');
  const chosen = useSignal<ScopeChoice>('tab');
  const { site, interrupted } = state;
  // A page of the browser itself has no traffic that could be seen.
  const scope = site === null ? 'all' : chosen.value;
  return (
    <>
      {interrupted !== null && (
        <p class="recorder-interrupted">
          {inOrder(line(WORDS.interrupted(interrupted.name, interrupted.lastSign)))}{' '}
          <button
            type="button"
            class="link-button"
            data-action="continue"
            onClick={() => sessions.post({ type: 'sessions/continue', id: interrupted.id })}
          >
            {WORDS.continue}
          </button>
        </p>
      )}
      <form
        class="recorder-form"
        onSubmit={(event) => {
          event.preventDefault();
          sessions.post({ type: 'sessions/start', name: name.value, scope });
        }}
      >
        <label class="field">
          <span>{WORDS.name}</span>
          <input
            type="text"
            name="session-name"
            maxLength={200}
            autocomplete="off"
            placeholder={WORDS.namePlaceholder}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </label>
        <fieldset class="scopes">
          <legend>{WORDS.scope}</legend>
          {SCOPES.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="scope"
                value={one}
                checked={scope === one}
                disabled={site === null && one !== 'all'}
                onChange={() => {
                  chosen.value = one;
                }}
              />
              <bdi>{inOrder(line(scopeName(one, site)))}</bdi>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button primary" data-action="start">
          {WORDS.start}
        </button>
      </form>
    </>
  );
}

function Running({ current, sessions }: { readonly current: CurrentSession; readonly sessions: Sessions }) {
  const note = useSignal('');
  const isPaused = current.state === 'paused';
  const add = (kind: 'step' | 'note'): void => {
    if (note.value.trim() === '') return;
    sessions.post({ type: 'sessions/step', kind, note: note.value });
    note.value = '';
  };
  return (
    <>
      <p class="recorder-state" role="status">
        <span class="recorder-lamp" data-state={current.state} />
        <strong>{isPaused ? WORDS.paused : WORDS.recording}</strong>
        <bdi class="recorder-name">{line(current.name)}</bdi>
      </p>
      <p class="muted" data-exchanges={current.exchanges} data-errors={current.errors}>
        {found(current)} · {inOrder(line(scopeName(current.scope, current.site)))} ·{' '}
        {WORDS.since(current.startedAt)}
      </p>
      {current.leftOut > 0 && (
        <p class="muted" data-left-out={current.leftOut}>
          {WORDS.leftOut(current.leftOut)}
        </p>
      )}
      {current.gaps > 0 && <p class="recorder-problem">{WORDS.gaps(current.gaps)}</p>}
      <form
        class="recorder-form"
        onSubmit={(event) => {
          event.preventDefault();
          add('step');
        }}
      >
        <label class="field">
          <span class="unseen">{WORDS.noteLabel}</span>
          <input
            type="text"
            name="step"
            maxLength={2000}
            autocomplete="off"
            placeholder={WORDS.notePlaceholder}
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
          />
        </label>
        <div class="recorder-buttons">
          <button type="submit" class="button" data-action="add-step">
            {WORDS.addStep}
          </button>
          <button type="button" class="button" data-action="add-note" onClick={() => add('note')}>
            {WORDS.addNote}
          </button>
        </div>
        <div class="recorder-buttons end">
          <button
            type="button"
            class="button"
            data-action={isPaused ? 'resume' : 'pause'}
            onClick={() => sessions.post({ type: isPaused ? 'sessions/resume' : 'sessions/pause' })}
          >
            {isPaused ? WORDS.resume : WORDS.pause}
          </button>
          <button
            type="button"
            class="button primary"
            data-action="stop"
            onClick={() => sessions.post({ type: 'sessions/stop' })}
          >
            {WORDS.stop}
          </button>
        </div>
      </form>
      {current.lastStep !== null && (
        <p class="muted recorder-last" data-steps={current.steps}>
          {inOrder(line(WORDS.lastStep(current.lastStep)))}
        </p>
      )}
    </>
  );
}
