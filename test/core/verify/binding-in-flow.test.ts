import { describe, expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { pkceChallenge, tokenHash } from '../../../src/core/syntax/token-hash.ts';
import { AT } from '../../fixtures/case.ts';
import { bearer, exchange, form, json } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';

const AS = 'https://login.example';
const APP = 'https://app.example';
const VERIFIER = 'a-verifier-of-a-certain-length-that-nobody-guesses';
const ACCESS = 'an-access-token-of-this-response';
const NOW_S = AT / 1_000;

function idToken(claims: JsonObject): string {
  const always = { iss: AS, sub: 'ada', aud: 'app', auth_time: NOW_S, iat: NOW_S, exp: NOW_S + 600 };
  return jwt({ alg: 'RS256' }, { ...always, ...claims });
}

const authorize = (query: string) =>
  exchange({
    url: `${AS}/authorize?client_id=app&redirect_uri=${APP}/cb&${query}`,
    destination: 'document',
    initiator: null,
  });

const tokenResponse = (idTokenText: string, fields: Readonly<Record<string, string>>) =>
  exchange({
    url: `${AS}/token`,
    method: 'POST',
    initiator: APP,
    requestBody: form({ client_id: 'app', ...fields }),
    response: json({ token_type: 'Bearer', access_token: ACCESS, id_token: idTokenText }),
  });

/** The checks and failed rules of an ID token that goes to an API after a sign-in. */
function signedIn(token: string, ...before: readonly ReturnType<typeof exchange>[]) {
  const audit = new Audit();
  for (const one of before) audit.observe(one);
  const sent = exchange({ url: 'https://api.example/', requestHeaders: bearer(token) });
  audit.observe(sent);
  const detail = audit.detail(sent.id);
  const checks = new Map(detail?.tokens[0]?.checks.map(({ id, outcome }) => [id, outcome]));
  return {
    nonce: checks.get('nonce'),
    atHash: checks.get('at_hash'),
    cHash: checks.get('c_hash'),
    failed: audit.row(sent.id)?.failed.filter((rule) => /nonce|hash/.test(rule)),
  };
}

describe('nonce', () => {
  const byPkce = authorize(
    `response_type=code&nonce=n-1&state=s&code_challenge=${pkceChallenge(VERIFIER)}&code_challenge_method=S256`,
  );
  const exchangeCode = (token: string) =>
    tokenResponse(token, { grant_type: 'authorization_code', code: 'c', code_verifier: VERIFIER });

  it.each([
    ['the one that was sent', 'n-1', 'passed', []],
    ['another one', 'n-2', 'failed', ['nonce-mismatch']],
    ['none', undefined, 'failed', ['nonce-mismatch']],
  ])('%s, found by the PKCE verifier', (_what, nonce, outcome, failed) => {
    const token = idToken(nonce === undefined ? {} : { nonce });
    expect(signedIn(token, byPkce, exchangeCode(token))).toMatchObject({ nonce: outcome, failed });
  });

  it('found by the code, without PKCE', () => {
    const token = idToken({ nonce: 'n-2' });
    const request = authorize('response_type=code&nonce=n-1&state=s-9');
    const back = exchange({ url: `${APP}/cb?code=c-9&state=s-9`, destination: 'document' });
    const response = tokenResponse(token, { grant_type: 'authorization_code', code: 'c-9' });
    expect(signedIn(token, request, back, response)).toMatchObject({ nonce: 'failed' });
    expect(signedIn(token, request, response)).toMatchObject({ nonce: 'cantTell', failed: [] });
  });

  it('found by the state, through the browser', () => {
    const token = idToken({ nonce: 'n-2' });
    const request = authorize('response_type=id_token&nonce=n-1&state=s-3');
    const back = exchange({ url: `${APP}/cb#id_token=${token}&state=s-3`, destination: 'document' });
    expect(signedIn(token, request, back)).toMatchObject({ nonce: 'failed', failed: ['nonce-mismatch'] });
  });

  it('of a request in a request object can’t be told, of a renewal need not be there', () => {
    const byReference = authorize('response_type=id_token&request=eyJ&state=s-4');
    const token = idToken({ nonce: 'n-2' });
    const back = exchange({ url: `${APP}/cb#id_token=${token}&state=s-4`, destination: 'document' });
    expect(signedIn(token, byReference, back)).toMatchObject({ nonce: 'cantTell', failed: [] });
    const renewed = idToken({});
    const renewal = tokenResponse(renewed, { grant_type: 'refresh_token', refresh_token: 'r' });
    expect(signedIn(renewed, byPkce, renewal)).toMatchObject({ nonce: 'inapplicable', failed: [] });
  });

  it('seen again before its authorization request was: nothing is said', () => {
    expect(signedIn(idToken({ nonce: 'n-1' }))).toMatchObject({ nonce: 'cantTell', failed: [] });
  });
});

describe('at_hash and c_hash', () => {
  const good = tokenHash('RS256', ACCESS) ?? '';
  const code = { grant_type: 'authorization_code', code: 'c' };

  it.each([
    ['its own', good, code, 'passed', []],
    ['another', 'x', code, 'failed', ['token-hash-mismatch']],
    ['another, in a renewal', 'x', { grant_type: 'refresh_token' }, 'cantTell', []],
  ])('of the access token beside it: %s', (_what, hash, fields, outcome, failed) => {
    const token = idToken({ at_hash: hash });
    expect(signedIn(token, tokenResponse(token, fields))).toMatchObject({ atHash: outcome, failed });
  });

  it.each([
    ['its own', tokenHash('RS256', 'c-1') ?? '', 'passed', []],
    ['another', 'x', 'failed', ['token-hash-mismatch']],
    ['missing', undefined, 'failed', ['token-hash-mismatch']],
  ])('of the code beside it, through the browser: %s', (_what, hash, outcome, failed) => {
    const token = idToken(hash === undefined ? {} : { c_hash: hash });
    const back = exchange({ url: `${APP}/cb#id_token=${token}&code=c-1&state=s`, destination: 'document' });
    expect(signedIn(token, back)).toMatchObject({ cHash: outcome, failed });
  });

  it('the example of OpenID Connect Core 1.0 §A.3', () => {
    expect(tokenHash('RS256', 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y')).toBe('77QmUPtjPfzWtF2AnpK9RQ');
  });
});

describe('no false alarm', () => {
  const code = { grant_type: 'authorization_code', code: 'c' };
  const good = tokenHash('RS256', ACCESS) ?? '';
  const asked = (nonce: string, more = '', at = AT - 60_000) => ({
    ...authorize(`response_type=code&state=constant&nonce=${nonce}${more}`),
    at,
  });
  const back = exchange({ url: `${APP}/cb?code=c&state=constant`, destination: 'document', at: AT - 1_000 });

  it('where the app uses one state for all requests, and this one’s was not seen', () => {
    const token = idToken({ nonce: 'n-of-before-devtools-opened' });
    const later = asked('n-later', '', AT + 60_000);
    expect(signedIn(token, back, tokenResponse(token, code), later)).toMatchObject({
      nonce: 'cantTell',
      failed: [],
    });
  });

  it('where more requests bear one state than are kept', () => {
    const many = Array.from({ length: 40 }, (_, index) => asked(`n-${index}`));
    const token = idToken({ nonce: 'n-39' });
    expect(signedIn(token, ...many, back, tokenResponse(token, code))).toMatchObject({
      nonce: 'passed',
      failed: [],
    });
    const other = idToken({ nonce: 'n-of-nobody' });
    expect(signedIn(other, ...many, back, tokenResponse(other, code))).toMatchObject({
      nonce: 'cantTell',
      failed: [],
    });
  });

  it('where two clients use one state, and only the other one sends a nonce', () => {
    const other = { ...asked('n-1'), url: asked('n-1').url.replace('client_id=app', 'client_id=other') };
    const token = idToken({});
    expect(signedIn(token, other, back, tokenResponse(token, code))).toMatchObject({ failed: [] });
  });

  it('where of two requests with one state one sent no nonce', () => {
    const without = authorize('response_type=code&state=constant');
    const token = idToken({});
    const own = { ...without, url: `${without.url}&code_challenge=x&code_challenge_method=S256` };
    expect(signedIn(token, asked('n-1'), own, back, tokenResponse(token, code))).toMatchObject({
      nonce: 'cantTell',
      failed: [],
    });
  });

  it('where a request object, which goes before, can’t be read', () => {
    const token = idToken({ nonce: 'n-in-the-object' });
    const encrypted = asked('n-outside', '&request=a.b.c.d.e');
    const pushed = asked('n-outside', '&request_uri=urn:ietf:params:oauth:request_uri:1');
    for (const request of [encrypted, pushed])
      expect(signedIn(token, request, back, tokenResponse(token, code))).toMatchObject({
        nonce: 'cantTell',
        failed: [],
      });
  });

  it('where a plus sign was sent unencoded', () => {
    const token = idToken({ nonce: 'a+b/c=' });
    expect(signedIn(token, asked('a+b/c='), back, tokenResponse(token, code))).toMatchObject({
      nonce: 'passed',
    });
  });

  it('where the server writes the nonce back as a number', () => {
    const token = idToken({ nonce: 12345 });
    expect(signedIn(token, asked('12345'), back, tokenResponse(token, code))).toMatchObject({
      nonce: 'passed',
      failed: [],
    });
  });

  it.each(['EdDSA', 'Ed25519', 'Ed448', 'ES256K'])('where no standard says which hash %s takes', (alg) => {
    const claims = { iss: AS, sub: 'ada', aud: 'app', auth_time: NOW_S, iat: NOW_S, exp: NOW_S + 600 };
    const token = jwt({ alg }, { ...claims, at_hash: 'made-with-shake256' });
    expect(signedIn(token, tokenResponse(token, code))).toMatchObject({ atHash: 'cantTell', failed: [] });
  });

  it.each([
    ['blanked', '[access_token redacted]'],
    ['without its signature', `${jwt({ alg: 'RS256' }, { iss: AS, sub: 'ada' }, 'redacted')}`],
    ['cut', jwt({ alg: 'RS256' }, { iss: AS, sub: 'ada' }, '')],
  ])('where a recording has the access token %s', (_what, access) => {
    const token = idToken({ at_hash: good });
    const response = tokenResponse(token, code);
    const told = {
      ...response,
      response: json({ token_type: 'Bearer', access_token: access, id_token: token }),
    };
    expect(signedIn(token, told)).toMatchObject({ atHash: 'cantTell', failed: [] });
  });

  it('where a recording has all states blanked', () => {
    const token = idToken({ nonce: 'n-1' });
    const blanked = authorize('response_type=code&state=[state redacted]&nonce=n-2');
    const returned = exchange({
      url: `${APP}/cb?code=[code redacted]&state=[state redacted]`,
      destination: 'document',
    });
    const response = tokenResponse(token, { grant_type: 'authorization_code', code: '[code redacted]' });
    expect(signedIn(token, blanked, returned, response)).toMatchObject({ nonce: 'cantTell', failed: [] });
  });
});
