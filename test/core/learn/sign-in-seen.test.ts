import { expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit.ts';
import { bearer, exchange } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';

it('a sign-in was seen once a client asked its authorization server for anything, and not by a token alone', () => {
  const audit = new Audit();
  const token = jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'https://api.example' });
  audit.observe(exchange({ id: 'a', url: 'https://api.example/', requestHeaders: bearer(token) }));
  expect(audit.coverage(1).sawSignIn).toBe(false);
  const query =
    'response_type=code&client_id=spa&redirect_uri=https%3A%2F%2Fapp.example%2F&state=s&nonce=n&scope=openid';
  audit.observe(
    exchange({ id: 'b', url: `https://login.example/authorize?${query}`, destination: 'document' }),
  );
  expect(audit.coverage(1).sawSignIn).toBe(true);
});
