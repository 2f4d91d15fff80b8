// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which a table's can't be.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus; cells do nothing.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole lint/a11y/noStaticElementInteractions: its role is grid or treegrid.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys of its rows.
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { gridAction, groupAction } from '../grid-keys.ts';
import { COLUMNS, columnsIn, NARROW_COLUMNS, template } from '../list/columns.ts';
import { LIST_WORDS } from '../list/list-words.ts';
import { RowSlots } from '../row-slots.ts';
import {
  atEnd,
  firstInSight,
  followsAfterScroll,
  mostRows,
  pageSize,
  ROW_HEIGHT,
  resized,
  rowHeightIn,
  scrollToShow,
  TWO_LINES_BELOW,
  type View,
  visibleRange,
} from '../visible-range.ts';
import { WORDS } from '../words.ts';
import { EmptyList } from './empty-list.tsx';
import { GroupLine } from './group-line.tsx';
import { ListHead } from './list-head.tsx';
import { usePanel } from './panel-context.ts';
import { RowLine } from './row-line.tsx';

/** What list.css leaves free at both ends of a row. */
const PADDING = 10;

/** The requests with tokens: an ARIA grid that renders the lines in sight, and the one that has the focus. */
export function RowList() {
  const { store } = usePanel();
  const grid = useRef<HTMLDivElement>(null);
  const viewport = useRef<HTMLDivElement>(null);
  const view = useSignal<View>({ scrollTop: 0, height: 0, rowHeight: ROW_HEIGHT.oneLine });
  const width = useSignal(0);
  /** The line at the top, and how far it is scrolled out: it stays there whatever comes above it. */
  const anchor = useRef<{ readonly id: string; readonly out: number } | null>(null);
  const isNarrow = useComputed(() => width.value < TWO_LINES_BELOW).value;
  const columns = useComputed(() =>
    width.value < TWO_LINES_BELOW
      ? NARROW_COLUMNS.filter((column) => !store.hidden.value.has(column))
      : columnsIn(width.value, store.hidden.value, store.widths.value),
  ).value;
  const total = store.length();
  const grouping = store.grouping.value;
  const following = store.following.value && store.canFollow.value;
  const wanted = store.wanted.value;
  const focus = store.focus.value;
  const sort = store.sort.value;
  const selected = store.selected.value;
  const rowHeight = useComputed(() => view.value.rowHeight).value;
  // Read so that another height is drawn anew.
  useComputed(() => view.value.height).value;
  // Scrolling draws anew where other lines come into sight, and not for each pixel.
  const range = useComputed(() => {
    const lines = store.length();
    const now = view.value;
    if (store.following.value && store.canFollow.value) return visibleRange(atEnd(now, lines), lines);
    // Where lines moved, the list is scrolled along once it is drawn: what will be in sight is drawn at once, not what was.
    const kept = anchor.current === null ? -1 : store.indexOf(anchor.current.id);
    const scrollTop = kept < 0 ? now.scrollTop : kept * now.rowHeight + (anchor.current?.out ?? 0);
    return visibleRange({ ...now, scrollTop }, lines);
  });
  const first = useComputed(() => range.value.first).value;
  const end = useComputed(() => range.value.end).value;
  // Where nothing was focused yet, the first row in sight is the way in.
  const tabStop = useComputed(() => {
    const active = store.indexOf(store.active.value);
    return active >= 0 ? active : firstInSight(view.value, store.length());
  }).value;

  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const next = rowHeightIn(element.clientWidth);
      if (next !== view.peek().rowHeight) anchor.current = null;
      width.value = element.clientWidth;
      view.value = resized(view.peek(), element.clientHeight, next, store.indexOf(store.active.peek()));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [store, view, width]);

  function look({ scrollTop }: HTMLElement, height = view.peek().height): void {
    const before = view.peek();
    const index = Math.floor(scrollTop / before.rowHeight);
    const line = scrollTop > 0 ? store.lineAt(index) : undefined;
    // Before the view: the lines to draw are told by both.
    anchor.current = line === undefined ? null : { id: line.id, out: scrollTop - index * before.rowHeight };
    if (scrollTop !== before.scrollTop || height !== before.height) {
      view.value = { ...before, scrollTop, height };
    }
  }

  // Another order is read from its beginning.
  const order = useRef({ sort, grouping });
  const lastHeight = useRef(rowHeight);
  useLayoutEffect(() => {
    const element = viewport.current;
    const isSame = order.current.sort === sort && order.current.grouping === grouping;
    order.current = { sort, grouping };
    if (element === null || isSame || following) return;
    element.scrollTop = 0;
    look(element);
  });

  // After each change that moves lines, and only then. Without an anchor in the list, the view leads and the element follows.
  useLayoutEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const kept = anchor.current === null ? -1 : store.indexOf(anchor.current.id);
    if (following) element.scrollTop = element.scrollHeight;
    else if (kept >= 0 && view.peek().rowHeight === lastHeight.current) {
      element.scrollTop = kept * rowHeight + (anchor.current?.out ?? 0);
    } else if (element.scrollTop !== view.peek().scrollTop) element.scrollTop = view.peek().scrollTop;
    lastHeight.current = rowHeight;
    look(element);
  });

  useLayoutEffect(() => {
    const element = viewport.current;
    const index = wanted === null ? -1 : store.indexOf(wanted.id);
    if (element === null || index < 0) return;
    element.scrollTop = scrollToShow({ ...view.peek(), scrollTop: element.scrollTop }, index);
    look(element);
  }, [wanted]);

  useEffect(() => {
    if (focus?.on !== 'list') return;
    const stop = grid.current?.querySelector<HTMLElement>('.row[tabindex="0"]');
    stop?.focus({ preventScroll: true });
  }, [focus]);

  // An element that showed the focused line may show another one now: the focus goes on to where that line is.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (focused === null || grid.current?.contains(focused) !== true || !focused.matches('.row')) return;
    if (focused.getAttribute('tabindex') === '0') return;
    grid.current.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus({ preventScroll: true });
  });

  function onKey(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('.head') !== null) return;
    const line = store.lineAt(tabStop);
    const isReversed = grid.current !== null && getComputedStyle(grid.current).direction === 'rtl';
    const folding = grouping === 'none' ? null : groupAction(event, line?.line ?? 'row', isReversed);
    const action = folding ?? gridAction(event, tabStop, total, pageSize(view.peek()));
    if (action === null) return;
    event.preventDefault();
    // DevTools would open its drawer on Escape.
    event.stopPropagation();
    if (action.does === 'move') store.moveTo(action.to);
    else if (action.does === 'close') store.select(null);
    else if (action.does === 'to-head') store.moveTo(store.headAt(tabStop));
    else if (line?.line === 'group') {
      const isFolded = action.does === 'fold' ? action.isFolded : !line.group.isFolded;
      store.fold(line.group.key, isFolded);
    } else if (action.does === 'choose' && line !== undefined) {
      store.select(line.id);
      if (action.enter) store.focus.value = { on: 'detail' };
    }
  }

  const slots = useRef(new RowSlots()).current;
  slots.show(first, mostRows(view.peek()));
  const shown: number[] = [];
  if (tabStop < first) shown.push(tabStop);
  for (let index = first; index < end; index += 1) shown.push(index);
  if (tabStop >= end && tabStop < total) shown.push(tabStop);

  return (
    <div class="list" id="list" data-empty={total === 0} data-lines={isNarrow ? 'two' : 'one'}>
      <div
        role={grouping === 'none' ? 'grid' : 'treegrid'}
        class="grid"
        ref={grid}
        aria-label={WORDS.requests}
        aria-rowcount={total + 1}
        aria-colcount={COLUMNS.length}
        data-total={total}
        style={{ '--columns': template(columns, store.widths.value, width.value - PADDING) }}
        onKeyDown={onKey}
      >
        {!isNarrow && <ListHead columns={columns} />}
        <div
          role="rowgroup"
          class="viewport"
          ref={viewport}
          tabIndex={-1}
          onScroll={(event) => {
            // Its height is read anew, too: the scroll may come before the observer of its size.
            const element = event.currentTarget;
            const before = view.peek().scrollTop;
            look(element, element.clientHeight);
            if (!store.canFollow.peek()) return;
            const was = store.following.peek();
            const follows = followsAfterScroll(was, before, view.peek(), store.length());
            if (follows !== was) store.follow(follows);
          }}
          onClick={(event) => {
            const line = store.lineAt(indexOf(event.target));
            if (line?.line === 'group') store.fold(line.group.key, !line.group.isFolded);
            else if (line !== undefined) store.select(line.id);
          }}
          onPointerOver={({ target }) => {
            const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
            // What is cut off is said where one points at it.
            if (cell !== null)
              cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : '';
          }}
        >
          <div class="spacer" role="presentation" style={{ blockSize: `${total * rowHeight}px` }}>
            {shown.map((index) => {
              const line = store.lineAt(index);
              if (line === undefined) return null;
              const slot = index < first || index >= end ? 'stop' : slots.slotOf(index);
              const place = { index, top: index * rowHeight, tabStop: index === tabStop };
              return line.line === 'group' ? (
                <GroupLine key={`group ${slot}`} group={line.group} grouping={grouping} {...place} />
              ) : (
                <RowLine
                  key={`row ${slot}`}
                  row={line.row}
                  columns={columns}
                  selected={line.id === selected}
                  isNew={store.isNew(line.id)}
                  isGrouped={grouping !== 'none'}
                  {...place}
                />
              );
            })}
          </div>
        </div>
      </div>
      {total === 0 && <EmptyList />}
      {!following && store.newer.value > 0 && (
        <button type="button" class="newer" data-action="newer" onClick={() => store.follow(true)}>
          {LIST_WORDS.newer(store.newer.value)} ↓
        </button>
      )}
    </div>
  );
}

/** The line that an element stands in, by what the element says of itself; -1 for none. */
function indexOf(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest('[aria-rowindex]') : null;
  return Number(row?.getAttribute('aria-rowindex') ?? 1) - 2;
}
