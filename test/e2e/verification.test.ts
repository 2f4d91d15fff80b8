import type { ServerResponse } from 'node:http';
import { exportSPKI, importJWK } from 'jose';
import { expect, it } from 'vitest';
import type { PanelDriver } from '../browsers/panel-driver.ts';
import { type Signer, signer } from '../fixtures/jwt.ts';
import { type LoopbackServer, listen } from '../fixtures/loopback-server.ts';
import { describeInBrowsers, isThere, rowOf, show, type World } from './harness.ts';

/** An issuer that publishes what a test wants it to, with its key set behind two redirects. */
async function issuerWith(keys: () => readonly object[]): Promise<LoopbackServer> {
  const server = await listen((_request, response, path) => {
    response.setHeader('access-control-allow-origin', '*');
    if (path === '/.well-known/openid-configuration')
      send(response, { issuer: server.origin, jwks_uri: `${server.origin}/jwks` });
    else if (path === '/jwks') response.writeHead(302, { location: '/keys/old' }).end();
    else if (path === '/keys/old') response.writeHead(307, { location: '/keys/new' }).end();
    else if (path === '/keys/new') send(response, { keys: keys() });
    else send(response, {});
  });
  return server;
}

function send(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** The page sends a token to the API, under a path of its own; the request is then chosen in the panel. */
async function sendAndChoose(
  { lab }: World,
  page: { evaluate: (source: string) => Promise<unknown> },
  panel: PanelDriver,
  path: string,
  token: string,
): Promise<void> {
  const init = { headers: { authorization: `Bearer ${token}` } };
  await page.evaluate(
    `fetch(${JSON.stringify(lab.origins.api + path)}, ${JSON.stringify(init)}).then(() => true, () => false)`,
  );
  const row = rowOf(lab, { request: { method: 'GET', host: 'api', path: '/' } }).replace(
    '[data-path="/"]',
    `[data-path="${path}"]`,
  );
  await panel.waitFor(isThere(row));
  await panel.click(row);
}

/** Source of an expression that is true once the chosen token's signature line says so. */
function says(status: string, text: string): string {
  const line = `document.querySelector('[data-signature=${JSON.stringify(status)}]')?.textContent ?? ''`;
  return `(${line}).includes(${JSON.stringify(text)})`;
}

function fill(selector: string, text: string): string {
  return `(() => { const field = document.querySelector(${JSON.stringify(selector)}); field.closest('details').open = true; field.value = ${JSON.stringify(text)}; field.dispatchEvent(new Event('input', { bubbles: true })); return true; })()`;
}

async function token(key: Signer, issuer: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return key.sign({ typ: 'at+jwt' }, { iss: issuer, sub: 'ada', aud: 'api', iat: now, exp: now + 600 });
}

describeInBrowsers('a signature', (world) => {
  it('goes from an issuer that is not asked, to one that was approved, to a key that came later', async () => {
    const { browser, lab } = world();
    const [old, fresh] = await Promise.all([signer('ES256', 'old'), signer('ES256', 'fresh')]);
    let published = [old.publicJwk];
    const issuer = await issuerWith(() => published);
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');

    // On this machine, and the page never talked to it: not even a person may have it asked.
    await sendAndChoose(world(), tab.page, panel, '/rotation', await token(fresh, issuer.origin));
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
    await issuer.close();
  });

  it('is verified with what a person gives: a public key in PEM, never a page’s', async () => {
    const { browser, lab } = world();
    const key = await signer('ES256', 'k1');
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await sendAndChoose(
      world(),
      tab.page,
      panel,
      '/pasted',
      await token(key, 'https://login.elsewhere.example'),
    );
    await panel.waitFor(isThere('[data-action="approve-issuer"]'));
    await panel.evaluate(fill('[data-input="keys"]', 'nonsense'));
    await panel.click('[data-action="give-keys"]');
    await panel.waitFor(
      `document.querySelector('[data-part="keys-taken"]')?.textContent.includes('neither a JWK Set') === true`,
    );
    const imported = await importJWK({ ...key.publicJwk, key_ops: ['verify'] }, 'ES256', {
      extractable: true,
    });
    if (imported instanceof Uint8Array) throw new Error('It is no key pair.');
    await panel.evaluate(fill('[data-input="keys"]', await exportSPKI(imported)));
    await panel.click('[data-action="give-keys"]');
    await panel.waitFor(says('verified', 'Verified with what you gave'));
    const elsewhere = `document.querySelectorAll('[data-asked*="elsewhere"]').length`;
    expect(await panel.evaluate<number>(elsewhere)).toBe(0);

    // The next token of that issuer, too: and after the background slept.
    await browser.killBackground();
    const next = await key.sign({ typ: 'at+jwt' }, { iss: 'https://login.elsewhere.example', sub: 'bob' });
    await sendAndChoose(world(), tab.page, panel, '/pasted/next', next);
    await panel.waitFor(says('verified', 'Verified with what you gave'));
    await tab.close();
  });
});
