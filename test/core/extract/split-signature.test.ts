import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cookie } from '../../../src/core/extract/cookies.ts';
import { extract } from '../../../src/core/extract/extract.ts';
import { withSignatures } from '../../../src/core/extract/split-signature.ts';
import { exchange } from '../../fixtures/exchange.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const octets = (count: number) => Buffer.alloc(count, 7).toString('base64url');
const halfOf = (alg: string) => jwt({ alg }, { sub: 'ada', nonce: 'n' }, '').slice(0, -1);
const HALF = halfOf('RS256');
const SIGNATURE = octets(256);

function seen(cookies: string) {
  const requestHeaders = [{ name: 'Cookie', value: cookies }];
  return extract(exchange({ url: 'https://app.example/api/me', requestHeaders })).sightings;
}

describe('a token whose signature is in a cookie of its own', () => {
  it.each([
    ['jwt_hp', 'jwt_s'],
    ['payload', 'signature'],
    ['id_token_payload', 'id_token_signature'],
    ['sessionPayload', 'sessionSignature'],
    ['token', 'token.sig'],
    ['__Host-jwt.hp', '__Host-jwt.s'],
  ])('is seen once, in “%s” and “%s”, in either order', (signed, signature) => {
    const whole = {
      ...({ location: 'cookie', scheme: null } as const),
      name: `${signed} + ${signature}`,
      raw: `${HALF}.${SIGNATURE}`,
    };
    expect(seen(`a=b; ${signed}=${HALF}; theme=dark; ${signature}=${SIGNATURE}`)).toEqual([whole]);
    expect(seen(`${signature}=${SIGNATURE}; ${signed}=${HALF}`)).toEqual([whole]);
  });

  it.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
    ['ES256', 64],
    ['ES384', 96],
    ['ES512', 132],
    ['EdDSA', 64],
    ['PS256', 384],
    ['RS512', 512],
  ])('is known by the length of an %s signature', (alg, length) => {
    expect(seen(`jwt_hp=${halfOf(alg)}; jwt_s=${octets(length)}`)).toHaveLength(1);
    for (const other of [length - 1, length + 1])
      expect(seen(`jwt_hp=${halfOf(alg)}; jwt_s=${octets(other)}`)).toEqual([]);
  });

  it('is seen beside a whole one', () => {
    const whole = jwt({ alg: 'RS256' }, { sub: 'bob' });
    expect(seen(`session=${whole}; jwt_hp=${HALF}; jwt_s=${SIGNATURE}`).map(({ name }) => name)).toEqual([
      'session',
      'jwt_hp + jwt_s',
    ]);
  });
});

describe('no token is made of cookies that only look like it', () => {
  it.each([
    ['there is no signature', `jwt_hp=${HALF}`],
    ['the other cookie is called otherwise', `jwt_hp=${HALF}; sid=${SIGNATURE}`],
    ['the name is a plural', `token=${HALF}; tokens=${SIGNATURE}`],
    ['the signature is another pair’s', `a_hp=${HALF}; b_s=${SIGNATURE}`],
    ['the signature has another length', `jwt_hp=${HALF}; jwt_s=${octets(32)}`],
    ['the signature is no base64url', `jwt_hp=${HALF}; jwt_s=${'%'.repeat(342)}`],
    ['the algorithm is none', `jwt_hp=${halfOf('none')}; jwt_s=${SIGNATURE}`],
    ['the algorithm is unknown', `jwt_hp=${halfOf('XY256')}; jwt_s=${octets(32)}`],
    [
      'the header names no algorithm',
      `jwt_hp=${base64url('{"a":1}')}.${base64url('{}')}; jwt_s=${octets(32)}`,
    ],
    ['the payload is no JSON', `jwt_hp=${HALF.split('.')[0]}.${base64url('text')}; jwt_s=${SIGNATURE}`],
    ['a session is signed by Express', `session=${base64url('{"user":1}')}; session.sig=${octets(20)}`],
    ['two could be the signature', `t=${HALF}; t_s=${SIGNATURE}; t.sig=${SIGNATURE}`],
    ['two could be signed', `t=${HALF}; t_hp=${HALF}; t_s=${SIGNATURE}`],
  ])('%s', (_, cookies) => {
    expect(seen(cookies)).toEqual([]);
  });
});

describe('cookies', () => {
  it('are never lost, whatever they are called', () => {
    const cookie = fc.record({
      name: fc.constantFrom('t', 't_hp', 't_s', 't.sig', 'payload', 'signature', 'x'),
      value: fc.oneof(fc.constantFrom(HALF, SIGNATURE, octets(32), halfOf('HS256')), fc.string()),
    });
    fc.assert(
      fc.property(fc.array(cookie, { maxLength: 8 }), (cookies) => {
        const pieces = (all: readonly Cookie[]) =>
          all
            .flatMap(({ name }) => name.split(' + '))
            .sort()
            .join();
        expect(pieces(withSignatures(cookies))).toBe(pieces(cookies));
      }),
    );
  });
});
