import { t } from '../core/text.ts';
import { formatNumber } from './words.ts';

/** What is left of a token, in a word. */
export interface Remaining {
  readonly isOver: boolean;
  readonly text: string;
}

/**
 * @param expiresAt and @param now ms since the epoch
 * @returns "4 min 05 s", and how long ago where it is over
 */
export function remaining(expiresAt: number, now: number): Remaining {
  const isOver = now >= expiresAt;
  const seconds = isOver ? Math.floor((now - expiresAt) / 1_000) : Math.ceil((expiresAt - now) / 1_000);
  return { isOver, text: inWords(seconds) };
}

/** The same in as few letters as a list has room for: "4 min"; nothing once it is over. */
export function remainingInShort(expiresAt: number, now: number): string {
  const seconds = Math.ceil((expiresAt - now) / 1_000);
  if (seconds <= 0) return '';
  if (seconds < 60) return t`${seconds} s`;
  if (seconds < 3_600) return t`${Math.floor(seconds / 60)} min`;
  return seconds < 172_800
    ? t`${Math.floor(seconds / 3_600)} h`
    : t`${formatNumber(Math.floor(seconds / 86_400))} d`;
}

function inWords(seconds: number): string {
  if (seconds < 60) return t`${seconds} s`;
  if (seconds < 3_600) return t`${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  if (seconds < 172_800)
    return t`${Math.floor(seconds / 3_600)} h ${two(Math.floor((seconds % 3_600) / 60))} min`;
  return t`${formatNumber(Math.floor(seconds / 86_400))} days`;
}

function two(amount: number): string {
  return String(amount).padStart(2, '0');
}
