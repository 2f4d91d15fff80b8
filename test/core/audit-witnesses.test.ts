import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const URL_ = 'https://api.example/things';
const TOKEN = jwt({ alg: 'RS256' }, { iss: ISSUER, sub: 'ada', aud: 'the-app', exp: AT / 1000 + 3600 });
const OTHER = jwt({ alg: 'RS256' }, { iss: ISSUER, sub: 'bob', aud: 'the-app', exp: AT / 1000 + 3600 });

/** As webRequest tells of it, when it leaves. */
function sent(id: string, at: number, told: Partial<HttpExchange> = {}): HttpExchange {
  return exchange({ id, at: AT + at, url: URL_, requestHeaders: bearer(TOKEN), ...told });
}

/** As DevTools tell of it, when its answer ended: `tookMs` after it began. */
function listed(id: string, at: number, told: Partial<HttpExchange> = {}, tookMs = 20): HttpExchange {
  const response = { ...json({}, 401), ...told.response, tookMs };
  return { ...sent(id, at, told), witness: 'devtools', response };
}

function seen(audit: Audit): readonly [readonly string[], number] {
  return [audit.rows(1).map(({ id }) => id), audit.coverage(1).exchanges];
}

describe('what was not seen', () => {
  const hidden = { form: 'unseen', reason: 'body_not_available' } as const;
  const large = { form: 'unseen', reason: 'body_too_large' } as const;
  const plain = { requestHeaders: [], method: 'POST' };

  it('by the second witness alone is counted, though nothing was kept of the request', () => {
    const audit = new Audit();
    audit.observe(sent('w', 0, plain));
    audit.observe(listed('d', 3, { ...plain, requestBody: large }));
    expect(audit.coverage(1).unseen).toEqual([{ reason: 'body_too_large', count: 1 }]);
    expect(seen(audit)).toEqual([[], 1]);
  });

  it('by both is counted once, and what the second one knows better, too', () => {
    const audit = new Audit();
    audit.observe(sent('w', 0, { ...plain, requestBody: hidden }));
    audit.observe(listed('d', 3, { ...plain, requestBody: hidden }));
    expect(audit.coverage(1).unseen).toEqual([{ reason: 'body_not_available', count: 1 }]);
    audit.observe(sent('w2', 20_000, { ...plain, requestBody: hidden }));
    audit.observe(listed('d2', 20_003, { ...plain, requestBody: large }));
    audit.observe(listed('d3', 20_004, { ...plain, requestBody: large }));
    expect(audit.coverage(1).unseen).toEqual([
      { reason: 'body_not_available', count: 2 },
      { reason: 'body_too_large', count: 1 },
    ]);
  });
});

describe('DevTools tell first', () => {
  it('what webRequest tells then is the same request, under the id that it has', () => {
    const audit = new Audit();
    audit.observe(listed('d', 0));
    audit.observe(sent('w', 3));
    expect(seen(audit)).toEqual([['d'], 1]);
  });

  it('what is told under webRequest’s id then is told of it: an answer, a body', () => {
    const audit = new Audit();
    audit.observe(listed('d', 0));
    audit.observe(sent('w', 3));
    audit.answered('w', 403);
    expect(audit.row('d')?.status).toBe(403);
    audit.observe({ ...listed('w', 0), requestBody: form({ id_token: OTHER }) }, true);
    expect(seen(audit)).toEqual([['d'], 1]);
    expect(audit.row('d')?.locations).toEqual(['authorization_header', 'form_body']);
    audit.forget(1);
    expect(audit.answered('w', 500).exchanges.size).toBe(0);
  });

  it('a request that left when that one had ended is the next one', () => {
    const audit = new Audit();
    audit.observe(listed('d', 0, {}, 20));
    audit.observe(sent('w', 71));
    expect(seen(audit)).toEqual([['d', 'w'], 2]);
  });

  it('one that left later than it was listed, for it waited for a connection, is the same', () => {
    const audit = new Audit();
    audit.observe(listed('d', 0, {}, 4_000));
    audit.observe(sent('w', 3_900));
    expect(seen(audit)).toEqual([['d'], 1]);
  });

  it.each([
    ['another token', { requestHeaders: bearer(OTHER) }],
    ['another method', { method: 'POST' }],
    ['another URL', { url: `${URL_}?page=2` }],
  ])('with %s it is another request', (_, told) => {
    const audit = new Audit();
    audit.observe(listed('d', 0));
    audit.observe(sent('w', 3, told));
    expect(seen(audit)).toEqual([['d', 'w'], 2]);
  });

  it('a request that webRequest never tells of (no host permission) is there, once', () => {
    const audit = new Audit();
    audit.observe(listed('d', 0));
    audit.observe(listed('d2', 0));
    expect(seen(audit)).toEqual([['d'], 1]);
  });

  it('two of them in flight at once stay two, in whatever order they are told of', () => {
    const told = [sent('w1', 0), sent('w2', 5), listed('d1', 0, {}, 100), listed('d2', 4, {}, 90)];
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: 4 }), (order) => {
        const audit = new Audit();
        for (const one of order) audit.observe(one);
        expect(audit.rows(1)).toHaveLength(2);
        expect(audit.coverage(1).exchanges).toBe(2);
      }),
    );
  });

  it('the background sleeps in between: it is still the same', () => {
    const audit = new Audit();
    audit.observe(listed('d', 0));
    const kept = { lessons: [...audit.lessons()], counts: audit.counts() };
    const awake = new Audit();
    awake.restore({
      ...kept,
      tokens: [...audit.tokenNames()].flatMap((name) => audit.tokenRecord(name) ?? []),
      exchanges: [...audit.ids()].flatMap((id) => audit.record(id) ?? []),
    });
    awake.observe(sent('w', 15));
    awake.answered('w', 403);
    expect(seen(awake)).toEqual([['d'], 1]);
    expect(awake.row('d')?.status).toBe(403);
    // And again: what it told of once, it tells of no more.
    awake.observe(sent('w2', 15));
    expect(seen(awake)).toEqual([['d', 'w2'], 2]);
  });
});

