import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/core/extract/extract.ts';
import type { HttpHeader } from '../../../src/core/model/exchange.ts';
import { exchange, form } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';

const TOKEN = jwt({ alg: 'RS256' }, { sub: '1' });

function headers(...requestHeaders: readonly HttpHeader[]) {
  return extract(exchange({ url: 'https://api.example/things', requestHeaders }));
}

const authorization = (value: string) => headers({ name: 'Authorization', value });

function url(rest: string) {
  return extract(exchange({ url: `https://api.example/${rest}` }));
}

function body(text: string, mediaType = 'application/json') {
  const requestBody = { form: 'text', mediaType, text } as const;
  return extract(exchange({ url: 'https://api.example/things', method: 'POST', requestBody }));
}

describe('the Authorization header', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'DPoP'])('%s carries a token, a JWT or not', (scheme) => {
    const common = { location: 'authorization_header', name: 'Authorization', scheme: scheme.toLowerCase() };
    expect(authorization(`${scheme} ${TOKEN}`).sightings).toEqual([{ ...common, raw: TOKEN }]);
    expect(authorization(`${scheme} abc`).sightings).toEqual([{ ...common, raw: 'abc' }]);
  });

  it.each(['JWT', 'Token', 'Firebase'])('%s is no scheme of a standard, but its JWT is seen', (scheme) => {
    expect(authorization(`${scheme} ${TOKEN}`).sightings).toMatchObject([{ raw: TOKEN }]);
    expect(authorization(`${scheme} abc`)).toEqual({ sightings: [], unseen: [] });
  });

  it('a JWT without a scheme is seen', () => {
    expect(authorization(TOKEN).sightings).toMatchObject([{ scheme: null, raw: TOKEN }]);
  });

  it.each([
    'Basic dXNlcjpwYXNz',
    'Digest username="a", realm="b"',
    'Negotiate YII=',
    'AWS4-HMAC-SHA256 Credential=a',
  ])('%s carries none', (value) => {
    expect(authorization(value)).toEqual({ sightings: [], unseen: [] });
  });

  it.each(['Bearer', 'Bearer ', 'Bearer undefined', 'Bearer null', 'Bearer [object Object]', 'Bearer a b'])(
    '"%s" is a malformed header, and no token',
    (value) => {
      expect(authorization(value)).toEqual({ sightings: [], unseen: ['header_malformed'] });
    },
  );

  it('white space around the parts is no part of the token', () => {
    expect(authorization(`  Bearer \t ${TOKEN}  `).sightings).toMatchObject([{ raw: TOKEN }]);
  });
});

describe('other headers', () => {
  it.each(['X-Amzn-Oidc-Data', 'x-access-token', 'DPoP', 'apikey'])('a JWT in %s is seen', (name) => {
    expect(headers({ name, value: TOKEN }).sightings).toEqual([
      { location: 'header', name, scheme: null, raw: TOKEN },
    ]);
  });

  it('a JWT after a scheme of its own is seen, as apps and proxies forward it', () => {
    expect(headers({ name: 'X-Forwarded-Authorization', value: `Bearer ${TOKEN}` }).sightings).toMatchObject([
      { location: 'header', raw: TOKEN },
    ]);
  });

  it('a detached signature of the message is no token', () => {
    const [header, , signature] = TOKEN.split('.');
    expect(headers({ name: 'x-jws-signature', value: `${header}..${signature}` }).sightings).toEqual([]);
  });

  it('a name that merely has dots is no token', () => {
    expect(headers({ name: 'X-Origin-Host', value: 'ewallet-service.prod.example' }).sightings).toEqual([]);
  });
});

describe('the URL', () => {
  it.each(['access_token', 'id_token_hint', 'refresh_token', 'client_assertion'])(
    '%s is a token by its name, opaque or not',
    (name) => {
      expect(url(`?${name}=abc`).sightings).toEqual([{ location: 'query', name, scheme: null, raw: 'abc' }]);
    },
  );

  it('a JWT is seen under any name', () => {
    expect(url(`?jwt=${TOKEN}&q=1`).sightings).toMatchObject([{ name: 'jwt', raw: TOKEN }]);
  });

  it.each(['?file=eyewear-collection.min.js', '?host=ewallet-api.shop.example', '?q=id_token', '?token=abc'])(
    '%s carries none',
    (rest) => {
      expect(url(rest)).toEqual({ sightings: [], unseen: [] });
    },
  );

  it.each(['?access_token=', '?access_token=null', '?id_token=undefined', '?id_token=true'])(
    '%s is no token: the app has none',
    (rest) => {
      expect(url(rest).sightings).toEqual([]);
    },
  );

  it.each(['#access_token=abc&state=x', '#/callback?access_token=abc', '#/callback#access_token=abc'])(
    'the fragment %s carries one',
    (rest) => {
      expect(url(rest).sightings).toMatchObject([{ location: 'fragment', name: 'access_token', raw: 'abc' }]);
    },
  );

  it('a route with a JWT in its path is no parameter', () => {
    expect(url(`#/things/1`).sightings).toEqual([]);
  });

  it('what is no URL is counted, where it might have carried one', () => {
    expect(extract(exchange({ url: 'https://[?access_token=a' })).unseen).toEqual(['url_malformed']);
  });
});

