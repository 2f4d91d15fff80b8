import { describe, expect, test } from 'vitest';
import { connect } from '../../src/panel/connection.ts';
import { type PortLike, reconnectDelay } from '../../src/panel/lasting-port.ts';
import { createStore } from '../../src/panel/store.ts';
import { createViews } from '../../src/panel/views.ts';

/** A background whose ports the test holds. */
function background() {
  const ports: { sent: unknown[]; say: (message: unknown) => void; stop: () => void }[] = [];
  const waits: { delay: number; callback: () => void }[] = [];
  let refuses = false;
  const open = (): PortLike => {
    if (refuses) throw new Error('Extension context invalidated.');
    const sent: unknown[] = [];
    let say = (_: unknown): void => {};
    let stop = (): void => {};
    ports.push({ sent, say: (message) => say(message), stop: () => stop() });
    return {
      postMessage: (message) => {
        sent.push(message);
      },
      onMessage: {
        addListener: (listener) => {
          say = listener;
        },
      },
      onDisconnect: {
        addListener: (listener) => {
          stop = listener;
        },
      },
    };
  };
  const store = createStore({ schedule: (callback) => callback(), openedAt: 0 });
  const connection = connect({
    store,
    views: createViews(() => undefined),
    tab: 7,
    open,
    after: (delay, callback) => {
      waits.push({ delay, callback });
    },
  });
  const refuse = (): void => {
    refuses = true;
  };
  return { store, connection, ports, waits, refuse };
}

const coverage = { type: 'audit/coverage', coverage: { exchanges: 1, withToken: 0, unseen: [] } };

describe('the connection', () => {
  test('says which tab it is, then which row is chosen', () => {
    const { store, ports } = background();
    store.select('x1');
    store.select(null);
    expect(ports[0]?.sent).toEqual([
      { type: 'panel/open', tab: 7 },
      { type: 'panel/select', exchange: 'x1' },
      { type: 'panel/select', exchange: null },
    ]);
  });

  test('opens again at once when the background stopped, and says it all again', () => {
    const { store, ports, waits } = background();
    ports[0]?.say(coverage);
    expect(store.connection.value).toBe('open');
    store.select('x1');
    ports[0]?.stop();
    expect(store.connection.value).toBe('lost');
    expect(waits).toEqual([]);
    expect(ports[1]?.sent).toEqual([
      { type: 'panel/open', tab: 7 },
      { type: 'panel/select', exchange: 'x1' },
    ]);
    ports[1]?.say(coverage);
    expect(store.connection.value).toBe('open');
  });

  test('waits longer and longer while the background stays away, and afresh once it spoke', () => {
    const { ports, waits } = background();
    ports[0]?.stop();
    ports[1]?.stop();
    expect(waits[0]?.delay).toBe(250);
    waits[0]?.callback();
    ports[2]?.say(coverage);
    ports[2]?.stop();
    expect(ports).toHaveLength(4);
    expect([0, 1, 2, 3, 20].map(reconnectDelay)).toEqual([0, 250, 500, 1000, 5000]);
  });

  test('bears that the extension is gone', () => {
    const { store, connection, ports, waits, refuse } = background();
    refuse();
    ports[0]?.stop();
    expect(waits.map(({ delay }) => delay)).toEqual([250]);
    connection.clear();
    expect(store.connection.value).toBe('lost');
  });

  test('drops what is no message, and counts it', () => {
    const { store, ports } = background();
    for (const message of [
      null,
      'x',
      { type: 'audit/rows' },
      { type: 'audit/coverage', coverage: { exchanges: '1' } },
    ]) {
      ports[0]?.say(message);
    }
    expect(store.unreadable.value).toBe(4);
    expect(store.connection.value).toBe('connecting');
  });

  test('passes on what a click asks for', () => {
    const { connection, ports } = background();
    connection.clear();
    connection.openAccessPage();
    expect(ports[0]?.sent.slice(1)).toEqual([{ type: 'panel/clear' }, { type: 'panel/open-access-page' }]);
  });
});
