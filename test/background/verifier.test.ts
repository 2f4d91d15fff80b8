import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Verifier } from '../../src/background/verifier.ts';
import { Audit, type AuditChange } from '../../src/core/audit.ts';
import type { SignatureState } from '../../src/core/model/token.ts';
import { fingerprint } from '../../src/core/syntax/fingerprint.ts';
import type { IssuerKeys, KeySource } from '../../src/core/verify/key-source.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { type Signer, signer } from '../fixtures/jwt.ts';

const ISSUER = 'https://login.example';

let key: Signer;
let audit: Audit;
let changes: AuditChange[];
let asked: [string, string | null][];

beforeAll(async () => {
  key = await signer('ES256', 'k1');
});

beforeEach(() => {
  audit = new Audit();
  changes = [];
  asked = [];
});

function found(): IssuerKeys {
  const metadata = {
    issuer: ISSUER,
    jwksUri: `${ISSUER}/jwks`,
    endpoints: [{ role: 'userinfo_endpoint', url: `${ISSUER}/me` } as const],
  };
  return { status: 'found', metadata, keySet: { keys: [key.publicJwk] } };
}

function verifier(keysOf: () => Promise<IssuerKeys>): Verifier {
  const source: KeySource = {
    keysOf: (issuer, keyId) => {
      asked.push([issuer, keyId]);
      return keysOf();
    },
  };
  return new Verifier(audit, source, (change) => changes.push(change));
}

function login(): void {
  audit.observe(exchange({ url: `${ISSUER}/auth?client_id=a&response_type=code`, destination: 'document' }));
}

async function send(claims: { sub: string; iss?: string }): Promise<string> {
  const raw = await key.sign({}, { iss: ISSUER, ...claims });
  audit.observe(exchange({ url: 'https://api.example/', requestHeaders: bearer(raw) }));
  return raw;
}

function signature(raw: string): SignatureState | undefined {
  return audit.tokenRecord(fingerprint(raw))?.signature;
}

describe('Verifier', () => {
  it('asks the issuer for the key that the token names, once, and tells what changed', async () => {
    login();
    const raw = await send({ sub: 'ada' });
    const working = verifier(async () => found());
    await Promise.all([working.verifyPending(), working.verifyPending()]);
    await working.verifyPending();
    expect(asked).toEqual([[ISSUER, 'k1']]);
    expect(signature(raw)).toMatchObject({ status: 'verified', keyId: 'k1' });
    expect(changes.flatMap(({ lessons }) => lessons.map(({ learned }) => learned))).toEqual(['metadata']);
    expect(changes.at(-1)?.tokens).toEqual(new Set([fingerprint(raw)]));
  });

  it('what the issuer publishes of itself is learned too', async () => {
    login();
    await send({ sub: 'ada' });
    await verifier(async () => found()).verifyPending();
    expect(audit.knowledge.endpointRole(`${ISSUER}/me`)).toBe('userinfo_endpoint');
  });

  it('an issuer that the traffic does not show as a server is never asked: "iss" is the attacker’s', async () => {
    login();
    const raw = await send({ sub: 'ada', iss: 'https://evil.example' });
    await verifier(async () => found()).verifyPending();
    expect(asked).toEqual([]);
    expect(signature(raw)).toMatchObject({ reason: 'issuer_not_approved' });
  });

  it('each distinct token is verified once, those that come meanwhile too', async () => {
    login();
    const [first, second] = [await send({ sub: 'ada' }), await send({ sub: 'bob' })];
    await send({ sub: 'carl' });
    const working = verifier(async () => found());
    const underWay = working.verifyPending();
    const late = await send({ sub: 'dora' });
    await Promise.all([underWay, working.verifyPending()]);
    expect(asked).toHaveLength(4);
    for (const raw of [first, second, late]) expect(signature(raw)?.status).toBe('verified');
  });

  it('an issuer that is away is the reason', async () => {
    login();
    const raw = await send({ sub: 'ada' });
    await verifier(async () => ({ status: 'unreachable', text: 'It slept.' })).verifyPending();
    expect(signature(raw)).toEqual({
      status: 'unverifiable',
      reason: 'issuer_unreachable',
      text: 'It slept.',
    });
  });

  it('a source of keys that fails stops nobody', async () => {
    login();
    const raw = await send({ sub: 'ada' });
    await verifier(() => Promise.reject(new Error('a bug'))).verifyPending();
    expect(signature(raw)).toMatchObject({
      status: 'unverifiable',
      text: 'Checking it failed: Error: a bug',
    });
  });

  it('a token that was forgotten while its keys were fetched changes nothing', async () => {
    login();
    await send({ sub: 'ada' });
    let answer = (_keys: IssuerKeys): void => undefined;
    const keys = new Promise<IssuerKeys>((resolve) => {
      answer = resolve;
    });
    const done = verifier(() => keys).verifyPending();
    audit.forget(1);
    answer(found());
    await done;
    expect(changes.at(-1)).toMatchObject({ exchanges: new Set(), tokens: new Set() });
  });
});
