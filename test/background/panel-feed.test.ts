import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Runtime } from 'webextension-polyfill';
import { PanelFeed } from '../../src/background/panel-feed.ts';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { readToPanel, type ToPanel } from '../../src/messages.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

const TOKEN = jwt(
  { alg: 'RS256' },
  { iss: 'https://login.example', aud: 'https://api.example', scope: 'read' },
);

let audit: Audit;
let feed: PanelFeed;
let told: ToPanel[];
let isOpen: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  audit = new Audit();
  told = [];
  isOpen = true;
  feed = new PanelFeed(1, port(), audit);
});

afterEach(() => {
  vi.useRealTimers();
});

/** A port whose messages are read as the panel does. */
function port(): Runtime.Port {
  const event = {
    addListener: () => undefined,
    removeListener: () => undefined,
    hasListener: () => false,
    hasListeners: () => false,
  };
  return {
    name: 'panel',
    disconnect: () => undefined,
    onDisconnect: event,
    onMessage: event,
    postMessage: (message: unknown) => {
      if (!isOpen) throw new Error('Attempt to postMessage on disconnected port');
      const read = readToPanel(JSON.parse(JSON.stringify(message)));
      if (read === null) throw new Error('The panel can’t read it.');
      told.push(read);
    },
  };
}

function see(id: string, told: Partial<HttpExchange> = {}): void {
  feed.update(
    audit.observe(exchange({ id, url: 'https://api.example/', requestHeaders: bearer(TOKEN), ...told }))
      .exchanges,
  );
}

function types(): readonly string[] {
  return told.map(({ type }) => type);
}

function rowIds(): readonly string[] {
  return told.flatMap((message) => (message.type === 'audit/rows' ? message.rows.map(({ id }) => id) : []));
}

describe('PanelFeed', () => {
  it('begins with everything of its tab, and what was seen of it', () => {
    see('a');
    see('b', { tab: 2 });
    told.length = 0;
    feed.reset();
    expect(told).toMatchObject([
      { type: 'audit/rows', reset: true, rows: [{ id: 'a' }] },
      { type: 'audit/coverage', coverage: { exchanges: 1, withToken: 1 } },
    ]);
  });

  it('says so where there is nothing', () => {
    feed.reset();
    expect(told[0]).toEqual({ type: 'audit/rows', reset: true, rows: [] });
  });

  it('a long list arrives in pieces, the newest first, and between two the background goes on', () => {
    for (let n = 0; n < 6_000; n++) see(`x${n}`);
    vi.runAllTimers();
    told.length = 0;
    feed.reset();
    const pieces = () =>
      told.flatMap((message) =>
        message.type === 'audit/rows' ? [[message.reset, message.rows.length, message.rows[0]?.id]] : [],
      );
    expect(pieces()).toEqual([[true, 250, 'x5750']]);
    see('x6000');
    vi.runAllTimers();
    expect(pieces()).toEqual([
      [true, 250, 'x5750'],
      [false, 5_000, 'x6000'],
      [false, 751, 'x0'],
    ]);
    expect(new Set(rowIds()).size).toBe(6_001);
  });

  it('what was forgotten while it waited is not told', () => {
    for (let n = 0; n < 300; n++) see(`x${n}`);
    vi.runAllTimers();
    told.length = 0;
    feed.reset();
    audit.forget(1);
    vi.runAllTimers();
    expect(rowIds()).toHaveLength(250);
  });

  it('tells what changed in one message for as long as people take for a glance', () => {
    see('first');
    vi.advanceTimersByTime(0);
    expect(rowIds()).toEqual(['first']);
    told.length = 0;
    for (let n = 0; n < 100; n++) see(`x${n % 10}`);
    vi.advanceTimersByTime(99);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(types()).toEqual(['audit/rows', 'audit/coverage']);
    expect(rowIds()).toHaveLength(10);
  });

  it('other tabs’ requests are not told', () => {
    see('a', { tab: 2 });
    vi.runAllTimers();
    expect(rowIds()).toEqual([]);
  });

  it('the chosen exchange is told at once, and anew when anything was judged: its token may have gone elsewhere', () => {
    see('a');
    vi.runAllTimers();
    told.length = 0;
    feed.select('a');
    expect(told).toMatchObject([
      { type: 'audit/detail', detail: { row: { id: 'a' }, tokens: [{ usedInTotal: 1 }] } },
    ]);
    told.length = 0;
    see('b', { tab: 2 });
    vi.runAllTimers();
    expect(told).toMatchObject([
      { type: 'audit/detail', detail: { tokens: [{ usedInTotal: 2 }] } },
      { type: 'audit/coverage' },
    ]);
  });

  it('no choice, a forgotten exchange, and one that never was have no detail', () => {
    see('a');
    for (const id of [null, 'never']) {
      told.length = 0;
      feed.select(id);
      expect(told).toEqual([{ type: 'audit/detail', detail: null }]);
    }
    audit.forget(1);
    told.length = 0;
    feed.select('a');
    expect(told).toEqual([{ type: 'audit/detail', detail: null }]);
  });

  it('what was forgotten before it was told is not told', () => {
    see('a');
    audit.forget(1);
    feed.reset();
    vi.runAllTimers();
    expect(rowIds()).toEqual([]);
  });

  it('tells whether the traffic may be seen', () => {
    feed.access({ granted: false, missing: ['https://*/*'] });
    expect(told).toEqual([{ type: 'audit/access', access: { granted: false, missing: ['https://*/*'] } }]);
  });

  it('after it is closed nothing is told any more', () => {
    see('a');
    feed.close();
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  it('a port that is gone and has not said so yet stops nobody', () => {
    see('a');
    isOpen = false;
    feed.reset();
    feed.select('a');
    vi.runAllTimers();
    expect(told).toEqual([]);
  });
});
