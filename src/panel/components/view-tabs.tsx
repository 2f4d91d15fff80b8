import { useRef } from 'preact/hooks';
import { VIEW_NAMES, VIEW_WORDS } from '../view-words.ts';
import { VIEWS, type ViewName } from '../views.ts';
import { usePanel } from './panel-context.ts';

/** What ties a view to its tab (ARIA tabs pattern): to be spread over the view's element. */
export function viewPanel(view: ViewName) {
  return { id: `view-${view}`, role: 'tabpanel', 'aria-labelledby': `tab-${view}` } as const;
}

/** The panel's views as tabs. Arrows, Home and End go from tab to tab and choose it at once. */
export function ViewTabs() {
  const { views } = usePanel();
  const list = useRef<HTMLDivElement>(null);
  const chosen = views.view.value;

  function go(to: number): void {
    const view = VIEWS[(to + VIEWS.length) % VIEWS.length];
    if (view === undefined) return;
    views.view.value = view;
    list.current?.querySelector<HTMLElement>(`#tab-${view}`)?.focus();
  }

  return (
    <div
      role="tablist"
      class="view-tabs"
      tabIndex={-1}
      ref={list}
      aria-label={VIEW_WORDS.views}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const at = VIEWS.indexOf(chosen);
        const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
        const next = isRtl ? 'ArrowLeft' : 'ArrowRight';
        const previous = isRtl ? 'ArrowRight' : 'ArrowLeft';
        const to =
          event.key === next ? at + 1 : event.key === previous ? at - 1 : event.key === 'Home' ? 0 : -2;
        if (event.key === 'End') go(VIEWS.length - 1);
        else if (to !== -2) go(to);
        else return;
        event.preventDefault();
      }}
    >
      {VIEWS.map((view) => (
        <button
          key={view}
          type="button"
          role="tab"
          id={`tab-${view}`}
          class="view-tab"
          aria-selected={view === chosen}
          aria-controls={`view-${view}`}
          tabIndex={view === chosen ? 0 : -1}
          data-view={view}
          onClick={() => {
            views.view.value = view;
          }}
        >
          {VIEW_NAMES[view]}
        </button>
      ))}
    </div>
  );
}
