import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { signer } from '../fixtures/jwt.ts';
import { describeInBrowsers, isThere, show } from './harness.ts';
import {
  accessToken,
  chooseAt,
  json,
  logInAt,
  METADATA,
  openIssuer,
  openServer,
  rowAt,
  says,
  sendAll,
  sendAndChoose,
  sleepFor,
  timesAsked,
} from './issuers.ts';

const MINUTE = 60_000;

/** Source of what a line of the chosen token's checks says. */
function line(check: string): string {
  return `(document.querySelector('[data-check="${check}"]')?.textContent ?? '')`;
}

describeInBrowsers('an issuer', (world) => {
  it('whose clock is right shows that this machine’s is wrong, until another one says otherwise', async () => {
    const { browser, lab } = world();
    const key = await signer('ES256', 'k1');
    const date = new Date(Date.now() + 60 * MINUTE).toUTCString();
    const ahead = await openServer((origin) => {
      const dated = (body: object) => json(body, { date });
      return {
        [METADATA]: dated({ issuer: origin, jwks_uri: `${origin}/jwks` }),
        '/jwks': dated({ keys: [key.publicJwk] }),
        '/token': dated({}),
      };
    });
    const [right, api] = await Promise.all([openIssuer(() => [key.publicJwk]), openServer()]);
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');

    await logInAt(tab.page, [ahead.origin]);
    await sendAndChoose(tab.page, panel, api.origin, '/skewed', await accessToken(key, ahead.origin));
    await panel.waitFor(says('verified', '“k1”'));
    // Good for ten minutes by this machine's clock; for fifty minutes no more by that of the server.
    await panel.waitFor(
      `/had expired (?:49|50) min before the request.*clock is (?:59|60) min behind, by the "Date" of servers/.test(${line('exp')})`,
    );
    await panel.waitFor(
      isThere(`${rowAt('/skewed')}[data-rules="expired-token"] .countdown[data-expired="true"]`),
    );
    await panel.waitFor(isThere('.detail .countdown[data-expired="true"]'));

    // Its keys are there still, and so is what it said of the time: nobody asks it again.
    await browser.killBackground();
    const token = await accessToken(key, ahead.origin, { jti: 'slept' });
    await sendAndChoose(tab.page, panel, api.origin, '/slept', token);
    await panel.waitFor(says('verified', '“k1”'));
    await panel.waitFor(`/had expired (?:49|50) min before the request/.test(${line('exp')})`);
    expect(timesAsked(ahead, '/jwks')).toBe(1);

    await logInAt(tab.page, [right.origin]);
    await sendAll(tab.page, api.origin, { '/right': await accessToken(key, right.origin) });
    await panel.waitFor(`/Valid for (?:9|10) min more when sent\\.$/.test(${line('exp')}.trim())`);
    await chooseAt(panel, '/skewed');
    await panel.waitFor(isThere(`${rowAt('/skewed')}[data-rules=""] .countdown[data-expired="false"]`));
    await tab.close();
    await Promise.all([ahead.close(), right.close(), api.close()]);
  });

  it('of many tenants is each tenant’s, and no other tenant’s', async () => {
    const { browser, lab } = world();
    const key = await signer('ES256', 'k1');
    const many = await openServer((origin) => {
      const metadata = json({ issuer: `${origin}/{tenantid}/v2.0`, jwks_uri: `${origin}/common/keys` });
      return {
        [`/contoso/v2.0${METADATA}`]: metadata,
        [`/fabrikam/v2.0${METADATA}`]: metadata,
        '/common/keys': json({ keys: [{ ...key.publicJwk, issuer: `${origin}/{tenantid}/v2.0` }] }),
      };
    });
    const api = await openServer();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await logInAt(tab.page, [many.origin]);

    const contoso = `${many.origin}/contoso/v2.0`;
    await sendAndChoose(
      tab.page,
      panel,
      api.origin,
      '/tenant',
      await accessToken(key, contoso, { tid: 'contoso' }),
    );
    await panel.waitFor(says('verified', '“k1”'));
    await panel.waitFor(
      `${line('iss')}.includes(${JSON.stringify(`a tenant of "${many.origin}/{tenantid}/v2.0"`)})`,
    );

    const fabrikam = `${many.origin}/fabrikam/v2.0`;
    await sendAndChoose(
      tab.page,
      panel,
      api.origin,
      '/stranger',
      await accessToken(key, fabrikam, { tid: 'contoso' }),
    );
    await panel.waitFor(says('unverifiable', 'Its issuer calls itself'));
    await panel.waitFor(isThere('[data-check="iss"][data-outcome="failed"]'));
    await tab.close();
    await Promise.all([many.close(), api.close()]);
  });

  it('is asked once, however many tokens wait for it and in whichever tab, and is told nothing of the person', async () => {
    const { browser, lab } = world();
    const key = await signer('ES256', 'k1');
    const held: ServerResponse[] = [];
    const slow = await openServer((origin) => ({
      // Who sent credentials would take this cookie, and send it on.
      [METADATA]: json({ issuer: origin, jwks_uri: `${origin}/jwks` }, { 'set-cookie': 'who=ada; path=/' }),
      '/jwks': (response) => void held.push(response),
    }));
    const api = await openServer();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await logInAt(tab.page, [slow.origin]);
    const tokens = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, n) => [`/waits/${n}`, await accessToken(key, slow.origin, { sub: `p${n}` })] as const,
      ),
    );
    await sendAll(tab.page, api.origin, Object.fromEntries(tokens));
    await chooseAt(panel, '/waits/19');
    await panel.waitFor(says('unverifiable', 'keys are being fetched'));
    await expect.poll(() => held.length).toBe(1);
    const told = held[0]?.req.headers ?? {};
    expect(told.accept).toBe('application/json');
    for (const name of ['cookie', 'authorization', 'referer']) expect(told).not.toHaveProperty(name);
    for (const response of held) json({ keys: [key.publicJwk] })(response);
    for (const n of [19, 0, 7]) {
      await chooseAt(panel, `/waits/${n}`);
      await panel.waitFor(says('verified', '“k1”'));
    }
    const other = await browser.open(`${lab.origins.app}/`);
    const beside = await other.openDevtools();
    await show(beside, 'all');
    const token = await accessToken(key, slow.origin, { sub: 'p20' });
    await sendAndChoose(other.page, beside, api.origin, '/beside', token);
    await beside.waitFor(says('verified', '“k1”'));
    expect(slow.asked).toEqual(['/token', METADATA, '/jwks']);
    await other.close();
    await tab.close();
    await Promise.all([slow.close(), api.close()]);
  });

  it('is asked again when its keys are old, or once in a minute for an unknown one; the background’s sleep changes nothing', async () => {
    const { browser, lab } = world();
    const [key, next, unknown] = await Promise.all(['k1', 'k2', 'k3'].map((name) => signer('ES256', name)));
    if (key === undefined || next === undefined || unknown === undefined) throw new Error('There are three.');
    let published = [key.publicJwk];
    const issuer = await openIssuer(() => published, { 'cache-control': 'public, max-age=3600' });
    const api = await openServer();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await logInAt(tab.page, [issuer.origin]);
    const send = async (path: string, of: typeof key) => {
      const token = await accessToken(of, issuer.origin, { jti: path });
      await sendAndChoose(tab.page, panel, api.origin, path, token);
    };

    await send('/fresh', key);
    await panel.waitFor(says('verified', '“k1”'));
    expect(timesAsked(issuer, '/jwks')).toBe(1);

    // Longer than keys are held that nobody says anything of; these may be used for an hour.
    await sleepFor(browser, issuer.origin, 30 * MINUTE);
    await send('/half', key);
    await panel.waitFor(says('verified', '“k1”'));
    expect(timesAsked(issuer, '/jwks')).toBe(1);

    await sleepFor(browser, issuer.origin, 31 * MINUTE);
    await send('/old', key);
    await panel.waitFor(says('verified', '“k1”'));
    expect(timesAsked(issuer, '/jwks')).toBe(2);

    published = [key.publicJwk, next.publicJwk];
    await send('/rotated', next);
    await panel.waitFor(says('unverifiable', 'publishes no key "k2"'));
    expect(timesAsked(issuer, '/jwks')).toBe(2);

    await sleepFor(browser, issuer.origin, MINUTE);
    await panel.waitFor(says('verified', '“k2”'));
    expect(timesAsked(issuer, '/jwks')).toBe(3);

    await send('/unknown', unknown);
    await panel.waitFor(says('unverifiable', 'publishes no key "k3"'));
    expect(timesAsked(issuer, '/jwks')).toBe(3);
    await tab.close();
    await Promise.all([issuer.close(), api.close()]);
  });
});
