import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { namesPlace } from '../../../src/core/syntax/audience-place.ts';
import { jwt } from '../../fixtures/jwt.ts';

const token = (aud: unknown) => decode(jwt({ alg: 'RS256' }, JSON.parse(JSON.stringify({ aud }))), 'f');

describe('namesPlace', () => {
  it.each([
    ['https://rp.org/cb', true],
    ['https://rp.org', true],
    ['https://rp.org/', true],
    ['http://rp.org/cb', true],
    [['spa', 'https://rp.org/cb/'], true],
    ['https://rp.org/c', false],
    ['https://rp.org/cb/more', false],
    ['https://rp.org:8443/cb', false],
    ['https://rp.org.evil.example/cb', false],
    ['spa', false],
    ['rp.org', false],
    [undefined, false],
  ])('%j: %s', (audience, expected) => {
    expect(namesPlace(token(audience), { host: 'rp.org', path: '/cb' })).toBe(expected);
  });

  it('an opaque token names none, and nothing throws', () => {
    expect(namesPlace(decode('opaque', 'f'), { host: 'rp.org', path: '/' })).toBe(false);
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (audience, host, path) => {
        namesPlace(token(audience), { host, path });
      }),
    );
  });
});
