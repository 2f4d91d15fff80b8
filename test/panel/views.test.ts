import { describe, expect, it } from 'vitest';
import { createViews } from '../../src/panel/views.ts';

describe('the token itself', () => {
  it('is taken only where it was asked for, and forgotten when it is hidden', () => {
    const views = createViews();
    views.receive({ type: 'audit/raw-token', token: 'a', raw: 'secret' });
    expect(views.raw.value).toBeNull();
    views.askedForRaw('a');
    views.receive({ type: 'audit/raw-token', token: 'b', raw: 'other' });
    expect(views.raw.value).toBeNull();
    views.receive({ type: 'audit/raw-token', token: 'a', raw: 'secret' });
    expect(views.raw.value).toEqual({ token: 'a', raw: 'secret' });
    views.hideRaw();
    expect(views.raw.value).toBeNull();
    // An answer that comes late is not wanted any more.
    views.receive({ type: 'audit/raw-token', token: 'a', raw: 'secret' });
    expect(views.raw.value).toBeNull();
  });
});

describe('filterBy', () => {
  it('goes to the list, with a wish of its own each time', () => {
    const views = createViews();
    views.view.value = 'map';
    views.filterBy('host:api.test');
    const first = views.filterWish.value;
    expect([views.view.value, first]).toEqual(['requests', { text: 'host:api.test' }]);
    views.filterBy('host:api.test');
    expect(views.filterWish.value).not.toBe(first);
  });
});
