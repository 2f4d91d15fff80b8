import { exportPKCS8, exportSPKI } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Surroundings } from '../../src/cli/run.ts';
import type { KeySource } from '../../src/core/verify/key-source.ts';
import { certificateOf } from '../fixtures/certificate.ts';
import { harEntry, harFile, harJson } from '../fixtures/har.ts';
import { jwt, type Signer, signer } from '../fixtures/jwt.ts';
import { AT, access, aud, call, discovery, file, ISSUER, LAB, login, published, report } from './command.ts';

describe('keys', () => {
  let own: Signer;
  let other: Signer;
  let token = '';
  beforeAll(async () => {
    own = await signer('ES256', 'k1');
    other = await signer('ES256', 'k1');
    token = await own.sign({ typ: 'at+jwt' }, access());
  });

  const state = async (
    entries: readonly object[],
    argv: readonly string[] = [],
    world: Partial<Surroundings> = {},
  ) => {
    const har = await file('keys.har', harFile(entries));
    const { tokens } = await report([har, ...argv], world);
    const [first] = tokens;
    return `${first?.signature.status} ${first?.signature.reason ?? ''}`.trim();
  };
  const jwks = (value: object) => file('jwks.json', JSON.stringify(value));

  it('of a JWK Set that was given verify, also where the traffic shows no login', async () => {
    const keys = ['--jwks', await jwks({ keys: [own.publicJwk] })];
    expect(await state([call(token)], keys)).toBe('verified');
    expect(await state([call(await other.sign({ typ: 'at+jwt' }, access()))], keys)).toMatch(/^invalid/);
  });

  it.each([
    ['a certificate', (one: Signer) => certificateOf(one)],
    ['a public key in PEM', (one: Signer) => exportSPKI(one.pair.publicKey)],
    [
      'several of both, with text around',
      async (one: Signer) =>
        `subject=CN = other\n${certificateOf(other)}\n${await exportSPKI(one.pair.publicKey)}`,
    ],
  ])('of %s verify', async (_what, written) => {
    const given = async (one: Signer) => ['--jwks', await file('keys.pem', await written(one))];
    expect(await state([call(token)], await given(own))).toBe('verified');
    const foreign = await own.sign({ typ: 'at+jwt', kid: 'k2' }, access());
    expect(await state([call(foreign)], await given(other))).toMatch(/^unverifiable no_matching_key/);
  });

  it('that were given and did not make a signature leave it open: they have no name', async () => {
    const pem = ['--jwks', await file('other.pem', certificateOf(other))];
    expect(await state([call(token)], pem)).toBe('unverifiable no_matching_key');
  });

  it.each([
    [
      'a private key',
      async () => exportPKCS8(own.pair.privateKey),
      'it is a private key: keep it to yourself, and give the public one',
    ],
    [
      'a request for a certificate',
      async () => '-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n',
      'it holds a CERTIFICATE REQUEST, not a public key or a certificate',
    ],
    [
      'a certificate of nothing',
      async () => '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n',
      "its CERTIFICATE can't be read as an RSA, EC (P-256, P-384, P-521) or Ed25519 key",
    ],
    [
      'a certificate without its end',
      async () => certificateOf(own).replace(/-----END.*/s, ''),
      'its PEM is not complete: BEGIN and END must both be there',
    ],
  ])('in PEM that are none: %s', async (_what, written, what) => {
    const path = await file('bad.pem', await written());
    const { status, complaints } = await aud(['audit', LAB, '--jwks', path]);
    expect({ status, complaints }).toEqual({ status: 2, complaints: [`aud-it: ${path}: ${what}`] });
  });

  it('by issuer are used for that issuer alone', async () => {
    expect(await state([call(token)], ['--jwks', await jwks({ [ISSUER]: { keys: [own.publicJwk] } })])).toBe(
      'verified',
    );
    const elsewhere = { 'https://other.example': { keys: [own.publicJwk] } };
    expect(await state([call(token)], ['--jwks', await jwks(elsewhere)])).toBe(
      'unverifiable issuer_not_approved',
    );
  });

  it('of one issuer say nothing of another’s tokens', async () => {
    const foreign = jwt({ alg: 'ES256', kid: 'k9', typ: 'at+jwt' }, access({ iss: 'https://other.example' }));
    const keys = ['--jwks', await jwks({ keys: [own.publicJwk] })];
    expect(await state([call(foreign), call(token)], keys)).toBe('unverifiable issuer_not_approved');
  });

  it('that were recorded verify, where recorded metadata names their place', async () => {
    expect(await state([call(token), discovery(), published([own.publicJwk])])).toBe('verified');
    expect(await state([call(token), discovery(), published([{ ...other.publicJwk, kid: 'k2' }])])).toBe(
      'unverifiable no_matching_key',
    );
  });

  it('that were recorded somewhere else verify nothing', async () => {
    expect(await state([call(token), published([own.publicJwk])])).toBe('unverifiable issuer_not_approved');
    const forged = harEntry({
      url: 'https://evil.example/jwks',
      at: AT,
      response: harJson({ keys: [own.publicJwk] }),
    });
    expect(await state([call(token), discovery(), forged])).toBe('unverifiable issuer_unreachable');
  });

  it('are fetched with --online alone, and of servers that the traffic shows alone', async () => {
    const asked: string[] = [];
    const metadata = { issuer: ISSUER, jwksUri: `${ISSUER}/jwks`, endpoints: [] };
    const source: KeySource = {
      keysOf: async (issuer) => {
        asked.push(issuer);
        return { status: 'found', metadata, keySet: { keys: [own.publicJwk] } };
      },
    };
    const world = { online: () => source };
    expect(await state([call(token), login()], [], world)).toBe('unverifiable issuer_unreachable');
    expect(await state([call(token)], ['--online'], world)).toBe('unverifiable issuer_not_approved');
    expect(asked).toEqual([]);
    expect(await state([call(token), login()], ['--online'], world)).toBe('verified');
    expect(asked).toEqual([ISSUER]);
  });

  it('that are no longer published say nothing against an old recording', async () => {
    const metadata = { issuer: ISSUER, jwksUri: `${ISSUER}/jwks`, endpoints: [] };
    const keySet = { keys: [{ ...own.publicJwk, kid: 'k2' }] };
    const online = (): KeySource => ({ keysOf: async () => ({ status: 'found', metadata, keySet }) });
    expect(await state([call(token), login()], ['--online'], { online })).toBe(
      'unverifiable issuer_unreachable',
    );
    const now = () => Date.parse(AT) + 60_000;
    expect(await state([call(token), login()], ['--online'], { online, now })).toBe(
      'unverifiable no_matching_key',
    );
  });

  it.each([
    ['not json', 'it is no JSON (or nested too deeply)'],
    ['[]', 'it is neither a JWK Set nor an object of them'],
    ['{}', 'it holds no key'],
    ['{"keys":[]}', 'its "keys" hold no public key for signatures'],
    [
      '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}',
      'its keys are secrets ("oct"), not public keys: a secret is given as such',
    ],
    ['{"https://a.example":7}', 'what stands at "https://a.example" is no JWK Set ({"keys": […]})'],
  ])('a file of keys that is none: %s', async (text, what) => {
    const path = await file('bad-keys.json', text);
    const { status, complaints, out } = await aud(['audit', LAB, '--jwks', path]);
    expect({ status, complaints, out }).toEqual({
      status: 2,
      complaints: [`aud-it: ${path}: ${what}`],
      out: '',
    });
  });
});
