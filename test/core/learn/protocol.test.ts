import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProtocol } from '../../../src/core/learn/protocol.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import { exchange, form } from '../../fixtures/exchange.ts';

const TOKEN = 'https://as.example/token';

const authorize = (query: string) =>
  readProtocol(exchange({ url: `https://as.example/authorize?${query}`, destination: 'document' }));

function token(fields: Readonly<Record<string, string>>, basic?: string) {
  const requestHeaders =
    basic === undefined ? [] : [{ name: 'Authorization', value: `Basic ${btoa(basic)}` }];
  return readProtocol(exchange({ url: TOKEN, method: 'POST', requestBody: form(fields), requestHeaders }));
}

describe('an authorization request', () => {
  it('says which parameters it has, and not what is in them', () => {
    expect(
      authorize(
        'client_id=spa&response_type=code%20id_token&response_mode=form_post&scope=openid%20email&state=s3cr3t&nonce=n0nc3&code_challenge=ch4ll&code_challenge_method=S256',
      ),
    ).toEqual({
      message: 'authorization_request',
      clientId: 'spa',
      responseType: ['code', 'id_token'],
      responseMode: 'form_post',
      scope: ['openid', 'email'],
      hasState: true,
      hasNonce: true,
      codeChallengeMethod: 'S256',
      isByReference: false,
    });
  });

  it('a parameter without a value counts as left out (RFC 6749 §3.1)', () => {
    expect(authorize('client_id=spa&response_type=code&state=&nonce=&code_challenge=')).toMatchObject({
      hasState: false,
      hasNonce: false,
      codeChallengeMethod: null,
    });
  });

  it('a challenge without a method is "plain" (RFC 7636 §4.3)', () => {
    expect(authorize('client_id=spa&response_type=code&code_challenge=x')).toMatchObject({
      codeChallengeMethod: 'plain',
    });
  });

  it.each(['request_uri=urn:x', 'response_type=code&request=eyJ'])('by reference: %s', (rest) => {
    expect(authorize(`client_id=spa&${rest}`)).toMatchObject({ isByReference: true });
  });
});

describe('a token request', () => {
  const code = { grant_type: 'authorization_code', client_id: 'spa', code_verifier: 'v' };

  it('of a public client has no secret', () => {
    expect(token(code)).toEqual({
      message: 'token_request',
      clientId: 'spa',
      grantType: 'authorization_code',
      clientSecret: null,
      hasCodeVerifier: true,
    });
    expect(token({ ...code, client_secret: '' })).toMatchObject({ clientSecret: null });
  });

  it('has its secret in the body or in Basic credentials', () => {
    expect(token({ ...code, client_secret: 's' })).toMatchObject({ clientSecret: 'body' });
    expect(token({ grant_type: 'client_credentials' }, 'spa:s')).toMatchObject({
      clientId: 'spa',
      clientSecret: 'basic',
    });
    expect(token(code, 'spa:s')).toMatchObject({ clientSecret: 'basic' });
    expect(token(code, 'spa:')).toMatchObject({ clientSecret: null });
  });

  it('no false alarm: a site under a password has the browser add credentials of its own', () => {
    expect(token(code, 'staging:letmein')).toMatchObject({ clientId: 'spa', clientSecret: null });
  });
});

describe('anything else', () => {
  it.each<Partial<HttpExchange> & { url: string }>([
    { url: 'https://as.example/authorize?client_id=spa', destination: 'document' },
    { url: 'https://api.example/things?client_id=spa&response_type=code' },
    { url: TOKEN, method: 'POST', requestBody: form({ grant_type: 'cheap' }) },
    { url: TOKEN, method: 'GET', requestBody: form({ grant_type: 'password' }) },
    { url: 'not a url' },
    { url: 'wss://as.example/authorize?client_id=spa&response_type=code', destination: 'document' },
  ])('is no message: $method $url', (told) => {
    expect(readProtocol(exchange(told))).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), fc.string(), (url, grant, value) => {
        const requestBody = form({ grant_type: grant, client_id: value });
        const requestHeaders = [{ name: 'authorization', value: `Basic ${value}` }];
        const message = readProtocol(exchange({ url, method: 'POST', requestBody, requestHeaders }));
        expect(message === null || message.message.length > 0).toBe(true);
      }),
    );
  });
});
