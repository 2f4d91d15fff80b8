/** What the list, its filter and its toolbar say. */

import type { UnseenReason } from '../../core/model/exchange.ts';
import type { Access, Coverage, RowVerdict } from '../../core/model/view.ts';
import { t } from '../../core/text.ts';
import { formatNumber, listed } from '../words.ts';
import type { Column } from './columns.ts';
import { FIELDS, type Field, STATES, type Wrong } from './query.ts';
import type { Grouping } from './row-groups.ts';

/** The heads of the columns. */
export const COLUMN_NAMES: Readonly<Record<Column, string>> = {
  verdict: t`Verdict`,
  method: t`Method`,
  where: t`Host and path`,
  kinds: t`Token`,
  rules: t`Rules`,
  audience: t`Audience`,
  issuer: t`Issuer`,
  location: t`Location`,
  status: t`Status`,
  time: t`Time`,
};

/** The verdicts where they are chosen. */
export const CHIPS: Readonly<Record<RowVerdict, string>> = {
  error: t`Errors`,
  warning: t`Warnings`,
  notice: t`Notices`,
  cantTell: t`Can’t tell`,
  accepted: t`Accepted`,
  passed: t`No problem`,
};

export const GROUPING_NAMES: Readonly<Record<Grouping, string>> = {
  none: t`No groups`,
  token: t`By token`,
  host: t`By host`,
  client: t`By client`,
  rule: t`By rule`,
};

/** What a group is called whose rows have nothing of what they are grouped by. */
export const GROUP_OF_NONE: Readonly<Record<Grouping, string>> = {
  none: '',
  token: t`No token`,
  host: t`No host`,
  client: t`No client known`,
  rule: t`No rule fired`,
};

/** What each field of the filter looks at. */
export const FIELD_MEANINGS: Readonly<Record<Field, string>> = {
  host: t`Host that the request went to`,
  path: t`Path of the URL`,
  method: t`HTTP method`,
  status: t`Status code, such as 401 or 4xx`,
  kind: t`Kind of token, such as id_token`,
  aud: t`Audience of the token`,
  iss: t`Issuer of the token`,
  client: t`client_id that the token was issued to`,
  rule: t`Rule that failed or can’t tell`,
  in: t`Where in the request the token stood`,
  token: t`Fingerprint of the token`,
  is: t`Verdict, such as failed or passed`,
};

/** A part of the filter that was not followed. */
export function wrongTerm(wrong: Wrong): string {
  return wrong.wrong === 'field'
    ? t`There is no field “${wrong.text}”. Fields are: ${FIELDS.join(', ')}.`
    : t`There is no state “${wrong.text}”. After “is:” may stand: ${STATES.join(', ')}.`;
}

/** Rows of a list or a group. */
export function requests(amount: number): string {
  return amount === 1 ? t`1 request` : t`${formatNumber(amount)} requests`;
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
  return listed([
    seen.exchanges === 1 ? t`1 request seen` : t`${formatNumber(seen.exchanges)} requests seen`,
    t`${formatNumber(seen.withToken)} with a token`,
    ...(withoutBody > 0 ? [t`${formatNumber(withoutBody)} without body`] : []),
    ...(hosts > 0
      ? [
          hosts === 1
            ? t`1 site pattern without permission`
            : t`${formatNumber(hosts)} site patterns without permission`,
        ]
      : []),
  ]);
}

export const LIST_WORDS = {
  pause: t`Pause the list; nothing is lost meanwhile`,
  resume: t`Go on`,
  clear: t`Clear the log`,
  preserve: t`Preserve log`,
  preserveTitle: t`Keep the log when the page navigates. A sign-in navigates.`,
  group: t`Group requests`,
  view: t`Columns and order`,
  columns: t`Columns`,
  sortBy: t`Sort by`,
  descending: t`Descending`,
  resetColumns: t`Reset columns`,
  help: t`Keys and filter`,
  follow: t`Follow the newest request`,
  newer: (amount: number) => (amount === 1 ? t`1 newer request` : t`${formatNumber(amount)} newer requests`),
  paused: (amount: number) =>
    amount === 0
      ? t`Paused`
      : amount === 1
        ? t`Paused; 1 new request waits`
        : t`Paused; ${formatNumber(amount)} new requests wait`,
  filter: t`Filter`,
  filterHint: t`Filter: text, host:, kind:, aud:, is:failed, -…`,
  clearFilter: t`Clear the filter`,
  suggestions: t`Suggestions`,
  suggested: (amount: number) =>
    amount === 0 ? '' : amount === 1 ? t`1 suggestion` : t`${formatNumber(amount)} suggestions`,
  show: t`Show`,
  problems: t`Problems`,
  all: t`All`,
  verdicts: t`Verdicts`,
  resizeHint: t`Drag to resize`,
  sortHint: t`Press to sort; Shift with an arrow key resizes`,
  nothingLeft: (hidden: number) =>
    hidden === 1
      ? t`The filter leaves none of 1 request`
      : t`The filter leaves none of ${formatNumber(hidden)} requests`,
  nothingChosen: (hidden: number) =>
    hidden === 1 ? t`1 request of other verdicts` : t`${formatNumber(hidden)} requests of other verdicts`,
  showAll: t`Show all`,
  lateTitle: t`The sign-in was not seen.`,
  late: t`DevTools were opened after it: what the tokens are is told by what they say, not by how they were issued. To see that too, reload the page, or sign out and in again.`,
  dismiss: t`Dismiss`,
  fullTitle: t`The log is full.`,
  full: (amount: number) =>
    amount === 1
      ? t`1 entry, a request or what it taught, is not kept. Clear the log to make room for new ones.`
      : t`${formatNumber(amount)} entries, requests or what they taught, are not kept. Clear the log to make room for new ones.`,
} as const;

/** The keys, in the order of the help. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['↑', '↓'], does: t`Go to the request above or below` },
  { keys: [t`Home`, t`End`], does: t`Go to the first or the last request` },
  { keys: [t`PageUp`, t`PageDown`], does: t`Go a page up or down` },
  { keys: [t`Enter`], does: t`Choose the request and go to its details; fold or unfold a group` },
  { keys: [t`Space`], does: t`Choose the request and stay in the list` },
  { keys: ['←', '→'], does: t`Fold or unfold a group; in the heads, go to the next column` },
  { keys: [t`Shift`, '←', '→'], does: t`In the heads, make the column narrower or wider` },
  { keys: ['/'], does: t`Go to the filter` },
  { keys: [t`Escape`], does: t`Close what is open: suggestions, help, details` },
  { keys: ['?'], does: t`Show this help` },
];

/** Examples of what can be typed into the filter. */
export const EXAMPLES: readonly { readonly text: string; readonly means: string }[] = [
  { text: 'orders', means: t`Anything that says “orders”: URL, rule, audience, issuer, client` },
  { text: 'host:*.shop.test', means: t`Hosts that end so; * stands for anything` },
  { text: 'kind:id_token,access_token', means: t`Any of these kinds` },
  { text: '-iss:login.test', means: t`Everything but tokens of this issuer` },
  { text: 'aud:"my api"', means: t`Quotes keep white space, commas and * together` },
  { text: 'is:failed status:4xx', means: t`Both at once` },
];

export const HELP_WORDS = {
  title: t`Keys and filter`,
  keys: t`Keys`,
  filter: t`Filter`,
  everyLanguage: t`What is typed here is the same in every language.`,
  fields: t`Fields`,
  close: t`Close`,
} as const;
