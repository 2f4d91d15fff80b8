import { GROUPING_NAMES, LIST_WORDS } from '../list/list-words.ts';
import { GROUPINGS } from '../list/row-groups.ts';
import { FilterField, WrongTerms } from './filter-field.tsx';
import { Icon, type IconName } from './icon.tsx';
import { usePanel } from './panel-context.ts';
import { RecordButton } from './record-strip.tsx';
import { VerdictChips } from './verdict-chips.tsx';
import { ViewMenu } from './view-menu.tsx';

/** What one does with the log, and below it what the list shows of it. */
export function Toolbar() {
  const { store, clear } = usePanel();
  const isPaused = store.paused.value;
  return (
    <header class="bars">
      <div class="toolbar">
        <Tool
          action="pause"
          icon={isPaused ? 'resume' : 'pause'}
          label={isPaused ? LIST_WORDS.resume : LIST_WORDS.pause}
          isPressed={isPaused}
          onPress={() => store.pause(!isPaused)}
        />
        <Tool action="clear" icon="clear" label={LIST_WORDS.clear} onPress={clear} />
        <RecordButton />
        <span class="toolbar-line" />
        <label class="check" title={LIST_WORDS.preserveTitle}>
          <input
            type="checkbox"
            data-choice="preserve"
            checked={store.preserve.value}
            onChange={({ currentTarget }) => {
              store.preserve.value = currentTarget.checked;
            }}
          />{' '}
          {LIST_WORDS.preserve}
        </label>
        <span class="toolbar-line" />
        <Groups />
        {isPaused && (
          <span class="paused" role="status" data-waiting={store.waiting.value}>
            {LIST_WORDS.paused(store.waiting.value)}
          </span>
        )}
        <span class="toolbar-rest" />
        <Tool
          action="follow"
          icon="follow"
          label={LIST_WORDS.follow}
          isPressed={store.following.value && store.canFollow.value}
          onPress={() => store.follow(!(store.following.value && store.canFollow.value))}
        />
        <ViewMenu />
        <Tool
          action="help"
          icon="help"
          label={LIST_WORDS.help}
          onPress={() => {
            store.help.value = true;
          }}
        />
      </div>
      <div class="toolbar filter-bar">
        <FilterField />
        <VerdictChips />
      </div>
      <WrongTerms />
    </header>
  );
}

function Groups() {
  const { store } = usePanel();
  return (
    <select
      class="group-choice"
      data-choice="group"
      aria-label={LIST_WORDS.group}
      title={LIST_WORDS.group}
      value={store.grouping.value}
      onChange={({ currentTarget }) => {
        const grouping = GROUPINGS.find((one) => one === currentTarget.value);
        if (grouping !== undefined) store.grouping.value = grouping;
      }}
    >
      {GROUPINGS.map((grouping) => (
        <option key={grouping} value={grouping}>
          {GROUPING_NAMES[grouping]}
        </option>
      ))}
    </select>
  );
}

function Tool({
  action,
  icon,
  label,
  isPressed,
  onPress,
}: {
  readonly action: string;
  readonly icon: IconName;
  readonly label: string;
  /** For a button that stays pressed. */
  readonly isPressed?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      class="tool"
      data-action={action}
      title={label}
      aria-label={label}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
