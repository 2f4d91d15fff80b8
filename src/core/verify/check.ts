import type { Check, ClassifiedToken, Outcome } from '../model/token.ts';
import { t } from '../text.ts';

export type Jwt = Extract<ClassifiedToken, { form: 'jwt' }>;

export function check(id: Check['id'], outcome: Outcome, text: string): Check {
  return { id, outcome, text };
}

/** As {@link check}, where what it is compared with was seen. */
export function compared(id: Check['id'], outcome: Outcome, text: string): Check {
  return { id, outcome, text, counterpartSeen: true };
}

/** What an attacker wrote, short enough for a sentence: in the quotation marks that whoever redacts knows, in every language. */
export function quoted(text: string): string {
  return `"${text.length > 200 ? `${text.slice(0, 200)}…` : text}"`;
}

/** @param seconds a length of time, not negative */
export function duration(seconds: number): string {
  if (seconds < 120) return t`${Math.floor(seconds)} s`;
  if (seconds < 7200) return t`${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return t`${Math.floor(seconds / 3600)} h`;
  return t`${Math.floor(seconds / 86_400)} days`;
}
