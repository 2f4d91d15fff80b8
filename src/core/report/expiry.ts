import type { JsonObject } from '../model/json.ts';
import { numberMember } from '../syntax/json.ts';

/**
 * When a token ends (RFC 7519 §4.1.4) by this machine's clock.
 * @param clockSkewMs what this machine's clock lacks, in ms
 * @returns ms since the epoch; null where it does not say, or says what is no time
 */
export function expiryOf(claims: JsonObject, clockSkewMs: number): number | null {
  const seconds = numberMember(claims, 'exp');
  const at = seconds === null ? Number.NaN : seconds * 1_000 - clockSkewMs;
  return Math.abs(at) <= 8.64e15 ? at : null;
}
