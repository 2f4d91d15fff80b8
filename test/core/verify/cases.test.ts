/**
 * What was tried, and what was said: each row is a test, and together they are docs/verification-cases.md
 * (`npx vitest run --project unit cases -u` writes it anew).
 */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { base64url as octets } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit.ts';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { PublicJwk } from '../../../src/core/model/knowledge.ts';
import { readGivenKeySet } from '../../../src/core/verify/given-keys.ts';
import { KeyFetcher } from '../../../src/core/verify/key-fetcher.ts';
import { readSecret } from '../../../src/core/verify/secret.ts';
import { verifySignature } from '../../../src/core/verify/signature.ts';
import { certificateOf } from '../../fixtures/certificate.ts';
import { bearer, exchange } from '../../fixtures/exchange.ts';
import { base64url, jwt, type Signer, signer } from '../../fixtures/jwt.ts';
import { type LoopbackServer, listen } from '../../fixtures/loopback-server.ts';
import { type Case, ISSUER, told, withKeys as withTheseKeys } from './say.ts';
import { VECTOR_CASES } from './vector-cases.ts';

type Answer = (response: ServerResponse, path: string) => void;

const METADATA = '/.well-known/openid-configuration';
const CLAIMS = { iss: ISSUER, sub: 'ada', aud: 'api' };

let rsa: Signer;
let ec: Signer;
let server: LoopbackServer;
let stranger: LoopbackServer;
let answers: Record<string, Answer> = {};

beforeAll(async () => {
  [rsa, ec] = await Promise.all([signer('RS256', 'k1'), signer('ES256', 'e1')]);
  server = await listen((_request, response, path) => (answers[path] ?? status(404))(response, path));
  stranger = await listen((_request, response) => json({ keys: [rsa.publicJwk] })(response, ''));
});

afterAll(async () => {
  await Promise.all([server.close(), stranger.close()]);
});

function json(body: object): Answer {
  return (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };
}

function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => response.writeHead(code, headers).end('{}');
}

const redirect = (place: string): Answer => status(302, { location: place });

function withKeys(raw: string, keys: readonly PublicJwk[] = [rsa.publicJwk, ec.publicJwk]): Promise<string> {
  return withTheseKeys(raw, keys);
}

/** The whole way: an issuer on loopback that answers so, and a good token of its key. */
async function issuer(own: Record<string, Answer>, claims: JsonObject = {}, key: Signer = rsa) {
  answers = {
    [METADATA]: json({ issuer: server.origin, jwks_uri: `${server.origin}/jwks` }),
    '/jwks': json({ keys: [rsa.publicJwk] }),
    ...own,
  };
  const fetcher = new KeyFetcher((input, init) => fetch(input, init), Date.now, {
    limits: { timeoutMs: 300, maxBytes: 1_048_576 },
  });
  const raw = await key.sign({}, { iss: server.origin, sub: 'ada', ...claims });
  const token = decode(raw, 'f');
  if (token.form !== 'jwt') throw new Error('It is no JWT.');
  const before = stranger.asked.length;
  const state = told(await verifySignature(raw, token, await fetcher.keysOf(server.origin, 'k1')));
  expect(stranger.asked).toHaveLength(before);
  return state;
}

/** Rewrites one of a token's three parts. */
async function changed(part: 0 | 1 | 2, rewrite: (text: string) => string, key: Signer = rsa) {
  const parts = (await key.sign({}, CLAIMS)).split('.');
  parts[part] = rewrite(parts[part] ?? '');
  return parts.join('.');
}

