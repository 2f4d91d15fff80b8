import { describe, expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit.ts';
import { ClockSkew, datedAnswer } from '../../../src/core/learn/clock-skew.ts';
import { AT } from '../../fixtures/case.ts';
import { bearer, exchange } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** A clock that heard these servers, each so many ms ahead of it. */
function heard(...ahead: readonly number[]): ClockSkew {
  const clock = new ClockSkew();
  for (const [index, ms] of ahead.entries()) clock.add(`https://s${index}.example`, AT + ms - 500, AT);
  return clock;
}

describe('what the clock lacks', () => {
  it('is nothing where nobody said, or what they say is no more than the way of an answer', () => {
    expect(new ClockSkew().skewMs).toBe(0);
    for (const ms of [0, 4_999, -4_999]) expect(heard(ms).skewMs).toBe(0);
  });

  it('is what a server says, ahead or behind, in whole seconds', () => {
    expect(heard(5_000).skewMs).toBe(5_000);
    expect(heard(HOUR + 400).skewMs).toBe(HOUR);
    expect(heard(-HOUR).skewMs).toBe(-HOUR);
  });

  it('is the median of the servers: one whose own clock is wrong does not count', () => {
    expect(heard(0, HOUR, 100).skewMs).toBe(0);
    expect(heard(HOUR, HOUR + 2_000, -HOUR).skewMs).toBe(HOUR);
  });

  it('of two servers that differ is the one that is nearer to none; of two on either side there is none', () => {
    expect(heard(HOUR, 2 * HOUR).skewMs).toBe(HOUR);
    expect(heard(-2 * HOUR, -HOUR).skewMs).toBe(-HOUR);
    expect(heard(HOUR, 0).skewMs).toBe(0);
    expect(heard(HOUR, -HOUR).skewMs).toBe(0);
  });

  it('is told to have changed where verdicts may: not by less than five seconds', () => {
    const clock = new ClockSkew();
    const say = (ms: number) => clock.add('https://s.example', AT + ms - 500, AT);
    expect(say(MINUTE)).toBe(true);
    expect(say(MINUTE + 4_000)).toBe(false);
    expect(clock.skewMs).toBe(MINUTE);
    expect(say(MINUTE + 6_000)).toBe(true);
    expect(say(0)).toBe(true);
    expect(clock.skewMs).toBe(0);
  });

  it('is not what is no time, nor off by more than ten years', () => {
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 3.3e11, -3.3e11])
      expect(heard(ms)).toMatchObject({ skewMs: 0, servers: 0 });
  });

  it('is asked of 32 servers at most: a page may name as many as it likes', () => {
    const clock = heard(...Array.from({ length: 40 }, () => HOUR));
    expect(clock.servers).toBe(32);
    expect(clock.add('https://s0.example', AT, AT)).toBe(false);
    expect(clock.servers).toBe(32);
  });
});

it('what was heard is taken back as it was, and within the same bounds', () => {
  const clock = heard(HOUR, HOUR + 2_000, -HOUR);
  const again = new ClockSkew();
  again.restore(clock.heard());
  expect(again.skewMs).toBe(clock.skewMs);
  expect(again.heard()).toEqual(clock.heard());

  const hostile = new ClockSkew();
  hostile.restore([
    ['https://s.example', Number.NaN],
    ['https://s.example', 1e15],
    ...Array.from({ length: 40 }, (_, n) => [`https://s${n}.example`, HOUR] as const),
  ]);
  expect(hostile).toMatchObject({ skewMs: HOUR, servers: 32 });
});

describe('an answer’s Date', () => {
  const date = 'Tue, 14 Nov 2023 22:13:20 GMT';
  const answer = (told: object = {}, tookMs: number | null = 200) =>
    exchange({
      url: 'https://api.example/things',
      method: 'POST',
      response: {
        status: 200,
        headers: [{ name: 'dATE', value: date }],
        body: { form: 'none' },
        ...(tookMs === null ? {} : { tookMs }),
      },
      ...told,
    });

  it('stands beside the clock of the middle of its way', () => {
    expect(datedAnswer(answer())).toEqual({
      origin: 'https://api.example',
      serverMs: Date.parse(date),
      localMs: AT + 100,
    });
  });

  it('counts of answers to POST alone: others may come from a cache', () => {
    expect(datedAnswer(answer({ method: 'GET' }))).toBeNull();
  });

  it('does not count of an answer that was long under way, or nobody knows how long', () => {
    expect(datedAnswer(answer({}, 5_000))).not.toBeNull();
    for (const tookMs of [5_001, 90_000, -1, Number.NaN, null])
      expect(datedAnswer(answer({}, tookMs))).toBeNull();
  });

  it('that is none, or of no server, says nothing', () => {
    const response = { status: 200, body: { form: 'none' }, tookMs: 1 } as const;
    const said = (value: string) => answer({ response: { ...response, headers: [{ name: 'Date', value }] } });
    for (const value of ['', 'yesterday', '99999999999999999999'])
      expect(datedAnswer(said(value))).toBeNull();
    expect(datedAnswer(answer({ response: { ...response, headers: [] } }))).toBeNull();
    expect(datedAnswer(answer({ response: null }))).toBeNull();
    expect(datedAnswer(answer({ url: 'data:text/plain,' }))).toBeNull();
  });
});

describe('the audit', () => {
  const token = (exp: number) => jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'api', exp });
  const send = (audit: Audit, exp: number) => {
    const sent = exchange({ url: 'https://api.example/', requestHeaders: bearer(token(exp)) });
    audit.observe(sent);
    return sent.id;
  };
  const expiry = (audit: Audit, id: string) => {
    const [shown] = audit.detail(id)?.tokens ?? [];
    const line = shown?.checks.find((check) => check.id === 'exp');
    return { outcome: line?.outcome, text: line?.text, expiresAt: shown?.expiresAt };
  };

  it('judges all anew by a clock that is right, says so, and takes it back', () => {
    const audit = new Audit();
    const id = send(audit, AT / 1000 + 600);
    expect(expiry(audit, id)).toEqual({
      outcome: 'passed',
      text: 'Valid for 10 min more when sent.',
      expiresAt: AT + 600_000,
    });

    const change = audit.clock('https://login.example', AT + HOUR - 500, AT);
    expect(change.exchanges).toEqual(new Set([id]));
    expect(expiry(audit, id)).toEqual({
      outcome: 'failed',
      text: 'It had expired 50 min before the request. (This machine\'s clock is 60 min behind, by the "Date" of servers: that was taken into account.)',
      expiresAt: AT + 600_000 - HOUR,
    });
    expect(audit.row(id)?.expiresAt).toBe(AT + 600_000 - HOUR);

    audit.clock('https://api.example', AT, AT);
    expect(expiry(audit, id)).toMatchObject({ outcome: 'passed', expiresAt: AT + 600_000 });
  });

  it('changes nothing where the estimate does not', () => {
    const audit = new Audit();
    send(audit, AT / 1000 + 600);
    expect(audit.clock('https://login.example', AT + 2_000, AT).exchanges.size).toBe(0);
  });

  it('no false alarm: an answer that took a minute and a half makes no clock wrong', () => {
    const audit = new Audit();
    const id = send(audit, AT / 1000 + 10);
    const headers = [{ name: 'Date', value: new Date(AT + 90_000).toUTCString() }];
    const response = { status: 200, headers, body: { form: 'none' }, tookMs: 90_000 } as const;
    audit.observe(exchange({ url: 'https://api.example/poll', method: 'POST', response }));
    expect(expiry(audit, id)).toMatchObject({ outcome: 'passed', text: 'Valid for 10 s more when sent.' });
  });
});
