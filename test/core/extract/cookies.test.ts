import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/core/extract/extract.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import { exchange } from '../../fixtures/exchange.ts';
import { base64url, jwt } from '../../fixtures/jwt.ts';

const TOKEN = jwt({ alg: 'RS256' }, { sub: '1', nonce: 'n'.repeat(40) });
const JWE = `${base64url('{"alg":"dir","enc":"A256GCM"}')}..aXZpdml2aXY.${'Y2lwaGVydGV4dA'.repeat(9)}.dGFndGFndGFn`;

function cookies(value: string, told: Partial<HttpExchange> = {}) {
  const requestHeaders = [{ name: 'Cookie', value }];
  return extract(exchange({ url: 'https://app.example/api/me', requestHeaders, ...told }));
}

const seen = (value: string) => cookies(value).sightings.map(({ name, raw }) => [name, raw]);

describe('a token in a cookie', () => {
  it('is seen under the cookie’s name, among others', () => {
    expect(cookies(`theme=dark; session=${TOKEN}; a=b=c`)).toEqual({
      sightings: [{ location: 'cookie', name: 'session', scheme: null, raw: TOKEN }],
      unseen: [],
    });
  });

  it.each([
    ['in quotes', `"${TOKEN}"`],
    ['percent-encoded', TOKEN.replaceAll('.', '%2E')],
    ['after its scheme', `Bearer%20${TOKEN}`],
    ['signed by Express', `s%3A${TOKEN}.${'a'.repeat(42)}%2B`],
  ])('is seen %s', (_, value) => {
    expect(seen(`session=${value}`)).toEqual([['session', TOKEN]]);
  });

  it.each([
    ['Express’ JSON', `j%3A${encodeURIComponent(JSON.stringify({ id_token: TOKEN }))}`],
    ['bare JSON', JSON.stringify({ id_token: TOKEN })],
    ['percent-encoded JSON', encodeURIComponent(JSON.stringify({ id_token: TOKEN }))],
    ['base64', base64url(JSON.stringify({ id_token: TOKEN }))],
    ['base64 with its mark', `base64-${base64url(JSON.stringify({ id_token: TOKEN }))}`],
  ])('is seen wrapped in %s, by its own name', (_, value) => {
    expect(
      seen(`appSession=${value}`).map(([name = '', raw]) => [name.replace('appSession.', ''), raw]),
    ).toEqual([['id_token', TOKEN]]);
  });

  it('is seen in Supabase’s array', () => {
    const value = encodeURIComponent(JSON.stringify([TOKEN, 'refresh', null, null]));
    expect(seen(`sb-abc-auth-token=${value}`)).toEqual([['sb-abc-auth-token', TOKEN]]);
  });

  it('each piece may be in quotes of its own', () => {
    expect(seen(`a.0="${TOKEN.slice(0, 30)}"; a.1="${TOKEN.slice(30)}"`)).toEqual([['a', TOKEN]]);
  });

  it.each([
    ['.0', '.1', '.2'],
    ['-0', '-1', '-2'],
    ['_1', '_2', '_3'],
    ['__0', '__1', '__2'],
    ['.part1', '.part2', '.part3'],
  ])('cut into pieces (%s, %s, %s) is put together, in whatever order they come', (...ends) => {
    const third = Math.ceil(TOKEN.length / 3);
    const pieces = ends.map((end, at) => `session${end}=${TOKEN.slice(at * third, (at + 1) * third)}`);
    expect(seen(pieces.reverse().join('; '))).toEqual([['session', TOKEN]]);
  });

  it('of Supabase, cut in its base64, is put together before it is unwrapped', () => {
    const whole = `base64-${base64url(JSON.stringify({ access_token: TOKEN }))}`;
    const header = `sb-a-auth-token.0=${whole.slice(0, 60)}; sb-a-auth-token.1=${whole.slice(60)}`;
    expect(seen(header)).toEqual([['sb-a-auth-token.access_token', TOKEN]]);
  });

  it('with a number in its name is whole where the next one is a token by itself', () => {
    expect(seen(`account-0=${TOKEN}; account-1=${TOKEN}`).map(([, raw]) => raw)).toEqual([TOKEN, TOKEN]);
    expect(seen(`v-2=${TOKEN}`).map(([, raw]) => raw)).toEqual([TOKEN]);
  });

  it('that is encrypted is seen as it is', () => {
    expect(seen(`appSession=${JWE}`)).toEqual([['appSession', JWE]]);
    expect(seen(`appSession.0=${JWE.slice(0, 90)}; appSession.1=${JWE.slice(90)}`)).toEqual([
      ['appSession', JWE],
    ]);
  });
});

describe('no noise', () => {
  it.each([
    '_ga=GA1.1.123.456; theme=dark',
    'sid=s%3Aabc.def; connect.sid=x',
    'prefs=%7B%22theme%22%3A%22eyes%22%7D',
    'csrftoken=abcdefghijklmnopqrstuvwxyz012345',
    'host=eyewear.shop.example; x=%E0%A4%A; =; ;;',
    'consent={"eyJ": [; token=abc',
  ])('%s holds none', (value) => {
    expect(cookies(value)).toEqual({ sightings: [], unseen: [] });
  });

  it.each(['/logo.svg', '/app.js?v=3', '/fonts/a.WOFF2#x'])(
    'a static file (%s) bears cookies of its host',
    (path) => {
      expect(cookies(`session=${TOKEN}`, { url: `https://app.example${path}` }).sightings).toEqual([]);
    },
  );

  it('so does what markup asks for, but a token in its URL was put there', () => {
    const url = `https://app.example/picture?access_token=${TOKEN}`;
    expect(cookies(`session=${TOKEN}`, { url, destination: 'asset' }).sightings).toMatchObject([
      { location: 'query' },
    ]);
  });
});

describe('hostile cookies', () => {
  it('never throw, whatever they are, and are bounded', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(TOKEN, JWE, 'base64-', 'j:', 's:', '%7B', '.0=', '; ', '"'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        expect(cookies(parts.join('')).sightings.length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('ten thousand of them take no time to speak of', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `s.${at}=${TOKEN.slice(0, 40)}`).join('; ');
    expect(cookies(many).sightings).toEqual([]);
  });

  it('pieces of any token at any place are put together again', () => {
    const cut = fc.array(fc.integer({ min: 12, max: JWE.length - 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(TOKEN, JWE), cut, (token, places) => {
        const ends = [...new Set(places.filter((at) => at < token.length))].sort((a, b) => a - b);
        const pieces = [0, ...ends].map((from, at) => token.slice(from, ends[at] ?? token.length));
        const header = pieces.map((piece, at) => `session.${at}=${piece}`).join('; ');
        expect(seen(header)).toEqual([['session', token]]);
      }),
    );
  });
});
