import { coverageSentence } from '../list/list-words.ts';
import { formatNumber, notWhollySeen, UNSEEN, WORDS } from '../words.ts';
import { AskedList } from './asked-list.tsx';
import { usePanel } from './panel-context.ts';

/** The status bar: how much was seen, and what was not. */
export function CoverageBar() {
  const { store } = usePanel();
  const seen = store.coverage.value;
  const unreadable = store.unreadable.value;
  if (seen === null) return <footer class="coverage" />;
  const unseen = seen.unseen.filter(({ count }) => count > 0);
  return (
    <footer class="coverage" data-exchanges={seen.exchanges} data-with-token={seen.withToken}>
      <span class="coverage-text">{coverageSentence(seen, store.access.value)}</span>
      {(unseen.length > 0 || unreadable > 0) && (
        <details class="unseen-reasons">
          <summary>{notWhollySeen(seen, unreadable)}</summary>
          <ul>
            {unseen.map(({ reason, count }) => (
              <li key={reason} data-reason={reason}>
                <span class="number">{formatNumber(count)}</span> {UNSEEN[reason]}
              </li>
            ))}
            {unreadable > 0 && (
              <li>
                <span class="number">{formatNumber(unreadable)}</span> {WORDS.unreadableMessages}
              </li>
            )}
          </ul>
        </details>
      )}
      <AskedList />
    </footer>
  );
}
