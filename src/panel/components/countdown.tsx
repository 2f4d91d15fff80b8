import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { documentClock } from '../clock.ts';
import { remaining, remainingInShort } from '../countdown.ts';
import { VERIFICATION } from '../verification-words.ts';

/**
 * What is left of a token's time, second by second. Only this component follows the clock: what is around it is not drawn again.
 * @param expiresAt ms since the epoch by this machine's clock
 */
export function Countdown({ expiresAt }: { readonly expiresAt: number }) {
  const { isOver, text } = remaining(expiresAt, documentClock().now.value);
  return (
    <span class="countdown" data-expired={isOver}>
      {isOver ? VERIFICATION.expired(text) : VERIFICATION.valid(text)}
    </span>
  );
}

/**
 * The same where there is little room: how long the first of a row's tokens is still valid. Drawn again where its text changes, and not
 * at each tick of the clock.
 */
export function ShortCountdown({ expiresAt }: { readonly expiresAt: number }) {
  const left = useMemo(
    () => computed(() => remainingInShort(expiresAt, documentClock().now.value)),
    [expiresAt],
  ).value;
  return (
    <span class="countdown muted" data-expired={left === ''} title={VERIFICATION.expiry}>
      {left === '' ? VERIFICATION.expiredShort : left}
    </span>
  );
}
