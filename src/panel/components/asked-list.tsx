import { line } from '../plain-text.ts';
import { clockTime } from '../times.ts';
import { VERIFICATION } from '../verification-words.ts';
import { usePanel } from './panel-context.ts';

/** What left the browser on Aud-it's own behalf: every request for metadata and keys, newest first. */
export function AskedList() {
  const asked = usePanel().store.asked.value;
  if (asked.length === 0) return null;
  return (
    <details class="unseen-reasons" data-part="asked">
      <summary>{VERIFICATION.asked(asked.length)}</summary>
      <p class="muted">{VERIFICATION.askedHint}</p>
      <ul>
        {asked.toReversed().map(({ url, at, status }) => (
          <li key={`${at} ${url}`} data-asked={url}>
            <span class="number">{clockTime(at)}</span> <bdi dir="ltr">{line(url)}</bdi>{' '}
            <span class="muted">{status === null ? VERIFICATION.noAnswer : status}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
