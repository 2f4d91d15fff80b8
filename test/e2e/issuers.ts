import type { ServerResponse } from 'node:http';
import type { AuditedBrowser, DocumentDriver, PanelDriver } from '../browsers/panel-driver.ts';
import { until } from '../browsers/wait.ts';
import type { Signer } from '../fixtures/jwt.ts';
import { type LoopbackServer, listen } from '../fixtures/loopback-server.ts';

export const METADATA = '/.well-known/openid-configuration';

/** What a server says to one request. */
export type Answer = (response: ServerResponse) => void;

/** @returns an answer of JSON */
export function json(body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/**
 * A server on this machine that any page may talk to. What it has no answer of its own for is answered with `{}`.
 * @param answers by path; asked anew for each request
 */
export function openServer(
  answers: (origin: string) => Readonly<Record<string, Answer>> = () => ({}),
): Promise<LoopbackServer> {
  const server: Promise<LoopbackServer> = listen(async (request, response, path) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*, authorization');
    const answer = request.method === 'OPTIONS' ? undefined : answers((await server).origin)[path];
    (answer ?? json({}))(response);
  });
  return server;
}

/** An issuer that publishes these keys, and metadata that names them. */
export function openIssuer(
  keys: () => readonly object[],
  headers: Readonly<Record<string, string>> = {},
): Promise<LoopbackServer> {
  return openServer((origin) => ({
    [METADATA]: json({ issuer: origin, jwks_uri: `${origin}/jwks` }),
    '/jwks': json({ keys: keys() }, headers),
  }));
}

/** The page sends a token request to each: now it talked to them, and the traffic shows them as authorization servers. */
export async function logInAt(page: DocumentDriver, origins: readonly string[]): Promise<void> {
  await page.evaluate(`Promise.all(${JSON.stringify(origins)}.map((origin) => fetch(origin + '/token', {
    method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'test-app', code: 'c' }),
  }))).then(() => true)`);
}

/** The page sends tokens, each to a path of its own; resolves when all were answered, or failed. */
export async function sendAll(
  page: DocumentDriver,
  api: string,
  tokens: Readonly<Record<string, string>>,
): Promise<void> {
  await page.evaluate(`Promise.all(Object.entries(${JSON.stringify(tokens)}).map(([path, token]) =>
    fetch(${JSON.stringify(api)} + path, { headers: { authorization: 'Bearer ' + token } }).catch(() => null),
  )).then(() => true)`);
}

/** The selector of the row of the request to a path. */
export function rowAt(path: string): string {
  return `[data-exchange][data-path="${path}"]`;
}

/** Chooses the request to a path, wherever it stands in the list. */
export async function chooseAt(panel: PanelDriver, path: string): Promise<void> {
  await panel.evaluate(fill('[data-filter-text]', `path:${path}`));
  const row = `document.querySelector(${JSON.stringify(rowAt(path))})`;
  await panel.waitFor(`(${row}?.click(), ${row}?.getAttribute('aria-selected') === 'true')`);
}

/** The page sends a token to a path of an API; the request is then chosen in the panel. */
export async function sendAndChoose(
  page: DocumentDriver,
  panel: PanelDriver,
  api: string,
  path: string,
  token: string,
): Promise<void> {
  await sendAll(page, api, { [path]: token });
  await chooseAt(panel, path);
}

/** Source of an expression that is true once the chosen token's signature line says so. */
export function says(status: string, text: string): string {
  const line = `document.querySelector('[data-signature=${JSON.stringify(status)}]')?.textContent ?? ''`;
  return `(${line}).includes(${JSON.stringify(text)})`;
}

/** Source that writes into a field. */
export function fill(selector: string, text: string): string {
  return `(() => {
    const field = document.querySelector(${JSON.stringify(selector)});
    const details = field.closest('details');
    if (details !== null) details.open = true;
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  })()`;
}

/** An access token that is good for some time. */
export function accessToken(
  key: Signer,
  issuer: string,
  {
    seconds = 600,
    ...claims
  }: { readonly seconds?: number; readonly [claim: string]: string | number | undefined } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const told = { iss: issuer, sub: 'ada', aud: 'api', iat: now, exp: now + seconds, ...claims };
  return key.sign({ typ: 'at+jwt' }, JSON.parse(JSON.stringify(told)));
}

/** As if the background had slept for so long: what it keeps of an issuer is so much older, and it starts anew. */
export async function sleepFor(browser: AuditedBrowser, issuer: string, ms: number): Promise<void> {
  await until(`the keys of ${issuer} to be kept`, async () => {
    const isKept = await browser.evaluateInBackground<boolean>(`(async () => {
      const { session } = (globalThis.browser ?? globalThis.chrome).storage;
      const name = ${JSON.stringify(`k:${issuer}`)};
      const { [name]: kept } = await session.get(name);
      if (kept === undefined) return false;
      const keys = { ...kept.keys, askedAt: kept.keys.askedAt - ${ms} };
      await session.set({ [name]: { ...kept, keys, at: kept.at - ${ms} } });
      return true;
    })()`);
    return isKept || undefined;
  });
  await browser.killBackground();
}

/** How often a server was asked for a path. */
export function timesAsked({ asked }: Pick<LoopbackServer, 'asked'>, path: string): number {
  return asked.filter((one) => one === path).length;
}
