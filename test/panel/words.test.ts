import { expect, test } from 'vitest';
import { themeNamed } from '../../src/panel/theme.ts';
import { listed, location, notWhollySeen, signature, VERDICTS, WORDS } from '../../src/panel/words.ts';

test('a signature’s state is said in one sentence, with its reason', () => {
  expect(signature({ status: 'verified', keyId: 'k1' })).toBe(
    'Verified with the issuer’s published key “k1”.',
  );
  expect(signature({ status: 'verified', keyId: null })).toContain('a key that the issuer publishes');
  expect(signature({ status: 'invalid', reason: 'It does not fit.', keyId: null })).toBe(
    'Invalid: It does not fit.',
  );
  expect(signature({ status: 'unsecured' })).toMatch(/^Unsecured/);
  expect(signature({ status: 'unverifiable', reason: 'issuer_unreachable', text: 'HTTP 503.' })).toBe(
    'Could not check, because the issuer’s keys could not be fetched. HTTP 503.',
  );
});

test('what was not wholly seen is said in numbers', () => {
  const seen = { exchanges: 412, withToken: 37, unseen: [{ reason: 'no_permission' as const, count: 3 }] };
  expect(notWhollySeen(seen, 1)).toBe('4 not wholly seen');
});

test('parts are listed, be there many, one or none', () => {
  expect([['a', 'b', 'c'], ['a'], []].map(listed)).toEqual(['a, b, c', 'a', '']);
});

test('a token’s place bears its name where that says more', () => {
  expect(location('authorization_header', 'Authorization', 'bearer')).toBe('Authorization header, bearer');
  expect(location('query', 'access_token', null)).toBe('URL query, “access_token”');
  expect(location('fragment', '', null)).toBe('URL fragment');
});

test('nothing promises that a token is safe or that an API checks it', () => {
  expect(VERDICTS.passed).toBe('No problem found');
  expect(WORDS.noProblem(1)).toBe('No problem found in 1 request with a token');
  expect(JSON.stringify([VERDICTS, WORDS])).not.toMatch(/\b(safe|secure|valid|trusted)\b/i);
});

test('only DevTools’ dark theme is dark', () => {
  expect(['dark', 'light', 'default', '', undefined, 3].map(themeNamed)).toEqual([
    'dark',
    'light',
    'light',
    null,
    null,
    null,
  ]);
});
