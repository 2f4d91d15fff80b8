import { describe, expect, it } from 'vitest';
import { RowSlots } from '../../src/panel/row-slots.ts';

const COUNT = 10;

function slotsAt(slots: RowSlots, first: number): readonly number[] {
  slots.show(first, COUNT);
  return Array.from({ length: COUNT }, (_, offset) => slots.slotOf(first + offset));
}

describe('the elements of the list', () => {
  it('are each for one line', () => {
    const slots = new RowSlots();
    for (const first of [0, 3, 500, 493, 99_990, 0]) expect(new Set(slotsAt(slots, first)).size).toBe(COUNT);
  });

  it('keep their line while it is in sight', () => {
    const slots = new RowSlots();
    const before = slotsAt(slots, 0);
    const after = slotsAt(slots, 3);
    expect(after.slice(0, COUNT - 3)).toEqual(before.slice(3));
    expect(slotsAt(slots, 0)).toEqual(before);
  });

  it('take other lines after a leap, in the order in which they stand', () => {
    const slots = new RowSlots();
    slotsAt(slots, 0);
    const before = slotsAt(slots, 7);
    expect(slotsAt(slots, 50_000)).toEqual(before);
    expect(slotsAt(slots, 12)).toEqual(before);
  });

  it('are within the count of them when there are fewer or more', () => {
    const slots = new RowSlots();
    slotsAt(slots, 123);
    for (const count of [4, 30]) {
      slots.show(1_000, count);
      for (let line = 1_000; line < 1_000 + count; line++) {
        expect(slots.slotOf(line)).toBeGreaterThanOrEqual(0);
        expect(slots.slotOf(line)).toBeLessThan(count);
      }
    }
  });
});
