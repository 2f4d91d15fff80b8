import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Badge } from '../../src/background/badge.ts';
import type { AuditRow, RowVerdict } from '../../src/core/model/view.ts';

const action = vi.hoisted(() => ({ setBadgeText: vi.fn(), setBadgeBackgroundColor: vi.fn() }));
vi.mock('webextension-polyfill', () => ({ default: { action } }));

beforeEach(() => {
  action.setBadgeText.mockReset().mockResolvedValue(undefined);
  action.setBadgeBackgroundColor.mockReset().mockResolvedValue(undefined);
});

function row(id: string, verdict: RowVerdict): AuditRow {
  return {
    ...{ id, order: 1, at: 0, method: 'GET', host: '', path: '', status: null, verdict },
    ...{
      kinds: [],
      locations: [],
      audiences: [],
      issuers: [],
      clients: [],
      tokens: [],
      failed: [],
      accepted: [],
      cantTell: [],
    },
  };
}

function shown(): unknown {
  return action.setBadgeText.mock.lastCall?.[0];
}

describe('Badge', () => {
  it('counts the requests with errors of each tab, not warnings', () => {
    const badge = new Badge();
    badge.update(1, row('a', 'error'));
    badge.update(1, row('b', 'error'));
    badge.update(1, row('c', 'warning'));
    badge.update(2, row('d', 'error'));
    expect([badge.count(1), badge.count(2), badge.count(3)]).toEqual([2, 1, 0]);
    expect(shown()).toEqual({ tabId: 2, text: '1' });
  });

  it('a request that is judged again counts once, or no more', () => {
    const badge = new Badge();
    badge.update(1, row('a', 'error'));
    badge.update(1, row('a', 'error'));
    expect(badge.count(1)).toBe(1);
    badge.update(1, row('a', 'notice'));
    expect(badge.count(1)).toBe(0);
    expect(shown()).toEqual({ tabId: 1, text: '' });
  });

  it('says nothing to the browser where the number stays', () => {
    const badge = new Badge();
    badge.update(1, row('a', 'passed'));
    badge.update(1, row('b', 'error'));
    badge.update(1, row('b', 'error'));
    expect(action.setBadgeText).toHaveBeenCalledTimes(1);
  });

  it('stays short', () => {
    const badge = new Badge();
    for (let n = 0; n < 1_001; n++) badge.update(1, row(`${n}`, 'error'));
    expect(badge.count(1)).toBe(1_001);
    expect(shown()).toEqual({ tabId: 1, text: '999+' });
  });

  it('is cleared with the tab, and shown anew after a navigation', () => {
    const badge = new Badge();
    badge.update(1, row('a', 'error'));
    badge.show(1);
    expect(shown()).toEqual({ tabId: 1, text: '1' });
    badge.clear(1);
    expect(shown()).toEqual({ tabId: 1, text: '' });
  });

  it('a tab that is gone is no error', async () => {
    action.setBadgeText.mockRejectedValue(new Error('No tab with id: 1.'));
    action.setBadgeBackgroundColor.mockRejectedValue(new Error('No tab with id: 1.'));
    const badge = new Badge();
    badge.update(1, row('a', 'error'));
    await Promise.resolve();
    expect(badge.count(1)).toBe(1);
  });
});
