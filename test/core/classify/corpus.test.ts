import { describe, expect, it } from 'vitest';
import { isAlarm, measure, type Outcome, type Phase } from '../../accuracy/measure.ts';
import { APP } from '../../accuracy/requests.ts';
import { shapes } from '../../fixtures/corpus.ts';

/** Misuse that can't be told, and why: each is said to be so, none is passed. */
const CANNOT_TELL: Readonly<Record<string, string>> = {
  'rfc7523-grant-example':
    'An untyped JWT with no more than iss, sub and aud; its audience and the API bear names that may be one party’s.',
};

const outcomes = shapes.flatMap((shape) => measure(shape, APP));

const isTold = ({ shape }: Outcome): boolean =>
  shape.form === 'jwt' && (shape.kind === 'id_token' || shape.kind === 'access_token');

/** Of the ID and access tokens that are JWTs, the share whose kind was not told somewhere. */
function abstained(phase: Phase): number {
  const own = outcomes.filter((one) => one.phase === phase && isTold(one));
  const all = new Set(own.map(({ shape }) => shape));
  const weak = new Set(own.filter(({ told }) => told === 'abstained').map(({ shape }) => shape));
  return weak.size / all.size;
}

describe('the corpus of documented token shapes', () => {
  it.each(shapes.map(({ id }) => id))('%s is not taken for what it is not', (id) => {
    const wrong = outcomes.filter(({ shape, told }) => shape.id === id && told === 'wrong');
    expect(
      wrong.map(({ phase, destination, classification }) => [phase, destination, classification]),
    ).toEqual([]);
  });

  it.each(shapes.map(({ id }) => id))('%s raises no alarm where it belongs', (id) => {
    const alarms = outcomes.filter(
      ({ shape, intent, findings }) => shape.id === id && intent === 'legitimate' && findings.some(isAlarm),
    );
    expect(alarms.map(({ phase, destination, findings }) => [phase, destination, findings])).toEqual([]);
  });

  it.each(shapes.filter(({ id }) => CANNOT_TELL[id] === undefined).map(({ id }) => id))(
    '%s is found where it does not belong, once it was used where it does',
    (id) => {
      const missed = outcomes.filter(
        ({ shape, phase, intent, findings }) =>
          shape.id === id &&
          phase === 'used' &&
          intent === 'misuse' &&
          findings.every(({ outcome }) => outcome !== 'failed'),
      );
      expect(missed.map(({ destination, findings }) => [destination, findings])).toEqual([]);
    },
  );

  it('an ID or access token is told from its request alone, but for 15 in 100', () => {
    expect(abstained('cold')).toBeLessThanOrEqual(0.15);
  });

  it('an ID or access token is always told once its flow was seen', () => {
    expect(abstained('warm')).toBe(0);
  });
});
