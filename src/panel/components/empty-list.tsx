import { LIST_WORDS } from '../list/list-words.ts';
import { WORDS } from '../words.ts';
import { usePanel } from './panel-context.ts';

/** What stands where no row is: what to do, that no problem was found, or that the filter leaves nothing. */
export function EmptyList() {
  const { store } = usePanel();
  const total = store.total.value;
  const { all } = store.counts.value;
  /** The button goes where rows come: the focus is theirs. */
  const show = (change: () => void): void => {
    change();
    store.focus.value = { on: 'list' };
  };
  const clearFilter = (
    <button
      type="button"
      class="button"
      data-action="empty-filter"
      onClick={() => show(() => store.setQuery(''))}
    >
      {LIST_WORDS.clearFilter}
    </button>
  );
  const showAll = (
    <button
      type="button"
      class="button"
      data-action="show-all"
      onClick={() => show(() => store.setFilter('all'))}
    >
      {LIST_WORDS.showAll}
    </button>
  );
  if (total === 0) {
    return (
      <div class="empty" data-empty="nothing">
        <p class="empty-title">{WORDS.empty.title}</p>
        <p>{WORDS.empty.use}</p>
        <p>{WORDS.empty.reload}</p>
        <p class="muted">{WORDS.empty.scope}</p>
      </div>
    );
  }
  if (all === 0) {
    return (
      <div class="empty" data-empty="filtered">
        <p class="empty-title">{LIST_WORDS.nothingLeft(total)}</p>
        {clearFilter}
      </div>
    );
  }
  const isPlain = store.filter.value === 'problems' && store.query.value === '';
  return (
    <div class="empty" data-empty={isPlain ? 'no-problem' : 'verdicts'}>
      <p class="empty-title">{isPlain ? WORDS.noProblem(all) : LIST_WORDS.nothingChosen(all)}</p>
      {showAll}
    </div>
  );
}
