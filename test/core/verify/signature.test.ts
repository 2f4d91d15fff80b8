import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { PublicJwk } from '../../../src/core/model/knowledge.ts';
import type { SignatureState } from '../../../src/core/model/token.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import type { IssuerKeys } from '../../../src/core/verify/key-source.ts';
import { signatureWithoutKeys, verifySignature } from '../../../src/core/verify/signature.ts';
import { jwt, type Signer, signer } from '../../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const CLAIMS = { iss: ISSUER, sub: 'ada' };

let rsa: Signer;
let other: Signer;

beforeAll(async () => {
  [rsa, other] = await Promise.all([signer('RS256', 'k1'), signer('RS256', 'k1')]);
});

function published(keys: readonly PublicJwk[], issuer = ISSUER): IssuerKeys {
  return {
    status: 'found',
    metadata: { issuer, jwksUri: `${issuer}/jwks`, endpoints: [] },
    keySet: { keys },
  };
}

async function verify(raw: string, keys: IssuerKeys): Promise<SignatureState> {
  const token = decode(raw, 'f');
  if (token.form !== 'jwt') throw new Error(`The test's own token is ${token.form}.`);
  return verifySignature(raw, token, keys);
}

function withoutKeys(header: JsonObject, claims: JsonObject = CLAIMS): SignatureState | null {
  return signatureWithoutKeys(decode(jwt(header, claims), 'f'));
}

it.each(['redacted', 'REDACTED', 'removed'])(
  'a recording with "%s" for a signature says nothing',
  async (word) => {
    const token = jwt({ alg: 'RS256', kid: 'k1' }, CLAIMS, word);
    expect(await verify(token, published([rsa.publicJwk]))).toMatchObject({
      status: 'unverifiable',
      reason: 'malformed',
    });
  },
);

describe('what no key can change', () => {
  it.each(['none', 'NONE', 'None', 'nOnE'])('alg "%s" is unsecured, in any case of its letters', (alg) => {
    expect(withoutKeys({ alg })).toEqual({ status: 'unsecured' });
  });

  it('alg "none" stays unsecured where something stands in the place of a signature', () => {
    expect(signatureWithoutKeys(decode(jwt({ alg: 'none' }, CLAIMS, 'eA'), 'f'))).toEqual({
      status: 'unsecured',
    });
    expect(signatureWithoutKeys(decode(jwt({ alg: 'none' }, CLAIMS, ''), 'f'))).toEqual({
      status: 'unsecured',
    });
  });

  it.each(['HS256', 'HS384', 'HS512'])('%s is symmetric: nobody who lacks the secret can tell', (alg) => {
    expect(withoutKeys({ alg })).toMatchObject({ status: 'unverifiable', reason: 'symmetric' });
  });

  it('a token without an issuer has nobody to ask', () => {
    for (const iss of [undefined, '', 7, null, ['https://login.example']]) {
      const claims = iss === undefined ? {} : { iss };
      expect(withoutKeys({ alg: 'RS256' }, claims)).toMatchObject({ reason: 'issuer_missing' });
    }
  });

  it('what is encrypted, opaque or malformed says so', () => {
    const reasons = [
      decode('opaque', 'f'),
      decode(`${jwt({ alg: 'dir', enc: 'A256GCM' }, {}).split('.')[0]}..aXY.Y2lwaGVy.dGFn`, 'f'),
      decode('eyJhbGciOiJSUzI1NiJ9.bm8.x', 'f'),
    ].map((token) => signatureWithoutKeys(token));
    expect(reasons).toMatchObject([{ reason: 'opaque' }, { reason: 'encrypted' }, { reason: 'malformed' }]);
  });

  it.each(['RS256', 'ES256', 'EdDSA', 'Ed25519', 'PS512', 'ES256K', ''])(
    'leaves "%s" to the issuer’s keys',
    (alg) => {
      expect(withoutKeys({ alg })).toBeNull();
    },
  );
});

