import { createHmac } from 'node:crypto';
import { CompactSign, exportSPKI } from 'jose';
import { expect, it } from 'vitest';
import { base64url, jwt, type Signer, signer } from '../fixtures/jwt.ts';
import type { LoopbackServer } from '../fixtures/loopback-server.ts';
import { collectFaults } from './faults.ts';
import { describeInBrowsers, isThere, show } from './harness.ts';
import {
  type Answer,
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
} from './issuers.ts';

/** What is said of a token: the state, and a part of the sentence. */
type Said = readonly [status: 'invalid' | 'unsecured' | 'unverifiable', text: string];

const UNREACHABLE = (text: string): Said => ['unverifiable', text];

interface Keys {
  readonly rsa: Signer;
  readonly ec: Signer;
  readonly others: readonly Signer[];
}

/** Issuers that are not as they should be: each publishes so, and a good token of its key is sent. */
function hostileIssuers(
  { rsa, others }: Keys,
  stranger: string,
): Readonly<Record<string, readonly [said: Said, answers: (origin: string) => Record<string, Answer>]>> {
  const keys = (...published: readonly object[]): Answer => json({ keys: published });
  const endless: Answer = (response) => {
    const chunk = ' '.repeat(65_536);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  const exponents = { d: 'AQAB', p: 'AQAB', q: 'AQAB' };
  return {
    '/issuer/slow': [
      UNREACHABLE('could not be fetched'),
      () => ({ '/jwks': (response) => void response.write('{"keys":') }),
    ],
    '/issuer/silent': [UNREACHABLE('could not be fetched'), () => ({ '/jwks': () => undefined })],
    '/issuer/endless': [UNREACHABLE('more than 1048576 bytes'), () => ({ [METADATA]: endless })],
    '/issuer/gigabyte': [
      UNREACHABLE('more than 1048576 bytes'),
      () => ({
        '/jwks': (response) => {
          response.setHeader('content-length', 1_073_741_824);
          endless(response);
        },
      }),
    ],
    '/issuer/html': [
      UNREACHABLE('something else than a JSON object'),
      () => ({
        '/jwks': (response) => void response.setHeader('content-type', 'text/html').end('<!doctype html>'),
      }),
    ],
    '/issuer/500': [
      UNREACHABLE('answered 500'),
      () => ({ '/jwks': (response) => void response.writeHead(500).end() }),
    ],
    '/issuer/redirect': [
      UNREACHABLE('redirects to another origin'),
      () => ({ '/jwks': (response) => void response.writeHead(302, { location: `${stranger}/jwks` }).end() }),
    ],
    '/issuer/loopback': [
      UNREACHABLE('redirects to another origin'),
      (origin) => ({
        '/jwks': (response) =>
          void response
            .writeHead(307, { location: `${origin.replace('127.0.0.1', 'localhost')}/keys` })
            .end(),
        '/keys': keys(rsa.publicJwk),
      }),
    ],
    '/issuer/other': [
      UNREACHABLE('No metadata document'),
      (origin) => ({ [METADATA]: json({ issuer: 'https://login.example', jwks_uri: `${origin}/jwks` }) }),
    ],
    '/issuer/many': [
      UNREACHABLE('publishes 10000 keys'),
      () => ({
        '/jwks': keys(
          ...Array.from({ length: 9_999 }, (_, n) => ({ kty: 'RSA', kid: `x${n}` })),
          rsa.publicJwk,
        ),
      }),
    ],
    '/issuer/private': [
      UNREACHABLE('Its private part is published'),
      () => ({ '/jwks': keys({ ...rsa.publicJwk, ...exponents }) }),
    ],
    '/issuer/twice': [
      ['invalid', 'was not made with its issuer'],
      () => ({ '/jwks': keys(...others.map(({ publicJwk }) => publicJwk)) }),
    ],
    '/issuer/proto': [
      UNREACHABLE('something else than a JSON object'),
      () => ({
        '/jwks': (response) => void response.end(`{"__proto__":{"keys":[${JSON.stringify(rsa.publicJwk)}]`),
      }),
    ],
  };
}

/** Letters of base64url that end 256 octets, and others that stand for the same. */
const NEXT: Readonly<Record<string, string>> = { A: 'B', Q: 'R', g: 'h', w: 'x' };

/** Tokens that are not as they should be, of an issuer that is. */
async function hostileTokens(
  { rsa, ec }: Keys,
  issuer: string,
): Promise<Readonly<Record<string, readonly [said: Said, token: string]>>> {
  const good = await accessToken(rsa, issuer);
  const [header = '', claims = '', signature = ''] = good.split('.');
  const signed = (text: string) =>
    new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(rsa.pair.privateKey);
  const confused = `${base64url('{"alg":"HS256","kid":"k1"}')}.${claims}`;
  const secret = await exportSPKI(rsa.pair.publicKey);
  const [ecHeader, ecClaims, ecSignature = ''] = (await accessToken(ec, issuer)).split('.');
  const withZeros = (octets: number) =>
    `${ecHeader}.${ecClaims}.${Buffer.from(ecSignature, 'base64url').fill(0, 0, octets).toString('base64url')}`;
  const iss = JSON.stringify(issuer);
  const malformed: Said = ['unverifiable', 'malformed'];
  return {
    '/token/confused': [
      ['unverifiable', 'shared secret'],
      `${confused}.${createHmac('sha256', secret).update(confused).digest('base64url')}`,
    ],
    '/token/none': [['unsecured', 'Unsecured'], `${base64url('{"alg":"nOnE"}')}.${claims}.`],
    '/token/case': [
      ['unverifiable', 'no signature algorithm'],
      `${base64url('{"alg":"rs256","kid":"k1"}')}.${claims}.${signature}`,
    ],
    '/token/zero': [['invalid', 'was not made with'], withZeros(64)],
    '/token/zero-r': [['invalid', 'was not made with'], withZeros(32)],
    '/token/crit': [
      ['unverifiable', 'demands extensions'],
      jwt({ alg: 'RS256', kid: 'k1', crit: ['urn:x'], 'urn:x': 1 }, { iss: issuer }, signature),
    ],
    '/token/repeats': [
      ['unverifiable', 'has "sub" twice'],
      await signed(`{"iss":${iss},"sub":"ada","sub":"eve"}`),
    ],
    '/token/deep': [malformed, await signed(`{"iss":${iss},"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)],
    '/token/proto': [
      ['unverifiable', 'names no issuer'],
      await signed(`{"__proto__":{"iss":${iss}},"sub":"ada"}`),
    ],
    '/token/key-proto': [
      ['unverifiable', 'publishes no key'],
      jwt({ alg: 'RS256', kid: '__proto__' }, { iss: issuer }, signature),
    ],
    // The same octets: of the last letter, two bits count.
    '/token/bits': [['unverifiable', 'bits behind'], good.replace(/.$/, (last) => NEXT[last] ?? last)],
    '/token/padded': [['unverifiable', 'padded'], `${good}==`],
    '/token/changed': [
      ['invalid', 'was not made with'],
      `${header}.${base64url(JSON.stringify({ iss: issuer, sub: 'eve' }))}.${signature}`,
    ],
  };
}

describeInBrowsers('hostile issuers and tokens', (world) => {
  it('verify nothing, upset nothing, and hide nothing from whoever looks', async () => {
    const { browser, lab } = world();
    const [rsa, ec, ...others] = await Promise.all([
      signer('RS256', 'k1'),
      signer('ES256', 'e1'),
      signer('RS256', 'k1'),
      signer('RS256', 'k1'),
    ]);
    const keys = { rsa, ec, others };
    const [api, good, stranger] = await Promise.all([
      openServer(),
      openIssuer(() => [rsa.publicJwk, ec.publicJwk]),
      openServer(() => ({ '/jwks': json({ keys: [rsa.publicJwk] }) })),
    ]);
    const issuers = Object.entries(hostileIssuers(keys, stranger.origin));
    const servers = await Promise.all(
      issuers.map(
        ([, [, own]]): Promise<LoopbackServer> =>
          openServer((origin) => ({
            [METADATA]: json({ issuer: origin, jwks_uri: `${origin}/jwks` }),
            '/jwks': json({ keys: [rsa.publicJwk] }),
            ...own(origin),
          })),
      ),
    );
    const tokens = await hostileTokens(keys, good.origin);
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    const faults = await collectFaults(browser);
    await show(panel, 'all');
    await logInAt(
      tab.page,
      [good, ...servers].map(({ origin }) => origin),
    );

    const fromIssuers = await Promise.all(
      issuers.map(
        async ([path], index) => [path, await accessToken(rsa, servers[index]?.origin ?? '')] as const,
      ),
    );
    const fromTokens = Object.entries(tokens).map(([path, [, token]]) => [path, token] as const);
    await sendAll(tab.page, api.origin, Object.fromEntries([...fromIssuers, ...fromTokens]));
    // A megabyte of header: no server takes it, so it stands where one would.
    const huge = `${base64url(`{"alg":"RS256","kid":"k1","x":"${'x'.repeat(1_000_000)}"}`)}.e30.AA`;
    await tab.page.evaluate(
      `fetch(${JSON.stringify(`${api.origin}/token/huge`)}, { method: 'POST', body: new URLSearchParams({ access_token: ${JSON.stringify(huge)} }) }).then(() => true)`,
    );
    await panel.waitFor(isThere('[data-reason="body_too_large"]'));

    // While the slow ones are waited for, all else is seen and checked.
    await sendAndChoose(tab.page, panel, api.origin, '/meanwhile', await accessToken(rsa, good.origin));
    await panel.waitFor(says('verified', '“k1”'));

    const said = [
      ...Object.entries(tokens).map(([path, [what]]) => [path, what] as const),
      ...issuers.map(([path, [what]]) => [path, what] as const).toReversed(),
    ];
    for (const [path, [status, text]] of said) {
      await chooseAt(panel, path);
      await panel.waitFor(says(status, text));
    }
    expect(stranger.asked).toEqual([]);

    await sendAndChoose(
      tab.page,
      panel,
      api.origin,
      '/afterwards',
      await accessToken(rsa, good.origin, { jti: 'last' }),
    );
    await panel.waitFor(says('verified', '“k1”'));
    await panel.waitFor(isThere(`${rowAt('/afterwards')} .countdown[data-expired="false"]`));
    expect(await panel.evaluate<boolean>(isThere('[data-reason="internal_error"]'))).toBe(false);
    expect(await faults.seen()).toEqual([]);
    await tab.close();
    await Promise.all([...servers, api, good, stranger].map((server) => server.close()));
  });
});
