import { expect, it } from 'vitest';
import { expiryOf } from '../../../src/core/report/expiry.ts';

it('a token ends at its "exp", by this machine’s clock', () => {
  expect(expiryOf({ exp: 1_767_225_600 }, 0)).toBe(1_767_225_600_000);
  // A clock that is an hour behind shows an hour less when it ends.
  expect(expiryOf({ exp: 1_767_225_600 }, 3_600_000)).toBe(1_767_222_000_000);
  expect(expiryOf({ exp: 0.5 }, 0)).toBe(500);
});

it.each([undefined, null, '1767225600', 1e300, -1e300, {}, []])('"exp": %j is no end', (exp) => {
  expect(expiryOf(exp === undefined ? {} : { exp }, 0)).toBeNull();
});
