import { expect, test } from 'vitest';
import { coverageSentence, wrongTerm } from '../../../src/panel/list/list-words.ts';

test('what was seen, and what not, is one sentence', () => {
  const seen = { exchanges: 412, withToken: 37, unseen: [] };
  expect(coverageSentence(seen, null)).toBe('412 requests seen, 37 with a token');
  const poor = { ...seen, exchanges: 1, unseen: [{ reason: 'body_not_available' as const, count: 3 }] };
  expect(coverageSentence(poor, { granted: false, missing: ['https://*/*'] })).toBe(
    '1 request seen, 37 with a token, 3 without body, 1 site pattern without permission',
  );
});

test('what the filter can’t follow is said with what it could', () => {
  expect(wrongTerm({ wrong: 'field', text: 'colour' })).toMatch(/no field “colour”\. Fields are: host, path/);
  expect(wrongTerm({ wrong: 'state', text: 'x' })).toContain('failed, error, warning');
});
