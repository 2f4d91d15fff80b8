import { describe, expect, test } from 'vitest';
import type { AuditDetail, AuditRow } from '../../src/core/model/view.ts';
import { createStore, type Store } from '../../src/panel/store.ts';
import { problem, row } from './rows.ts';

/** A store whose frames the test draws. The panel opened at 1,000,000: before the rows of `row`. */
function opened(): { readonly store: Store; readonly frame: () => void; readonly frames: () => number } {
  const callbacks: (() => void)[] = [];
  let scheduled = 0;
  const store = createStore({
    openedAt: 1_000_000,
    schedule: (callback) => {
      scheduled += 1;
      callbacks.push(callback);
    },
  });
  const frame = (): void => {
    for (const callback of callbacks.splice(0)) callback();
  };
  return { store, frame, frames: () => scheduled };
}

function send(store: Store, rows: readonly AuditRow[], reset = false): void {
  store.receive({ type: 'audit/rows', reset, rows });
}

function detailOf(of: AuditRow): AuditDetail {
  const request = {
    method: 'GET',
    url: 'https://api.shop.test/',
    initiator: null,
    role: 'unknown',
    because: '',
  };
  return { row: of, request, summary: 'Nothing.', findings: [], reports: [], tokens: [] };
}

describe('rows', () => {
  test('are taken once per frame, whatever the number of messages', () => {
    const { store, frame, frames } = opened();
    for (let order = 0; order < 50; order += 1) send(store, [problem(order)]);
    expect(store.rows()).toHaveLength(0);
    expect(frames()).toBe(1);
    frame();
    expect(store.rows()).toHaveLength(50);
  });

  test('of a long list are taken a few pieces together, and none waits for long', () => {
    const { store, frame } = opened();
    const piece = (from: number) => Array.from({ length: 1_000 }, (_, at) => problem(from + at));
    send(store, [problem(90_000)], true);
    frame();
    expect(store.rows()).toHaveLength(1);
    const taken: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      send(store, piece(count * 1_000));
      frame();
      taken.push(store.rows().length);
    }
    expect(taken).toEqual([1, 1, 1, 1, 5_001, 5_001]);
    frame();
    frame();
    expect(store.rows()).toHaveLength(6_001);
  });

  test('are counted, and filtered to problems at first', () => {
    const { store, frame } = opened();
    send(
      store,
      [row(1), problem(2), row(3, { verdict: 'cantTell', cantTell: ['unverifiable-token'] })],
      true,
    );
    frame();
    expect(store.counts.value).toMatchObject({ problems: 1, all: 3 });
    expect(store.rows().map(({ id }) => id)).toEqual(['x2']);
    store.setFilter('all');
    expect(store.rows()).toHaveLength(3);
  });

  test('change in place: the last word within a frame counts', () => {
    const { store, frame } = opened();
    send(store, [row(1, { status: null })]);
    send(store, [problem(1)]);
    frame();
    expect(store.counts.value).toMatchObject({ problems: 1, all: 1 });
    expect(store.row('x1')?.status).toBe(200);
  });

  test('are forgotten on reset, those under way included', () => {
    const { store, frame } = opened();
    send(store, [problem(1)], true);
    frame();
    send(store, [problem(2)]);
    send(store, [problem(3)], true);
    frame();
    expect(store.rows().map(({ id }) => id)).toEqual(['x3']);
  });
});

describe('the mark of what is new', () => {
  test('stands on problems since the panel opened, until they are selected', () => {
    const { store, frame } = opened();
    send(store, [problem(1, { at: 999_999 }), row(2), problem(3)], true);
    frame();
    expect(['x1', 'x2', 'x3'].map(store.isNew)).toEqual([false, false, true]);
    store.select('x3');
    expect(store.isNew('x3')).toBe(false);
    send(store, [problem(3, { status: 401 })]);
    frame();
    expect(store.isNew('x3')).toBe(false);
  });

  test('returns when another rule fails, and goes when none does', () => {
    const { store, frame } = opened();
    send(store, [problem(1, { at: 0 })], true);
    frame();
    send(store, [problem(1, { at: 0, failed: ['id-token-as-bearer', 'invalid-signature'] })]);
    frame();
    expect(store.isNew('x1')).toBe(true);
    send(store, [row(1)]);
    frame();
    expect(store.isNew('x1')).toBe(false);
  });

  test('stays off what was looked at when the background comes back and says everything again', () => {
    const { store, frame } = opened();
    send(store, [problem(1), problem(2)], true);
    frame();
    store.select('x1');
    store.connectionLost();
    send(store, [problem(1)], true);
    send(store, [problem(2), problem(3)]);
    frame();
    expect(['x1', 'x2', 'x3'].map(store.isNew)).toEqual([false, true, true]);
    expect(store.selected.value).toBe('x1');
  });
});

