import { describe, expect, it } from 'vitest';
import { metadataUrls, readKeySet, readMetadata } from '../../../src/core/syntax/metadata.ts';

const WELL_KNOWN = new URL('https://as.example/.well-known/openid-configuration');

describe('metadataUrls', () => {
  it.each([
    [
      'https://as.example',
      'https://as.example/.well-known/openid-configuration',
      'https://as.example/.well-known/oauth-authorization-server',
    ],
    [
      'https://as.example/t/',
      'https://as.example/t/.well-known/openid-configuration',
      'https://as.example/.well-known/oauth-authorization-server/t',
    ],
  ])('of %s', (issuer, ...urls) => {
    expect(metadataUrls(issuer)).toEqual(urls);
  });

  it('there are none of what is no URL', () => {
    expect(metadataUrls('as.example')).toEqual([]);
    expect(metadataUrls('')).toEqual([]);
  });
});

describe('readMetadata', () => {
  it('reads the endpoints, and passes over what is no URL', () => {
    const document = {
      issuer: 'https://as.example',
      token_endpoint: 'https://as.example/token?x=1',
      jwks_uri: 'https://keys.example/jwks',
      userinfo_endpoint: 'none',
      authorization_endpoint: 7,
    };
    expect(readMetadata(document, WELL_KNOWN)).toEqual({
      issuer: 'https://as.example',
      jwksUri: 'https://keys.example/jwks',
      endpoints: [
        { role: 'token_endpoint', url: 'https://as.example/token' },
        { role: 'jwks_uri', url: 'https://keys.example/jwks' },
        { role: 'metadata', url: WELL_KNOWN.href },
      ],
    });
  });

  it.each([{}, { issuer: '' }, { issuer: 1 }, { issuer: 'https://evil.example' }, { issuer: 'as.example' }])(
    '%j is none of this place',
    (document) => {
      expect(readMetadata(document, WELL_KNOWN)).toBeNull();
    },
  );
});

describe('readKeySet', () => {
  it('keeps of a key what verification needs, no private member, and that there was one', () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'secret', kid: 'k', use: 'sig', x5c: ['c'] };
    expect(readKeySet({ keys: [key] })).toEqual({
      keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', kid: 'k', use: 'sig', isExposed: true }],
    });
  });

  it('drops symmetric keys and what is no key', () => {
    expect(readKeySet({ keys: [{ kty: 'oct', k: 'secret' }, null, 'a', [], {}, { kty: 1 }] })).toEqual({
      keys: [],
    });
  });

  it('keeps at most a hundred', () => {
    const keys = Array.from({ length: 1_000 }, () => ({ kty: 'RSA', n: 'n', e: 'AQAB' }));
    expect(readKeySet({ keys })?.keys).toHaveLength(100);
  });

  it('leaves out a member of an absurd length', () => {
    expect(readKeySet({ keys: [{ kty: 'RSA', n: 'n'.repeat(10_000), e: 'AQAB' }] })).toEqual({
      keys: [{ kty: 'RSA', e: 'AQAB' }],
    });
  });

  it.each([{}, { keys: {} }, { keys: null }, { keys: 'a' }])('%j is none', (document) => {
    expect(readKeySet(document)).toBeNull();
  });
});
