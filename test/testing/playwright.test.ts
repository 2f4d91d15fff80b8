import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { auditPlaywright } from '../../src/testing/playwright.ts';
import { jwt, signer } from '../fixtures/jwt.ts';
import { FakeContext, playwrightRequest } from './fake-playwright.ts';

const ISSUER = 'https://login.example';
const now = Math.floor(Date.now() / 1000);
const claims = { iss: ISSUER, sub: 'ada', aud: 'the-app', nonce: 'n', iat: now - 10, exp: now + 600 };
const idToken = jwt({ alg: 'RS256', kid: 'k1' }, claims);
const AUTHORIZATION = `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=https://app.example/cb&state=s&nonce=n&code_challenge=c&code_challenge_method=S256&scope=openid`;
const OFFLINE = { online: false, settleMs: 20 };

const failed = ({ findings }: AuditReport) =>
  findings.filter(({ outcome }) => outcome === 'failed').map(({ ruleId }) => ruleId);

function authorization(token: string) {
  return { authorization: `Bearer ${token}`, origin: 'https://app.example' };
}

describe('what a context sends', () => {
  it('is judged, with what token responses teach', async () => {
    const context = new FakeContext();
    const audit = auditPlaywright(context, OFFLINE);
    context.request({ url: AUTHORIZATION });
    const body = JSON.stringify({ id_token: idToken, access_token: 'opaque-opaque', token_type: 'Bearer' });
    context.request({
      ...{
        url: `${ISSUER}/token`,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      postData: 'grant_type=authorization_code&code=c&client_id=the-app',
      response: { text: async () => body },
    });
    context.request({ url: 'https://api.example/things', headers: authorization(idToken) });
    const report = await audit.stop();
    expect(failed(report)).toEqual(['id-token-as-bearer']);
    const issued = report.tokens.find(({ kind }) => kind === 'id_token');
    expect(issued?.confidence).toBe('certain');
    expect(report.session.source).toBe('chrome');
  });

  it('has the fragment that its redirect says: Playwright tells none', async () => {
    const context = new FakeContext();
    const audit = auditPlaywright(context, OFFLINE);
    const headers = [{ name: 'Location', value: `https://app.example/cb#id_token=${idToken}` }];
    const from = { url: AUTHORIZATION, response: { status: () => 302, headersArray: async () => headers } };
    const redirectedFrom = playwrightRequest(from);
    context.request(from);
    context.request({ url: 'https://app.example/cb', redirectedFrom });
    context.request({ url: 'https://app.example/other', redirectedFrom });
    const { exchanges } = await audit.stop();
    expect(exchanges.map(({ url, sightings }) => [url, sightings.map(({ location }) => location)])).toEqual([
      [expect.stringContaining('/auth?'), ['redirect']],
      ['https://app.example/cb#id_token=…', ['fragment']],
    ]);
  });

  it('is attributed to the page of its frame, or to its service worker', async () => {
    const context = new FakeContext();
    const audit = auditPlaywright(context, OFFLINE);
    const headers = { authorization: `Bearer ${idToken}` };
    context.request({ url: 'https://api.example/1', headers, pageUrl: 'https://app.example/deep' });
    context.request({ url: 'https://api.example/2', headers, workerUrl: 'https://pwa.example/sw.js' });
    const report = await audit.stop();
    expect(report.exchanges.map(({ initiator }) => initiator)).toEqual([
      'https://app.example',
      'https://pwa.example',
    ]);
  });

  it('is left to its service worker, in the browser that tells what that one sends', async () => {
    for (const [browser, count] of [
      ['chromium', 0],
      ['firefox', 1],
    ] as const) {
      const context = new FakeContext(browser);
      const audit = auditPlaywright(context, OFFLINE);
      const response = { fromServiceWorker: () => true };
      context.request({ url: 'https://api.example/1', headers: authorization(idToken), response });
      expect((await audit.stop()).exchanges).toHaveLength(count);
    }
  });

  it('is not heard any more once the audit stopped', async () => {
    const context = new FakeContext();
    const audit = auditPlaywright(context, OFFLINE);
    const report = await audit.stop();
    context.request({ url: 'https://api.example/1', headers: authorization(idToken) });
    expect(context.eventNames().filter((name) => context.listenerCount(name) > 0)).toEqual([]);
    expect(await audit.report()).toBe(report);
    expect(report.exchanges).toEqual([]);
  });
});

describe('what can’t be seen', () => {
  const unseen = async (told: Parameters<FakeContext['request']>[0], browser = 'chromium') => {
    const context = new FakeContext(browser);
    const audit = auditPlaywright(context, OFFLINE);
    context.request(told);
    const { coverage, exchanges } = await audit.stop();
    return { unseen: coverage.unseen, exchanges: exchanges.length };
  };

  it('is counted: the body of a token response that is gone', async () => {
    const gone = () => Promise.reject(new Error('No resource with given identifier found'));
    expect(
      await unseen({
        url: `${ISSUER}/token`,
        method: 'POST',
        postData: 'grant_type=x',
        response: { text: gone },
      }),
    ).toMatchObject({ unseen: [{ reason: 'body_not_available', count: 1 }] });
  });

  it('is counted: headers that the browser closed on; what was known before is judged', async () => {
    const headers = authorization(idToken);
    expect(
      await unseen({ url: 'https://api.example/1', headers, losesHeaders: true, response: null }),
    ).toEqual({
      unseen: [{ reason: 'not_shown_to_test', count: 1 }],
      exchanges: 1,
    });
  });

  it('is counted: a body that the browser doesn’t show', async () => {
    const headers = { 'content-length': '10', 'content-type': 'multipart/form-data; boundary=x' };
    expect(await unseen({ url: 'https://api.example/1', method: 'POST', headers })).toMatchObject({
      unseen: [{ reason: 'body_not_available', count: 1 }],
    });
  });

  it('is counted: a service worker in a browser that doesn’t tell what it sends', async () => {
    const headers = { 'service-worker': 'script' };
    const told = { url: 'https://app.example/sw.js', headers };
    expect((await unseen(told, 'firefox')).unseen).toEqual([{ reason: 'not_shown_to_test', count: 1 }]);
    expect((await unseen(told)).unseen).toEqual([]);
  });

  it('holds up no report: a request that is never answered is judged by what it carried', async () => {
    const context = new FakeContext();
    const audit = auditPlaywright(context, OFFLINE);
    const url = 'https://api.example/events?id_token=x';
    context.request({ url: `${url}${idToken}`, response: 'never' });
    context.request({ url: 'https://api.example/1', headers: authorization(idToken) });
    expect((await audit.stop()).exchanges).toHaveLength(2);
  });

  it('is no traffic at all: data and blob URLs', async () => {
    expect(await unseen({ url: 'data:text/plain,x' })).toEqual({ unseen: [], exchanges: 0 });
  });
});

describe('a WebSocket', () => {
  it('tells its URL and its first messages; its handshake is counted where it is not shown', async () => {
    const context = new FakeContext('firefox');
    const audit = auditPlaywright(context, OFFLINE);
    const page = context.open('https://app.example/');
    await Promise.resolve();
    await Promise.resolve();
    const socket = Object.assign(new EventEmitter(), { url: () => 'wss://api.example/live' });
    page.emit('websocket', socket);
    socket.emit('framesent', { payload: 'ping' });
    socket.emit('framesent', {
      payload: JSON.stringify({ type: 'connection_init', payload: { token: idToken } }),
    });
    socket.emit('framesent', { payload: Buffer.from([1]) });
    const { exchanges, coverage } = await audit.stop();
    expect(
      exchanges.map(({ url, initiator, sightings }) => [
        url,
        initiator,
        sightings.map((one) => one.location),
      ]),
    ).toEqual([['wss://api.example/live', 'https://app.example', ['websocket_message']]]);
    expect(coverage.unseen).toEqual([{ reason: 'not_shown_to_test', count: 1 }]);
  });
});

describe('keys', () => {
  it('can be given, for all issuers or by issuer, and then decide', async () => {
    const key = await signer('RS256', 'k1');
    const token = await key.sign({}, claims);
    const other = await signer('RS256', 'k1');
    const forged = await other.sign({}, claims);
    for (const jwks of [{ keys: [key.publicJwk] }, { [ISSUER]: { keys: [key.publicJwk] } }]) {
      const context = new FakeContext();
      const audit = auditPlaywright(context, { jwks });
      context.request({ url: 'https://api.example/1', headers: authorization(token) });
      context.request({ url: 'https://api.example/2', headers: authorization(forged) });
      const { tokens } = await audit.stop();
      expect(tokens.map(({ signature }) => signature.status)).toEqual(['verified', 'invalid']);
    }
  });

  it('of one issuer decide nothing of another’s tokens', async () => {
    const key = await signer('RS256', 'k1');
    const foreign = await signer('RS256', 'of-another');
    const context = new FakeContext();
    const audit = auditPlaywright(context, { jwks: { keys: [key.publicJwk] } });
    const token = await foreign.sign({}, { ...claims, iss: 'https://other.example' });
    context.request({ url: 'https://api.example/1', headers: authorization(token) });
    const { tokens, findings } = await audit.stop();
    expect(tokens.map(({ signature }) => signature.status)).toEqual(['unverifiable']);
    const ofSignature = findings.filter(({ ruleId }) => ruleId === 'unverifiable-token');
    expect(ofSignature.map(({ outcome }) => outcome)).toEqual(['cantTell']);
  });

  it('that are none are refused at once, with the place', () => {
    expect(() => auditPlaywright(new FakeContext(), { jwks: { [ISSUER]: { keys: 'none' } } })).toThrow(
      `jwks: what stands at "${ISSUER}" is no JWK Set`,
    );
  });
});

describe('what the team declares', () => {
  it('counts: a test that signs in by a stored state shows no sign-in', async () => {
    const config = {
      clients: [{ clientId: 'the-app', issuer: ISSUER, origins: ['https://app.example'] }],
      severities: { 'id-token-as-bearer': 'warning' },
    };
    const context = new FakeContext();
    const audit = auditPlaywright(context, { ...OFFLINE, config });
    context.request({ url: 'https://api.example/1', headers: authorization(idToken) });
    const found = await audit.findings({ rules: ['id-token-as-bearer'] });
    expect(found.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('is refused at once where it is wrong, with the place', () => {
    const config = { severities: { 'id-token-as-bearer': 'fatal' } };
    expect(() => auditPlaywright(new FakeContext(), { config })).toThrow(/config: severities/);
    expect(() => auditPlaywright(new FakeContext(), { config: '/nowhere/aud-it.config.json' })).toThrow(
      'ENOENT',
    );
  });
});

describe('a written report', () => {
  it('holds no token and no name, in steps and names neither', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aud-it-testing-'));
    const context = new FakeContext();
    const audit = auditPlaywright(context, { ...OFFLINE, name: `as ada@example.com with ${idToken}` });
    audit.step(`signs in as ada@example.com with ${idToken}`);
    context.request({ url: `https://api.example/1?id_token=${idToken}`, headers: authorization(idToken) });
    const file = join(folder, 'deep/report.json');
    await audit.write(file);
    const text = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    expect(text).not.toContain(idToken.split('.')[1]);
    expect(text).not.toContain('ada@');
    expect(JSON.parse(text).findings.length).toBeGreaterThan(0);
  });
});
