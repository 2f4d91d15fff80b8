import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GivenKeys } from '../../src/background/given-keys.ts';
import { certificateOf } from '../fixtures/certificate.ts';
import { signer } from '../fixtures/jwt.ts';
import { SessionStorage } from '../fixtures/session-storage.ts';

const browser = vi.hoisted(() => ({ storage: { session: {} } }));
vi.mock('webextension-polyfill', () => ({ default: browser }));

const ISSUER = 'https://login.example';
const SECRET = 'a secret of more octets than its hash has';

let storage: SessionStorage;

beforeEach(() => {
  storage = new SessionStorage();
  browser.storage.session = storage;
});

/** What is given is there again after the background's sleep, as far as it was kept. */
async function slept(): Promise<GivenKeys> {
  await storage.settled();
  const woken = new GivenKeys();
  woken.restore(await storage.get(null));
  return woken;
}

describe('keys that a person gave', () => {
  it('are there after the background’s sleep: of an issuer, and of tokens that name none', async () => {
    const [own, nameless] = await Promise.all([signer('ES256', null), signer('RS256', null)]);
    const given = new GivenKeys();
    expect(given.giveKeys(ISSUER, certificateOf(own))).toBeNull();
    expect(given.giveKeys(null, JSON.stringify(nameless.publicJwk))).toBeNull();
    const woken = await slept();
    expect(woken.keySet(ISSUER)).toEqual({ keys: [own.publicJwk] });
    expect(woken.keySet(null)).toEqual({ keys: [nameless.publicJwk] });
    expect(woken.has('https://other.example')).toBe(false);
  });

  it('are not taken where they are none: what was given before stays', async () => {
    const own = await signer('ES256', null);
    const given = new GivenKeys();
    given.giveKeys(ISSUER, JSON.stringify(own.publicJwk));
    expect(given.giveKeys(ISSUER, 'nonsense')).toMatch(/neither a JWK Set/);
    expect(given.keySet(ISSUER)).toEqual({ keys: [own.publicJwk] });
  });

  it('that something else wrote are left out', async () => {
    await storage.set({ 'g:https://login.example': { issuer: ISSUER, keySet: { keys: 'none' } }, 'g:': 7 });
    expect((await slept()).has(ISSUER)).toBe(false);
  });

  it('hold where the storage is full', async () => {
    browser.storage.session = { set: () => Promise.reject(new Error('full')) };
    const own = await signer('ES256', null);
    const given = new GivenKeys();
    expect(given.giveKeys(ISSUER, JSON.stringify(own.publicJwk))).toBeNull();
    expect(given.has(ISSUER)).toBe(true);
  });
});

describe('a secret that a person gave', () => {
  it('is forgotten when the background sleeps: it is written nowhere', async () => {
    const given = new GivenKeys();
    expect(given.giveSecret(ISSUER, SECRET, 'text')).toBeNull();
    expect(given.secret(ISSUER)).toEqual(new TextEncoder().encode(SECRET));
    expect(given.secret(null)).toBeNull();
    const woken = await slept();
    expect(woken.has(ISSUER)).toBe(false);
    expect(storage.items.size).toBe(0);
  });

  it('is not taken where it is a key', () => {
    const given = new GivenKeys();
    expect(given.giveSecret(ISSUER, '{"kty":"RSA"}', 'text')).toMatch(/it is a key, not a secret/);
    expect(given.has(ISSUER)).toBe(false);
  });
});
