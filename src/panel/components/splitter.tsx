import { SPLIT, splitAfterKey, splitAtPointer } from '../split.ts';
import { WORDS } from '../words.ts';
import { usePanel } from './panel-context.ts';

/** The line between list and details: dragged, or moved with the arrow keys. */
export function Splitter({ sideBySide }: { readonly sideBySide: boolean }) {
  const { split } = usePanel().store;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter takes the focus and has a value; <hr> does neither.
    <div
      role="separator"
      class="splitter"
      tabIndex={0}
      aria-label={WORDS.resize}
      aria-controls="list"
      aria-orientation={sideBySide ? 'vertical' : 'horizontal'}
      aria-valuemin={SPLIT.least}
      aria-valuemax={SPLIT.most}
      aria-valuenow={split.value}
      onKeyDown={(event) => {
        const next = splitAfterKey(event, split.value, sideBySide, isReversed(event.currentTarget));
        if (next === null) return;
        event.preventDefault();
        split.value = next;
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const handle = event.currentTarget;
        const room = handle.parentElement?.getBoundingClientRect();
        if (room === undefined || !handle.hasPointerCapture(event.pointerId)) return;
        if (!sideBySide) split.value = splitAtPointer(event.clientY, room.top, room.height);
        // From the edge at which lines begin.
        else if (isReversed(handle)) split.value = splitAtPointer(-event.clientX, -room.right, room.width);
        else split.value = splitAtPointer(event.clientX, room.left, room.width);
      }}
    />
  );
}

function isReversed(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
