import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { MAX_TOKEN_LENGTH } from '../../../src/core/syntax/jwt-shape.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const header = base64url('{"alg":"RS256"}');
const claims = base64url('{"sub":"1"}');
const read = (raw: string) => decode(raw, 'name');

describe('decode', () => {
  it('reads a JWT', () => {
    expect(read(jwt({ alg: 'RS256', typ: 'JWT' }, { sub: '1' }))).toEqual({
      form: 'jwt',
      fingerprint: 'name',
      header: { alg: 'RS256', typ: 'JWT' },
      claims: { sub: '1' },
      unsigned: false,
    });
  });

  it("an empty third segment is an Unsecured JWT's, not a malformed token", () => {
    expect(read(`${header}.${claims}.`)).toMatchObject({ form: 'jwt', unsigned: true });
  });

  it('"alg": "none" with a signature is read, and is not called unsigned', () => {
    expect(read(jwt({ alg: 'none' }, { sub: '1' }))).toMatchObject({ form: 'jwt', unsigned: false });
  });

  it('keeps header and claims apart, though both have a nonce', () => {
    expect(read(jwt({ alg: 'RS256', nonce: 'h' }, { nonce: 'c' }))).toMatchObject({
      header: { nonce: 'h' },
      claims: { nonce: 'c' },
    });
  });

  it('reads padded segments, as some servers write them', () => {
    const padded = (text: string) =>
      Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    expect(read(`${padded('{"alg":"RS256"}')}.${padded('{"sub":"12"}')}.c2ln`)).toMatchObject({
      form: 'jwt',
      claims: { sub: '12' },
    });
  });

  it('reads what is not ASCII', () => {
    expect(read(jwt({ alg: 'RS256' }, { name: 'Žofie 王 🦉' }))).toMatchObject({
      claims: { name: 'Žofie 王 🦉' },
    });
  });

  it('takes the last of two members of one name, as JSON.parse does, and throws at none', () => {
    expect(read(`${header}.${base64url('{"aud":"a","aud":"b"}')}.c2ln`)).toMatchObject({
      claims: { aud: 'b' },
    });
  });

  it('a JWE is read by its header, an empty encrypted key included', () => {
    const jwe = base64url('{"alg":"dir","enc":"A256GCM"}');
    expect(read(`${jwe}..aXY.dGV4dA.dGFn`)).toEqual({
      form: 'jwe',
      fingerprint: 'name',
      header: { alg: 'dir', enc: 'A256GCM' },
    });
    expect(read(`${jwe}.a2V5.aXY.dGV4dA.dGFn`)).toMatchObject({ form: 'jwe' });
  });

  it('five parts without "enc" are no JWE', () => {
    expect(read(`${header}.a2V5.aXY.dGV4dA.dGFn`)).toMatchObject({ form: 'malformed' });
  });

  it('an SD-JWT is cut at its first tilde: with a Key Binding JWT it has five dots, and is no JWE', () => {
    const sdJwt = `${header}.${claims}.c2ln~WyJhIl0~${header}.${claims}.c2ln`;
    expect(read(sdJwt)).toMatchObject({ form: 'jwt', claims: { sub: '1' } });
  });

  it.each([
    ['an opaque token', 'ya29.a0AfH6SMB'],
    ['an opaque token with two dots', 'abc.def.ghi'],
    ["RFC 9449's DPoP nonce with two more parts", 'eyJ7S_zG.eyJH0-Z.HX4w-7v.a.b'],
    ['a PASETO', 'v4.public.c2lnbmF0dXJl'],
    ['six parts', `${header}.a.b.c.d.e`],
    ['dots alone', '..'],
    ['nothing', ''],
    ['a tilde first', `~${header}.${claims}.c2ln`],
  ])('%s is opaque', (_, raw) => {
    expect(read(raw)).toEqual({ form: 'opaque', fingerprint: 'name' });
  });

  it.each([
    ['a header that is no JSON', `eyJub3QganNvbg.${claims}.c2ln`],
    ['a header that is not UTF-8', `eyJ_-w.${claims}.c2ln`],
    ['a header without "alg"', `${base64url('{"typ":"JWT"}')}.${claims}.c2ln`],
    ['an "alg" that is no string', `${base64url('{"alg":1}')}.${claims}.c2ln`],
    ['claims that are an array', `${header}.${base64url('[1]')}.c2ln`],
    ['claims that are no JSON', `${header}.${base64url('hello')}.c2ln`],
    ['no claims', `${header}..c2ln`],
    ['claims nested a thousand deep', `${header}.${base64url(`${'{"a":'.repeat(999)}1${'}'.repeat(999)}`)}.`],
  ])('%s makes it malformed, with a reason', (_, raw) => {
    const token = read(raw);
    expect(token.form).toBe('malformed');
    expect(token.form === 'malformed' && token.reason.length).toBeGreaterThan(10);
  });

  it('what is longer than any header is not read', () => {
    expect(read(`${header}.${'a'.repeat(MAX_TOKEN_LENGTH)}.`)).toMatchObject({ form: 'malformed' });
  });

  it('claims named as what objects inherit are data', () => {
    const token = read(`${header}.${base64url('{"__proto__":{"aud":"x"},"constructor":1}')}.c2ln`);
    expect(token.form === 'jwt' && Object.keys(token.claims)).toEqual(['__proto__', 'constructor']);
    expect(token.form === 'jwt' && token.claims['aud']).toBeUndefined();
  });

  it('never throws, and bears the name that it was given', () => {
    const part = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', header, claims, 'eyJ', '='));
    const raw = fc.array(part, { maxLength: 7 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.oneof(raw, fc.string({ unit: 'binary' })), (text) => {
        expect(read(text).fingerprint).toBe('name');
      }),
    );
  });

  it('gives back what any issuer wrote', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (said) => {
        const expected = JSON.parse(JSON.stringify(said));
        expect(read(jwt({ alg: 'ES256' }, expected))).toMatchObject({ form: 'jwt', claims: expected });
      }),
    );
  });
});
