import type { Access } from '../core/model/view.ts';
import type { ToPopup } from '../messages.ts';

/** What the popup shows. */
export interface PopupView {
  /** Null where the page is only there to ask for access. */
  readonly tab: 'connecting' | 'watching' | 'notWatching' | null;
  /** Errors of the tab; null while it is not watched, or not known. */
  readonly errors: number | null;
  /** What is missing; null where nothing is. */
  readonly access: Access | null;
  /** Says that access is there, on the page that asks for it. */
  readonly granted: boolean;
}

/**
 * @param status the background's last word; null before the first.
 * @param asking true for the page that the background opens to ask for access, which has no tab to report on.
 * @param has what the browser itself said of the permissions; null where it was not asked. It is the latest news.
 */
export function popupView(status: ToPopup | null, asking: boolean, has: boolean | null): PopupView {
  const granted = has ?? status?.access.granted ?? null;
  const missing = status?.access.missing ?? [];
  const access = granted === false ? { granted, missing } : null;
  if (asking) return { tab: null, errors: null, access, granted: granted === true };
  if (status === null) return { tab: 'connecting', errors: null, access, granted: false };
  return {
    tab: status.observing ? 'watching' : 'notWatching',
    errors: status.observing || status.errors > 0 ? status.errors : null,
    access,
    granted: false,
  };
}
