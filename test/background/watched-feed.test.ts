import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WatchedFeed } from '../../src/background/watched-feed.ts';
import { Audit } from '../../src/core/audit.ts';
import type { ToPanel } from '../../src/messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function feed() {
  const sent: ToPanel['type'][] = [];
  return { sent, watched: new WatchedFeed(1, new Audit(), ({ type }) => sent.push(type)) };
}

describe('the map and the timeline', () => {
  it('are told at once when they are looked at, and not while they aren’t', () => {
    const { sent, watched } = feed();
    watched.changed();
    vi.advanceTimersByTime(5_000);
    expect(sent).toEqual([]);
    watched.watch('map');
    watched.watch('timeline');
    expect(sent).toEqual(['audit/map', 'audit/timeline']);
  });

  it('are told anew at most once a second, however much changes', () => {
    const { sent, watched } = feed();
    watched.watch('map');
    for (let n = 0; n < 99; n++) {
      watched.changed();
      vi.advanceTimersByTime(30);
    }
    expect(sent).toHaveLength(3);
  });

  it('are told no more once nobody looks', () => {
    const { sent, watched } = feed();
    watched.watch('map');
    watched.changed();
    watched.watch(null);
    watched.changed();
    vi.advanceTimersByTime(5_000);
    expect(sent).toEqual(['audit/map']);
  });
});