describe('the body', () => {
  it('a form carries tokens by name and by shape', () => {
    const fields = { id_token: TOKEN, assertion: TOKEN, refresh_token: 'abc', grant_type: 'refresh_token' };
    const found = extract(exchange({ url: 'https://as.example/', requestBody: form(fields) }));
    expect(found.sightings.map(({ name }) => name)).toEqual(['id_token', 'assertion', 'refresh_token']);
  });

  it.each([
    ['/revoke', ['token']],
    ['/oauth2/token_revocation?x=y', ['token']],
    ['/token/introspect/', ['token']],
    ['/revoked-things', []],
    ['/captcha', []],
  ])(
    'a form carries one to where tokens are given back or asked about (RFC 7009, RFC 7662): %s',
    (path, names) => {
      const requestBody = form({ token: 'opaque-0123', client_id: 'the-app' });
      const found = extract(exchange({ url: `https://as.example${path}`, requestBody }));
      expect(found.sightings.map(({ name }) => name)).toEqual(names);
    },
  );

  it('JSON is searched at every depth, and what stands in an array bears its name', () => {
    const text = JSON.stringify({ a: { b: [{ idToken: TOKEN }] }, tokens: [TOKEN] });
    expect(body(text).sightings).toMatchObject([
      { location: 'json_body', name: 'idToken' },
      { location: 'json_body', name: 'tokens' },
    ]);
  });

  it('a JWT after its scheme is seen in JSON (a GraphQL connection_init)', () => {
    const text = JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${TOKEN}` } });
    expect(body(text).sightings).toMatchObject([{ name: 'Authorization', raw: TOKEN }]);
  });

  it('a claims request names tokens and carries none (OpenID Connect Core 1.0 §5.5)', () => {
    const claims = { id_token: { acr: { values: ['urn:a'] }, auth_time: { essential: true } } };
    expect(body(JSON.stringify({ claims })).sightings).toEqual([]);
  });

  it('JSON is read by what it looks like, whatever its media type says', () => {
    expect(body(JSON.stringify({ a: TOKEN }), 'text/plain').sightings).toHaveLength(1);
    expect(body('[oops', 'text/plain')).toEqual({ sightings: [], unseen: ['body_malformed'] });
    expect(body('hello').sightings).toEqual([]);
  });

  it('what a witness could not see is passed on with its reason', () => {
    const requestBody = { form: 'unseen', reason: 'body_too_large' } as const;
    expect(extract(exchange({ url: 'https://a.example/', requestBody })).unseen).toEqual(['body_too_large']);
  });
});

describe('bounds', () => {
  it('a token longer than any header is counted, not kept', () => {
    expect(authorization(`Bearer ${'a'.repeat(70_000)}`)).toEqual({
      sightings: [],
      unseen: ['token_too_large'],
    });
  });

  it('32 tokens are kept; that there were more is counted once', () => {
    const found = body(JSON.stringify(Array.from({ length: 100 }, () => TOKEN)));
    expect(found.sightings).toHaveLength(32);
    expect(found.unseen).toEqual(['too_many_tokens']);
  });

  it('a scheme repeated ten thousand times does not overflow the stack', () => {
    const value = `${'bearer '.repeat(30_000)}${TOKEN}`;
    expect(() => body(JSON.stringify({ value }))).not.toThrow();
    expect(() => headers({ name: 'X-Token', value })).not.toThrow();
  });

  it('a hostile name is cut', () => {
    expect(url(`?${'n'.repeat(5_000)}=${TOKEN}`).sightings[0]?.name).toHaveLength(128);
  });

  it('never throws, whatever is sent', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('Bearer ', TOKEN, `Bearer ${TOKEN}`));
    fc.assert(
      fc.property(text, text, fc.json(), (name, value, sent) => {
        const found = extract(
          exchange({
            url: `https://a.example/?${name}=${value}#${value}`,
            requestHeaders: [
              { name, value },
              { name: 'authorization', value },
            ],
            requestBody: { form: 'text', mediaType: name, text: sent },
          }),
        );
        expect(found.sightings.length).toBeLessThanOrEqual(32);
      }),
    );
  });
});
