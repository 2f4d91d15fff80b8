import { describe, expect, it } from 'vitest';
import { createViews } from '../../src/panel/views.ts';

describe('the token itself', () => {
  it('is taken only where it was asked for, and forgotten when it is hidden', () => {
    const views = createViews(() => undefined);
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
  it('goes to the list, and has it filtered', () => {
    const asked: string[] = [];
    const views = createViews((text) => asked.push(text));
    views.view.value = 'map';
    views.filterBy('host:api.test');
    expect([views.view.value, asked]).toEqual(['requests', ['host:api.test']]);
  });
});
