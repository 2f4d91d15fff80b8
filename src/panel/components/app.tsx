import type { ReadonlySignal } from '@preact/signals';
import { WORDS } from '../words.ts';
import { AccessBanner } from './access-banner.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { DetailPane } from './detail-pane.tsx';
import { KeyHelp } from './key-help.tsx';
import { ListNotices } from './list-notices.tsx';
import { MapView } from './map-view.tsx';
import { usePanel } from './panel-context.ts';
import { RecordStrip } from './record-strip.tsx';
import { RowList } from './row-list.tsx';
import { Splitter } from './splitter.tsx';
import { TimelineView } from './timeline-view.tsx';
import { Toolbar } from './toolbar.tsx';
import { ViewTabs, viewPanel } from './view-tabs.tsx';

/**
 * The whole panel.
 * @param sideBySide true where there is room for the details beside the list; else they stand below it.
 */
export function App({ sideBySide }: { readonly sideBySide: ReadonlySignal<boolean> }) {
  const { store, views, allowAccess } = usePanel();
  const view = views.view.value;
  const selected = store.selected.value;
  const access = store.access.value;
  const beside = sideBySide.value;
  return (
    <main class="panel" data-connection={store.connection.value}>
      <h1 class="unseen">{WORDS.name}</h1>
      <ViewTabs />
      {view === 'requests' && <Toolbar />}
      <RecordStrip />
      {access !== null && !access.granted && <AccessBanner access={access} onAllow={allowAccess} />}
      {store.connection.value === 'lost' && (
        <p class="banner" data-tone="notice" data-banner="lost" role="status">
          {WORDS.reconnecting}
        </p>
      )}
      {view === 'requests' && <ListNotices />}
      {view === 'map' && <MapView />}
      {view === 'timeline' && <TimelineView />}
      <div
        class="work"
        {...viewPanel('requests')}
        hidden={view !== 'requests'}
        data-detail={selected !== null}
        data-side-by-side={beside}
        style={{ '--split': `${store.split.value}%` }}
      >
        <RowList />
        {selected !== null && (
          <>
            <Splitter sideBySide={beside} />
            <DetailPane selected={selected} />
          </>
        )}
      </div>
      <CoverageBar />
      <KeyHelp />
    </main>
  );
}
