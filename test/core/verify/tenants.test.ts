/** An issuer of many tenants: its metadata and its keys name it with a template (`{tenantid}`). */
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { readKeySet, readMetadata } from '../../../src/core/syntax/metadata.ts';
import { KeyFetcher } from '../../../src/core/verify/key-fetcher.ts';
import { checkParties } from '../../../src/core/verify/party-checks.ts';
import { verifySignature } from '../../../src/core/verify/signature.ts';
import { type Signer, signer } from '../../fixtures/jwt.ts';
import { told } from './say.ts';

const ORIGIN = 'https://login.example';
const TEMPLATE = `${ORIGIN}/{tenantid}/v2.0`;
const place = (tenant: string) => `${ORIGIN}/${tenant}/v2.0/.well-known/openid-configuration`;
const document = { issuer: TEMPLATE, jwks_uri: `${ORIGIN}/common/keys` };

describe('metadata of many tenants', () => {
  it('is read at each tenant’s place, and at no other', () => {
    for (const tenant of ['a', 'common', '72f988bf-86f1-41af-91ab-2d7cd011db47'])
      expect(readMetadata(document, new URL(place(tenant)))?.issuer).toBe(TEMPLATE);
    for (const elsewhere of [
      `${ORIGIN}/.well-known/openid-configuration`,
      `${ORIGIN}/a/b/v2.0/.well-known/openid-configuration`,
      `${ORIGIN}/.well-known/oauth-authorization-server/a/v2.0`,
      'https://evil.example/a/v2.0/.well-known/openid-configuration',
    ])
      expect(readMetadata(document, new URL(elsewhere))).toBeNull();
  });

  it('is not believed where it leaves open whose it is', () => {
    for (const issuer of [
      'https://{tenantid}',
      'https://{tenantid}/v2.0',
      '{tenantid}',
      'https://evil.example/{tenantid}/v2.0',
    ])
      expect(readMetadata({ ...document, issuer }, new URL(place('a')))).toBeNull();
  });

  it('counts for each tenant, once it is known', () => {
    const known = new Knowledge();
    const metadata = readMetadata(document, new URL(place('common')));
    if (metadata === null) throw new Error('The test’s own metadata is none.');
    known.add({ learned: 'metadata', metadata, learnedFrom: null });
    expect(known.metadata(`${ORIGIN}/b/v2.0`)?.issuer).toBe(TEMPLATE);
    expect(known.mayAsk(`${ORIGIN}/b/v2.0`)).toBe('granted');
    for (const other of ['https://evil.example/b/v2.0', `${ORIGIN}/b/c/v2.0`, `${ORIGIN}/b`])
      expect(known.metadata(other)).toBeNull();
  });
});

describe('a tenant’s token', () => {
  async function said(claims: JsonObject, publish: (key: Signer) => object): Promise<readonly string[]> {
    const own = await signer('ES256', 'k1');
    const asked: string[] = [];
    const fetcher = new KeyFetcher(
      async (input) => {
        const url = String(input);
        asked.push(url);
        return Response.json(url.endsWith('/keys') ? { keys: [publish(own)] } : document);
      },
      () => 0,
    );
    const token = decode(await own.sign({}, claims), 'f');
    if (token.form !== 'jwt') throw new Error('The test’s own token is none.');
    const keys = await fetcher.keysOf(String(claims['iss']), 'k1');
    expect(asked[0]).toBe(`${String(claims['iss'])}/.well-known/openid-configuration`);
    const raw = await own.sign({}, claims);
    const classification = { kind: 'access_token', confidence: 'strong', evidence: [] } as const;
    const metadata = keys.status === 'found' ? keys.metadata : null;
    const [iss] = checkParties({ ...token, classification }, { metadata, isClientOf: () => false });
    return [told(await verifySignature(raw, token, keys)), `${iss?.outcome}: ${iss?.text}`];
  }
  const iss = `${ORIGIN}/a/v2.0`;
  const plain = ({ publicJwk }: Signer) => publicJwk;

  it('is verified with the keys of all, and said to be one of many', async () => {
    expect(await said({ iss, tid: 'a' }, plain)).toEqual([
      'verified',
      `passed: "${iss}": a tenant of "${TEMPLATE}", as its metadata says.`,
    ]);
    expect(await said({ iss }, plain)).toEqual(['verified', expect.stringContaining('passed')]);
  });

  it('whose "tid" is another tenant is nobody’s', async () => {
    expect(await said({ iss, tid: 'b' }, plain)).toEqual([
      'unverifiable: issuer_mismatch',
      `failed: "${iss}", but its metadata says "${TEMPLATE}".`,
    ]);
  });

  it('is verified only with keys that are its tenant’s, where they say whose they are', async () => {
    const of =
      (issuer: string) =>
      ({ publicJwk }: Signer) => ({ ...publicJwk, issuer });
    expect(readKeySet({ keys: [{ kty: 'EC', issuer: TEMPLATE }] })?.keys).toEqual([
      { kty: 'EC', issuer: TEMPLATE },
    ]);
    expect((await said({ iss, tid: 'a' }, of(TEMPLATE)))[0]).toBe('verified');
    expect((await said({ iss, tid: 'a' }, of(iss)))[0]).toBe('verified');
    expect((await said({ iss, tid: 'a' }, of(`${ORIGIN}/b/v2.0`)))[0]).toBe('unverifiable: no_matching_key');
  });
});
