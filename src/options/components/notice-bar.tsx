import { Icon } from '../../panel/components/icon.tsx';
import { inOrder } from '../../panel/components/in-order.tsx';
import { visible } from '../../panel/plain-text.ts';
import type { Notice } from '../options-store.ts';
import { OPTIONS } from '../words.ts';
import { useOptions } from './options-context.ts';

/** What came of what was last done. A file that was refused shows each of its mistakes. */
export function NoticeBar() {
  const store = useOptions();
  const notice = store.notice.value;
  const isBad = notice !== null && notice.tone !== 'done';
  return (
    <>
      <div role="status">{notice !== null && !isBad && <Shown notice={notice} />}</div>
      <div role="alert">{notice !== null && isBad && <Shown notice={notice} />}</div>
    </>
  );
}

function Shown({ notice }: { readonly notice: Notice }) {
  const store = useOptions();
  const undo = notice.tone === 'refused' ? null : notice.undo;
  return (
    <div class="notice" data-notice={notice.tone}>
      <Icon name={notice.tone === 'done' ? 'passed' : 'error'} />
      <div class="notice-text">
        <p>{inOrder(visible(notice.text))}</p>
        {notice.tone === 'refused' && (
          <ul>
            {notice.lines.map((line) => (
              <li key={line}>
                <code>{inOrder(visible(line))}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
      {undo !== null && (
        <button type="button" class="button" data-action="undo" onClick={() => void store.undo(undo)}>
          {OPTIONS.undo}
        </button>
      )}
      <button
        type="button"
        class="tool"
        aria-label={OPTIONS.dismiss}
        title={OPTIONS.dismiss}
        onClick={() => {
          store.notice.value = null;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
