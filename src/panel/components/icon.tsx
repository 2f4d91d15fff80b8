/** The panel's pictograms. Each stands beside a word or in a named button, so that all are hidden from assistive technology. */
export type IconName =
  | 'error'
  | 'warning'
  | 'notice'
  | 'cantTell'
  | 'accepted'
  | 'passed'
  | 'inapplicable'
  | 'clear'
  | 'close'
  | 'follow'
  | 'access'
  | 'copy'
  | 'done'
  | 'save'
  | 'pause'
  | 'resume'
  | 'view'
  | 'filter'
  | 'help'
  | 'ascending'
  | 'descending'
  | 'twisty'
  | 'record';

/** Paths within 16 × 16. Filled shapes leave their sign open (fill-rule evenodd). */
const PATHS: Readonly<Record<IconName, string>> = {
  // An octagon with a cross.
  error:
    'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1ZM5.6 4.5 4.5 5.6 6.9 8l-2.4 2.4 1.1 1.1L8 9.1l2.4 2.4 1.1-1.1L9.1 8l2.4-2.4-1.1-1.1L8 6.9Z',
  // A triangle with an exclamation mark.
  warning: 'M8 1 15.6 14.5H.4ZM7.2 5.6v4.6h1.6V5.6Zm0 5.7v1.6h1.6v-1.6Z',
  // A disc with an i.
  notice: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM7.2 4v1.7h1.6V4Zm0 3v5h1.6V7Z',
  // A dashed-looking ring with a question mark.
  cantTell:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4ZM5.6 6.4C5.7 4.9 6.6 4 8 4s2.4.9 2.4 2.2c0 1-.5 1.5-1.1 2-.5.4-.6.6-.6 1.2H7.3c0-1.1.3-1.6 1-2.1.5-.4.7-.6.7-1.1 0-.5-.4-.9-1-.9s-.9.4-1 1.1ZM7.2 10.5h1.6V12H7.2Z',
  // A shield with a tick.
  accepted:
    'M8 1 14 3v4.5c0 3.6-2.4 6.2-6 7.5-3.6-1.3-6-3.9-6-7.5V3ZM8 2.5 3.4 4v3.5c0 2.8 1.8 4.9 4.6 6 2.8-1.1 4.6-3.2 4.6-6V4Zm2.6 2.8 1 1-4.3 4.3L4.7 8l1-1 1.6 1.6Z',
  // A ring with a tick.
  passed:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4Zm2.9 2.9 1 1-4.6 4.6-2.6-2.6 1-1 1.6 1.6Z',
  // A ring with a dash.
  inapplicable:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4ZM4.8 7.3h6.4v1.4H4.8Z',
  // A ring with a slash.
  clear:
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM4.9 3.9 12.1 11.1A5.1 5.1 0 0 0 4.9 3.9ZM3.9 4.9A5.1 5.1 0 0 0 11.1 12.1Z',
  close: 'm3.9 2.9 4.1 4 4.1-4 1 1L9 8l4.1 4.1-1 1L8 9 3.9 13.1 2.9 12.1 7 8 2.9 3.9Z',
  // An arrow down to a line.
  follow: 'M7.3 1.5h1.4v7.6l2.8-2.8 1 1L8 11.8 3.5 7.3l1-1 2.8 2.8ZM3 13h10v1.5H3Z',
  // Two bars, and a triangle.
  pause: 'M4 2.5h2.8v11H4ZM9.2 2.5H12v11H9.2Z',
  resume: 'M4 2.2 13.2 8 4 13.8Z',
  // A table with a dark head.
  view: 'M1.5 2.5h13v11h-13ZM2.9 6.4v5.7h2.8V6.4Zm4.2 0v5.7h2.2V6.4Zm3.6 0v5.7h2.4V6.4Z',
  // A funnel.
  filter: 'M1.8 2.5h12.4v1.3L9.4 9v4.9l-2.8-1.6V9L1.8 3.8Zm1.9 1.4L8 8.5v.1-.1l4.3-4.6Z',
  // A question mark in a ring.
  help: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4ZM5.6 6.4C5.7 4.9 6.6 4 8 4s2.4.9 2.4 2.2c0 1-.5 1.5-1.1 2-.5.4-.6.6-.6 1.2H7.3c0-1.1.3-1.6 1-2.1.5-.4.7-.6.7-1.1 0-.5-.4-.9-1-.9s-.9.4-1 1.1ZM7.2 10.5h1.6V12H7.2Z',
  ascending: 'M8 4.5 12.5 10.5h-9Z',
  descending: 'M8 11.5 3.5 5.5h9Z',
  twisty: 'M5.5 3.5 11.5 8l-6 4.5Z',
  // A disc in a ring.
  record:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4ZM8 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8Z',
  // A padlock.
  access:
    'M8 1a3.6 3.6 0 0 1 3.6 3.6V7H13v8H3V7h1.4V4.6A3.6 3.6 0 0 1 8 1Zm0 1.4a2.2 2.2 0 0 0-2.2 2.2V7h4.4V4.6A2.2 2.2 0 0 0 8 2.4ZM7.3 9.4v3.2h1.4V9.4Z',
  // Two sheets.
  copy: 'M5 1h9v10h-3v4H2V5h3ZM6.4 2.4V5H11v4.6h1.6V2.4ZM3.4 6.4v7.2h6.2V6.4Z',
  // A tick.
  done: 'm6.3 11.2 7-7 1.1 1.1-8.1 8.1-4.7-4.7 1.1-1.1Z',
  // An arrow down into a tray.
  save: 'M7.3 1.5h1.4v5.6l2-2 1 1L8 9.8 4.3 6.1l1-1 2 2ZM2.5 9h1.4v4.1h8.2V9h1.4v5.5h-11Z',
};

export function Icon({ name, size = 14 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      class="icon"
      data-icon={name}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
