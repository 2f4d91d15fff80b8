import { expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

it('a log that is cleared up to a time keeps what began since, and counts it', () => {
  const audit = new Audit();
  const token = jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'https://api.example' });
  for (const at of [1_000, 2_000, 3_000]) {
    audit.observe(
      exchange({ id: `x${at}`, at, url: `https://api.example/${at}`, requestHeaders: bearer(token) }),
    );
  }
  const forgotten = audit.forget(1, 2_000);
  expect(forgotten).toEqual({ exchanges: ['x1000'], tokens: [] });
  expect(audit.rows(1).map(({ id }) => id)).toEqual(['x2000', 'x3000']);
  expect(audit.coverage(1)).toMatchObject({ exchanges: 2, withToken: 2 });
  audit.forget(1);
  expect(audit.coverage(1)).toMatchObject({ exchanges: 0, withToken: 0 });
});
