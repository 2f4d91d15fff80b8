/** Every word about recorded sessions, for the popup, the panel and the sessions page. */
import type { CurrentSession, ScopeChoice } from '../session-messages.ts';

const number = new Intl.NumberFormat();
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A number with its noun: "1 request", "1,024 requests". */
export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${number.format(amount)} ${amount === 1 ? one : many}`;
}

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
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** "1.4 MB". */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 0.1) return `${number.format(Math.round(megabytes * 10) / 10)} MB`;
  return `${number.format(Math.ceil(bytes / 1000))} kB`;
}

/** "12 requests, 2 errors". */
export function found({
  exchanges,
  errors,
  warnings,
}: Pick<CurrentSession, 'exchanges' | 'errors' | 'warnings'>) {
  const parts = [counted(exchanges, 'request')];
  if (errors > 0) parts.push(counted(errors, 'error'));
  if (warnings > 0) parts.push(counted(warnings, 'warning'));
  return parts.join(', ');
}

export function scopeName(scope: ScopeChoice, site: string | null): string {
  if (scope === 'all') return 'All tabs';
  if (scope === 'tab') return 'This tab';
  return site === null ? 'This site' : `This site (${site})`;
}

export const SESSION_WORDS = {
  record: 'Record a session',
  label: 'Session',
  name: 'Name',
  namePlaceholder: 'What you are about to do',
  scope: 'Record',
  start: 'Start recording',
  recording: 'Recording',
  paused: 'Paused',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  noteLabel: 'Step or note',
  notePlaceholder: 'Next step, or a note',
  addStep: 'Add step',
  addNote: 'Add note',
  lastStep: (note: string) => `Last: ${note}`,
  since: (at: number) => `since ${formatTime(at)}`,
  gaps: (count: number) =>
    `The browser stopped Aud-it ${counted(count, 'time')} meanwhile; requests of that time may be missing.`,
  noBodies: 'Without DevTools, responses are not seen: where a token was issued may stay unknown.',
  interrupted: (name: string, at: number) => `The browser ended “${name}” at ${formatDateTime(at)}.`,
  continue: 'Continue it',
  all: 'Sessions',
  openAll: 'Show all sessions',
  scarce: 'Room for sessions gets scarce: delete some that you no longer need.',
  none: 'There is no room left: new requests are counted, but not kept. Delete sessions that you no longer need.',
  page: {
    title: 'Sessions',
    import: 'Import HAR or report…',
    importing: (name: string) => `Reading ${name}…`,
    judging: (name: string) => `Judging ${name}…`,
    readSoFar: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)}`,
    empty: 'No session yet',
    emptyHint:
      'Click Aud-it in the toolbar, name a session and start it: DevTools need not be open. Or import a HAR file that someone recorded.',
    columns: {
      choose: 'Compare',
      name: 'Name',
      when: 'Recorded',
      found: 'Found',
      size: 'Size',
    },
    compare: 'Compare the two',
    chooseTwo: 'Choose two sessions to compare them',
    room: (used: number, limit: number) => `${formatBytes(used)} of ${formatBytes(limit)} used`,
    rename: 'Rename',
    save: 'Save',
    cancel: 'Cancel',
    delete: 'Delete',
    reallyDelete: 'Delete for good',
    close: 'Close',
    export: 'Export as',
    steps: 'Steps and notes',
    noSteps: 'None were noted.',
    findings: 'Findings',
    noFindings: 'No rule found anything. That does not say that the APIs check their tokens.',
    coverage: 'What was seen',
    unreadable: (id: string) =>
      `A session (${id}) can’t be read: another version wrote it, or the disk lost some of it.`,
    interrupted: 'ended by the browser',
    imported: 'imported',
    requests: (count: number) => counted(count, 'request'),
    gap: (from: string, to: string) => `The browser had stopped Aud-it from ${from} to ${to}.`,
    compared: (before: string, after: string) => `From “${before}” to “${after}”`,
    swap: 'Swap',
    fresh: 'New, or worse',
    fixed: 'Fixed, or not seen again',
    still: 'Still there',
    nothing: 'None.',
    failed: (name: string, reason: string) => `${name}: ${reason}`,
  },
} as const;
