/** What the list, its filter and its toolbar say. */

import type { UnseenReason } from '../../core/model/exchange.ts';
import type { Access, Coverage, RowVerdict } from '../../core/model/view.ts';
import { formatNumber } from '../words.ts';
import type { Column } from './columns.ts';
import { FIELDS, type Field, STATES, type Wrong } from './query.ts';
import type { Grouping } from './row-groups.ts';

/** A number with its noun. */
function count(amount: number, one: string, many: string): string {
  return `${formatNumber(amount)} ${amount === 1 ? one : many}`;
}

/** The heads of the columns. */
export const COLUMN_NAMES: Readonly<Record<Column, string>> = {
  verdict: 'Verdict',
  method: 'Method',
  where: 'Host and path',
  kinds: 'Token',
  rules: 'Rules',
  audience: 'Audience',
  issuer: 'Issuer',
  location: 'Location',
  status: 'Status',
  time: 'Time',
};

/** The verdicts where they are chosen. */
export const CHIPS: Readonly<Record<RowVerdict, string>> = {
  error: 'Errors',
  warning: 'Warnings',
  notice: 'Notices',
  cantTell: 'Can’t tell',
  accepted: 'Accepted',
  passed: 'No problem',
};

export const GROUPING_NAMES: Readonly<Record<Grouping, string>> = {
  none: 'No groups',
  token: 'By token',
  host: 'By host',
  client: 'By client',
  rule: 'By rule',
};

/** What a group is called whose rows have nothing of what they are grouped by. */
export const GROUP_OF_NONE: Readonly<Record<Grouping, string>> = {
  none: '',
  token: 'No token',
  host: 'No host',
  client: 'No client known',
  rule: 'No rule fired',
};

/** What each field of the filter looks at. */
export const FIELD_MEANINGS: Readonly<Record<Field, string>> = {
  host: 'Host that the request went to',
  path: 'Path of the URL',
  method: 'HTTP method',
  status: 'Status code, such as 401 or 4xx',
  kind: 'Kind of token, such as id_token',
  aud: 'Audience of the token',
  iss: 'Issuer of the token',
  client: 'client_id that the token was issued to',
  rule: 'Rule that failed or can’t tell',
  in: 'Where in the request the token stood',
  token: 'Fingerprint of the token',
  is: 'Verdict, such as failed or passed',
};

/** A part of the filter that was not followed. */
export function wrongTerm(wrong: Wrong): string {
  return wrong.wrong === 'field'
    ? `There is no field “${wrong.text}”. Fields are: ${FIELDS.join(', ')}.`
    : `There is no state “${wrong.text}”. After “is:” may stand: ${STATES.join(', ')}.`;
}

/** Rows of a list or a group. */
export function requests(amount: number): string {
  return count(amount, 'request', 'requests');
}

const BODY_REASONS: readonly UnseenReason[] = ['body_not_available', 'body_too_large', 'body_malformed'];

/** "412 requests seen, 37 with a token, 3 without body, 1 host pattern without permission". */
export function coverageSentence(seen: Coverage, access: Access | null): string {
  const amount = (reasons: readonly UnseenReason[]): number =>
    seen.unseen.reduce(
      (sum, { reason, count: number }) => (reasons.includes(reason) ? sum + number : sum),
      0,
    );
  const withoutBody = amount(BODY_REASONS);
  const hosts = access === null || access.granted ? 0 : access.missing.length;
  return [
    `${requests(seen.exchanges)} seen`,
    `${formatNumber(seen.withToken)} with a token`,
    ...(withoutBody > 0 ? [`${formatNumber(withoutBody)} without body`] : []),
    ...(hosts > 0
      ? [count(hosts, 'site pattern without permission', 'site patterns without permission')]
      : []),
  ].join(', ');
}

export const LIST_WORDS = {
  pause: 'Pause the list; nothing is lost meanwhile',
  resume: 'Go on',
  clear: 'Clear the log',
  preserve: 'Preserve log',
  preserveTitle: 'Keep the log when the page navigates. A sign-in navigates.',
  group: 'Group requests',
  view: 'Columns and order',
  columns: 'Columns',
  sortBy: 'Sort by',
  descending: 'Descending',
  resetColumns: 'Reset columns',
  help: 'Keys and filter',
  follow: 'Follow the newest request',
  newer: (amount: number) => count(amount, 'newer request', 'newer requests'),
  paused: (amount: number) =>
    amount === 0 ? 'Paused' : `Paused; ${count(amount, 'new request waits', 'new requests wait')}`,
  filter: 'Filter',
  filterHint: 'Filter: text, host:, kind:, aud:, is:failed, -…',
  clearFilter: 'Clear the filter',
  suggestions: 'Suggestions',
  suggested: (amount: number) => (amount === 0 ? '' : count(amount, 'suggestion', 'suggestions')),
  show: 'Show',
  problems: 'Problems',
  all: 'All',
  verdicts: 'Verdicts',
  resizeHint: 'Drag to resize',
  sortHint: 'Press to sort; Shift with an arrow key resizes',
  nothingLeft: (hidden: number) => `The filter leaves none of ${requests(hidden)}`,
  nothingChosen: (hidden: number) => `${requests(hidden)} of other verdicts`,
  showAll: 'Show all',
  lateTitle: 'The sign-in was not seen.',
  late: 'DevTools were opened after it: what the tokens are is told by what they say, not by how they were issued. To see that too, reload the page, or sign out and in again.',
  dismiss: 'Dismiss',
  fullTitle: 'The log is full.',
  full: (amount: number) =>
    `${count(amount, 'request is', 'requests are')} not kept. Clear the log to make room for new ones.`,
} as const;

/** The keys, in the order of the help. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['↑', '↓'], does: 'Go to the request above or below' },
  { keys: ['Home', 'End'], does: 'Go to the first or the last request' },
  { keys: ['PageUp', 'PageDown'], does: 'Go a page up or down' },
  { keys: ['Enter'], does: 'Choose the request and go to its details; fold or unfold a group' },
  { keys: ['Space'], does: 'Choose the request and stay in the list' },
  { keys: ['←', '→'], does: 'Fold or unfold a group; in the heads, go to the next column' },
  { keys: ['Shift', '←', '→'], does: 'In the heads, make the column narrower or wider' },
  { keys: ['/'], does: 'Go to the filter' },
  { keys: ['Escape'], does: 'Close what is open: suggestions, help, details' },
  { keys: ['?'], does: 'Show this help' },
];

/** Examples of what can be typed into the filter. */
export const EXAMPLES: readonly { readonly text: string; readonly means: string }[] = [
  { text: 'orders', means: 'Anything that says “orders”: URL, rule, audience, issuer, client' },
  { text: 'host:*.shop.test', means: 'Hosts that end so; * stands for anything' },
  { text: 'kind:id_token,access_token', means: 'Any of these kinds' },
  { text: '-iss:login.test', means: 'Everything but tokens of this issuer' },
  { text: 'aud:"my api"', means: 'Quotes keep white space, commas and * together' },
  { text: 'is:failed status:4xx', means: 'Both at once' },
];

export const HELP_WORDS = {
  title: 'Keys and filter',
  keys: 'Keys',
  filter: 'Filter',
  fields: 'Fields',
  close: 'Close',
} as const;