/** A token of texts that no JSON writer makes, signed as they are. */
function handSigned(header: string, claims: string, key: KeyObject): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${createSign('sha256').update(signed).sign(key, 'base64url')}`;
}

const hand = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
const handKey = publicJwkOf(hand.publicKey, 'h1');
const HAND = '{"alg":"RS256","kid":"h1"}';

function publicJwkOf(key: KeyObject, kid: string): PublicJwk {
  const { kty = '', n = '', e = '' } = key.export({ format: 'jwk' });
  return { kty, kid, n, e };
}

/** The classic attack: the public key, as PEM, is the secret. */
async function confused(): Promise<string> {
  const pem = hand.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const signed = jwt({ alg: 'HS256', kid: 'h1' }, CLAIMS, '').replace(/\.$/, '');
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}

/** How a given thing was taken. */
const taken = (text: string): string => {
  const given = readGivenKeySet(text);
  return given.read ? 'taken' : 'refused';
};

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'Vectors of the standards': VECTOR_CASES,
  'Confusion of keys and algorithms': [
    [
      'an RSA public key as HMAC secret, the key published',
      'unverifiable: symmetric',
      async () => withKeys(await confused(), [handKey]),
    ],
    [
      'the same, and the public key given as a secret',
      'refused',
      () =>
        typeof readSecret(hand.publicKey.export({ format: 'pem', type: 'spki' }).toString(), 'text') ===
        'string'
          ? 'refused'
          : 'taken',
    ],
    ...['none', 'None', 'NONE', 'nOnE'].map(
      (alg): Case => [`alg "${alg}"`, 'unsecured', () => withKeys(jwt({ alg }, CLAIMS))],
    ),
    ...['rs256', 'Rs256', 'RS256 ', 'ES256K', 'RS1'].map(
      (alg): Case => [
        `alg "${alg}", a good RS256 signature`,
        'unverifiable: key_rejected',
        async () => withKeys(await changed(0, () => base64url(JSON.stringify({ alg, kid: 'k1' })))),
      ],
    ),
    [
      'alg "ES256" over an RSA key',
      'unverifiable: no_matching_key',
      () => withKeys(jwt({ alg: 'ES256', kid: 'k1' }, CLAIMS)),
    ],
    [
      'alg "PS256" over a signature of RS256',
      'invalid',
      () => changed(0, () => base64url('{"alg":"PS256","kid":"k1"}')).then((raw) => withKeys(raw)),
    ],
    [
      '"jwk" in the header, of the attacker',
      'unverifiable: no_matching_key',
      async () => {
        const own = await signer('RS256', 'mine');
        const jwk = { kty: 'RSA', n: own.publicJwk.n ?? '', e: 'AQAB' };
        return withKeys(await own.sign({ jwk }, CLAIMS));
      },
    ],
    [
      '"jku" in the header: nobody is asked',
      'unverifiable: no_matching_key',
      async () => {
        const own = await signer('RS256', 'mine');
        return withKeys(await own.sign({ jku: `${stranger.origin}/jwks` }, CLAIMS));
      },
    ],
    [
      'a key for encryption ("use": "enc")',
      'unverifiable: no_matching_key',
      async () => withKeys(await rsa.sign({}, CLAIMS), [{ ...rsa.publicJwk, use: 'enc' }]),
    ],
    [
      'an RSA key of 1024 bits',
      'unverifiable: key_rejected',
      () =>
        withKeys(handSigned(HAND, JSON.stringify(CLAIMS), weak.privateKey), [
          publicJwkOf(weak.publicKey, 'h1'),
        ]),
    ],
    [
      'an RSA key with the exponent 1',
      'unverifiable: key_rejected',
      async () => withKeys(await rsa.sign({}, CLAIMS), [{ ...rsa.publicJwk, e: 'AQ' }]),
    ],
    [
      'two keys with one "kid", the second fits',
      'verified',
      async () => {
        const other = await signer('RS256', 'k1');
        return withKeys(await rsa.sign({}, CLAIMS), [other.publicJwk, rsa.publicJwk]);
      },
    ],
    [
      'no "kid" in the token',
      'verified',
      async () => {
        const nameless = await signer('RS256', null);
        return withKeys(await nameless.sign({}, CLAIMS), [
          rsa.publicJwk,
          { ...nameless.publicJwk, kid: 'n' },
        ]);
      },
    ],
    [
      'a "kid" in the token, none in the key set',
      'verified',
      async () => {
        const { kid, ...nameless } = rsa.publicJwk;
        return withKeys(await rsa.sign({}, CLAIMS), [nameless]);
      },
    ],
  ],
  'Tokens that are not as they should be': [
    [
      'a claim twice, signed',
      'unverifiable: malformed',
      () =>
        withKeys(handSigned(HAND, `{"iss":"${ISSUER}","sub":"ada","sub":"eve"}`, hand.privateKey), [handKey]),
    ],
    [
      'a claim twice, once escaped, signed',
      'unverifiable: malformed',
      () =>
        withKeys(handSigned(HAND, `{"iss":"${ISSUER}","sub":"ada","s\\u0075b":"eve"}`, hand.privateKey), [
          handKey,
        ]),
    ],
    [
      '"alg" twice in the header, signed',
      'unverifiable: malformed',
      () =>
        withKeys(
          handSigned('{"alg":"none","alg":"RS256","kid":"h1"}', JSON.stringify(CLAIMS), hand.privateKey),
          [handKey],
        ),
    ],
    [
      '"__proto__" among the claims, signed',
      'verified',
      () =>
        withKeys(handSigned(HAND, `{"iss":"${ISSUER}","__proto__":{"aud":"x"}}`, hand.privateKey), [handKey]),
    ],
    [
      '"crit" with an unknown extension, signed',
      'unverifiable: key_rejected',
      () =>
        withKeys(
          handSigned(
            '{"alg":"RS256","kid":"h1","crit":["urn:x"],"urn:x":1}',
            JSON.stringify(CLAIMS),
            hand.privateKey,
          ),
          [handKey],
        ),
    ],
    [
      '"b64": false (RFC 7797), signed',
      'unverifiable: key_rejected',
      () =>
        withKeys(
          handSigned(
            '{"alg":"RS256","kid":"h1","b64":false,"crit":["b64"]}',
            JSON.stringify(CLAIMS),
            hand.privateKey,
          ),
          [handKey],
        ),
    ],
    [
      'ECDSA with r = 0 and s = 0',
      'invalid',
      async () => withKeys(await changed(2, () => octets.encode(new Uint8Array(64)), ec)),
    ],
    [
      'ECDSA with r = 0',
      'invalid',
      async () =>
        withKeys(await changed(2, (signature) => octets.encode(octets.decode(signature).fill(0, 0, 32)), ec)),
    ],
    [
      'ECDSA in DER instead of r and s',
      'invalid',
      async () => withKeys(await changed(2, () => octets.encode(new Uint8Array(70).fill(0x30)), ec)),
    ],
    [
      'a signature padded with "="',
      'unverifiable: malformed',
      async () => withKeys(await changed(2, (signature) => `${signature}==`)),
    ],
    [
      'a payload padded with "="',
      'unverifiable: malformed',
      async () => withKeys(await changed(1, (payload) => `${payload}=`)),
    ],
    [
      'a signature with bits behind its last octet',
      'unverifiable: malformed',
      async () => withKeys(await changed(2, (signature) => signature.replace(/.$/, nextLetter))),
    ],
    [
      'base64 in place of base64url, with white space',
      'unverifiable: malformed',
      async () => withKeys(await changed(2, (signature) => `${signature} `)),
    ],
    ['an empty signature, alg RS256', 'invalid', async () => withKeys(await changed(2, () => ''))],
    [
      'something hung on with "~"',
      'unverifiable: malformed',
      async () => withKeys(`${await rsa.sign({}, CLAIMS)}~anything`),
    ],
    [
      'a header of 1 MB',
      'unverifiable: malformed',
      () => withKeys(`${base64url(`{"alg":"RS256","x":"${'x'.repeat(1_000_000)}"}`)}.e30.AA`),
    ],
    [
      'claims nested 10,000 deep',
      'unverifiable: malformed',
      () =>
        withKeys(
          `${base64url('{"alg":"RS256"}')}.${base64url(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)}.AA`,
        ),
    ],
    [
      'encrypted (JWE)',
      'unverifiable: encrypted',
      () => withKeys(`${base64url('{"alg":"dir","enc":"A256GCM"}')}..aXY.Y2lwaGVy.dGFn`),
    ],
    ['opaque', 'unverifiable: opaque', () => withKeys('SlAV32hkKG-an-opaque-token')],
    ['no issuer', 'unverifiable: issuer_missing', () => withKeys(jwt({ alg: 'RS256' }, { sub: 'ada' }))],
  ],
  'Issuers that are not as they should be': [
    ['a good one', 'verified', () => issuer({})],
    [
      'slow: its answer never ends',
      'unverifiable: issuer_unreachable',
      () => issuer({ '/jwks': (response) => void response.write('{"keys":') }),
    ],
    [
      'silent: no answer comes',
      'unverifiable: issuer_unreachable',
      () => issuer({ [METADATA]: () => undefined }),
    ],
    ['1 GB of answer', 'unverifiable: issuer_unreachable', () => issuer({ '/jwks': gigabyte })],
    [
      'HTML',
      'unverifiable: issuer_unreachable',
      () =>
        issuer({
          '/jwks': (response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'),
        }),
    ],
    ['500', 'unverifiable: issuer_unreachable', () => issuer({ '/jwks': status(500) })],
    [
      'a redirect to another origin',
      'unverifiable: issuer_unreachable',
      () => issuer({ '/jwks': redirect(`${stranger.origin}/jwks`) }),
    ],
    [
      'a redirect to loopback by another name',
      'unverifiable: issuer_unreachable',
      () => issuer({ '/jwks': redirect(server.origin.replace('127.0.0.1', 'localhost')) }),
    ],
    [
      'three redirects within its origin',
      'verified',
      () =>
        issuer({
          '/jwks': redirect('/1'),
          '/1': redirect('/2'),
          '/2': redirect('/3'),
          '/3': json({ keys: [rsa.publicJwk] }),
        }),
    ],
    [
      'four redirects within its origin',
      'unverifiable: issuer_unreachable',
      () =>
        issuer({
          ...{ '/jwks': redirect('/1'), '/1': redirect('/2'), '/2': redirect('/3'), '/3': redirect('/4') },
          '/4': json({ keys: [rsa.publicJwk] }),
        }),
    ],
    [
      'metadata that names another issuer',
      'unverifiable: issuer_unreachable',
      () => issuer({ [METADATA]: json({ issuer: ISSUER, jwks_uri: `${server.origin}/jwks` }) }),
    ],
    [
      'a "jwks_uri" at another port of this machine',
      'unverifiable: issuer_unreachable',
      () => issuer({ [METADATA]: json({ issuer: server.origin, jwks_uri: `${stranger.origin}/jwks` }) }),
    ],
    [
      '10,000 keys, the right one among the last',
      'unverifiable: key_rejected',
      () =>
        issuer({
          '/jwks': json({
            keys: [...Array.from({ length: 9_999 }, (_, n) => ({ kty: 'RSA', kid: `x${n}` })), rsa.publicJwk],
          }),
        }),
    ],
    [
      'its private key published with the public one',
      'unverifiable: key_rejected',
      () => issuer({ '/jwks': json({ keys: [{ ...rsa.publicJwk, d: 'AQAB' }] }) }),
    ],
    [
      'a secret in its key set',
      'unverifiable: no_matching_key',
      () => issuer({ '/jwks': json({ keys: [{ kty: 'oct', kid: 'k1', k: 'c2VjcmV0' }] }) }),
    ],
    [
      'the token says the issuer with a slash at its end',
      'unverifiable: issuer_mismatch',
      () => issuer({}, { iss: `${server.origin}/` }),
    ],
    [
      'a key that was replaced under the same "kid"',
      'invalid',
      async () => issuer({ '/jwks': json({ keys: [(await signer('RS256', 'k1')).publicJwk] }) }),
    ],
    [
      'a key that was withdrawn',
      'unverifiable: no_matching_key',
      () => issuer({ '/jwks': json({ keys: [ec.publicJwk] }) }),
    ],
  ],
  'Keys that a person gives': [
    [
      'a public key in PEM',
      'taken',
      () => taken(hand.publicKey.export({ format: 'pem', type: 'spki' }).toString()),
    ],
    [
      'an RSA public key in PKCS #1',
      'taken',
      () => taken(hand.publicKey.export({ format: 'pem', type: 'pkcs1' }).toString()),
    ],
    [
      'a private key in PEM',
      'refused',
      () => taken(hand.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
    ],
    ...['RS256', 'ES256', 'ES512', 'Ed25519'].map(
      (alg): Case => [
        `a certificate in PEM, of a key for ${alg}, and a token that it made`,
        'verified',
        async () => {
          const own = await signer(alg, null);
          const given = readGivenKeySet(certificateOf(own));
          return given.read ? withKeys(await own.sign({}, CLAIMS), given.keySet.keys) : given.problem;
        },
      ],
    ),
    [
      'a certificate that is cut off',
      'refused',
      async () =>
        taken(certificateOf(await signer('ES256', null)).replace(/\n.{1,64}\n-----END/, '\n-----END')),
    ],
    [
      'a request for a certificate',
      'refused',
      () => taken('-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----'),
    ],
    ['a JWK Set', 'taken', () => taken(JSON.stringify({ keys: [rsa.publicJwk] }))],
    ['one JWK', 'taken', () => taken(JSON.stringify(rsa.publicJwk))],
    ['a secret as a JWK', 'refused', () => taken('{"kty":"oct","k":"c2VjcmV0"}')],
    ['HTML', 'refused', () => taken('<!doctype html>')],
  ],
};

/** The same octets, written otherwise. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) + 1] ?? 'A';
}

const gigabyte: Answer = (response) => {
  const chunk = 'x'.repeat(65_536);
  let written = 0;
  const more = (): void => {
    while (written < 1_073_741_824 && !response.destroyed) {
      written += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
};

for (const [group, cases] of Object.entries(CASES)) {
  describe(group, () => {
    it.each(cases)('%s: %s', async (_what, verdict, run) => {
      expect(await run()).toBe(verdict);
    });
  });
}

it('the table in the documentation is that of these cases', async () => {
  const tables = Object.entries(CASES).map(
    ([group, cases]) =>
      `## ${group}\n\n| what was tried | what is said |\n| --- | --- |\n${cases.map(([what, verdict]) => `| ${what} | \`${verdict}\` |`).join('\n')}\n`,
  );
  const head =
    '# What was tried, and what was said\n\nWritten from the tests (`test/core/verify/cases.test.ts`); each row is one. What the words mean stands in [verification.md](verification.md).\nThe same kinds of issuers and tokens meet the extension itself in Chromium and Firefox (`test/e2e/hostile-issuers.test.ts`): none is `verified`, nothing is left\nuncaught, and whatever else the page sends is observed all the while.\n';
  await expect(`${head}\n${tables.join('\n')}`).toMatchFileSnapshot('../../../docs/verification-cases.md');
});

it('the observer keeps observing, whatever it is given', () => {
  const audit = new Audit();
  const hostile = [
    `eyJ${'a'.repeat(1_000_000)}.e30.AA`,
    `${base64url('{"alg":"RS256"}')}.${base64url(`{"a":${'['.repeat(10_000)}`)}.AA`,
    `${base64url('{"alg":"RS256","__proto__":{"a":1}}')}.${base64url('{"__proto__":{"iss":"x"},"iss":{}}')}.AA`,
  ];
  for (const raw of hostile)
    audit.observe(exchange({ url: 'https://api.example/', requestHeaders: bearer(raw) }));
  const good = exchange({
    url: 'https://api.example/',
    requestHeaders: bearer(jwt({ alg: 'RS256' }, CLAIMS)),
  });
  audit.observe(good);
  expect(audit.row(good.id)?.kinds).toHaveLength(1);
});
