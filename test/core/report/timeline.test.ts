import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import type { Login } from '../../../src/core/model/timeline.ts';
import { AT } from '../../fixtures/case.ts';
import { exchange, form, json } from '../../fixtures/exchange.ts';
import {
  ACCESS_TOKEN,
  API,
  APP,
  asked,
  auditOf,
  call,
  exchanged,
  ID_TOKEN,
  ISSUER,
  loggedOut,
  RENEWED_TOKEN,
  renewed,
  returned,
  TRACKER,
} from '../../fixtures/login.ts';

function loginsOf(exchanges: readonly HttpExchange[]): readonly Login[] {
  return auditOf(exchanges).timeline(1).logins;
}

function stepsOf(login: Login | undefined): readonly string[] {
  return login?.steps.map(({ does, count, host }) => `${does} ${count} ${host}`) ?? [];
}

describe('buildTimeline', () => {
  it('tells a login from the request to the logout', () => {
    const logins = loginsOf([
      asked(),
      returned(),
      exchanged(),
      call(ACCESS_TOKEN),
      call(ACCESS_TOKEN, `${API}/more`),
      renewed(),
      call(RENEWED_TOKEN),
      call(ID_TOKEN, `${TRACKER}/collect`),
      loggedOut(),
    ]);
    expect(logins).toHaveLength(1);
    expect(logins[0]).toMatchObject({ clientId: 'shop-spa', server: 'login.example', state: 'complete' });
    expect(stepsOf(logins[0])).toEqual([
      'asked 1 login.example',
      'returned 1 www.shop.example',
      'exchanged 1 login.example',
      'used 3 api.shop.example',
      'renewed 1 login.example',
      'used 1 collector.tracker.example',
      'logged_out 1 login.example',
    ]);
    expect(logins[0]?.steps[0]).toMatchObject({ term: 'code', pkce: 'S256', scope: ['openid'] });
    expect(logins[0]?.steps[2]?.kinds).toEqual(['access_token', 'id_token', 'refresh_token']);
    expect(logins[0]?.steps[5]).toMatchObject({ verdict: 'error', kinds: ['id_token'] });
  });

  it('groups renewals, and leads to the first or the worst of what it groups', () => {
    const first = call(ID_TOKEN, `${API}/login`);
    const worst = call(ID_TOKEN);
    const [login] = loginsOf([
      asked(),
      returned(),
      exchanged(),
      first,
      worst,
      renewed(),
      renewed({ at: AT + 9 }),
    ]);
    const used = login?.steps.find(({ does }) => does === 'used');
    expect(used).toMatchObject({ count: 2, verdict: 'error', exchange: worst.id });
    expect(login?.steps.find(({ does }) => does === 'renewed')).toMatchObject({
      count: 2,
      at: AT,
      lastAt: AT + 9,
    });
  });

  it('tells a renewal in a hidden frame as one, not as another login', () => {
    const logins = loginsOf([
      asked(),
      returned(),
      exchanged(),
      asked({}, '&prompt=none'),
      returned('code=other&state=s'),
      exchanged(),
    ]);
    expect(logins).toHaveLength(1);
    expect(stepsOf(logins[0])).toEqual([
      'asked 1 login.example',
      'returned 1 www.shop.example',
      'exchanged 1 login.example',
      'asked_silently 1 login.example',
      'renewed 1 login.example',
    ]);
  });

  it('tells several logins apart', () => {
    const logins = loginsOf([
      asked(),
      returned(),
      exchanged(),
      loggedOut(),
      asked(),
      returned(),
      exchanged(),
    ]);
    expect(logins.map(({ state, steps }) => [state, steps.length])).toEqual([
      ['complete', 4],
      ['complete', 3],
    ]);
  });

  it.each([
    ['nothing came back yet', [asked()], 'unfinished'],
    ['a code came back and nobody was seen to redeem it', [asked(), returned()], 'code_went_on'],
    ['an error came back', [asked(), returned('error=access_denied&state=s')], 'refused'],
    ['its beginning was not seen', [exchanged(), call(ACCESS_TOKEN)], 'began_before'],
    ['only the use of its tokens was seen', [call(ACCESS_TOKEN)], 'began_before'],
  ] as const)('says so where %s', (_what, exchanges, state) => {
    expect(loginsOf(exchanges).map((login) => login.state)).toEqual([state]);
  });

  it('tells tokens that come in the fragment', () => {
    const implicit = exchange({
      url: `${ISSUER}/auth?client_id=shop-spa&response_type=id_token&redirect_uri=${APP}/cb&scope=openid&state=s&nonce=n`,
      destination: 'document',
      initiator: APP,
    });
    const answer = exchange({
      url: `${APP}/cb#id_token=${ID_TOKEN}&state=s`,
      destination: 'document',
      initiator: null,
    });
    const [login] = loginsOf([implicit, answer]);
    expect(login?.state).toBe('complete');
    expect(login?.steps.map(({ does, kinds }) => [does, ...kinds])).toEqual([
      ['asked'],
      ['delivered', 'id_token'],
    ]);
  });

  it('tells a grant without a person as a login of its own', () => {
    const grant = exchange({
      url: `${ISSUER}/token`,
      method: 'POST',
      requestBody: form({ grant_type: 'client_credentials', client_id: 'a-service' }),
      response: json({ token_type: 'Bearer', access_token: ACCESS_TOKEN }),
    });
    const logins = loginsOf([grant, call(ACCESS_TOKEN)]);
    expect(logins.map(({ clientId, state }) => [clientId, state])).toEqual([['a-service', 'complete']]);
    expect(stepsOf(logins[0])).toEqual(['granted 1 login.example', 'used 1 api.shop.example']);
  });

  it('takes a person’s one-time code on the server’s own page for no response', () => {
    const otp = exchange({
      url: `${ISSUER}/mfa`,
      method: 'POST',
      destination: 'document',
      initiator: ISSUER,
      requestBody: form({ code: '123456', state: 'x' }),
    });
    expect(stepsOf(loginsOf([asked(), otp])[0])).toEqual(['asked 1 login.example']);
  });

  it('keeps no code, state or token', () => {
    const timeline = auditOf([asked(), returned(), exchanged(), call(ACCESS_TOKEN), loggedOut()]).timeline(1);
    expect(JSON.stringify(timeline)).not.toMatch(/secret-code|eyJ|tGzv/);
  });

  it('tells of one tab only, and of a bounded number of logins', () => {
    const many = Array.from({ length: 30 }, () => [asked(), returned(), exchanged()]).flat();
    const timeline = auditOf([...many, { ...asked(), tab: 2 }]).timeline(1);
    expect(timeline.logins).toHaveLength(20);
    expect(timeline.leftOff).toBe(10);
  });

  it('tells a bounded number of steps, and how many there are beyond', () => {
    const uses = Array.from({ length: 100 }, (_, n) => call(ID_TOKEN, `https://t${n}.example/`));
    const [login] = loginsOf([asked(), returned(), exchanged(), ...uses]);
    expect(login?.steps).toHaveLength(60);
    expect(login?.stepsLeftOff).toBe(43);
  });

  it('bears any order', () => {
    const all = [
      asked(),
      returned(),
      exchanged(),
      call(ACCESS_TOKEN),
      renewed(),
      call(RENEWED_TOKEN),
      loggedOut(),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (some) => {
        const logins = loginsOf(some.map((one, index) => ({ ...one, id: `x${index}` })));
        expect(logins.every(({ steps }) => steps.length > 0)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
