import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { AuditedTab, PanelDriver } from '../browsers/panel-driver.ts';
import { listen } from '../fixtures/loopback-server.ts';
import type { Lab } from '../lab/lab.ts';
import { ID_TOKEN, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowsOf, show } from './harness.ts';

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
      handleProtocols: () => 'bearer',
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
    await tab.close();
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
});
