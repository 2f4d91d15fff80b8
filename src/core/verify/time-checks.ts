import type { Check } from '../model/token.ts';
import { member, numberMember } from '../syntax/json.ts';
import { t } from '../text.ts';
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
  const skew = skewText(clockSkewMs);
  return (['exp', 'nbf', 'iat'] as const).map((id) => {
    const line = checkTime(token, id, at + clockSkewMs);
    return line.outcome === 'inapplicable' || skew === null
      ? line
      : { ...line, text: `${line.text} ${skew}` };
  });
}

function skewText(clockSkewMs: number): string | null {
  if (clockSkewMs === 0) return null;
  const length = duration(Math.abs(clockSkewMs) / 1_000);
  return clockSkewMs > 0
    ? t`(This machine's clock is ${length} behind, by the "Date" of servers: that was taken into account.)`
    : t`(This machine's clock is ${length} ahead, by the "Date" of servers: that was taken into account.)`;
}

function checkTime({ claims }: Jwt, id: 'exp' | 'nbf' | 'iat', at: number): Check {
  if (member(claims, id) === undefined) return check(id, 'inapplicable', t`Not claimed.`);
  const seconds = numberMember(claims, id);
  if (seconds === null) return check(id, 'failed', t`Not a number (NumericDate, RFC 7519 §2).`);
  const late = at / 1000 - seconds;
  if (id === 'exp') {
    return late >= CLOCK_TOLERANCE_S
      ? check(id, 'failed', t`It had expired ${duration(late)} before the request.`)
      : check(
          id,
          'passed',
          late > 0
            ? t`Just expired, within the clock tolerance of ${CLOCK_TOLERANCE_S} s.`
            : t`Valid for ${duration(-late)} more when sent.`,
        );
  }
  if (late < -CLOCK_TOLERANCE_S) {
    return check(
      id,
      'failed',
      id === 'nbf'
        ? t`It is not valid before ${duration(-late)} after the request.`
        : t`It is said to be issued ${duration(-late)} after the request.`,
    );
  }
  return check(
    id,
    'passed',
    id === 'nbf' ? t`Valid already when sent.` : t`Issued ${duration(Math.max(0, late))} before the request.`,
  );
}
