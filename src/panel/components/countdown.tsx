import { documentClock } from '../clock.ts';
import { remaining } from '../countdown.ts';
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

/** The same where there is little room: how long the first of a row's tokens is still valid. */
export function ShortCountdown({ expiresAt }: { readonly expiresAt: number }) {
  const { isOver, text } = remaining(expiresAt, documentClock().now.value);
  return (
    <span class="countdown muted" data-expired={isOver} title={VERIFICATION.expiry}>
      {isOver ? VERIFICATION.expiredShort : text}
    </span>
  );
}
