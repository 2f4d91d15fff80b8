import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import type { Passport } from '../../../src/core/model/passport.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { AT } from '../../fixtures/case.ts';
import {
  ACCESS_TOKEN,
  asked,
  auditOf,
  call,
  exchanged,
  ID_TOKEN,
  RENEWED_TOKEN,
  renewed,
  returned,
  TRACKER,
} from '../../fixtures/login.ts';

function passportOf(exchanges: readonly HttpExchange[], id: string): Passport | undefined {
  return auditOf(exchanges).detail(id)?.tokens[0]?.passport;
}

const LOGIN = [asked(), returned(), exchanged()];

describe('a token’s passport', () => {
  it('says as what it was issued, and how often it went to each host with which verdict', () => {
    const first = call(ID_TOKEN);
    const passport = passportOf(
      [...LOGIN, first, { ...call(ID_TOKEN), at: AT + 50 }, call(ID_TOKEN, `${TRACKER}/collect`)],
      first.id,
    );
    expect(passport).toMatchObject({ issuedAs: 'id_token', replaces: null, replacedBy: null, hostsTotal: 2 });
    expect(passport?.hosts).toMatchObject([
      {
        host: 'api.shop.example',
        count: 2,
        verdicts: [{ verdict: 'error', count: 2 }],
        row: first.id,
        lastAt: AT + 50,
      },
      { host: 'collector.tracker.example', count: 1, role: 'third_party' },
    ]);
  });

  it('says which token a refresh put in its place, and whose place it took', () => {
    const [before, after] = [call(ACCESS_TOKEN), call(RENEWED_TOKEN)];
    const refresh = renewed();
    const flow = [...LOGIN, before, refresh, after];
    expect(passportOf(flow, before.id)?.replacedBy).toMatchObject({
      token: fingerprint(RENEWED_TOKEN),
      place: { path: '/token', method: 'POST' },
    });
    expect(passportOf(flow, after.id)?.replaces).toMatchObject({ token: fingerprint(ACCESS_TOKEN) });
  });

  it('holds a token for another resource for no renewal', () => {
    const other = renewed({
      requestBody: { form: 'fields', fields: renewedFields('https://orders.shop.example') },
    });
    const use = call(ACCESS_TOKEN);
    expect(passportOf([...LOGIN, use, other], use.id)?.replacedBy).toBeNull();
  });

  it('counts a request once that two witnesses tell of', () => {
    const [first, second] = [call(ID_TOKEN), call(ID_TOKEN, `${TRACKER}/collect`)];
    const again = { ...first, id: 'd1', witness: 'devtools' } as const;
    const audit = auditOf([...LOGIN, first, second, again]);
    expect(audit.detail(first.id)?.tokens[0]).toMatchObject({
      usedInTotal: 2,
      passport: { hosts: [{ count: 1 }, { count: 1 }] },
    });
  });

  it('knows nothing of what it did not see', () => {
    const use = call(ACCESS_TOKEN);
    expect(passportOf([use], use.id)).toMatchObject({ issuedAs: null, replaces: null, replacedBy: null });
  });

  it('is bounded for a token that goes everywhere', () => {
    const calls = Array.from({ length: 300 }, (_, n) => call(ID_TOKEN, `https://h${n % 120}.example/${n}`));
    const passport = passportOf([...LOGIN, ...calls], calls[0]?.id ?? '');
    expect(passport?.hosts).toHaveLength(50);
    expect(passport).toMatchObject({ hostsTotal: 120, counted: 300 });
    expect(passport?.hosts[0]?.count).toBe(3);
  });
});

function renewedFields(resource: string) {
  const { requestBody } = renewed();
  if (requestBody.form !== 'fields') throw new Error('The renewal is no form.');
  return requestBody.fields.map((field) =>
    field.name === 'resource' ? { ...field, value: resource } : field,
  );
}