describe('a request whose end is told after the background slept', () => {
  it('is known by its URL and by what its id begins with', () => {
    const audit = new Audit();
    audit.observe(sent('w70.1.1', 0));
    audit.observe(sent('w7.2.1', 0));
    audit.observe(sent('w8.3.1', 0));
    expect(audit.knownAs(sent('w7.9.1', 9), 'w7.')).toBe('w7.2.1');
    expect(audit.knownAs(sent('w7.9.1', 9, { url: `${URL_}?page=2` }), 'w7.')).toBeNull();
    expect(audit.knownAs(sent('w7.9.2', 9, { tab: 2 }), 'w7.')).toBeNull();
    expect(audit.knownAs(sent('w9.9.1', 9), 'w9.')).toBeNull();
  });
});

describe('a request of which webRequest showed nothing worth to be kept', () => {
  const login = (told: Partial<HttpExchange>): HttpExchange =>
    sent('w', 0, { url: 'https://app.example/login', method: 'POST', requestHeaders: [], ...told });
  const issued = json({ token_type: 'Bearer', access_token: TOKEN });

  it('is counted once, though DevTools show more', () => {
    const audit = new Audit();
    audit.observe(login({}));
    audit.observe(login({ id: 'd', at: AT - 3, witness: 'devtools', response: issued }));
    expect([...audit.ids()]).toEqual(['w']);
    expect(audit.coverage(1).exchanges).toBe(1);
    // Listed twice, by a service worker of the page.
    audit.observe(login({ id: 'd2', at: AT - 3, witness: 'devtools', response: issued }));
    expect([...audit.ids()]).toEqual(['w']);
    expect(audit.coverage(1).exchanges).toBe(1);
  });

  it('and DevTools neither, is counted once, in whatever order they tell', () => {
    const told = [
      login({}),
      login({ id: 'd', witness: 'devtools' }),
      login({ id: 'd2', witness: 'devtools' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: 3 }), (order) => {
        const audit = new Audit();
        for (const one of order) audit.observe(one);
        expect(audit.coverage(1).exchanges).toBe(1);
      }),
    );
  });

  it('and what is asked of DevTools for it is its answer, not another request', () => {
    const audit = new Audit();
    audit.observe(login({}));
    audit.observe(login({ witness: 'devtools', response: issued }), true);
    // The page logs in a second time at once.
    audit.observe(login({ id: 'w2', at: AT + 20 }));
    audit.observe(login({ id: 'w2', at: AT + 20, witness: 'devtools', response: issued }), true);
    expect([...audit.ids()]).toEqual(['w', 'w2']);
    expect(audit.coverage(1).exchanges).toBe(2);
  });

  it('is counted once, though the browser sends it anew by itself', () => {
    const audit = new Audit();
    audit.observe(login({}));
    audit.observe(login({ at: AT + 40 }));
    expect(audit.coverage(1).exchanges).toBe(1);
  });

  it('what of it was not seen is counted once', () => {
    const audit = new Audit();
    const unseen = { requestBody: { form: 'unseen', reason: 'body_too_large' } } as const;
    audit.observe(login(unseen));
    audit.observe(login({ ...unseen, id: 'd', witness: 'devtools' }));
    audit.observe(login({ ...unseen, witness: 'devtools' }), true);
    expect(audit.coverage(1).unseen).toEqual([{ reason: 'body_too_large', count: 1 }]);
  });

  it('refused, and sent again with a token: each witness’s word goes to its own', () => {
    const without = { requestHeaders: [] };
    const [first, second] = [sent('w1', 0, without), sent('w2', 40)];
    const challenge = { name: 'WWW-Authenticate', value: `Bearer resource_metadata="${URL_}/metadata"` };
    const refused = listed('d1', 0, { ...without, response: { ...json({}, 401), headers: [challenge] } });
    const answered = listed('d2', 40, { response: json({}, 200) });
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second, refused, answered], { minLength: 4 }), (order) => {
        // Each witness keeps to the order of the requests.
        fc.pre(order.indexOf(first) < order.indexOf(second));
        fc.pre(order.indexOf(refused) < order.indexOf(answered));
        const audit = new Audit();
        for (const one of order) audit.observe(one);
        expect(audit.coverage(1).exchanges).toBe(2);
        const rows = audit.rows(1);
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatchObject({ status: 200, locations: ['authorization_header'] });
      }),
    );
  });

  it('is remembered for as long as it can matter, and no more than some thousands are', () => {
    const audit = new Audit();
    for (let n = 0; n < 5_000; n++)
      audit.observe(login({ id: `w${n}`, url: `https://app.example/login?${n}` }));
    audit.observe(login({ id: 'd', url: 'https://app.example/login?4999', witness: 'devtools' }));
    expect(audit.coverage(1).exchanges).toBe(5_000);
    audit.observe(login({ id: 'd', url: 'https://app.example/login?0', witness: 'devtools' }));
    audit.observe(
      login({ id: 'e', url: 'https://app.example/login?4998', witness: 'devtools', at: AT + 10_001 }),
    );
    expect(audit.coverage(1).exchanges).toBe(5_002);
  });
});
