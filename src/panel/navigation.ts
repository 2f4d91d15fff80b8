/** A redirect chain may take its time before a page is there. In ms. */
const LONGEST = 60_000;

/**
 * When a navigation began, so that its own requests stay when the log before it goes.
 * @param told by the page, which may say anything: ms since the epoch
 * @param now when the navigation was told, in ms since the epoch
 * @returns ms since the epoch; `now` where what was told can't be
 */
export function navigationBegan(told: unknown, now: number): number {
  return typeof told === 'number' && told <= now && told >= now - LONGEST ? told : now;
}
