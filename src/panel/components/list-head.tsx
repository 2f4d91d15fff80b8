// biome-ignore-all lint/a11y/useSemanticElements: the head of a virtual list stands outside of what scrolls.
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons in the heads take the focus.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { COLUMNS, type Column, resize, WIDTH_STEP, type Widths } from '../list/columns.ts';
import { COLUMN_NAMES, LIST_WORDS } from '../list/list-words.ts';
import { sortAfterPress } from '../list/row-order.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

/** The heads of the columns: a press sorts, the edge at the end resizes; one of them is in the order of Tab, arrows go on. */
export function ListHead({ columns }: { readonly columns: readonly Column[] }) {
  const { store } = usePanel();
  const head = useRef<HTMLDivElement>(null);
  const current = useSignal<Column>('verdict');
  const stop = columns.includes(current.value) ? current.value : columns[0];
  const sort = store.sort.value;

  const isReversed = (): boolean =>
    head.current !== null && getComputedStyle(head.current).direction === 'rtl';
  const change = (widths: Widths): void => {
    store.widths.value = widths;
  };

  function onKey(event: KeyboardEvent): void {
    const forward = isReversed() ? 'ArrowLeft' : 'ArrowRight';
    const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    if (!isArrow || stop === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const way = event.key === forward ? 1 : -1;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) {
      change(resize(stop, way * WIDTH_STEP, columns, store.widths.peek()));
      return;
    }
    const next = columns[columns.indexOf(stop) + way];
    if (next === undefined) return;
    current.value = next;
    head.current?.querySelector<HTMLElement>(`[data-sort="${next}"]`)?.focus();
  }

  return (
    <div role="rowgroup" class="head">
      <div
        role="row"
        class="head-row"
        ref={head}
        aria-rowindex={1}
        onKeyDown={onKey}
        onContextMenu={(event) => {
          event.preventDefault();
          store.menu.value = true;
        }}
      >
        {columns.map((column) => {
          const isSorted = sort.by === column;
          const way = sort.descending ? 'descending' : 'ascending';
          return (
            <div
              role="columnheader"
              key={column}
              class={`cell ${column}`}
              aria-colindex={COLUMNS.indexOf(column) + 1}
              aria-sort={isSorted ? way : 'none'}
            >
              <button
                type="button"
                class="sort"
                data-sort={column}
                tabIndex={column === stop ? 0 : -1}
                title={LIST_WORDS.sortHint}
                onClick={() => {
                  current.value = column;
                  store.sort.value = sortAfterPress(sort, column);
                }}
              >
                <span class="sort-name">{COLUMN_NAMES[column]}</span>
                {isSorted && <Icon name={way} size={10} />}
              </button>
              <Edge
                onMove={(by, from) => change(resize(column, isReversed() ? -by : by, columns, from))}
                widths={() => store.widths.peek()}
                name={column}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The edge at the end of a column, for a pointer; the keys do the same on the head. */
function Edge({
  name,
  widths,
  onMove,
}: {
  readonly name: Column;
  readonly widths: () => Widths;
  /** @param by CSS pixels since it was grasped; @param from the widths then */
  readonly onMove: (by: number, from: Widths) => void;
}) {
  const grasp = useRef<{ readonly at: number; readonly widths: Widths } | null>(null);
  return (
    <span
      class="edge"
      aria-hidden="true"
      title={LIST_WORDS.resizeHint}
      data-edge={name}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grasp.current = { at: event.clientX, widths: widths() };
      }}
      onPointerMove={(event) => {
        if (grasp.current !== null) onMove(event.clientX - grasp.current.at, grasp.current.widths);
      }}
      onLostPointerCapture={() => {
        grasp.current = null;
      }}
    />
  );
}
