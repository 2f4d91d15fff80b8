import type { ReadonlySignal } from '@preact/signals';
import { WORDS } from '../words.ts';
import { AccessBanner } from './access-banner.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { DetailPane } from './detail-pane.tsx';
import { usePanel } from './panel-context.ts';
import { RecordStrip } from './record-strip.tsx';
import { RowList } from './row-list.tsx';
import { Splitter } from './splitter.tsx';
import { Toolbar } from './toolbar.tsx';

/**
 * The whole panel.
 * @param sideBySide true where there is room for the details beside the list; else they stand below it.
 */
export function App({ sideBySide }: { readonly sideBySide: ReadonlySignal<boolean> }) {
  const { store, allowAccess } = usePanel();
  const selected = store.selected.value;
  const access = store.access.value;
  const beside = sideBySide.value;
  return (
    <main class="panel" data-connection={store.connection.value}>
      <h1 class="unseen">{WORDS.name}</h1>
      <Toolbar />
      <RecordStrip />
      {access !== null && !access.granted && <AccessBanner access={access} onAllow={allowAccess} />}
      {store.connection.value === 'lost' && (
        <p class="banner" data-tone="notice" data-banner="lost" role="status">
          {WORDS.reconnecting}
        </p>
      )}
      <div
        class="work"
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
    </main>
  );
}
