import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { AuditedTab, PanelDriver } from '../browsers/panel-driver.ts';
import { until } from '../browsers/wait.ts';
import { signer } from '../fixtures/jwt.ts';
import { listen } from '../fixtures/loopback-server.ts';
import type { Lab } from '../lab/lab.ts';
import { ID_TOKEN, signIn } from '../lab/walk.ts';
import { readRows } from '../start/panel-rows.ts';
import { describeInBrowsers, isThere, rowsOf, show } from './harness.ts';
import { EXPECTED_PLACES, EXPECTED_ROWS, makeShapes, openShapesIssuer, sendShapes } from './shapes.ts';

function row(host: string, path: string): string {
  return `[data-exchange][data-host="${host}"][data-path="${path}"]`;
}

/** Chooses a request and waits until the panel says where its token stood. */
async function expectPlace(panel: PanelDriver, selector: string, place: string): Promise<void> {
  await panel.click(selector);
  await panel.waitFor(`document.body.textContent.includes(${JSON.stringify(place)})`);
}

async function signedIn(tab: AuditedTab, lab: Lab): Promise<PanelDriver> {
  const panel = await tab.openDevtools();
  await show(panel, 'all');
  await signIn(tab.page, lab);
  return panel;
}

describeInBrowsers('where tokens hide', (world) => {
  it('sees them in multipart and text bodies', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await signedIn(tab, lab);
    const host = new URL(lab.origins.api).host;
    await tab.page.evaluate(`(async () => {
      const send = (path, body) => fetch(${JSON.stringify(lab.origins.api)} + path, { method: 'POST', body });
      const plain = new FormData();
      plain.append('id_token', ${ID_TOKEN});
      await send('/places/multipart', plain);
      const withFile = new FormData();
      withFile.append('id_token', ${ID_TOKEN});
      withFile.append('file', new Blob(['{}'], { type: 'application/json' }));
      await send('/places/multipart-with-file', withFile);
      await send('/places/text', ${ID_TOKEN});
      return true;
    })()`);
    await expectPlace(panel, row(host, '/places/multipart'), 'multipart body, “id_token”');
    await expectPlace(panel, row(host, '/places/text'), 'text body');
    await expectPlace(panel, row(host, '/places/multipart-with-file'), 'multipart body, “id_token”');
    await tab.close();
  });

  it('sees them after any scheme, in other headers, and at any depth of JSON', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await signedIn(tab, lab);
    const host = new URL(lab.origins.api).host;
    await tab.page.evaluate(`(async () => {
      const token = ${ID_TOKEN};
      const send = (path, init) => fetch(${JSON.stringify(lab.origins.api)} + '/places/' + path, init);
      const post = (path, value) => send(path, { method: 'POST', body: JSON.stringify(value) });
      await send('jwt', { headers: { authorization: 'JWT ' + token } });
      await send('token', { headers: { authorization: 'Token ' + token } });
      await send('dpop', { headers: { authorization: 'DPoP ' + token } });
      await send('no-scheme', { headers: { authorization: token } });
      await send('auth-token', { headers: { 'x-auth-token': token } });
      await send('id-token', { headers: { 'x-id-token': token } });
      await post('variables', { query: '{ me { name } }', variables: { login: { token } } });
      await post('wrapped', { user: btoa(JSON.stringify({ session: { jwt: token } })) });
      return true;
    })()`);
    for (const [path, place] of [
      ['jwt', 'Authorization header, jwt'],
      ['token', 'Authorization header, token'],
      ['dpop', 'Authorization header, dpop'],
      ['no-scheme', 'Authorization header'],
      ['auth-token', 'request header, “x-auth-token”'],
      ['id-token', 'request header, “x-id-token”'],
      ['variables', 'JSON body, “token”'],
      ['wrapped', 'JSON body, “jwt”'],
    ] as const)
      await expectPlace(panel, row(host, `/places/${path}`), place);
    await tab.close();
  });

  it('sees an ID token in a cookie, and no cookie on static files', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await signedIn(tab, lab);
    await tab.page.evaluate(`document.cookie = 'session=' + ${ID_TOKEN} + '; path=/'`);
    await tab.page.goto(`${lab.origins.app}/`);
    const home = `${row(new URL(lab.origins.app).host, '/')}[data-rules="id-token-in-cookie"]`;
    await expectPlace(panel, home, 'cookie, “session”');
    const paths = (await rowsOf(panel)).map(({ path }) => path);
    expect(paths.filter((path) => /\.(?:js|css|svg)$/.test(path))).toEqual([]);
    await tab.page.evaluate(`document.cookie = 'session=; path=/; max-age=0'`);
    await tab.close();
  });

  it('sees every kind of token as what it is, wherever vendors put it, and nothing where none is', async () => {
    const { browser, lab } = world();
    const key = await signer('ES256', 'shapes');
    const issuer = await openShapesIssuer(key);
    const shapes = await makeShapes(key, issuer.origin, lab);
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await tab.page.evaluate(sendShapes(shapes, issuer.origin, lab));
    let latest: Readonly<Record<string, string>> = {};
    await until('what is expected of each request', async () => {
      const rows = await readRows(panel);
      // As nothing else is listed: no preflight, no file, no page that is not there, nothing that Aud-it asked for itself.
      latest = Object.fromEntries(rows.map(({ path, kinds, rules }) => [path, `${kinds}: ${rules}`]));
      return isDeepStrictEqual(latest, EXPECTED_ROWS) || undefined;
    }).catch(() => expect(latest).toEqual(EXPECTED_ROWS));
    expect((await readRows(panel)).filter(({ method }) => method === 'OPTIONS')).toEqual([]);

    const at = (path: string) => `[data-exchange][data-path="${path}"]`;
    for (const [path, place] of Object.entries(EXPECTED_PLACES)) await expectPlace(panel, at(path), place);
    await expectPlace(panel, at('/people/me'), 'userinfo endpoint');
    // ID tokens with two audiences (OpenID Connect Core 1.0 §3.1.3.7, 4), verified with keys that are found only where RFC 8414 §3.1
    // has the metadata of an issuer with a path.
    for (const [path, outcome] of [
      ['/shapes/session/parties', 'passed'],
      ['/shapes/session/no-party', 'cantTell'],
    ] as const) {
      await panel.click(at(path));
      await panel.waitFor(isThere(`[data-check="azp"][data-outcome="${outcome}"]`));
      await panel.waitFor(isThere('[data-signature="verified"]'));
    }
    expect(issuer.asked.slice(issuer.asked.indexOf('/shapes/.well-known/openid-configuration'))).toEqual(
      expect.arrayContaining(['/.well-known/oauth-authorization-server/shapes', '/shapes/keys']),
    );
    await tab.close();
    await issuer.close();
  });

  it('sees where a redirect hands a token to', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await signedIn(tab, lab);
    const token = await tab.page.evaluate<string>(ID_TOKEN);
    const location = `${lab.origins.app}/iframe.html#id_token=${token}&state=a`;
    const server = await listen((_request, response) => response.writeHead(302, { location }).end());
    await tab.page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = ${JSON.stringify(`${server.origin}/hop`)};
      frame.onload = () => resolve(true);
      document.body.append(frame);
    })`);
    await expectPlace(panel, row(new URL(server.origin).host, '/hop'), 'redirect, “id_token”');
    // It arrives where the client is: nothing is wrong with either.
    await panel.waitFor(isThere(row(new URL(lab.origins.app).host, '/iframe.html')));
    const seen = (await rowsOf(panel)).filter(({ path }) => path === '/hop' || path === '/iframe.html');
    expect(seen.map(({ rules }) => rules)).toEqual(['', '']);
    await tab.close();
    await server.close();
  });

  it('sees what a WebSocket is opened with, and in Chromium what is sent over it', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await signedIn(tab, lab);
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      handleProtocols: ([first = '']) => first,
    });
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
    const host = `127.0.0.1:${address.port}`;
    await tab.page.evaluate(`new Promise((resolve, reject) => {
      const socket = new WebSocket('ws://${host}/subscriptions', ['bearer', ${ID_TOKEN}]);
      socket.onerror = () => reject(new Error('It was not opened.'));
      socket.onopen = () => {
        socket.send(JSON.stringify({ type: 'connection_init', payload: { token: ${ID_TOKEN} } }));
        resolve(true);
      };
      globalThis.socket = socket;
    })`);
    await expectPlace(panel, row(host, '/subscriptions'), 'WebSocket subprotocol');
    if (kind === 'chromium') {
      await expectPlace(panel, row(host, '/subscriptions'), 'WebSocket message, “token”');
    }
    // As Kubernetes has it (https://kubernetes.io/docs/reference/access-authn-authz/authentication/), and as SignalR does.
    await tab.page.evaluate(`new Promise((resolve, reject) => {
      const wrapped = btoa(${ID_TOKEN}).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
      const protocols = ['base64.binary.k8s.io', 'base64url.bearer.authorization.k8s.io.' + wrapped];
      const socket = new WebSocket('ws://${host}/exec', protocols);
      socket.onerror = () => reject(new Error('It was not opened.'));
      socket.onopen = () => {
        const hub = new WebSocket('ws://${host}/hub?access_token=' + ${ID_TOKEN});
        hub.onerror = socket.onerror;
        hub.onopen = () => resolve(true);
        globalThis.sockets = [socket, hub];
      };
    })`);
    await expectPlace(panel, row(host, '/exec'), 'WebSocket subprotocol');
    await expectPlace(panel, row(host, '/hub'), 'URL query, “access_token”');
    await tab.close();
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
});
