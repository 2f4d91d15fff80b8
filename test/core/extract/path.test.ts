import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/core/extract/extract.ts';
import { exchange } from '../../fixtures/exchange.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const TOKEN = jwt({ alg: 'RS256' }, { sub: 'ada', nonce: 'n' });
const HEADER = base64url('{"alg":"RS256"}');

const seen = (url: string) => extract(exchange({ url })).sightings;
const found = [{ location: 'path', name: '', scheme: null, raw: TOKEN }];

describe('a token in the path of a URL', () => {
  it.each([
    ['as its end', `https://api.example/export/${TOKEN}`],
    ['as its only segment', `https://api.example/${TOKEN}`],
    ['among others', `https://api.example/v1/${TOKEN}/orders/7`],
    ['before parameters', `https://api.example/export/${TOKEN}?format=pdf#page=2`],
    ['before parameters of its segment', `https://api.example/export/${TOKEN};v=1/x`],
    ['of a WebSocket', `wss://live.example/socket/${TOKEN}`],
  ])('is seen %s', (_, url) => {
    expect(seen(url)).toEqual(found);
  });

  it('is seen beside one in the query', () => {
    const other = jwt({ alg: 'RS256' }, { sub: 'bob' });
    expect(seen(`https://api.example/${TOKEN}?id_token=${other}`)).toEqual([
      ...found,
      { location: 'query', name: 'id_token', scheme: null, raw: other },
    ]);
  });

  it('is seen where it is an asset’s, as a link that is signed', () => {
    expect(seen(`https://cdn.example/${TOKEN}/manifest/video.m3u8`)).toEqual(found);
  });
});

describe('no token is seen in a path that only looks like it', () => {
  const signature = 'c2lnbmF0dXJl';
  it.each([
    ['a file name', `https://cdn.example/eyewear.min.3f2a91.js`],
    ['a host name', `https://eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.example/x`],
    ['a part of a segment', `https://api.example/token=${TOKEN}`],
    ['with an ending', `https://api.example/${TOKEN}.png`],
    ['a signed link of Flask', `https://app.example/confirm/${base64url('{"id":1}')}.aBcDeF.${signature}`],
    ['a header without its algorithm', `https://app.example/${base64url('{"typ":"JWT"}')}.e30.${signature}`],
    ['a payload that is no JSON', `https://app.example/${HEADER}.${base64url('picture.png')}.${signature}`],
    ['a payload that is no object', `https://app.example/${HEADER}.${base64url('[1, 2]')}.${signature}`],
    ['header and payload alone', `https://app.example/${TOKEN.split('.').slice(0, 2).join('.')}`],
    ['a detached one', `https://app.example/${HEADER}..${signature}`],
    ['percent-encoded', `https://app.example/${TOKEN.replaceAll('.', '%2E')}`],
  ])('%s', (_, url) => {
    expect(seen(url)).toEqual([]);
  });

  it('whatever stands there', () => {
    const part = fc.oneof(
      fc.constantFrom(HEADER, 'e30', '', '%', ';', TOKEN.slice(0, 40)),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(part).map((parts) => parts.join('.'))), (segments) => {
        for (const { location, raw } of seen(`https://api.example/${segments.join('/')}`)) {
          if (location === 'path') expect(raw.split('.')).toHaveLength(3);
        }
      }),
    );
  });

  it('in more than 61 segments, and the rest is not looked at', () => {
    expect(seen(`https://api.example/${'a/'.repeat(60)}${TOKEN}`)).toEqual(found);
    expect(seen(`https://api.example/${'a/'.repeat(61)}${TOKEN}`)).toEqual([]);
  });
});
