import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptKeys, KeyFetcher } from '../../../src/core/verify/key-fetcher.ts';
import { COOLDOWN_MS, freshFor } from '../../../src/core/verify/key-limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long keys may be used', () => {
  it.each([
    [null, 10 * MINUTE],
    ['', 10 * MINUTE],
    ['public', 10 * MINUTE],
    ['max-age=3600', HOUR],
    ['public, max-age=19000, must-revalidate, no-transform', 19_000 * SECOND],
    ['PUBLIC,MAX-AGE=120', 2 * MINUTE],
    ['max-age="120"', 2 * MINUTE],
    ['max-age = 120', 2 * MINUTE],
    ['max-age=0', MINUTE],
    ['max-age=59', MINUTE],
    ['max-age=86401', DAY],
    ['max-age=999999999999', DAY],
    ['max-age=9999999999999', 10 * MINUTE],
    ['max-age=-1', 10 * MINUTE],
    ['max-age=1.5', 10 * MINUTE],
    ['max-age', 10 * MINUTE],
    ['x-max-age=1', 10 * MINUTE],
    ['s-maxage=1', 10 * MINUTE],
    ['max-age=3600, max-age=60', HOUR],
    ['no-store', MINUTE],
    ['no-cache', MINUTE],
    ['max-age=3600, no-store', MINUTE],
    ['no-cache="set-cookie", max-age=3600', MINUTE],
    ['no-storey, max-age=3600', HOUR],
  ])('by Cache-Control "%s" is %i ms', (header, ms) => {
    expect(freshFor(header)).toBe(ms);
  });

  it('is between a minute and a day, whatever an issuer says', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat().map((age) => `max-age=${age}`),
        ),
        (header) => {
          expect(freshFor(header)).toBeGreaterThanOrEqual(COOLDOWN_MS);
          expect(freshFor(header)).toBeLessThanOrEqual(DAY);
        },
      ),
    );
  });
});

describe('an issuer that says how long its keys may be used', () => {
  const ISSUER = 'https://login.example';
  let now = 0;
  let asked = 0;
  const kept: KeptKeys[] = [];

  function source(cacheControl: string): KeyFetcher {
    [now, asked, kept.length] = [0, 0, 0];
    return new KeyFetcher(
      async (input) => {
        if (!String(input).endsWith('/jwks'))
          return Response.json({ issuer: ISSUER, jwks_uri: `${ISSUER}/jwks` });
        asked++;
        const keys = [{ kty: 'EC', kid: 'k1' }];
        return Response.json({ keys }, { headers: { 'cache-control': cacheControl } });
      },
      () => now,
      { keep: (one) => kept.push(one) },
    );
  }

  it.each([
    ['max-age=3600', HOUR],
    ['no-store', MINUTE],
    ['max-age=31536000', DAY],
  ])('with "%s" is asked again then, and not before', async (cacheControl, ms) => {
    const keys = source(cacheControl);
    await keys.keysOf(ISSUER, 'k1');
    now = ms - 1;
    await keys.keysOf(ISSUER, 'k1');
    expect(asked).toBe(1);
    now = ms;
    await keys.keysOf(ISSUER, 'k1');
    expect(asked).toBe(2);
  });

  it('is asked for an unknown key all the same, once in a minute', async () => {
    const keys = source('max-age=3600');
    await keys.keysOf(ISSUER, 'k1');
    now = MINUTE - 1;
    await keys.keysOf(ISSUER, 'k2');
    expect(asked).toBe(1);
    now = MINUTE;
    await Promise.all(['k2', 'k3', 'k4'].map((kid) => keys.keysOf(ISSUER, kid)));
    expect(asked).toBe(2);
    now = 2 * MINUTE - 1;
    await keys.keysOf(ISSUER, 'k5');
    expect(asked).toBe(2);
  });

  it('is not asked by who wakes before that time is over', async () => {
    await source('max-age=3600').keysOf(ISSUER, 'k1');
    const [slept] = kept;
    if (slept === undefined) throw new Error('Nothing was kept.');
    const woken = source('max-age=3600');
    now = HOUR - 1;
    woken.restore([slept]);
    expect(await woken.keysOf(ISSUER, 'k1')).toMatchObject({ status: 'found', askedAt: 0 });
    expect(asked).toBe(0);
    now = HOUR;
    await woken.keysOf(ISSUER, 'k1');
    expect(asked).toBe(1);
  });

  it('is asked by whose clock was set back since', async () => {
    await source('max-age=3600').keysOf(ISSUER, 'k1');
    const slept = kept.map((one) => ({ ...one, at: 1 }));
    const woken = source('max-age=3600');
    woken.restore(slept);
    await woken.keysOf(ISSUER, 'k1');
    expect(asked).toBe(1);
  });
});
