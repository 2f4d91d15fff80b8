import { describe, expect, test } from 'vitest';
import { gridAction, groupAction, shortcut } from '../../src/panel/grid-keys.ts';
import { splitAfterKey, splitAtPointer } from '../../src/panel/split.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe('the keys of the list', () => {
  test.each([
    ['ArrowDown', 5, 6],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 5, 4],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 15],
    ['PageDown', 95, 99],
    ['PageUp', 5, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s goes from %i to %i', (key, from, to) => {
    expect(gridAction({ ...plain, key }, from, 100, 10)).toEqual({ does: 'move', to });
  });

  test('Enter chooses and goes on to the details, space only chooses, Escape closes', () => {
    expect(gridAction({ ...plain, key: 'Enter' }, 0, 1, 1)).toEqual({ does: 'choose', enter: true });
    expect(gridAction({ ...plain, key: ' ' }, 0, 1, 1)).toEqual({ does: 'choose', enter: false });
    expect(gridAction({ ...plain, key: 'Escape' }, 0, 0, 1)).toEqual({ does: 'close' });
  });

  test('leaves all others to the browser', () => {
    expect(gridAction({ ...plain, key: 'a' }, 0, 1, 1)).toBeNull();
    expect(gridAction({ ...plain, key: 'ArrowDown' }, 0, 0, 1)).toBeNull();
    expect(gridAction({ ...plain, key: 'ArrowDown', altKey: true }, 0, 9, 1)).toBeNull();
    expect(gridAction({ ...plain, key: 'Enter', ctrlKey: true }, 0, 9, 1)).toBeNull();
    expect(gridAction({ ...plain, key: 'End', ctrlKey: true }, 0, 9, 1)).toEqual({ does: 'move', to: 8 });
  });
});

describe('the separator', () => {
  test('moves along its own axis, within its limits', () => {
    expect(splitAfterKey({ ...plain, key: 'ArrowRight' }, 45, true, false)).toBe(50);
    expect(splitAfterKey({ ...plain, key: 'ArrowRight' }, 45, true, true)).toBe(40);
    expect(splitAfterKey({ ...plain, key: 'ArrowRight' }, 45, false, false)).toBeNull();
    expect(splitAfterKey({ ...plain, key: 'ArrowUp' }, 22, false, true)).toBe(20);
    expect(splitAfterKey({ ...plain, key: 'End' }, 45, true, false)).toBe(80);
  });

  test('follows the pointer', () => {
    expect(splitAtPointer(300, 100, 400)).toBe(50);
    expect(splitAtPointer(-50, 0, 400)).toBe(20);
    expect(splitAtPointer(10, 0, 0)).toBe(45);
  });
});

describe('the keys of groups', () => {
  test('fold outwards, unfold inwards, and go from a row to its head, the way that the text runs', () => {
    const key = (name: string, on: 'group' | 'row', isReversed = false) =>
      groupAction({ ...plain, key: name }, on, isReversed);
    expect(key('ArrowLeft', 'group')).toEqual({ does: 'fold', isFolded: true });
    expect(key('ArrowRight', 'group')).toEqual({ does: 'fold', isFolded: false });
    expect(key('ArrowLeft', 'row')).toEqual({ does: 'to-head' });
    expect(key('ArrowRight', 'row')).toBeNull();
    expect(key('ArrowLeft', 'group', true)).toEqual({ does: 'fold', isFolded: false });
    expect(groupAction({ ...plain, shiftKey: true, key: 'ArrowLeft' }, 'group', false)).toBeNull();
  });
});

test('the keys that work everywhere are letters where one types', () => {
  expect(shortcut({ ...plain, key: '/' }, false)).toBe('filter');
  expect(shortcut({ ...plain, shiftKey: true, key: '?' }, false)).toBe('help');
  expect(shortcut({ ...plain, key: '/' }, true)).toBeNull();
  expect(shortcut({ ...plain, ctrlKey: true, key: '/' }, false)).toBeNull();
});
