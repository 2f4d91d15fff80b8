import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Archive } from '../../src/archive/archive.ts';
import { NO_CONFIGURATION } from '../../src/core/model/configuration.ts';
import type { RecordedSession } from '../../src/core/model/session.ts';
import * as recording from '../../src/core/record/recording.ts';
import { createSessionsStore } from '../../src/sessions/store.ts';

/** A disk with one session, which takes a second to read. */
function world() {
  let session: RecordedSession = recording.begin({
    ...{ id: 's', name: 'Large', scope: { of: 'all' }, source: 'chrome', version: '1', at: 0 },
  });
  let now = 0;
  let read = 0;
  const archive: Archive = {
    list: async () => ({ sessions: [session], unreadable: [] }),
    session: async () => session,
    parts: async () => {
      read++;
      now += 1_000;
      return { parts: [], unreadable: 0 };
    },
    write: async () => undefined,
    remove: async () => undefined,
    room: async () => ({ used: 0, limit: 1 }),
  };
  const store = createSessionsStore({
    ...{ archive, version: '1', configuration: async () => NO_CONFIGURATION },
    sessions: { state: signal(null), post: () => undefined },
    ...{ now: () => now, newId: () => 'new', pause: async () => undefined },
  });
  return {
    store,
    timesRead: () => read,
    pass: (ms: number) => {
      now += ms;
    },
    change: (how: (session: RecordedSession) => RecordedSession) => {
      session = how(session);
    },
  };
}

describe('an open session', () => {
  it('is read again while it is recorded, but not all the time; and at its end', async () => {
    const { store, timesRead, pass, change } = world();
    await store.open('s');
    for (let at = 1; at <= 40; at++) {
      pass(100);
      change((session) => ({ ...session, lastSign: at }));
      await store.reload();
    }
    expect(timesRead()).toBe(2);
    change((session) => recording.stop(session, 50));
    await store.reload();
    expect(timesRead()).toBe(3);
    expect(store.view.value).toMatchObject({ session: { state: 'ended' } });
    change((session) => recording.renamed(session, 'Another name'));
    await store.reload();
    expect(store.view.value).toMatchObject({ session: { name: 'Another name' } });
  });

  it('is read once for all that changed while it was read', async () => {
    const { store, timesRead, pass } = world();
    await store.open('s');
    pass(10_000);
    await Promise.all([store.reload(), store.reload(), store.reload()]);
    expect(timesRead()).toBe(2);
  });
});
