// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which a table's can't be.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus; heads and cells do nothing.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys of its rows.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { gridAction } from '../grid-keys.ts';
import {
  firstInSight,
  followsAfterScroll,
  pageSize,
  ROW_HEIGHT,
  resized,
  rowHeightIn,
  scrollToShow,
  type View,
  visibleRange,
} from '../visible-range.ts';
import { WORDS } from '../words.ts';
import { EmptyList } from './empty-list.tsx';
import { usePanel } from './panel-context.ts';
import { RowLine } from './row-line.tsx';

const COLUMNS = ['verdict', 'method', 'where', 'kinds', 'rules', 'audience', 'status', 'time'] as const;

/** The requests with tokens: an ARIA grid that renders the rows in sight, and the one that has the focus. */
export function RowList() {
  const { store } = usePanel();
  const grid = useRef<HTMLDivElement>(null);
  const viewport = useRef<HTMLDivElement>(null);
  const view = useSignal<View>({ scrollTop: 0, height: 0, rowHeight: ROW_HEIGHT.oneLine });
  const rows = store.rows();
  const total = rows.length;
  const activeIndex = store.indexOf(store.active.value);
  const following = store.following.value;
  const filter = store.filter.value;
  const { height, rowHeight } = view.value;
  const wanted = store.wanted.value;

  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const rowHeight = rowHeightIn(element.clientWidth);
      view.value = resized(view.peek(), element.clientHeight, rowHeight, store.indexOf(store.active.peek()));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [store, view]);

  // The view leads, the element follows: after each change that moves rows, and only then.
  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    if (following) element.scrollTop = element.scrollHeight;
    else if (element.scrollTop !== view.peek().scrollTop) element.scrollTop = view.peek().scrollTop;
    if (element.scrollTop !== view.peek().scrollTop) {
      view.value = { ...view.peek(), scrollTop: element.scrollTop };
    }
  }, [following, total, filter, height, rowHeight, view]);

  useLayoutEffect(() => {
    const element = viewport.current;
    const index = wanted === null ? -1 : store.indexOf(wanted.id);
    if (element === null || index < 0) return;
    element.scrollTop = scrollToShow({ ...view.peek(), scrollTop: element.scrollTop }, index);
    view.value = { ...view.peek(), scrollTop: element.scrollTop };
  }, [wanted, store, view]);

  const focus = store.focus.value;
  useEffect(() => {
    if (focus?.on !== 'list') return;
    const stop = grid.current?.querySelector<HTMLElement>('.row[tabindex="0"]');
    stop?.focus({ preventScroll: true });
  }, [focus]);

  const { first, end } = visibleRange(view.value, total);
  // Where nothing was focused yet, the first row in sight is the way in.
  const tabStop = activeIndex >= 0 ? activeIndex : firstInSight(view.value, total);
  const shown: number[] = [];
  if (tabStop < first) shown.push(tabStop);
  for (let index = first; index < end; index += 1) shown.push(index);
  if (tabStop >= end && tabStop < total) shown.push(tabStop);

  return (
    <div class="list" id="list" data-empty={total === 0}>
      <div
        role="grid"
        class="grid"
        ref={grid}
        hidden={total === 0}
        aria-label={WORDS.requests}
        aria-rowcount={total + 1}
        aria-colcount={COLUMNS.length}
        data-total={total}
        onKeyDown={(event) => {
          const action = gridAction(event, tabStop, total, pageSize(view.peek()));
          if (action === null) return;
          event.preventDefault();
          // DevTools would open its drawer on Escape.
          event.stopPropagation();
          if (action.does === 'move') store.moveTo(action.to);
          else if (action.does === 'close') store.select(null);
          else {
            const row = rows[tabStop];
            if (row !== undefined) store.select(row.id);
            if (action.enter) store.focus.value = { on: 'detail' };
          }
        }}
      >
        <div role="rowgroup" class="head">
          <div role="row" class="head-row" aria-rowindex={1}>
            {COLUMNS.map((column, index) => (
              <div role="columnheader" key={column} class={`cell ${column}`} aria-colindex={index + 1}>
                {WORDS.columns[column]}
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          class="viewport"
          ref={viewport}
          tabIndex={-1}
          onScroll={(event) => {
            // Its height is read anew, too: the scroll may come before the observer of its size.
            const { scrollTop, clientHeight } = event.currentTarget;
            const before = view.peek().scrollTop;
            view.value = { ...view.peek(), scrollTop, height: clientHeight };
            store.following.value = followsAfterScroll(
              store.following.peek(),
              before,
              view.peek(),
              store.rows().length,
            );
          }}
          onClick={(event) => {
            const target = event.target instanceof Element ? event.target.closest('[data-exchange]') : null;
            const id = target?.getAttribute('data-exchange');
            if (typeof id === 'string') store.select(id);
          }}
        >
          <div class="spacer" role="presentation" style={{ height: `${total * rowHeight}px` }}>
            {shown.map((index) => {
              const row = rows[index];
              return row === undefined ? null : (
                <RowLine
                  key={row.id}
                  row={row}
                  index={index}
                  top={index * rowHeight}
                  selected={row.id === store.selected.value}
                  tabStop={index === tabStop}
                  isNew={store.isNew(row.id)}
                />
              );
            })}
          </div>
        </div>
      </div>
      {total === 0 && <EmptyList />}
    </div>
  );
}
