import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionStore } from '../../src/background/session-store.ts';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { fingerprint } from '../../src/core/syntax/fingerprint.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';
import { SessionStorage } from '../fixtures/session-storage.ts';

const browser = vi.hoisted(() => ({ storage: { session: {} } }));
vi.mock('webextension-polyfill', () => ({ default: browser }));

const TOKEN = jwt(
  { alg: 'RS256' },
  { iss: 'https://login.example', aud: 'https://api.example', scope: 'read' },
);

let storage: SessionStorage;

beforeEach(() => {
  storage = new SessionStorage();
  browser.storage.session = storage;
});

/** An audit with its store, as the background holds them. */
async function awake(): Promise<{ audit: Audit; store: SessionStore; see: (one: HttpExchange) => void }> {
  const audit = new Audit();
  const store = new SessionStore(audit, 0);
  await store.restore();
  return { audit, store, see: (one) => store.save(audit.observe(one)) };
}

/** Lets a store with a pause of 100 ms save one exchange after the other, while time stands still but for `pass`. */
async function counting(
  run: (store: {
    readonly see: (one: HttpExchange) => Promise<void>;
    readonly pass: () => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  vi.useFakeTimers();
  try {
    const audit = new Audit();
    const store = new SessionStore(audit, 100);
    await run({
      async see(one) {
        store.save(audit.observe(one));
        await storage.settled();
      },
      async pass() {
        await vi.advanceTimersByTimeAsync(100);
        await storage.settled();
      },
    });
  } finally {
    vi.useRealTimers();
  }
}

function call(token: string, told: Partial<HttpExchange> = {}): HttpExchange {
  return exchange({ url: 'https://api.example/things', requestHeaders: bearer(token), ...told });
}

/** A token of that many characters. */
function long(length: number, n: number): string {
  return jwt({ alg: 'RS256' }, { iss: 'https://login.example', n, pad: 'x'.repeat(length * 0.75) });
}

function unseen(audit: Audit, reason: string): number {
  return audit.coverage(1).unseen.find((one) => one.reason === reason)?.count ?? 0;
}

describe('over the background’s sleep', () => {
  it('exchanges, tokens, signatures, lessons and counts are kept', async () => {
    const { audit, store, see } = await awake();
    see(call(TOKEN));
    see(
      exchange({
        ...{ url: 'https://login.example/token', method: 'POST', witness: 'devtools', tab: 1 },
        requestBody: form({ grant_type: 'refresh_token', client_id: 'the-app' }),
        response: json({ access_token: TOKEN, token_type: 'Bearer' }),
      }),
    );
    audit.unseen('body_too_large', 2);
    store.save(audit.setSignature(fingerprint(TOKEN), { status: 'verified', keyId: 'k1' }));
    await storage.settled();
    const again = await awake();
    expect(again.audit.rows(1)).toEqual(audit.rows(1));
    expect([...again.audit.ids()].map((id) => again.audit.detail(id))).toEqual(
      [...audit.ids()].map((id) => audit.detail(id)),
    );
    expect(again.audit.coverage(1)).toEqual(audit.coverage(1));
  });

  it('what servers said of the time is kept: the same token does not expire by waking', async () => {
    const { audit, store, see } = await awake();
    const token = jwt({ alg: 'RS256' }, { iss: 'https://login.example', exp: AT / 1_000 + 600 });
    see(call(token));
    store.save(audit.clock('https://login.example', AT + 3_600_000, AT));
    await storage.settled();
    const again = await awake();
    const outcome = ({ audit: of }: { readonly audit: Audit }) => of.rows(1).map(({ failed }) => failed);
    expect(outcome({ audit })).toEqual([['expired-token']]);
    expect(outcome(again)).toEqual([['expired-token']]);
    expect(again.audit.knowledge.clock.servers).toBe(1);

    again.store.save(again.audit.clock('https://api.example', AT, AT));
    await storage.settled();
    expect(outcome(await awake())).toEqual([[]]);
  });

  it('what is kept of the time and can’t be read is left out', async () => {
    for (const clock of ['late', {}, [['https://a.example', 'late']], [[7, 7]]]) {
      await storage.set({ clock });
      expect((await awake()).audit.knowledge.clock).toMatchObject({ skewMs: 0, servers: 0 });
    }
  });

  it('lessons of the next time stand beside those of the last', async () => {
    const teach = (n: number) =>
      exchange({ url: `https://l${n}.example/?client_id=a&response_type=code`, destination: 'document' });
    for (const n of [1, 2, 3]) {
      const { see } = await awake();
      see(teach(n));
      await storage.settled();
    }
    const { audit } = await awake();
    for (const n of [1, 2, 3]) expect(audit.knowledge.isServerOrigin(`https://l${n}.example`)).toBe(true);
  });

  it('what can’t be read any more is left out and counted once, not at each waking', async () => {
    const { see } = await awake();
    see(call(TOKEN));
    await storage.settled();
    storage.items.set('x:old', '{"id":7}');
    storage.items.set('t:old', '"raw"');
    storage.items.set('l:1', '{"learned":"rumour"}');
    for (const _waking of [1, 2, 3]) {
      const { audit } = await awake();
      await storage.settled();
      expect(unseen(audit, 'internal_error')).toBe(3);
      expect(audit.rows(1)).toHaveLength(1);
    }
  });

  it('a raw token that was lost is counted once, not at each waking', async () => {
    const { see } = await awake();
    see(call(TOKEN));
    await storage.settled();
    storage.items.delete(`t:${fingerprint(TOKEN)}`);
    for (const _waking of [1, 2, 3]) {
      const { audit } = await awake();
      await storage.settled();
      expect(unseen(audit, 'raw_token_forgotten')).toBe(1);
    }
  });

  it('an empty session writes nothing', async () => {
    await awake();
    await storage.settled();
    expect(storage.writes).toBe(0);
  });

  it('what others keep there stays', async () => {
    await storage.set({ 'observed-tabs': [1] });
    const { audit, store, see } = await awake();
    see(call(TOKEN));
    await store.forget(audit.forget(1));
    await storage.settled();
    expect(await storage.get('observed-tabs')).toEqual({ 'observed-tabs': [1] });
  });
});

describe('writing', () => {
  it('what comes while a write is under way goes in one', async () => {
    const { see } = await awake();
    for (let n = 0; n < 500; n++) see(call(TOKEN, { id: `w${n}` }));
    await storage.settled();
    expect(storage.writes).toBeLessThan(5);
    expect((await awake()).audit.rows(1)).toHaveLength(500);
  });

  it('what is new or wrong is written at once, until too much comes in a second; then it is gathered, and none is lost', async () => {
    await counting(async ({ see, pass }) => {
      for (let n = 0; n < 20; n++) await see(call(long(10, n)));
      expect(storage.writes).toBe(20);
      for (let n = 20; n < 200; n++) await see(call(long(10, n)));
      expect(storage.writes).toBeLessThan(22);
      await pass();
      expect((await awake()).audit.rows(1)).toHaveLength(200);
    });
  });

  it('what only repeats what is known is gathered, until something wrong comes', async () => {
    await counting(async ({ see, pass }) => {
      for (let n = 0; n < 100; n++) await see(call(TOKEN));
      const gathered = storage.writes;
      expect(gathered).toBeLessThan(4);
      await see(call(TOKEN, { url: 'http://api.example/in-the-clear' }));
      expect(storage.writes).toBe(gathered + 1);
      expect((await awake()).audit.rows(1)).toHaveLength(101);
      for (let n = 0; n < 100; n++) await see(call(TOKEN));
      await pass();
      expect((await awake()).audit.rows(1)).toHaveLength(201);
    });
  });

  it('a write that the browser refuses is counted and does not end the writing', async () => {
    const { audit, see } = await awake();
    const set = vi.spyOn(storage, 'set').mockRejectedValueOnce(new Error('QuotaExceededError'));
    // An exchange, its token, and the lesson that the token's audience is a place.
    see(call(TOKEN, { id: 'refused' }));
    await vi.waitFor(() => expect(unseen(audit, 'log_full')).toBe(3));
    see(call(TOKEN, { id: 'taken' }));
    await vi.waitFor(() => expect(set).toHaveBeenCalledTimes(2));
    await storage.settled();
    expect((await awake()).audit.rows(1).map(({ id }) => id)).toEqual(['taken']);
  });
});

describe('forgetting', () => {
  it('takes the raw tokens out of what is kept', async () => {
    const { audit, store, see } = await awake();
    see(call(TOKEN));
    await storage.settled();
    await store.forget(audit.forget(1));
    await storage.settled();
    expect([...storage.items.values()].join()).not.toContain(TOKEN);
    expect((await awake()).audit.rows(1)).toEqual([]);
  });

  it('while a write waits, what was forgotten is not written after all', async () => {
    const { audit, store, see } = await awake();
    let open = (): void => undefined;
    storage.gate = new Promise((resolve) => {
      open = resolve;
    });
    // More than fits, so that room must be made before the write.
    for (let n = 0; n < 150; n++) see(call(long(60_000, n), { id: `w${n}` }));
    see(call(TOKEN, { id: 'last' }));
    const forgotten = store.forget(audit.forget(1));
    open();
    storage.gate = null;
    await forgotten;
    await storage.settled();
    expect([...storage.items.keys()].filter((key) => /^[xt]:/.test(key))).toEqual([]);
  });
});

describe('more than the browser holds', () => {
  it('the oldest exchanges give way, the newest stay, and what gave way is counted', async () => {
    const { audit, see } = await awake();
    for (let n = 0; n < 200; n++) {
      see(call(long(60_000, n), { id: `w${n}`, at: AT + n }));
      if (n % 10 === 0) await storage.settled();
    }
    await storage.settled();
    expect(storage.peak).toBeLessThan(10_485_760);
    const again = await awake();
    const kept = again.audit.rows(1).map(({ id }) => id);
    expect(kept.length).toBeGreaterThan(60);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => `w${200 - kept.length + n}`));
    expect(unseen(audit, 'log_full')).toBe(200 - kept.length);
    expect(unseen(again.audit, 'raw_token_forgotten')).toBe(0);
  });

  it('a burst of more than there is room for keeps the newest too', async () => {
    const { see } = await awake();
    for (let n = 0; n < 200; n++) see(call(long(60_000, n), { id: `w${n}`, at: AT + n }));
    await storage.settled();
    const { audit } = await awake();
    expect(audit.rows(1).length).toBeGreaterThan(60);
    expect(audit.rows(1).at(-1)?.id).toBe('w199');
  });

  it('a page that teaches without end takes nobody’s place: its oldest lessons give way', async () => {
    const { audit, store, see } = await awake();
    see(call(TOKEN));
    for (let n = 0; n < 6_000; n++) {
      const url = `https://login.example/${'x'.repeat(1_500)}/${n}`;
      store.save(audit.learn([{ learned: 'endpoint', role: 'token_endpoint', url, learnedFrom: 'w1' }]));
      if (n % 500 === 0) await storage.settled();
    }
    await storage.settled();
    expect(storage.peak).toBeLessThan(5_000_000);
    const lessons = [...storage.items.keys()].filter((key) => key.startsWith('l:')).length;
    expect(unseen(audit, 'log_full')).toBeGreaterThanOrEqual(6_000 - lessons);
    expect((await awake()).audit.rows(1)).toHaveLength(1);
  });

  it('a token that is still in use stays, however old it is, also when the background slept meanwhile', async () => {
    let background = await awake();
    for (let n = 0; n < 200; n++) {
      background.see(call(TOKEN, { id: `used${n}`, at: AT + n, url: 'https://api.example/me' }));
      background.see(call(long(60_000, n), { id: `w${n}`, at: AT + n }));
      if (n % 50 === 0) {
        await storage.settled();
        background = await awake();
      }
    }
    await storage.settled();
    const { audit } = await awake();
    expect(audit.row('used199')?.kinds).toEqual(['access_token']);
    expect(unseen(audit, 'raw_token_forgotten')).toBe(0);
  });
});
