/** Times as people read them, in their own time zone. All times are ms since the epoch. */
import { locale } from '../core/text.ts';

/** What a Date can hold (ECMA-262 §21.4.1.1). A NumericDate from a token may lie beyond. */
const LAST = 8.64e15;

const clock = new Intl.DateTimeFormat(locale(), {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

const calendar = new Intl.DateTimeFormat(locale(), {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

function isDate(time: number): boolean {
  return Number.isFinite(time) && Math.abs(time) <= LAST;
}

/** Time of day to the millisecond; null for what is no date. */
export function clockTime(time: number): string | null {
  return isDate(time) ? clock.format(time) : null;
}

/** Date and time to the second, with the time zone; null for what is no date. */
export function dateTime(time: number): string | null {
  return isDate(time) ? calendar.format(time) : null;
}

/** ISO 8601, for what is copied; empty for what is no date. */
export function isoTime(time: number): string {
  return isDate(time) ? new Date(time).toISOString() : '';
}

const UNITS = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

export type Unit = (typeof UNITS)[number][0];

export interface Gap {
  readonly side: 'before' | 'after' | 'same';
  /** At most two units, neighbours, the larger first: 59 minutes 57 seconds. Empty where the side is `same`. */
  readonly parts: readonly { readonly amount: number; readonly unit: Unit }[];
}

/** How far `time` lies from the moment `from`, in whole seconds (NumericDate counts in seconds, RFC 7519 §2). */
export function gap(time: number, from: number): Gap {
  const seconds = Math.floor(time / 1000) - Math.floor(from / 1000);
  if (seconds === 0 || !Number.isFinite(seconds)) return { side: 'same', parts: [] };
  const parts: { amount: number; unit: Unit }[] = [];
  let rest = Math.abs(seconds);
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    if (parts.length === 0 && amount === 0) continue;
    if (amount > 0) parts.push({ amount, unit });
    rest -= amount * size;
    if (parts.length === 2 || amount === 0 || unit === 'second') break;
  }
  return { side: seconds < 0 ? 'before' : 'after', parts };
}
