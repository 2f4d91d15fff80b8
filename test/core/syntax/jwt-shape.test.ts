import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeJwt, MAX_TOKEN_LENGTH } from '../../../src/core/syntax/jwt-shape.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const header = base64url('{"alg":"RS256"}');
const claims = base64url('{"sub":"1"}');

describe('looksLikeJwt', () => {
  it.each([
    ['a signed JWT', `${header}.${claims}.c2ln`],
    ['an Unsecured JWT, whose third part is empty', `${header}.${claims}.`],
    ['a JWT with padded parts', `${header}==.${claims}=.c2ln`],
    ['an SD-JWT with its disclosures', `${header}.${claims}.c2ln~WyJhIl0~`],
    ['an SD-JWT with a Key Binding JWT', `${header}.${claims}.c2ln~WyJhIl0~${header}.${claims}.c2ln`],
    ['a JWE', `${header}.a2V5.aXY.dGV4dA.dGFn`],
    ['a JWE without an encrypted key ("dir")', `${header}..aXY.dGV4dA.dGFn`],
    ['a header with a space after its brace', `${base64url('{ "alg":"RS256" }')}.${claims}.c2ln`],
    ['a header on lines of its own', `${base64url('{\n "alg":"RS256" }')}.${claims}.c2ln`],
    ['a header with Windows line ends', `${base64url('{\r\n"alg":"RS256"}')}.${claims}.c2ln`],
    ['a header with tabs', `${base64url('{\t"alg":"RS256"}')}.${claims}.c2ln`],
  ])('%s does', (_, value) => {
    expect(looksLikeJwt(value)).toBe(true);
  });

  it.each([
    ['a host name', 'ewallet-service.prod.example'],
    ['a static file', 'eyewear-collection.min.js'],
    ['another one', 'eyelashes-and-more.bundle.map'],
    ['a detached JWS, which signs a message (RFC 7515 §F)', `${header}..c2lnbmF0dXJl`],
    ["RFC 9449's DPoP nonce", 'eyJ7S_zG.eyJH0-Z.HX4w-7v'],
    ['a header alone', header],
    ['two parts', `${header}.${claims}`],
    ['four parts', `${header}.${claims}.c2ln.c2ln`],
    ['a sentence with one in it', `see ${header}.${claims}.c2ln`],
    ['a PASETO', 'v4.public.c2lnbmF0dXJlc2lnbmF0dXJl'],
    ['nothing', ''],
  ])('%s does not', (_, value) => {
    expect(looksLikeJwt(value)).toBe(false);
  });

  it('what is longer than any header is not looked at', () => {
    const long = `${header}.${'a'.repeat(MAX_TOKEN_LENGTH)}.`;
    expect(looksLikeJwt(long)).toBe(false);
    expect(looksLikeJwt(long.slice(0, MAX_TOKEN_LENGTH - 1).concat('.'))).toBe(true);
  });

  it('every JWT does, whatever it says', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(value, (said) => {
        expect(looksLikeJwt(jwt({ alg: 'none' }, JSON.parse(JSON.stringify(said)), ''))).toBe(true);
      }),
    );
  });

  it('refuses long values that almost do, in one pass', () => {
    for (const part of ['-', '=', '.', '~', 'a.', '=.']) {
      expect(looksLikeJwt(`${header}.${part.repeat(25_000)}!`)).toBe(false);
    }
  });
});
