/** Every word about recorded sessions, for the popup, the panel and the sessions page. */
import { locale, t } from '../core/text.ts';
import type { CurrentSession, ScopeChoice } from '../session-messages.ts';
import { formatNumber, listed } from './words.ts';

const dateTime = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
const time = new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' });

/** @param at ms since the epoch */
export function formatDateTime(at: number): string {
  return dateTime.format(at);
}

/** @param at ms since the epoch */
export function formatTime(at: number): string {
  return time.format(at);
}

/** "2 min 5 s". @param ms how long */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return t`${hours} h ${minutes} min`;
  return minutes > 0 ? t`${minutes} min ${seconds % 60} s` : t`${seconds} s`;
}

/** "1.4 MB". */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 0.1) return t`${formatNumber(Math.round(megabytes * 10) / 10)} MB`;
  return t`${formatNumber(Math.ceil(bytes / 1000))} kB`;
}

/** "12 requests, 2 errors". */
export function found({
  exchanges,
  errors,
  warnings,
}: Pick<CurrentSession, 'exchanges' | 'errors' | 'warnings'>) {
  const parts = [requests(exchanges)];
  if (errors > 0) parts.push(errors === 1 ? t`1 error` : t`${formatNumber(errors)} errors`);
  if (warnings > 0) parts.push(warnings === 1 ? t`1 warning` : t`${formatNumber(warnings)} warnings`);
  return listed(parts);
}

function requests(amount: number): string {
  return amount === 1 ? t`1 request` : t`${formatNumber(amount)} requests`;
}

export function scopeName(scope: ScopeChoice, site: string | null): string {
  if (scope === 'all') return t`All tabs`;
  if (scope === 'tab') return t`This tab`;
  return site === null ? t`This site` : t`This site (${site})`;
}

export const SESSION_WORDS = {
  record: t`Record a session`,
  label: t`Session`,
  name: t`Name`,
  namePlaceholder: t`What you are about to do`,
  scope: t`Record`,
  start: t`Start recording`,
  recording: t`Recording`,
  paused: t`Paused`,
  pause: t`Pause`,
  resume: t`Resume`,
  stop: t`Stop`,
  noteLabel: t`Step or note`,
  notePlaceholder: t`Next step, or a note`,
  addStep: t`Add step`,
  addNote: t`Add note`,
  lastStep: (note: string) => t`Last: ${note}`,
  since: (at: number) => t`since ${formatTime(at)}`,
  gaps: (amount: number) =>
    amount === 1
      ? t`The browser stopped Aud-it 1 time meanwhile; requests of that time may be missing.`
      : t`The browser stopped Aud-it ${formatNumber(amount)} times meanwhile; requests of that time may be missing.`,
  private: t`Private windows are not recorded. DevTools audit them live.`,
  leftOut: (amount: number) =>
    amount === 1
      ? t`1 request was not recorded: it is of a private window, or may be.`
      : t`${formatNumber(amount)} requests were not recorded: they are of a private window, or may be.`,
  noBodies: t`Without DevTools, responses are not seen: where a token was issued may stay unknown.`,
  interrupted: (name: string, at: number) => t`The browser ended “${name}” at ${formatDateTime(at)}.`,
  continue: t`Continue it`,
  all: t`Sessions`,
  openAll: t`Show all sessions`,
  scarce: t`Room for sessions gets scarce: delete some that you no longer need.`,
  none: t`There is no room left: new requests are counted, but not kept. Delete sessions that you no longer need.`,
  page: {
    title: t`Sessions`,
    documentTitle: t`Sessions – Aud-it`,
    import: t`Import HAR or report…`,
    importing: (name: string) => t`Reading ${name}…`,
    judging: (name: string) => t`Judging ${name}…`,
    readSoFar: (done: number, total: number) => t`${formatBytes(done)} of ${formatBytes(total)}`,
    empty: t`No session yet`,
    emptyHint: t`Click Aud-it in the toolbar, name a session and start it: DevTools need not be open. Or import a HAR file that someone recorded.`,
    columns: {
      choose: t`Compare`,
      name: t`Name`,
      when: t`Recorded`,
      found: t`Found`,
      size: t`Size`,
    },
    compare: t`Compare the two`,
    chooseTwo: t`Choose two sessions to compare them`,
    room: (used: number, limit: number) => t`${formatBytes(used)} of ${formatBytes(limit)} used`,
    rename: t`Rename`,
    save: t`Save`,
    cancel: t`Cancel`,
    delete: t`Delete`,
    reallyDelete: t`Delete for good`,
    close: t`Close`,
    export: t`Export as`,
    steps: t`Steps and notes`,
    noSteps: t`None were noted.`,
    findings: t`Findings`,
    noFindings: t`No rule found anything. That does not say that the APIs check their tokens.`,
    coverage: t`What was seen`,
    unreadable: (id: string) =>
      t`A session (${id}) can’t be read: another version wrote it, or the disk lost some of it.`,
    interrupted: t`ended by the browser`,
    imported: t`imported`,
    requests,
    /** "12 requests, 3 with a token". */
    ofWhich: (amount: number, withToken: number) =>
      listed([requests(amount), t`${formatNumber(withToken)} with a token`]),
    gaps: (amount: number) => (amount === 1 ? t`1 gap` : t`${formatNumber(amount)} gaps`),
    compareThis: (name: string) => t`Compare: ${name}`,
    noRoom: t`there is no room left: delete sessions that you no longer need`,
    gap: (from: string, to: string) => t`The browser had stopped Aud-it from ${from} to ${to}.`,
    compared: (before: string, after: string) => t`From “${before}” to “${after}”`,
    swap: t`Swap`,
    fresh: t`New, or worse`,
    fixed: t`Fixed, or not seen again`,
    still: t`Still there`,
    nothing: t`None.`,
    failed: (name: string, reason: string) => `${name}: ${reason}`,
  },
} as const;
