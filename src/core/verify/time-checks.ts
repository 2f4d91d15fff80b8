import type { Check } from '../model/token.ts';
import { member, numberMember } from '../syntax/json.ts';
import { check, duration, type Jwt } from './check.ts';

/** Clocks differ: a minute either way is no finding (RFC 7519 §4.1.4 "usually no more than a few minutes"). */
export const CLOCK_TOLERANCE_S = 60;

/** The moment to judge at. */
export interface TimeFacts {
  /** That of the request by this machine's clock, in ms since the epoch. */
  readonly at: number;
  /** What this machine's clock lacks, by the `Date` of servers' answers; 0 where it is right, or nobody said. ms. */
  readonly clockSkewMs: number;
}

/** RFC 7519 §4.1.4 to §4.1.6, judged at the moment of the request by a clock that is right. */
export function checkTimes(token: Jwt, { at, clockSkewMs }: TimeFacts): readonly Check[] {
  const skewed = clockSkewMs === 0 ? '' : ` ${skewText(clockSkewMs)}`;
  return (['exp', 'nbf', 'iat'] as const).map((id) => {
    const line = checkTime(token, id, at + clockSkewMs);
    return line.outcome === 'inapplicable' ? line : { ...line, text: line.text + skewed };
  });
}

function skewText(clockSkewMs: number): string {
  const seconds = Math.abs(clockSkewMs) / 1_000;
  const side = clockSkewMs > 0 ? 'behind' : 'ahead';
  return `(This machine's clock is ${duration(seconds)} ${side}, by the "Date" of servers: that was taken into account.)`;
}

function checkTime({ claims }: Jwt, id: 'exp' | 'nbf' | 'iat', at: number): Check {
  if (member(claims, id) === undefined) return check(id, 'inapplicable', 'Not claimed.');
  const seconds = numberMember(claims, id);
  if (seconds === null) return check(id, 'failed', 'Not a number (NumericDate, RFC 7519 §2).');
  const late = at / 1000 - seconds;
  if (id === 'exp') {
    return late >= CLOCK_TOLERANCE_S
      ? check(id, 'failed', `It had expired ${duration(late)} before the request.`)
      : check(
          id,
          'passed',
          late > 0
            ? `Just expired, within the clock tolerance of ${CLOCK_TOLERANCE_S} s.`
            : `Valid for ${duration(-late)} more when sent.`,
        );
  }
  if (late < -CLOCK_TOLERANCE_S) {
    const begins = id === 'nbf' ? 'not valid before' : 'said to be issued';
    return check(id, 'failed', `It is ${begins} ${duration(-late)} after the request.`);
  }
  return check(
    id,
    'passed',
    id === 'nbf' ? 'Valid already when sent.' : `Issued ${duration(Math.max(0, late))} before the request.`,
  );
}