describe('with the issuer’s keys', () => {
  it.each([
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  ])('%s is verified', async (alg) => {
    const key = await signer(alg, 'k');
    expect(await verify(await key.sign({}, CLAIMS), published([rsa.publicJwk, key.publicJwk]))).toMatchObject(
      {
        status: 'verified',
        keyId: 'k',
      },
    );
  });

  it.each(['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'])(
    '%s, where this browser can’t check it, speaks neither for nor against the token',
    async (alg) => {
      const key = { kty: 'AKP', alg, kid: 'k1', pub: 'AAAA' };
      expect(await verify(jwt({ alg, kid: 'k1' }, CLAIMS), published([key]))).toMatchObject({
        status: 'unverifiable',
        reason: 'key_rejected',
      });
    },
  );

  it('a token of another’s key under the same name is invalid', async () => {
    const state = await verify(await other.sign({}, CLAIMS), published([rsa.publicJwk]));
    expect(state).toMatchObject({ status: 'invalid', keyId: 'k1', reason: expect.stringContaining('"k1"') });
  });

  it('a token that was changed since is invalid', async () => {
    const [header = '', , signature = ''] = (await rsa.sign({}, CLAIMS)).split('.');
    const changed = jwt({}, { ...CLAIMS, sub: 'eve' }).split('.')[1];
    expect(await verify(`${header}.${changed}.${signature}`, published([rsa.publicJwk]))).toMatchObject({
      status: 'invalid',
    });
  });

  it('the issuer-signed part of an SD-JWT is what is verified, with what it discloses', async () => {
    const disclosure = 'WyJzYWx0IiwiYSIsMV0';
    const claims = { ...CLAIMS, _sd: [fingerprint(disclosure)], _sd_alg: 'sha-256' };
    const jws = await rsa.sign({}, claims);
    for (const raw of [`${jws}~${disclosure}~`, `${jws}~`]) {
      expect(await verify(raw, published([rsa.publicJwk]))).toMatchObject({ status: 'verified' });
    }
    for (const raw of [`${jws}~${disclosure}~WyJzYWx0IiwiYiIsMV0~`, `${jws}~x`, `${jws}~${disclosure}~~`]) {
      expect(await verify(raw, published([rsa.publicJwk]))).toMatchObject({
        status: 'unverifiable',
        reason: 'malformed',
      });
    }
  });

  it('a key binding must be its holder’s, for this very presentation (RFC 9901 §7.3)', async () => {
    const [holder, thief] = await Promise.all([signer('ES256', null), signer('ES256', null)]);
    const { kty, crv = '', x = '', y = '' } = holder.publicJwk;
    const jws = await rsa.sign({}, { ...CLAIMS, _sd_alg: 'sha-256', cnf: { jwk: { kty, crv, x, y } } });
    const bound = { sd_hash: fingerprint(`${jws}~`), aud: 'a', nonce: 'n', iat: 1 };
    const state = async (binding: string) =>
      (await verify(`${jws}~${binding}`, published([rsa.publicJwk]))).status;
    expect(await state(await holder.sign({ typ: 'kb+jwt' }, bound))).toBe('verified');
    expect(await state(await thief.sign({ typ: 'kb+jwt' }, bound))).toBe('unverifiable');
    expect(await state(await holder.sign({ typ: 'kb+jwt' }, { ...bound, sd_hash: 'x' }))).toBe(
      'unverifiable',
    );
  });

  it('keys in the token’s own header are not looked at', async () => {
    const attacker = await signer('RS256', 'evil');
    const header = {
      jwk: { kty: 'RSA', n: attacker.publicJwk.n ?? '', e: 'AQAB' },
      jku: 'https://evil.example/jwks',
    };
    expect(await verify(await attacker.sign(header, CLAIMS), published([rsa.publicJwk]))).toMatchObject({
      status: 'unverifiable',
      reason: 'no_matching_key',
    });
  });

  it('without a "kid" every fitting key is tried, and none means unverifiable, not invalid', async () => {
    const nameless = await signer('RS256', null);
    const raw = await nameless.sign({}, CLAIMS);
    expect(await verify(raw, published([other.publicJwk, nameless.publicJwk]))).toMatchObject({
      status: 'verified',
      keyId: null,
    });
    expect(await verify(raw, published([rsa.publicJwk, other.publicJwk]))).toMatchObject({
      reason: 'no_matching_key',
    });
  });

  it('of more keys than are tried nothing is said: the right one may be among the rest', async () => {
    const nameless = await signer('ES256', null);
    const strangers = await Promise.all(Array.from({ length: 10 }, (_, n) => signer('ES256', `s${n}`)));
    const keys = [...strangers.map(({ publicJwk }) => publicJwk), nameless.publicJwk];
    expect(await verify(await nameless.sign({}, CLAIMS), published(keys))).toMatchObject({
      status: 'unverifiable',
      reason: 'key_rejected',
      text: expect.stringContaining('11 keys'),
    });
  });

  it('a "kid" that is not published has no matching key', async () => {
    const raw = await rsa.sign({ kid: 'k2' }, CLAIMS);
    expect(await verify(raw, published([rsa.publicJwk]))).toMatchObject({ reason: 'no_matching_key' });
    expect(await verify(raw, published([]))).toMatchObject({ reason: 'no_matching_key' });
  });

  it.each([
    ['use "enc"', { use: 'enc' }],
    ['another "alg"', { alg: 'PS256' }],
    ['"key_ops" without "verify"', { key_ops: ['encrypt'] }],
  ])('a key with %s is not for this signature', async (_what, members) => {
    const raw = await rsa.sign({}, CLAIMS);
    expect(await verify(raw, published([{ ...rsa.publicJwk, ...members }]))).toMatchObject({
      reason: 'no_matching_key',
    });
  });

  it.each([
    ['EdDSA', 'Ed25519'],
    ['Ed25519', 'EdDSA'],
  ])('a key published for "%s" fits a token signed with "%s": RFC 9864 renamed it', async (alg, signed) => {
    const key = await signer(signed, 'k');
    const raw = await key.sign({}, CLAIMS);
    expect(await verify(raw, published([{ ...key.publicJwk, alg }]))).toMatchObject({
      status: 'verified',
      keyId: 'k',
    });
  });

  it.each(['ES256K', 'rs256', 'RS1', '', 'constructor', '__proto__'])(
    'alg "%s" can’t be checked here, which speaks neither for nor against it',
    async (alg) => {
      expect(await verify(jwt({ alg, kid: 'k1' }, CLAIMS), published([rsa.publicJwk]))).toMatchObject({
        status: 'unverifiable',
        reason: 'key_rejected',
      });
    },
  );

  it('an RSA key is no HMAC secret: the two are not confused (RFC 8725 §3.1)', async () => {
    expect(await verify(jwt({ alg: 'HS256', kid: 'k1' }, CLAIMS), published([rsa.publicJwk]))).toMatchObject({
      status: 'unverifiable',
    });
  });

  it('a key that can’t be used speaks against the key, not the token', async () => {
    const raw = await rsa.sign({}, CLAIMS);
    for (const broken of [{ n: 'AQAB' }, { n: '!' }]) {
      expect(await verify(raw, published([{ ...rsa.publicJwk, ...broken }]))).toMatchObject({
        status: 'unverifiable',
        reason: 'key_rejected',
      });
    }
  });

  it('no false alarm: extensions that its recipient may understand don’t make it invalid', async () => {
    const raw = jwt({ alg: 'RS256', kid: 'k1', crit: ['urn:of:the:api'], 'urn:of:the:api': true }, CLAIMS);
    expect(await verify(raw, published([rsa.publicJwk]))).toMatchObject({ status: 'unverifiable' });
  });

  it('no false alarm: Microsoft signs tokens for Graph so that nobody else can check them', async () => {
    const issuer = 'https://sts.windows.net/5b1c0d6e/';
    const claims = { iss: issuer, aud: '00000003-0000-0000-c000-000000000000' };
    const graph = await other.sign({ nonce: 'n' }, claims);
    expect(await verify(graph, published([rsa.publicJwk], issuer))).toMatchObject({
      status: 'unverifiable',
      reason: 'key_rejected',
    });
    const plain = await other.sign({}, claims);
    expect(await verify(plain, published([rsa.publicJwk], issuer))).toMatchObject({ status: 'invalid' });
    const elsewhere = await other.sign({ nonce: 'n' }, CLAIMS);
    expect(await verify(elsewhere, published([rsa.publicJwk]))).toMatchObject({ status: 'invalid' });
  });

  it('the keys of another issuer say nothing: not of one with a slash, a path or a letter more', async () => {
    const raw = await rsa.sign({}, CLAIMS);
    for (const issuer of [`${ISSUER}/`, 'https://LOGIN.example', `${ISSUER}/a`, 'https://evil.example']) {
      expect(await verify(raw, published([rsa.publicJwk], issuer))).toMatchObject({
        reason: 'issuer_mismatch',
      });
    }
  });

  it('Google may leave out the scheme of its issuer', async () => {
    const raw = await rsa.sign({}, { iss: 'accounts.google.com' });
    expect(await verify(raw, published([rsa.publicJwk], 'https://accounts.google.com'))).toMatchObject({
      status: 'verified',
    });
  });

  it('an issuer that can’t be reached is the reason', async () => {
    const raw = await rsa.sign({}, CLAIMS);
    expect(await verify(raw, { status: 'unreachable', text: 'It slept.' })).toEqual({
      status: 'unverifiable',
      reason: 'issuer_unreachable',
      text: 'It slept.',
    });
  });

  it('never rejects and never verifies, whatever the token and the keys are', async () => {
    const word = fc.oneof(
      fc.constantFrom('RS256', 'ES256', 'EdDSA', 'k1', 'sig'),
      fc.string({ maxLength: 8 }),
    );
    const header = fc.dictionary(
      fc.constantFrom('alg', 'kid', 'crit', 'b64', 'nonce', 'typ'),
      fc.oneof(word, fc.jsonValue()),
    );
    const key = fc.record({
      kty: fc.constantFrom('RSA', 'EC', 'OKP'),
      kid: fc.constantFrom('k1', 'k2'),
      n: word,
      e: word,
      crv: fc.constantFrom('P-256', 'P-384', 'Ed25519', 'X25519', 'x'),
      x: word,
      y: word,
    });
    await fc.assert(
      fc.asyncProperty(
        header,
        fc.array(key, { maxLength: 3 }),
        fc.base64String(),
        async (given, keys, signature) => {
          const raw = jwt({ alg: 'ES256', ...given }, CLAIMS, signature.replace(/[=+/]/g, ''));
          const token = decode(raw, 'f');
          if (token.form !== 'jwt') return;
          expect((await verifySignature(raw, token, published(keys))).status).not.toBe('verified');
        },
      ),
      { numRuns: 200 },
    );
  });
});