describe('a choice', () => {
  test('waits for its detail, and takes no other', () => {
    const { store, frame } = opened();
    send(store, [problem(1), problem(2)], true);
    frame();
    store.select('x2');
    store.receive({ type: 'audit/detail', detail: detailOf(problem(1)) });
    expect(store.detail.value).toBeUndefined();
    store.receive({ type: 'audit/detail', detail: detailOf(problem(2)) });
    expect(store.detail.value?.row.id).toBe('x2');
    store.select('x1');
    expect(store.detail.value).toBeUndefined();
  });

  test('is dropped when the log is cleared', () => {
    const { store, frame } = opened();
    send(store, [problem(1)], true);
    frame();
    store.select('x1');
    send(store, [], true);
    frame();
    expect(store.selected.value).toBeNull();
    expect(store.following.value).toBe(true);
  });

  test('reveals a row that the filter hides', () => {
    const { store, frame } = opened();
    send(store, [row(1), problem(2)], true);
    frame();
    store.reveal('x2');
    expect(store.filter.value).toBe('problems');
    store.reveal('x1');
    expect(store.filter.value).toBe('all');
    expect(store.wanted.value).toEqual({ id: 'x1' });
    expect(store.focus.value).toEqual({ on: 'detail' });
  });

  test('stops following the newest row, unless it is that row', () => {
    const { store, frame } = opened();
    send(store, [problem(1), problem(2)], true);
    frame();
    store.select('x1');
    expect(store.following.value).toBe(false);
    store.select('x2');
    expect(store.following.value).toBe(true);
  });
});

describe('moving in the list', () => {
  test('moves the focus alone while nothing is chosen, and the choice with it afterwards', () => {
    const { store, frame } = opened();
    send(store, [problem(1), problem(2), problem(3)], true);
    frame();
    store.moveTo(1);
    expect([store.active.value, store.selected.value]).toEqual(['x2', null]);
    store.select('x2');
    store.moveTo(0);
    expect([store.active.value, store.selected.value]).toEqual(['x1', 'x1']);
    store.moveTo(9);
    expect(store.active.value).toBe('x1');
  });

  test('goes by the rows under the filter', () => {
    const { store, frame } = opened();
    send(store, [problem(1), row(2), problem(3)], true);
    frame();
    expect(store.indexOf('x3')).toBe(1);
    expect(store.indexOf('x2')).toBe(-1);
    expect(store.indexOf(null)).toBe(-1);
    store.setFilter('all');
    expect(store.indexOf('x3')).toBe(2);
  });
});

describe('a pause', () => {
  test('holds what comes, counts what is new of it, and gives it all at its end', () => {
    const { store, frame } = opened();
    send(store, [problem(1)], true);
    frame();
    store.pause(true);
    send(store, [problem(1, { status: 401 }), problem(2)]);
    send(store, [problem(2, { status: 403 }), problem(3)]);
    frame();
    expect(store.rows().map(({ id }) => id)).toEqual(['x1']);
    expect(store.waiting.value).toBe(2);
    store.pause(false);
    frame();
    expect(store.rows().map(({ id, status }) => [id, status])).toEqual([
      ['x1', 401],
      ['x2', 403],
      ['x3', 200],
    ]);
    expect(store.waiting.value).toBe(0);
  });

  test('does not keep a cleared log', () => {
    const { store, frame } = opened();
    send(store, [problem(1)], true);
    frame();
    store.pause(true);
    send(store, [], true);
    frame();
    expect(store.rows()).toEqual([]);
  });
});

describe('following', () => {
  test('counts what came since it stopped, and goes on when it is asked to', () => {
    const { store, frame } = opened();
    send(store, [problem(1), problem(2)], true);
    frame();
    store.follow(false);
    send(store, [problem(3), row(4), problem(5)]);
    frame();
    expect(store.newer.value).toBe(2);
    store.follow(true);
    expect(store.newer.value).toBe(0);
  });

  test('goes to the newest row where the list is in another order', () => {
    const { store, frame } = opened();
    send(store, [problem(1), problem(2, { host: 'a' })], true);
    frame();
    store.sort.value = { by: 'where', descending: false };
    store.follow(true);
    expect(store.wanted.value).toEqual({ id: 'x2' });
  });
});
