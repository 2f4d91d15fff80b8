import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Verifier } from '../../src/background/verifier.ts';
import { Audit, type AuditChange } from '../../src/core/audit.ts';
import type { PublicJwk } from '../../src/core/model/knowledge.ts';
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

  describe('keys that come later', () => {
    let due: (() => void)[];
    let published: PublicJwk[];
    let askedAt: number;

    beforeEach(() => {
      due = [];
      published = [];
      askedAt = 0;
    });

    function later(): Verifier {
      const source: KeySource = {
        keysOf: async (issuer, keyId) => {
          asked.push([issuer, keyId]);
          const metadata = { issuer: ISSUER, jwksUri: null, endpoints: [] };
          return { status: 'found', metadata, keySet: { keys: published }, askedAt };
        },
      };
      return new Verifier(audit, source, (change) => changes.push(change), {
        after: (_ms, callback) => {
          due.push(callback);
          return () => undefined;
        },
      });
    }

    async function timePasses(): Promise<void> {
      askedAt += 60_000;
      const [next] = due.splice(0);
      next?.();
      await vi.waitFor(() => expect(due.length + changes.length).toBeGreaterThan(0));
    }

    it('are found by every token of the issuer that waits, in one look', async () => {
      login();
      const [first, second] = [await send({ sub: 'ada' }), await send({ sub: 'bob' })];
      const working = later();
      await working.verifyPending();
      for (const raw of [first, second]) expect(signature(raw)).toMatchObject({ reason: 'no_matching_key' });
      expect(due).toHaveLength(1);
      published = [key.publicJwk];
      await timePasses();
      await vi.waitFor(() => {
        for (const raw of [first, second]) expect(signature(raw)?.status).toBe('verified');
      });
    });

    it('are looked for a few times only', async () => {
      login();
      await send({ sub: 'ada' });
      await later().verifyPending();
      let looks = 0;
      for (; due.length > 0 && looks < 20; looks++) await timePasses();
      expect(looks).toBe(5);
    });

    it('under a name that was used before take back what was called invalid', async () => {
      login();
      const raw = await send({ sub: 'ada' });
      const old = await signer('ES256', 'k1');
      published = [old.publicJwk];
      await later().verifyPending();
      expect(signature(raw)?.status).toBe('invalid');
      published = [key.publicJwk];
      await timePasses();
      await vi.waitFor(() => expect(signature(raw)?.status).toBe('verified'));
    });
  });

  it('who is told and fails says nothing of the token: it is counted', async () => {
    login();
    const raw = await send({ sub: 'ada' });
    const source: KeySource = { keysOf: async () => found() };
    await new Verifier(audit, source, () => {
      throw new Error('The panel is gone.');
    }).verifyPending();
    expect(signature(raw)?.status).toBe('verified');
    expect(audit.coverage(null).unseen).toEqual([{ reason: 'internal_error', count: 2 }]);
  });
});
