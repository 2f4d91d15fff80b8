import { useEffect, useRef } from 'preact/hooks';
import { isNearlyFull } from '../archive/archive.ts';
import { inOrder } from '../panel/components/in-order.tsx';
import { line } from '../panel/plain-text.ts';
import { SESSION_WORDS } from '../panel/session-words.ts';
import { ComparisonView } from './comparison-view.tsx';
import { SessionDetail } from './session-detail.tsx';
import { SessionList } from './session-list.tsx';
import type { SessionsStore } from './store.ts';

const WORDS = SESSION_WORDS.page;

export function SessionsPage({ store }: { readonly store: SessionsStore }) {
  const list = store.list.value;
  const room = store.room.value;
  const view = store.view.value;
  const roomWord =
    room === null || !isNearlyFull(room) ? 'enough' : room.used >= room.limit ? 'none' : 'scarce';
  return (
    <main class="sessions" data-ready={list !== null}>
      <header class="sessions-head">
        <h1>
          <img src="/icons/icon-32.png" width="20" height="20" alt="" />
          {WORDS.title}
        </h1>
        {room !== null && (
          <span class="muted room" data-room={roomWord}>
            <meter
              min={0}
              max={room.limit}
              high={room.limit * 0.8}
              value={Math.min(room.used, room.limit)}
              aria-label={WORDS.room(room.used, room.limit)}
            />
            {WORDS.room(room.used, room.limit)}
          </span>
        )}
        <ImportButton store={store} />
      </header>
      {roomWord !== 'enough' && (
        <p class="notice" role="status">
          {roomWord === 'none' ? SESSION_WORDS.none : SESSION_WORDS.scarce}
        </p>
      )}
      <Progress store={store} />
      {store.problems.value.map((problem) => (
        <p class="notice" data-problem role="alert" key={problem}>
          {inOrder(line(problem))}
        </p>
      ))}
      {list?.unreadable.map((id) => (
        <p class="notice" data-unreadable={id} key={id}>
          {inOrder(line(WORDS.unreadable(id)))}{' '}
          <button type="button" class="link-button" onClick={() => store.remove(id)}>
            {WORDS.delete}
          </button>
        </p>
      ))}
      {list !== null && list.sessions.length === 0 ? (
        <div class="sessions-empty">
          <h2>{WORDS.empty}</h2>
          <p class="muted">{WORDS.emptyHint}</p>
        </div>
      ) : (
        <div class="sessions-work" data-view={view.view}>
          <SessionList store={store} />
          {view.view === 'session' && (
            <SessionDetail key={view.session.id} store={store} session={view.session} report={view.report} />
          )}
          {view.view === 'comparison' && <ComparisonView store={store} comparison={view} />}
        </div>
      )}
    </main>
  );
}

function ImportButton({ store }: { readonly store: SessionsStore }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        class="unseen"
        type="file"
        name="import"
        accept=".har,.json,.gz,application/json,application/gzip"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          void store.importFiles(files);
        }}
      />
      <button
        type="button"
        class="button"
        data-action="import"
        disabled={store.importing.value !== null}
        onClick={() => input.current?.click()}
      >
        {WORDS.import}
      </button>
    </>
  );
}

function Progress({ store }: { readonly store: SessionsStore }) {
  const importing = store.importing.value;
  if (importing === null) return null;
  const { name, done, total } = importing;
  return (
    <p class="importing" data-done={done} data-total={total}>
      {done === total ? (
        <progress aria-hidden="true" />
      ) : (
        <progress max={total} value={done} aria-hidden="true" />
      )}
      <span role="status">{line(done === total ? WORDS.judging(name) : WORDS.importing(name))}</span>
      {done < total && <span class="muted">{WORDS.readSoFar(done, total)}</span>}
      <CancelButton store={store} />
    </p>
  );
}

/** Escape does the same wherever the focus is. */
function CancelButton({ store }: { readonly store: SessionsStore }) {
  useEffect(() => {
    const pressed = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') store.cancelImport();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [store]);
  return (
    <button type="button" class="button" data-action="cancel-import" onClick={() => store.cancelImport()}>
      {WORDS.cancel}
    </button>
  );
}
