/**
 * Which element of a virtual list shows which line. There are as many as lines are ever in sight. A line keeps its element while it is
 * in sight; another line takes over the element of one that went. After a leap, every element takes a new line and none moves.
 */
export class RowSlots {
  #count = 1;
  #first = 0;
  #shift = 0;

  /**
   * @param first the first line in sight from now on
   * @param count the elements that there are
   */
  show(first: number, count: number): void {
    if (Math.abs(first - this.#first) >= Math.min(count, this.#count)) {
      this.#shift = remainder(this.slotOf(this.#first) - first, count);
    }
    this.#count = count;
    this.#first = first;
  }

  /** The element that shows a line, from 0; no two of `count` lines that follow each other share one. */
  slotOf(line: number): number {
    return remainder(line + this.#shift, this.#count);
  }
}

function remainder(value: number, by: number): number {
  return ((value % by) + by) % by;
}
