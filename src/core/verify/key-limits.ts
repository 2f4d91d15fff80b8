/** How long one document may take, to its last byte, and how large it may be. */
export interface FetchLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export const FETCH_LIMITS: FetchLimits = { timeoutMs: 5_000, maxBytes: 1_048_576 };

/** Redirects that are followed, within one origin. */
export const MAX_REDIRECTS = 3;

/** One issuer is asked no oftener than this, whatever the reason: an unknown `kid`, a signature that fails, no answer. */
export const COOLDOWN_MS = 60_000;

/** How long keys are held for fresh where the issuer does not say. */
const FRESH_MS = 600_000;
/** An issuer's own word counts between these: a day, for a key that was withdrawn must be noticed. */
const MIN_FRESH_MS = COOLDOWN_MS;
const MAX_FRESH_MS = 86_400_000;

/**
 * How long a response may be used (RFC 9111 §5.2.2), within bounds.
 * @param cacheControl the header's value, null where there is none
 * @returns ms
 */
export function freshFor(cacheControl: string | null): number {
  if (cacheControl === null) return FRESH_MS;
  const directives = cacheControl.toLowerCase().split(',', 32);
  if (directives.some((one) => /^\s*no-(?:store|cache)\b/.test(one))) return MIN_FRESH_MS;
  for (const one of directives) {
    const seconds = /^\s*max-age\s*=\s*"?(\d{1,12})"?\s*$/.exec(one)?.[1];
    if (seconds !== undefined) return Math.min(MAX_FRESH_MS, Math.max(MIN_FRESH_MS, Number(seconds) * 1_000));
  }
  return FRESH_MS;
}
