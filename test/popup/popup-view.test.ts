import { describe, expect, test } from 'vitest';
import type { ToPopup } from '../../src/messages.ts';
import { popupView } from '../../src/popup/popup-view.ts';

const granted = { granted: true, missing: [] };
const missing = { granted: false, missing: ['https://api.shop.test'] };

function status(over: Partial<ToPopup> = {}): ToPopup {
  return { type: 'audit/status', observing: true, errors: 3, access: granted, ...over };
}

describe('the popup', () => {
  test('says whether the tab is watched, and its errors', () => {
    expect(popupView(null, false, null)).toEqual({
      tab: 'connecting',
      errors: null,
      access: null,
      granted: false,
    });
    expect(popupView(status(), false, null)).toMatchObject({ tab: 'watching', errors: 3, access: null });
    expect(popupView(status({ errors: 0 }), false, null).errors).toBe(0);
  });

  test('claims no freedom from errors for a tab that nobody watches', () => {
    expect(popupView(status({ observing: false, errors: 0 }), false, null)).toMatchObject({
      tab: 'notWatching',
      errors: null,
    });
    expect(popupView(status({ observing: false }), false, null).errors).toBe(3);
  });

  test('says what access is missing, until the browser says that it is there', () => {
    expect(popupView(status({ access: missing }), false, null).access).toEqual(missing);
    expect(popupView(status({ access: missing }), false, true).access).toBeNull();
    expect(popupView(status(), false, false).access).toEqual({ granted: false, missing: [] });
  });

  test('shows only access on the page that asks for it', () => {
    expect(popupView(null, true, false)).toMatchObject({
      tab: null,
      granted: false,
      access: { granted: false },
    });
    expect(popupView(null, true, true)).toMatchObject({ tab: null, granted: true, access: null });
    expect(popupView(null, true, null)).toMatchObject({ granted: false, access: null });
  });
});
