import { WORDS } from '../words.ts';
import { usePanel } from './panel-context.ts';

/** What stands where no row is: what to do, or that no problem was found. */
export function EmptyList() {
  const { store } = usePanel();
  const { all } = store.counts.value;
  if (all === 0) {
    return (
      <div class="empty" data-empty="nothing">
        <p class="empty-title">{WORDS.empty.title}</p>
        <p>{WORDS.empty.use}</p>
        <p>{WORDS.empty.reload}</p>
        <p class="muted">{WORDS.empty.scope}</p>
      </div>
    );
  }
  return (
    <div class="empty" data-empty="no-problem">
      <p class="empty-title">{WORDS.noProblem(all)}</p>
      <button type="button" class="button" data-action="show-all" onClick={() => store.setFilter('all')}>
        {WORDS.showAll}
      </button>
    </div>
  );
}
