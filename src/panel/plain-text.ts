/**
 * Text from the network is an attacker's. It goes into the page as text nodes only; here it also loses the power to
 * hide itself: what a person would not see (or what would reorder what they see) becomes a visible escape.
 */

import { isolated } from '../core/syntax/isolated.ts';
import { language } from '../core/text.ts';

/**
 * Controls (C0, C1), format characters (bidi overrides and isolates, zero-width, tags), line and paragraph
 * separators, lone surrogates, and whatever else Unicode lets a renderer leave out.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** How many UTF-16 units of a value are shown before "Show all". */
export const SHOWN_AT_FIRST = 600;

/** How many are shown at most, ever: a browser lays out a longer text node only slowly. */
export const SHOWN_AT_MOST = 200_000;

/** Replaces each character that would not be seen as itself by its escape, `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  );
}

/**
 * The first `limit` UTF-16 units of a text (one fewer where that would split a surrogate pair), and how many it left off.
 */
export function cut(text: string, limit: number): { readonly shown: string; readonly leftOff: number } {
  if (text.length <= limit) return { shown: text, leftOff: 0 };
  const last = text.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  const shown = text.slice(0, splitsPair ? limit - 1 : limit);
  return { shown, leftOff: text.length - shown.length };
}

/** One line of a list: cut short, and nothing hidden. */
export function line(text: string): string {
  return visible(cut(text, 300).shown);
}

/**
 * A sentence for an attribute, where no elements can keep the order of what stands in it: values stand between isolates
 * (U+2066 or U+2068, and U+2069), which the browser's tooltip obeys.
 * @param text without anything hidden
 */
export function isolatedLine(text: string): string {
  return isolated(text, language().direction)
    .map(({ text: piece, isolate }) =>
      isolate === null ? piece : `${isolate === 'ltr' ? '\u2066' : '\u2068'}${piece}\u2069`,
    )
    .join('');
}

/** The URL where it may become a link: absolute, http or https. Null otherwise: it stays text. */
export function linkTarget(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
}
