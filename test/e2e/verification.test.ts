import { exportSPKI, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { certificateOf } from '../fixtures/certificate.ts';
import { signer } from '../fixtures/jwt.ts';
import type { LoopbackServer } from '../fixtures/loopback-server.ts';
import { describeInBrowsers, isThere, show } from './harness.ts';
import {
  accessToken,
  chooseAt,
  fill,
  json,
  logInAt,
  METADATA,
  openIssuer,
  openServer,
  rowAt,
  says,
  sendAndChoose,
} from './issuers.ts';

const ELSEWHERE = 'https://login.elsewhere.example';

/** An issuer with its key set behind two redirects. */
function openRedirecting(keys: () => readonly object[]): Promise<LoopbackServer> {
  return openServer((origin) => ({
    [METADATA]: json({ issuer: origin, jwks_uri: `${origin}/jwks` }),
    '/jwks': (response) => void response.writeHead(302, { location: '/keys/old' }).end(),
    '/keys/old': (response) => void response.writeHead(307, { location: '/keys/new' }).end(),
    '/keys/new': json({ keys: keys() }),
  }));
}

/** Source that is true where that was said of what a person gave. */
function answered(text: string): string {
  return `document.querySelector('[data-part="keys-taken"]')?.textContent.includes(${JSON.stringify(text)}) === true`;
}

describeInBrowsers('a signature', (world) => {
  it('goes from an issuer that is not asked, to one that was approved, to a key that came later', async () => {
    const { browser, lab } = world();
    const [old, fresh] = await Promise.all([signer('ES256', 'old'), signer('ES256', 'fresh')]);
    let published = [old.publicJwk];
    const [api, issuer] = await Promise.all([openServer(), openRedirecting(() => published)]);
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');

    // On this machine, and the page never talked to it: not even a person may have it asked.
    await sendAndChoose(tab.page, panel, api.origin, '/rotation', await accessToken(fresh, issuer.origin));
    await panel.waitFor(says('unverifiable', 'the page did not talk to it'));
    expect(await panel.evaluate(isThere('[data-action="approve-issuer"]'))).toBe(false);

    await tab.page.evaluate(`fetch(${JSON.stringify(`${issuer.origin}/hello`)}).then(() => true)`);
    await panel.waitFor(isThere('[data-action="approve-issuer"]'));
    expect(issuer.asked).toEqual(['/hello']);

    await panel.click('[data-action="approve-issuer"]');
    await panel.waitFor(says('unverifiable', 'publishes no key "fresh"'));
    // What left the browser is listed, redirects included.
    const asked = `[...document.querySelectorAll('[data-asked]')].map(({ dataset }) => new URL(dataset.asked).pathname)`;
    const listed = await panel.evaluate<readonly string[]>(asked);
    expect(listed.toReversed()).toEqual([
      '/.well-known/openid-configuration',
      '/jwks',
      '/keys/old',
      '/keys/new',
    ]);

    published = [fresh.publicJwk];
    // Twice within two seconds an issuer is not asked, whoever clicks: then one clicks once more.
    await panel.waitFor(
      `(document.querySelector('[data-action="check-again"]')?.click(), ${says('verified', '“fresh”')})`,
    );
    await panel.waitFor(isThere('[data-check="key"][data-outcome="passed"]'));
    await panel.waitFor(`document.querySelector('.detail .countdown')?.dataset.expired === 'false'`);
    await tab.close();
    await Promise.all([api.close(), issuer.close()]);
  });

  it('is verified with what a person gives: a key, a certificate or a secret; and meanwhile a token expires', async () => {
    const { browser, lab } = world();
    const [key, certified] = await Promise.all([signer('ES256', 'k1'), signer('RS256', 'c1')]);
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');

    // Good for some seconds more: the list counts them down while all else goes on.
    const [api, issuer] = await Promise.all([openServer(), openIssuer(() => [key.publicJwk])]);
    await logInAt(tab.page, [issuer.origin]);
    const token = await accessToken(key, issuer.origin, { seconds: 10 });
    await sendAndChoose(tab.page, panel, api.origin, '/brief', token);
    await panel.waitFor(says('verified', '“k1”'));
    const brief = `document.querySelector(${JSON.stringify(`${rowAt('/brief')} .countdown`)})?.textContent`;
    const left = await panel.evaluate<string>(brief);
    expect(left).toMatch(/^\d+ s$/);
    await panel.waitFor(
      `/^\\d+ s$/.test(${brief}) && Number.parseInt(${brief}, 10) < ${Number.parseInt(left, 10)}`,
    );
    await panel.waitFor(isThere('.detail .countdown[data-expired="false"]'));

    const give = async (what: string) => {
      await panel.evaluate(fill('[data-input="keys"]', what));
      await panel.click('[data-action="give-keys"]');
    };

    await sendAndChoose(tab.page, panel, api.origin, '/pasted', await accessToken(key, ELSEWHERE));
    await panel.waitFor(isThere('[data-action="approve-issuer"]'));
    await give('nonsense');
    await panel.waitFor(answered('neither a JWK Set'));
    await give(await exportSPKI(key.pair.publicKey));
    await panel.waitFor(says('verified', 'Verified with what you gave'));
    const elsewhere = `document.querySelectorAll('[data-asked*="elsewhere"]').length`;
    expect(await panel.evaluate<number>(elsewhere)).toBe(0);

    // A certificate (X.509) of another issuer, whose token it is.
    const another = 'https://certified.example';
    await sendAndChoose(tab.page, panel, api.origin, '/certified', await accessToken(certified, another));
    await panel.waitFor(isThere('[data-action="approve-issuer"]'));
    await give(certificateOf(certified));
    await panel.waitFor(says('verified', 'Verified with what you gave'));
    await panel.waitFor(
      `/RSA, 2048 bits, given by you/.test(document.querySelector('[data-check="key"]').textContent)`,
    );

    // A secret that both sides share. A public key is never taken for one.
    const secret = 'a secret of more octets than its hash has';
    const shared = (jti: string) =>
      new SignJWT({ iss: ELSEWHERE, sub: 'ada', aud: 'api', jti })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret));
    await sendAndChoose(tab.page, panel, api.origin, '/shared', await shared('1'));
    await panel.waitFor(says('unverifiable', 'shared secret'));
    const giveSecret = async (what: string) => {
      await panel.evaluate(fill('[data-input="secret"]', what));
      await panel.click('[data-action="give-keys"]');
    };
    await giveSecret(await exportSPKI(key.pair.publicKey));
    await panel.waitFor(answered('it is a key, not a secret'));
    await giveSecret('another secret');
    await panel.waitFor(says('unverifiable', 'not made with the secret that you gave'));
    await giveSecret(secret);
    await panel.waitFor(says('verified', 'Verified with what you gave'));
    await panel.waitFor(isThere('[data-check="key"][data-outcome="passed"]'));

    // Both count for the issuer's next token, too.
    const next = await accessToken(key, ELSEWHERE, { sub: 'bob' });
    await sendAndChoose(tab.page, panel, api.origin, '/next', next);
    await panel.waitFor(says('verified', 'Verified with what you gave'));
    await sendAndChoose(tab.page, panel, api.origin, '/again', await shared('2'));
    await panel.waitFor(says('verified', 'Verified with what you gave'));

    await chooseAt(panel, '/brief');
    await panel.waitFor(isThere('.detail .countdown[data-expired="true"]'));
    await panel.waitFor(
      `/^expired$/.test(${brief}) && ${isThere(`${rowAt('/brief')} [data-expired="true"]`)}`,
    );
    await tab.close();
    await Promise.all([api.close(), issuer.close()]);
  });
});
